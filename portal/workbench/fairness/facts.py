"""What became known of one applicant, and the hearings about it."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.guard import actor_of
from portal.workbench.fairness.frame import (
    ReasonForm,
    bound,
    case_and_applicant,
    day_field,
    done,
    open_moves,
    pressed,
    show_applicant,
    words_field,
)
from portal.workbench.fairness.overview import ApplicantFactForm
from portal.workbench.screens import screen
from recruitment.access.decide import may
from recruitment.access.permissions import Permission
from recruitment.applications.models import Application
from recruitment.assessments.statements import Assessment
from recruitment.fairness import hearings
from recruitment.fairness.facts import note_fact, notes_of, notes_without_hearing, spare_hearing, supplement
from recruitment.fairness.lifecycle import CLOSE, DROP, EVALUATE, EXTEND, RESPOND_FOR, SEND
from recruitment.fairness.models import FactNote, FactSource, HearingState, HearingTrigger, PartyHearing
from recruitment.people.actor import Actor

TRIGGER_OF = {FactSource.WEB: HearingTrigger.WEB_SEARCH, FactSource.REFERENCE: HearingTrigger.REFERENCE}
STAFF_MOVES = (SEND, RESPOND_FOR, EXTEND, EVALUATE, CLOSE, DROP)


class OpenForm(forms.Form):
    """A hearing about something that is no note: a test, or the committee's assessment."""

    trigger = forms.ChoiceField(
        choices=[(each.value, each.label) for each in (HearingTrigger.TEST, HearingTrigger.ASSESSMENT, HearingTrigger.FACT_NOTE)],
        label=gettext_lazy("About"),
    )  # fmt: skip
    facts_text = words_field(gettext_lazy("What the applicant is to comment on"))


class HearingForm(forms.Form):
    """Everything that a step of a hearing may ask for; each button uses its own."""

    facts_text = words_field(gettext_lazy("What the applicant is to comment on"), rows=8)
    deadline = day_field(gettext_lazy("Answer by"))
    text = words_field(gettext_lazy("What the applicant answered"), rows=5)
    how = forms.CharField(required=False, max_length=240, label=gettext_lazy("How and when they answered"))
    evaluation = words_field(
        gettext_lazy("What the answer changes"), rows=5,
        help_text=gettext_lazy("Whether the fact counts, how much, and why. The case keeps it."),
    )  # fmt: skip
    reason = words_field(gettext_lazy("Why it is not held"), rows=2)


@screen
def facts(request: HttpRequest, case_id: uuid.UUID, application_id: uuid.UUID) -> HttpResponse:
    """The notes with what was added and decided, a new one, and the hearings."""
    case, application = case_and_applicant(request, case_id, application_id, Permission.HEARING_VIEW)
    actor, button = actor_of(request), pressed(request)
    form, about, opening = bound(ApplicantFactForm, request, "fact"), ReasonForm(), bound(OpenForm, request, "open")
    here = redirect("workbench:facts", case.pk, application.pk)
    if button == "fact" and done(form, lambda typed: note_fact(case, actor=actor, application=application, **typed)):
        messages.success(request, _("The note has been kept."))
        return here
    if button in {"hear", "spare", "supplement"}:
        note = get_object_or_404(FactNote, pk=_key(request), application=application)
        if button == "hear":
            return _hear(application, note, actor)
        about = ReasonForm(request.POST)
        deed = spare_hearing if button == "spare" else supplement
        if done(about, lambda typed: deed(note, typed["reason"], actor=actor)):
            messages.success(request, _("Saved."))
            return here
    opened: list[PartyHearing] = []
    if button == "open" and done(opening, lambda typed: opened.append(_open(application, typed, actor))):
        return redirect("workbench:hearing", case.pk, application.pk, opened[0].pk)
    notes = list(notes_of(case, application))
    waits = set(notes_without_hearing(FactNote.objects.filter(application=application)).values_list("pk", flat=True))
    return show_applicant(
        request, "facts.html", case, application, page="facts", title=_("Facts and hearings"), notes=notes, waits=waits,
        form=form, about=about, opening=opening, about_key=request.POST.get("note", ""),
        hearings=PartyHearing.objects.filter(application=application), leads=may(actor, Permission.HEARING_MANAGE, application),
    )  # fmt: skip


def _key(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("note", ""))
    except ValueError as wrong:
        raise Http404 from wrong


def _hear(application: Application, note: FactNote, actor: Actor) -> HttpResponse:
    trigger = TRIGGER_OF.get(FactSource(note.source), HearingTrigger.FACT_NOTE)
    hearing = hearings.open_hearing(application, actor=actor, trigger=trigger, notes=[note])
    return redirect("workbench:hearing", application.case_id, application.pk, hearing.pk)


def _open(application: Application, typed: dict[str, Any], actor: Actor) -> PartyHearing:
    """Tied to the newest test, or to the assessment."""
    about = typed["trigger"]
    test = application.test_results.last() if about == HearingTrigger.TEST else None
    written = Assessment.objects.filter(application=application).first() if about == HearingTrigger.ASSESSMENT else None
    return hearings.open_hearing(application, actor=actor, test_result=test, assessment=written, **typed)


@screen
def hearing(request: HttpRequest, case_id: uuid.UUID, application_id: uuid.UUID, hearing_id: uuid.UUID) -> HttpResponse:
    """One hearing, with the step that is due."""
    case, application = case_and_applicant(request, case_id, application_id, Permission.HEARING_VIEW)
    rows = PartyHearing.objects.select_related("letter", "evaluated_by", "application__case__institution__settings")
    found = get_object_or_404(rows, pk=hearing_id, application=application)
    actor = actor_of(request)
    initial = {"facts_text": found.facts_text, "deadline": hearings.usual_deadline(application)}
    form = HearingForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and done(form, lambda typed: _step(request, found, pressed(request), typed, actor)):
        return redirect("workbench:hearing", case.pk, application.pk, found.pk)
    found.refresh_from_db()
    return show_applicant(
        request, "hearing.html", case, application, page="facts", title=_("Hearing"), hearing=found, form=form,
        crumbs=[(_("Facts and hearings"), reverse("workbench:facts", args=[case.pk, application.pk]))],
        moves=open_moves(found, STAFF_MOVES, actor), history=_history(found), usual=hearings.usual_deadline(application),
        attachments=found.attachments.all(),
    )  # fmt: skip


def _step(request: HttpRequest, found: PartyHearing, button: str, typed: dict[str, Any], actor: Actor) -> None:
    deeds: dict[str, Any] = {
        "save": lambda: hearings.change_facts(found, typed["facts_text"], actor=actor),
        "send": lambda: _send(request, found, typed, actor),
        "extend": lambda: hearings.extend(
            found, typed["deadline"] or hearings.usual_deadline(found.application), actor=actor
        ),
        "respond_for": lambda: hearings.respond_for(found, typed["text"], actor=actor, how=typed["how"]),
        "evaluate": lambda: hearings.evaluate(found, typed["evaluation"], actor=actor),
        "close": lambda: hearings.close_hearing(found, actor=actor),
        "drop": lambda: hearings.drop(found, actor=actor, reason=typed["reason"]),
    }
    if button not in deeds:
        raise Http404
    deeds[button]()
    if button != "send":
        messages.success(request, _("Saved."))


def _send(request: HttpRequest, found: PartyHearing, typed: dict[str, Any], actor: Actor) -> None:
    """What stands in the field is what goes out."""
    hearings.change_facts(found, typed["facts_text"], actor=actor)
    sent = hearings.send_hearing(PartyHearing.objects.get(pk=found.pk), actor=actor, deadline=typed["deadline"])
    if sent.letter is not None:
        messages.success(request, _("It lies in the applicant's secure inbox."))
    else:
        messages.warning(request, _("The applicant has no e-mail address: send it on paper today."))


def _history(found: PartyHearing) -> list[Any]:
    steps = list(found.history.select_related("by_user"))
    for step in steps:
        step.to_words = HearingState(step.to_state).label
    return steps
