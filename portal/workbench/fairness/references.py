"""References of one applicant: referees, consents, the talk with its guide, and what came of it."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
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
    done,
    open_moves,
    pressed,
    show_applicant,
    words_field,
)
from portal.workbench.screens import screen
from recruitment import clock
from recruitment.access.permissions import Permission
from recruitment.cases.dates import in_copenhagen
from recruitment.people.actor import Actor
from recruitment.references import referees, taking
from recruitment.references.lifecycle import (
    ASK_CONSENT,
    BEGIN,
    CLOSE,
    COMPLETE,
    COMPLETE_ADVERSE,
    GIVE_FOR,
    LATE_ENOUGH,
    REFUSE_FOR,
)
from recruitment.references.models import RefereeWish, ReferenceCheck, ReferenceState
from recruitment.references.queries import WANTED, checks_of, may_contact, taken, why_fewer
from recruitment.references.sharing import is_shareable, share
from recruitment.references.taking import say_why_fewer

STAFF_MOVES = (ASK_CONSENT, GIVE_FOR, REFUSE_FOR, BEGIN, COMPLETE, COMPLETE_ADVERSE, CLOSE)


class RefereeForm(forms.Form):
    """Somebody the applicant has named, as HR heard it."""

    name = forms.CharField(max_length=120, label=gettext_lazy("Name"))
    organisation = forms.CharField(max_length=160, label=gettext_lazy("Workplace"))
    relation = forms.CharField(required=False, max_length=160, label=gettext_lazy("How they know the applicant"))
    phone = forms.CharField(required=False, max_length=40, label=gettext_lazy("Telephone"))
    email = forms.EmailField(required=False, label=gettext_lazy("E-mail"))
    is_current_employer = forms.BooleanField(required=False, label=gettext_lazy("Works where the applicant works now"))
    noted_how = forms.CharField(
        required=False, max_length=240, label=gettext_lazy("How and when the applicant said so")
    )


class WithdrawalForm(forms.Form):
    """The applicant has taken the consent back, and said so to us."""

    how = forms.CharField(required=False, max_length=240, label=gettext_lazy("How and when the applicant said so"))
    at = forms.DateTimeField(
        required=False, label=gettext_lazy("At what time"), input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=gettext_lazy("Empty: now. What was written after that time is deleted."),
    )  # fmt: skip


class TalkForm(forms.Form):
    """Free remarks and the uploaded form; the guide's questions stand above them."""

    remarks = words_field(gettext_lazy("Other remarks"), rows=3)
    file = forms.FileField(required=False, label=gettext_lazy("Or the filled-in form, as a file"))


class ResultForm(forms.Form):
    """What came of it."""

    summary = words_field(
        gettext_lazy("The result in a few lines"), rows=3,
        help_text=gettext_lazy("It becomes a note on the case that cannot be changed. Write what was said, not what you think."),
    )  # fmt: skip


@screen
def references(request: HttpRequest, case_id: uuid.UUID, application_id: uuid.UUID) -> HttpResponse:
    """The referees with how far each is; asking for names, and writing down what the applicant said."""
    case, application = case_and_applicant(request, case_id, application_id, Permission.REFERENCE_MANAGE)
    actor, button = actor_of(request), pressed(request)
    form, asking, few = (
        bound(RefereeForm, request, "note"),
        bound(ReasonForm, request, "ask"),
        bound(ReasonForm, request, "few"),
    )
    here = redirect("workbench:references", case.pk, application.pk)
    if button == "note" and done(form, lambda typed: referees.note_referee(application, actor=actor, **typed)):
        messages.success(request, _("The referee has been noted. Ask the applicant for consent next."))
        return here
    if button == "few" and done(few, lambda typed: say_why_fewer(application, typed["reason"], actor=actor)):
        messages.success(request, _("The note has been kept."))
        return here
    sent: list[Any] = []
    if button == "ask" and done(
        asking, lambda _typed: sent.append(referees.ask_for_referees(application, actor=actor))
    ):
        _tell_posted(request, sent[0])
        return here
    return show_applicant(
        request, "references.html", case, application, page="references", title=_("References"), form=form, asking=asking, few=few, why_fewer=why_fewer(application),
        rows=[(check, may_contact(check)) for check in checks_of(application)], taken=taken(application), wanted=WANTED,
        wish=RefereeWish.objects.filter(application=application).first(), is_late=application.state in LATE_ENOUGH,
    )  # fmt: skip


def _tell_posted(request: HttpRequest, letter: Any) -> None:
    if letter is not None:
        messages.success(request, _("It lies in the applicant's secure inbox."))
    else:
        messages.warning(request, _("The applicant has no e-mail address: ask on paper or by telephone."))


@screen
def reference(request: HttpRequest, case_id: uuid.UUID, application_id: uuid.UUID, check_id: uuid.UUID) -> HttpResponse:
    """One reference: what may be done now, the guide, and what was written."""
    case, application = case_and_applicant(request, case_id, application_id, Permission.REFERENCE_MANAGE)
    check = get_object_or_404(checks_of(application), pk=check_id)
    actor, button = actor_of(request), pressed(request)
    shown = {
        "answer": bound(ReasonForm, request, "ask_consent", "give_for", "refuse_for", "begin", "close"),
        "withdrawal": bound(WithdrawalForm, request, "withdraw"),
        "talk": bound(TalkForm, request, "write"),
        "result": bound(ResultForm, request, "complete", "complete_adverse"),
    }
    if button in {"share", "unshare"}:
        return _share(request, check, button, actor)
    for form in shown.values():
        if form.is_bound and done(form, lambda typed: _step(request, check, button, typed, actor)):
            return redirect("workbench:reference", case.pk, application.pk, check.pk)
    if request.method == "POST" and not any(form.is_bound for form in shown.values()):
        raise Http404
    check = get_object_or_404(checks_of(application), pk=check_id)
    notes = list(check.notes.select_related("created_by", "document"))
    return show_applicant(
        request, "reference.html", case, application, page="references", title=check.referee.name, check=check, **shown,
        crumbs=[(_("References"), reverse("workbench:references", args=[case.pk, application.pk]))],
        moves=open_moves(check, STAFF_MOVES, actor), reachable=may_contact(check), shareable=is_shareable(check), history=_history(check),
        lines=_lines(request, check, notes), notes=[(note, _pairs(check, note)) for note in notes],
    )  # fmt: skip


def _share(request: HttpRequest, check: ReferenceCheck, button: str, actor: Actor) -> HttpResponse:
    try:
        share(check, actor=actor, with_committee=button == "share")
        messages.success(request, _("Saved."))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("workbench:reference", check.application.case_id, check.application.pk, check.pk)


def _lines(request: HttpRequest, check: ReferenceCheck, notes: list[Any]) -> list[tuple[str, str]]:
    """The guide's questions with what was typed, else with what was saved last."""
    asked = check.guide.questions if check.guide else []
    typed = request.POST.getlist("answer") or (notes[-1].answers if notes else [])
    return list(zip(asked, [*typed, *([""] * len(asked))], strict=False))


def _pairs(check: ReferenceCheck, note: Any) -> list[tuple[str, str]]:
    asked = check.guide.questions if check.guide else []
    return [(question, answer) for question, answer in zip(asked, note.answers, strict=False) if answer]


def _step(request: HttpRequest, check: ReferenceCheck, button: str, typed: dict[str, Any], actor: Actor) -> None:
    if button == "ask_consent":
        _asked, letter = referees.ask_consent(check, actor=actor)
        _tell_posted(request, letter)
        return
    file = typed.get("file")
    deeds: dict[str, Any] = {
        "give_for": lambda: referees.answer_consent_for(check, actor=actor, is_given=True, how=typed["reason"]),
        "refuse_for": lambda: referees.answer_consent_for(check, actor=actor, is_given=False, how=typed["reason"]),
        "begin": lambda: taking.begin(check, actor=actor),
        "close": lambda: taking.close(check, actor=actor),
        "withdraw": lambda: referees.withdraw_consent_for(
            check, actor=actor, how=typed["how"],
            at=in_copenhagen(typed["at"].replace(tzinfo=None)) if typed["at"] else clock.now(),
        ),
        "write": lambda: taking.write_down(
            check, actor=actor, answers=request.POST.getlist("answer"), remarks=typed["remarks"],
            file=(file, file.name) if file else None,
        ),
        "complete": lambda: taking.complete(check, actor=actor, summary=typed["summary"], is_adverse=False),
        "complete_adverse": lambda: taking.complete(check, actor=actor, summary=typed["summary"], is_adverse=True),
    }  # fmt: skip
    deeds[button]()
    messages.success(request, _("Saved."))


def _history(check: ReferenceCheck) -> list[Any]:
    steps = list(check.history.select_related("by_user"))
    for step in steps:
        step.to_words = ReferenceState(step.to_state).label
    return steps
