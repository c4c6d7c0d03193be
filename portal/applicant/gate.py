"""The gate: what will be asked, how the data are used, and a yes before anything is stored (GRD-22)."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from portal.applicant.ownership import draft_for_round, remember
from portal.applicant.wording import address_of
from portal.guard import actor_of
from recruitment import clock
from recruitment.advertising.addresses import TRACKING_PARAMETER
from recruitment.advertising.counting import link_of, note_step
from recruitment.advertising.models import JobAdvertisement
from recruitment.advertising.records import FunnelStep
from recruitment.applications.actions import RoundClosed, begin, note_source, refuse_when_closed
from recruitment.applications.models import Application
from recruitment.applications.queries import times_taken
from recruitment.applications.steps import ABOUT, QUESTIONS
from recruitment.cases.estimate import minutes_to_apply
from recruitment.cases.profile import AdvertisementRound
from recruitment.organisation.legal import LegalTextKind
from recruitment.organisation.queries import filled_text, text_in_force


class NoticeForm(forms.Form):
    """One tick, never ticked beforehand; and a field that only programs fill in."""

    accept = forms.BooleanField(
        label=gettext_lazy("I have read how my data are used"),
        error_messages={"required": gettext_lazy("Tick that you have read how your data are used.")},
    )
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}))


def start(request: HttpRequest, round_id: int) -> HttpResponse:
    """The page before the first step."""
    round_ = get_object_or_404(
        AdvertisementRound.objects.select_related("case__institution__data_protection", "case__unit", "case__form"),
        pk=round_id,
    )
    existing = draft_for_round(request, round_id)
    if existing is not None and request.method == "GET":
        if link := link_of(_token(request), round_id):
            note_source(existing, link.token, link.publication.medium)
        return redirect(address_of(existing))
    try:
        refuse_when_closed(round_, clock.now())
    except RoundClosed:
        return closed(request, round_)
    form = NoticeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and not form.cleaned_data["website"]:
        application = _begin(request, round_)
        remember(request, application)
        note_step(round_.pk, FunnelStep.START)
        return redirect("applicant:step", application.pk, ABOUT)
    return render(
        request, "applicant/start.html", _context(request, round_, form), status=422 if form.is_bound else 200
    )


def closed(request: HttpRequest, round_: AdvertisementRound) -> HttpResponse:
    """Too late, or not open yet. An ad that nobody may know of is not found."""
    if round_.opens_at is None:
        raise Http404
    return render(request, "applicant/closed.html", {"round": round_, "case": round_.case}, status=410)


def _notice(round_: AdvertisementRound) -> tuple[Any, str]:
    text = text_in_force(round_.case.institution, LegalTextKind.PRIVACY_NOTICE, (get_language() or "da")[:2])
    if text is None:
        raise Http404
    return text, filled_text(text, round_.case.institution)


def _token(request: HttpRequest) -> str:
    """The tracking token in the address, else the one that the page before put into the form."""
    return str(request.GET.get(TRACKING_PARAMETER) or request.POST.get(TRACKING_PARAMETER) or "")


def _begin(request: HttpRequest, round_: AdvertisementRound) -> Application:
    text, shown = _notice(round_)
    token = _token(request)
    link = link_of(token, round_.pk)
    return begin(
        round_, notice=text, shown_text=shown, language=(get_language() or "da")[:2], actor=actor_of(request),
        tracking_token=token if link else "", source_medium=link.publication.medium if link else None,
    )  # fmt: skip


def _context(request: HttpRequest, round_: AdvertisementRound, form: NoticeForm) -> dict[str, Any]:
    case = round_.case
    text, shown = _notice(round_)
    asked = case.form
    return {
        "round": round_, "case": case, "form": form, "notice": text, "notice_body": shown,
        "minutes": minutes_to_apply(case, took=times_taken(case).values_list("took", flat=True)), "contact": case.contacts.filter(publish_in_ad=True).first(),
        "requirements": asked.document_requirements.all(), "asked": asked,
        "questions": asked.questions.filter(retired_at__isnull=True), "token": request.GET.get(TRACKING_PARAMETER, "")[:16],
        "ad": JobAdvertisement.objects.filter(round=round_, retired_at__isnull=True).first(),
        "has_questions": QUESTIONS, "heading": _("Before you begin"),
    }  # fmt: skip
