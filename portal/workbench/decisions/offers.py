"""One offer and what the applicant answers to it on the telephone; and the offer to the next in reserve."""

import uuid

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.guard import actor_of
from portal.workbench.decisions.decision import TAB, case_at_decision, crumb
from portal.workbench.fields import CopenhagenTime, DayInput
from portal.workbench.screens import BAD_INPUT, blame, screen, show_case
from recruitment import clock
from recruitment.access.permissions import Permission
from recruitment.applications.lifecycle import HIRE, NOTE_DECLINED
from recruitment.decisions import offering
from recruitment.decisions.models import Offer, OfferAnswer
from recruitment.decisions.queries import next_in_reserve
from recruitment.lifecycle import is_open


class CallForm(forms.Form):
    """When, and what was said."""

    called_at = CopenhagenTime(label=gettext_lazy("When"))
    said = forms.CharField(
        required=False, max_length=3000, label=gettext_lazy("What was said"), widget=forms.Textarea(attrs={"rows": 4})
    )


@screen
def offer(request: HttpRequest, case_id: uuid.UUID, offer_id: uuid.UUID) -> HttpResponse:
    """What was offered; a yes or a no that was said on the telephone; registering the one who has said yes."""
    case = case_at_decision(request, case_id, Permission.APPLICATION_CHANGE_STATE)
    rows = Offer.objects.select_related(
        "application__candidate", "application__case__institution", "message", "noted_by"
    )
    row = get_object_or_404(rows, application__case=case, pk=offer_id)
    typed = request.POST if request.method == "POST" else None
    form = CallForm(
        typed if typed is not None and typed.get("button") != "hire" else None, initial={"called_at": clock.now()}
    )
    if typed is not None:
        try:
            if _answer(request, row, form):
                messages.success(request, _("Noted."))
                return redirect("workbench:decision", case.pk)
        except ValidationError as refusal:
            if form.is_bound:
                blame(form, refusal)
            else:
                messages.error(request, " ".join(refusal.messages))
    actor, application = actor_of(request), row.application
    stands = row.answer in {OfferAnswer.NONE, OfferAnswer.ACCEPTED}
    return show_case(
        request, "workbench/decisions/offer.html", case, tab=TAB, title=application.candidate.full_name or application.reference,
        offer=row, form=form, crumbs=crumb(case), may_hire=is_open(HIRE, application, actor=actor),
        may_note=stands and is_open(NOTE_DECLINED, application, actor=actor), status=BAD_INPUT if typed is not None else 200,
    )  # fmt: skip


def _answer(request: HttpRequest, row: Offer, form: CallForm) -> bool:
    button, actor = request.POST.get("button", ""), actor_of(request)
    if button == "hire":
        offering.hire(row, actor=actor)
        return True
    deed = {"yes": offering.note_accepted, "no": offering.note_declined}.get(button)
    if deed is None or not form.is_valid():
        return False
    deed(row, actor=actor, **form.cleaned_data)
    return True


class OfferForm(forms.Form):
    """The terms, and the last day to answer."""

    terms = forms.CharField(
        required=False, max_length=3000, label=gettext_lazy("Terms"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("What you have talked about: pay, hours, first day. The letter waits in the secure inbox."),
    )  # fmt: skip
    answer_by = forms.DateField(
        label=gettext_lazy("Answer at the latest"), widget=DayInput(), initial=offering.usual_answer_day
    )


@screen
def offer_next(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The next on the reserve list."""
    case = case_at_decision(request, case_id, Permission.DECISION_RECORD)
    typed = request.POST if request.method == "POST" else None
    form, application = OfferForm(typed), next_in_reserve(case)
    if typed is not None and form.is_valid():
        try:
            offering.offer_next(case, actor=actor_of(request), **form.cleaned_data)
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The offer waits in the applicant's inbox."))
            return redirect("workbench:decision", case.pk)
    name = application.candidate.full_name if application else ""
    return show_case(
        request, "workbench/decisions/reasoned.html", case, tab=TAB, title=_("Offer the job to the next in reserve"), form=form,
        lead=_("Next on the reserve list: %s.") % name if name else _("Nobody is left in reserve: decide again."),
        button=_("Send the offer") if name else "", crumbs=crumb(case), status=BAD_INPUT if form.errors else 200,
    )  # fmt: skip
