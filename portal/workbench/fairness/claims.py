"""A claim to preferential access: decided, followed, and negotiated with the job centre. Seen by few."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

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
from portal.workbench.screens import screen
from recruitment.access.decide import may
from recruitment.access.permissions import Permission
from recruitment.applications.models import Application, ClaimState, PriorityClaim
from recruitment.audit.record import record
from recruitment.fairness import claims
from recruitment.fairness.claim_lifecycle import MOVES, negotiation_of
from recruitment.fairness.claim_models import NegotiationForm, StatementWay
from recruitment.people.actor import Actor

YES_NO = [("", gettext_lazy("not looked at yet")), ("yes", gettext_lazy("yes")), ("no", gettext_lazy("no"))]


class RegisterForm(forms.Form):
    """A claim that came otherwise than by the form."""

    via = forms.ChoiceField(
        choices=PriorityClaim._meta.get_field("claimed_via").choices, label=gettext_lazy("Claimed by")
    )


class DecisionForm(forms.Form):
    """Whether there is a claim."""

    formal_education_met = forms.ChoiceField(
        required=False, choices=YES_NO, label=gettext_lazy("Meets the formal requirements to education"),
        help_text=gettext_lazy("Where the applicant claims it themselves, a yes gives a right to an interview. Whoever a job centre sends always has it."),
    )  # fmt: skip
    reason = words_field(gettext_lazy("Why"), rows=2)

    def education(self) -> bool | None:
        """As the deed wants it."""
        return {"yes": True, "no": False}.get(self.cleaned_data["formal_education_met"])


class StatementForm(forms.Form):
    """To which job centre, and why somebody else."""

    job_centre = forms.CharField(required=False, max_length=160, label=gettext_lazy("Job centre"))
    municipality = forms.CharField(required=False, max_length=80, label=gettext_lazy("Municipality"))
    is_neighbour = forms.BooleanField(
        required=False, label=gettext_lazy("It is the neighbouring job centre"),
        help_text=gettext_lazy("Where the post is in the applicant's own job centre, the neighbouring one is asked."),
    )  # fmt: skip
    statement_text = words_field(gettext_lazy("Why somebody else is to have the post"), rows=6)
    answer_by = day_field(gettext_lazy("Answer wanted by"), help_text=gettext_lazy("Empty: in ten working days."))


class SentForm(forms.Form):
    """How it left the house."""

    way = forms.ChoiceField(choices=StatementWay.choices, label=gettext_lazy("Sent as"))


class TalkForm(forms.Form):
    """The negotiation."""

    negotiated_on = day_field(gettext_lazy("Day of the talk"), required=True)
    form = forms.ChoiceField(choices=NegotiationForm.choices, label=gettext_lazy("How"))
    outcome = words_field(gettext_lazy("What came of it"), rows=3)


class MinutesForm(forms.Form):
    """The minutes as a file."""

    file = forms.FileField(label=gettext_lazy("Minutes of the negotiation"))


@screen
def claim(request: HttpRequest, case_id: uuid.UUID, application_id: uuid.UUID) -> HttpResponse:
    """The claim with the step that is due; without one, registering it."""
    case, application = case_and_applicant(request, case_id, application_id, Permission.PRIORITY_VIEW)
    actor, button = actor_of(request), pressed(request)
    found = PriorityClaim.objects.filter(application=application).select_related("decided_by").first()
    if found is None and not may(actor, Permission.PRIORITY_MANAGE, application):
        raise Http404
    written = negotiation_of(found) if found else None
    initial = {name: getattr(written, name) for name in StatementForm.base_fields} if written else None
    shown = {
        "register": bound(RegisterForm, request, "register"),
        "decision": bound(DecisionForm, request, "find_eligible", "find_not_eligible"),
        "why": bound(ReasonForm, request, "look_again", "turn_down", "set_aside", "clear"),
        "statement": bound(StatementForm, request, "write", initial=initial),
        "sent": bound(SentForm, request, "send_statement"),
        "talk": bound(TalkForm, request, "negotiate"),
        "minutes": bound(MinutesForm, request, "minutes"),
    }  # fmt: skip
    for form in shown.values():
        if form.is_bound and done(
            form, lambda typed, form=form: _step(application, found, form, typed, button=button, actor=actor)
        ):
            messages.success(request, _("Saved."))
            return redirect("workbench:claim", case.pk, application.pk)
    if request.method == "POST" and not any(form.is_bound for form in shown.values()):
        raise Http404
    if found is not None:
        found.refresh_from_db()
        record(actor, "PriorityClaim.open", found)
    return show_applicant(
        request, "claim.html", case, application, page="claim", title=_("Preferential access"), claim=found, written=written,
        manages=may(actor, Permission.PRIORITY_MANAGE, application), moves=open_moves(found, MOVES, actor) if found else {},
        history=_history(found), **shown,
    )  # fmt: skip


def _step(
    application: Application,
    found: PriorityClaim | None,
    form: Any,
    typed: dict[str, Any],
    *,
    button: str,
    actor: Actor,
) -> None:
    if found is None:
        claims.register_claim(application, via=typed.get("via", ""), actor=actor)
        return
    deeds: dict[str, Any] = {
        "register": lambda: claims.register_claim(application, via=typed["via"], actor=actor),
        "find_eligible": lambda: claims.decide_claim(
            found, actor=actor, is_eligible=True, formal_education_met=form.education(), reason=typed["reason"]
        ),
        "find_not_eligible": lambda: claims.decide_claim(found, actor=actor, is_eligible=False, reason=typed["reason"]),
        "look_again": lambda: claims.look_again(found, actor=actor, reason=typed["reason"]),
        "turn_down": lambda: claims.turn_down(found, actor=actor, reason=typed["reason"]),
        "set_aside": lambda: claims.set_aside(found, actor=actor, reason=typed["reason"]),
        "clear": lambda: claims.clear(found, actor=actor),
        "write": lambda: claims.write_statement(found, actor=actor, **typed),
        "send_statement": lambda: claims.send_statement(found, actor=actor, way=typed["way"]),
        "negotiate": lambda: claims.note_negotiation(found, actor=actor, **typed),
        "minutes": lambda: claims.attach_minutes(found, typed["file"], typed["file"].name, actor=actor),
    }
    deeds[button]()


def _history(found: PriorityClaim | None) -> list[Any]:
    steps = list(found.history.select_related("by_user")) if found else []  # type: ignore[attr-defined]
    for step in steps:
        step.to_words = ClaimState(step.to_state).label
    return steps


@screen
@require_GET
def statement(request: HttpRequest, case_id: uuid.UUID, application_id: uuid.UUID) -> HttpResponse:
    """The letter to the job centre, to be printed or sent by the institution's own secure mail."""
    case, application = case_and_applicant(request, case_id, application_id, Permission.PRIORITY_VIEW)
    found = get_object_or_404(PriorityClaim, application=application)
    written = negotiation_of(found)
    if written is None:
        raise Http404
    letter = claims.statement_letter(found)
    subject, _blank, text = written.letter.partition("\n\n") if written.letter else (letter.subject, "", letter.text)
    return show_applicant(
        request, "statement.html", case, application, page="claim", title=_("Statement to the job centre"), subject=subject,
        text=text, written=written,
        crumbs=[(_("Preferential access"), reverse("workbench:claim", args=[case.pk, application.pk]))],
    )  # fmt: skip
