"""The list of a case's applicants."""

import uuid

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.guard import actor_of
from portal.workbench.saved_views import views_for
from portal.workbench.screens import case_for, screen, show_case
from recruitment.access.decide import may
from recruitment.access.permissions import Permission
from recruitment.applications.models import ApplicationState, Origin, ReceiveChannel
from recruitment.applications.queries import CandidateFilter, ordered_candidates

A_PAGE = 500
ALL = ("", gettext_lazy("all"))
STATES = [choice for choice in ApplicationState.choices if choice[0] != ApplicationState.STARTED]


class CandidateSearch(forms.Form):
    """The filters; they live in the address, and the reader goes through what they leave."""

    q = forms.CharField(required=False, label=gettext_lazy("Name or reference"), max_length=100)
    state = forms.ChoiceField(required=False, label=gettext_lazy("State"), choices=[ALL, *STATES])
    origin = forms.ChoiceField(required=False, label=gettext_lazy("Origin"), choices=[ALL, *Origin.choices])
    channel = forms.ChoiceField(
        required=False, label=gettext_lazy("Received through"), choices=[ALL, *ReceiveChannel.choices]
    )
    unread = forms.BooleanField(required=False, label=gettext_lazy("Not opened yet"))

    def wanted(self) -> CandidateFilter:
        """What was chosen; what could not be understood does not narrow."""
        self.is_valid()
        typed = self.cleaned_data
        return CandidateFilter(
            typed.get("q", ""),
            typed.get("state", ""),
            typed.get("origin", ""),
            typed.get("channel", ""),
            bool(typed.get("unread")),
            tuple(self.data.getlist("only")[:A_PAGE]),
        )


@screen
def candidates(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Everybody who has applied; support sees name, contact and state."""
    case = case_for(request, case_id, Permission.APPLICATION_LIST)
    actor = actor_of(request)
    search = CandidateSearch(request.GET)
    wanted = search.wanted()
    rows = ordered_candidates(actor, case, wanted, request.GET.get("order", ""))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("p"))
    return show_case(
        request, "workbench/candidates.html", case, tab="applications", title=_("Applicants"), search=search, page=page,
        order=request.GET.get("order", ""), query=request.GET.urlencode(),
        is_filtered=any(request.GET.get(name) for name in (*search.fields, "only")), only=wanted.only,
        kept=[(name, value) for name, values in request.GET.lists() if name not in {"only", "p"} for value in values],
        may_read=may(actor, Permission.APPLICATION_READ_DOCUMENTS, case),
        sees_letters=may(actor, Permission.MESSAGE_SEND_STANDARD, case),
        sees_others=may(actor, Permission.APPLICATION_SEE_OTHERS, case),
        may_register=may(actor, Permission.APPLICATION_REGISTER_MANUAL, case), **views_for(request, "applications"),
    )  # fmt: skip
