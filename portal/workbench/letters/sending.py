"""One sending to many: how far it is, who gets what by which way, who is left out and why, and stopping it."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from portal.guard import actor_of
from portal.workbench.confirm import ask_first
from portal.workbench.screens import Crumb, case_for, screen, show_case
from recruitment.access.decide import may
from recruitment.access.permissions import Permission
from recruitment.applications.masking import mask_for
from recruitment.cases.models import RecruitmentCase
from recruitment.letters.bulk import Progress, cancel, is_in_grace, progress
from recruitment.letters.lifecycle import CANCEL
from recruitment.letters.models import BulkSending, LineState, SendingState
from recruitment.letters.queries import lines_of, sendings_of
from recruitment.lifecycle import is_open
from recruitment.mail.models import MessageClass, MessageState

A_PAGE = 100
ALL = ("", gettext_lazy("all"))
DELIVERIES = [
    (state.value, state.label)
    for state in MessageState
    if state not in {MessageState.DRAFT, MessageState.RECEIVED, MessageState.CANCELLED}
]


class LineSearch(forms.Form):
    """The filters of the list."""

    state = forms.ChoiceField(required=False, label=gettext_lazy("Line"), choices=[ALL, *LineState.choices])
    delivery = forms.ChoiceField(required=False, label=gettext_lazy("Delivery"), choices=[ALL, *DELIVERIES])

    def wanted(self) -> dict[str, str]:
        """What was chosen; what could not be understood does not narrow."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


@screen
@require_GET
def sending(request: HttpRequest, case_id: uuid.UUID, sending_id: uuid.UUID) -> HttpResponse:
    """Progress and lines; with JavaScript it counts by itself."""
    case, found = _sending_for(request, case_id, sending_id)
    counts = progress(found)
    words = words_of(found, counts)
    if "application/json" in request.headers.get("Accept", ""):
        state = "WORKING" if found.state == SendingState.RUNNING else found.state
        return JsonResponse({"state": state, "done": counts.all - counts.to_write, "words": words})
    search = LineSearch(request.GET)
    wanted = search.wanted()
    lines = lines_of(found, **wanted)
    if not may(actor_of(request), Permission.MESSAGE_SEND_CONFIDENTIAL, case):
        lines = lines.filter(
            message_class=MessageClass.STANDARD
        )  # why others get none, or another letter, is not theirs to know
    page = Paginator(lines, A_PAGE).get_page(request.GET.get("p"))
    mask_for(actor_of(request), case).put_on_all([line.application for line in page.object_list])
    return show_case(
        request, "workbench/letters/sending.html", case, tab="letters", title=title_of(found), crumbs=crumbs_of(case), sending=found,
        counts=counts, words=words, page=page, search=search, is_filtered=any(wanted.values()), in_grace=is_in_grace(found),
        may_cancel=is_open(CANCEL, found, actor=actor_of(request)), is_running=found.state == SendingState.RUNNING,
    )  # fmt: skip


@screen
@require_POST
def stop(request: HttpRequest, case_id: uuid.UUID, sending_id: uuid.UUID) -> HttpResponse:
    """Ask, then stop what has not gone."""
    case, found = _sending_for(request, case_id, sending_id)
    back = reverse("workbench:sending", args=[case.pk, found.pk])
    counts = progress(found)
    asked = ask_first(
        request, title=_("Stop the sending"), button=_("Stop the sending"), back=back, crumbs=(*crumbs_of(case), (title_of(found), back)),
        consequence=ngettext(
            "%(n)d letter will not be written. %(gone)d have been written and are not called back.",
            "%(n)d letters will not be written. %(gone)d have been written and are not called back.", counts.to_write,
        ) % {"n": counts.to_write, "gone": counts.written},
    )  # fmt: skip
    if asked is not None:
        return asked
    try:
        cancel(found, actor=actor_of(request))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("The sending has been stopped."))
    return redirect(back)


def _sending_for(
    request: HttpRequest, case_id: uuid.UUID, sending_id: uuid.UUID
) -> tuple[RecruitmentCase, BulkSending]:
    case = case_for(request, case_id, Permission.MESSAGE_SEND_STANDARD)
    return case, get_object_or_404(sendings_of(actor_of(request), case), pk=sending_id)


def crumbs_of(case: RecruitmentCase) -> list[Crumb]:
    """The way back from a screen about a case's letters."""
    return [(_("Letters"), reverse("workbench:letters", args=[case.pk]))]


def title_of(sending: BulkSending) -> str:
    """The letter that most of them get."""
    first: Any = sending.lines.filter(template__isnull=False).select_related("template").first()
    return first.template.name if first else _("Sending")


def words_of(sending: BulkSending, counts: Progress) -> str:
    """How far it is, in a sentence."""
    if sending.state == SendingState.PREPARED:
        return ngettext("%d letter is prepared.", "%d letters are prepared.", counts.all) % counts.all
    done = {"done": counts.written, "all": counts.all}
    if sending.state == SendingState.CANCELLED:
        return _("Stopped: %(done)d of %(all)d letters had been written.") % done
    if is_in_grace(sending):
        return ngettext("%d letter waits.", "%d letters wait.", counts.all) % counts.all
    return _("%(done)d of %(all)d letters are written.") % done
