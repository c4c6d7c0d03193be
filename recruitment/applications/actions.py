"""What the applicant does: begin, save, hand in, correct, withdraw, leave for later."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.applications.contents import apply_draft, snapshot
from recruitment.applications.letters import write
from recruitment.applications.lifecycle import SUBMIT, WITHDRAW, WITHDRAW_FOR
from recruitment.applications.models import (
    Application,
    ApplicationState,
    ApplicationVersion,
    Stage,
)
from recruitment.applications.reference import new_reference
from recruitment.applications.steps import STEPS, state_of, steps_of
from recruitment.audit.record import record
from recruitment.cases.models import CaseState
from recruitment.cases.profile import AdvertisementRound
from recruitment.consents.actions import give
from recruitment.consents.models import ConsentKind
from recruitment.errors import NotPossible, Obstacle
from recruitment.lifecycle import make
from recruitment.organisation.legal import LegalText
from recruitment.people.actor import Actor
from recruitment.people.models import Candidate, User

LARGEST_DRAFT = 200_000  # characters over all steps


class RoundClosed(NotPossible):
    """The deadline has passed, or the ad does not take applications."""


def refuse_when_closed(round_: AdvertisementRound, at: dt.datetime) -> None:
    """Raise RoundClosed unless the round takes applications at the instant: open, and before the deadline."""
    if round_.case.state != CaseState.ADVERTISED or round_.opens_at is None or round_.opens_at > at:
        raise RoundClosed([Obstacle("not_open", _("This job does not take applications now."))])
    if round_.application_deadline is not None and at >= round_.application_deadline:
        raise RoundClosed([Obstacle("deadline_passed", _("The deadline has passed."))])


@transaction.atomic
def begin(
    round_: AdvertisementRound, *, notice: LegalText, shown_text: str, language: str, actor: Actor,
    tracking_token: str = "", source_medium: Any = None,
) -> Application:  # fmt: skip
    """Start a draft for somebody who has just accepted the notice (GRD-22); one who is signed in gets their own draft back."""
    refuse_when_closed(round_, clock.now())
    candidate = _candidate_of(actor.user) if actor.user else Candidate()
    if actor.user:
        candidate.save()
        existing = candidate.applications.filter(round=round_).exclude(state=ApplicationState.WITHDRAWN).first()
        if existing is not None:
            return existing
    candidate.preferred_language = language
    candidate.save()
    application = Application.objects.create(
        reference=new_reference(), candidate=candidate, case=round_.case, round=round_, language=language,
        form_version=round_.case.form.version, tracking_token=tracking_token, source_medium=source_medium,
        tracked_at=clock.now() if tracking_token else None, started_at=clock.now(), draft={"about": _known(candidate)},
    )  # fmt: skip
    give(
        ConsentKind.APPLICATION_PROCESSING, candidate=candidate, application=application, text=notice,
        shown_text=shown_text, language=language,
    )  # fmt: skip
    return application


@transaction.atomic
def note_source(application: Application, token: str, medium: Any) -> None:
    """Somebody came back to their draft by another link: the last one counts (E3). What was handed in keeps its own."""
    if application.is_draft:
        application.tracking_token, application.source_medium, application.tracked_at = token, medium, clock.now()
        application.save(update_fields=["tracking_token", "source_medium", "tracked_at"])


def _candidate_of(user: User) -> Candidate:
    found = user.candidates.order_by("created_at").first()
    return found or Candidate(user=user, email=user.email, given_name=user.first_name, family_name=user.last_name)


def _known(candidate: Candidate) -> dict[str, list[str]]:
    """What the person need not type again (WCAG 3.3.7)."""
    names = ("given_name", "family_name", "email", "phone", "address", "postal_code", "city")
    return {name: [getattr(candidate, name)] for name in names if getattr(candidate, name)}


@transaction.atomic
def save_step(
    application: Application, step: str, typed: Mapping[str, list[str]], *, at: dt.datetime | None = None,
    follows: int | None = None,
) -> Application:  # fmt: skip
    """Keep what was typed, as typed and unchecked. Works on drafts, and on handed-in ones until the deadline.

    After the deadline a draft is still kept, so that nothing is lost; it cannot be handed in. `follows` is the version
    that the typing began from: a save that somebody has overtaken is refused. Without it the save always wins.
    """
    if step not in STEPS:
        raise ValidationError(_("There is no such step."), code="step")
    locked = Application.objects.select_for_update().get(pk=application.pk)
    if not (locked.is_draft or locked.is_editable_at(at or clock.now())):
        raise RoundClosed(
            [Obstacle("deadline_passed", _("The deadline has passed; the application cannot be changed."))]
        )
    if follows is not None and follows < locked.draft_version:
        raise ValidationError(
            _(
                "A newer version has been saved meanwhile, perhaps in another window. Press the button to keep this one."
            ),
            code="overtaken",
        )
    clean = {name: [_storable(value) for value in values] for name, values in typed.items()}
    locked.draft = {**locked.draft, step: clean}
    if sum(len(v) for values in locked.draft.values() for vs in values.values() for v in vs) > LARGEST_DRAFT:
        raise ValidationError(_("That is more text than an application can hold."), code="too_long")
    locked.draft_version += 1
    locked.save(update_fields=["draft", "draft_version", "updated_at"])
    return locked


def _storable(value: str) -> str:
    """Without NUL and lone surrogates, which no database takes."""
    return value.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")


def faults_of(application: Application) -> dict[str, dict[str, list[str]]]:
    """What still stands in the way of handing in: faults by step and field."""
    states = [state_of(application, step) for step in steps_of(application)]
    return {state.name: state.faults for state in states if state.faults}


@transaction.atomic
def submit(application: Application, *, actor: Actor, at: dt.datetime | None = None) -> Application:
    """Hand it in. `at` is the database's instant at which the request came; it decides (reliability F17).

    Handing in what has been handed in returns it unchanged: one application, one receipt, however often the button is
    pressed. Raises RoundClosed after the deadline and NotPossible while something is missing; the draft is kept.
    """
    at = at or clock.now()
    locked = Application.objects.select_for_update().select_related("case", "round", "candidate").get(pk=application.pk)
    if not locked.is_draft:
        return locked
    refuse_when_closed(locked.round, at)
    if faults := faults_of(locked):
        raise NotPossible(_as_obstacles(faults))
    apply_draft(locked)
    submitted = make(SUBMIT, locked, actor=actor, received_at=at, stage_reached=Stage.RECEIVED)
    write("APPLICATION_RECEIPT", submitted, key=f"receipt:{submitted.pk}")
    return submitted


def _as_obstacles(faults: Mapping[str, Mapping[str, list[str]]]) -> list[Obstacle]:
    return [
        Obstacle(field, message, f"{step}#{field}")
        for step, fields in faults.items()
        for field, messages in fields.items()
        for message in messages
    ]


@transaction.atomic
def correct(application: Application, *, actor: Actor, at: dt.datetime | None = None) -> Application:
    """Put the typed corrections of a handed-in application into force, keeping the version before (until the deadline)."""
    at = at or clock.now()
    locked = Application.objects.select_for_update().select_related("case", "round", "candidate").get(pk=application.pk)
    if not locked.is_editable_at(at):
        raise RoundClosed(
            [Obstacle("deadline_passed", _("The deadline has passed; the application cannot be changed."))]
        )
    if faults := faults_of(locked):
        raise NotPossible(_as_obstacles(faults))
    ApplicationVersion.objects.create(
        application=locked, number=locked.versions.count() + 1, content=snapshot(locked), created_at=at
    )
    apply_draft(locked)
    locked.save()
    record(actor, "Application.correct", locked)
    return locked


@transaction.atomic
def withdraw(application: Application, *, actor: Actor) -> Application:
    """The applicant takes the application back; this counts as answered, and they get a confirmation."""
    now = clock.now()
    withdrawn = make(WITHDRAW, application, actor=actor, withdrawn_at=now, answer_delivered_at=now)
    write("WITHDRAWAL_CONFIRMED", withdrawn, key=f"withdrawal:{withdrawn.pk}")
    return withdrawn


@transaction.atomic
def withdraw_for(application: Application, *, reason: str, actor: Actor) -> Application:
    """The applicant has said on the telephone or on paper that they withdraw; noted with how, and confirmed to them."""
    now = clock.now()
    withdrawn = make(WITHDRAW_FOR, application, actor=actor, reason=reason, withdrawn_at=now, answer_delivered_at=now)
    write("WITHDRAWAL_CONFIRMED", withdrawn, key=f"withdrawal:{withdrawn.pk}", actor=actor)
    return withdrawn


@transaction.atomic
def discard_draft(application: Application) -> None:
    """Remove a draft with its files for good; a candidate that was only made for it goes too."""
    if not application.is_draft:
        raise NotPossible([Obstacle("handed_in", _("The application has been handed in; it can be withdrawn."))])
    for document in application.documents.all():
        _delete_files(document)
    candidate = application.candidate
    application.delete()
    if candidate.user_id is None and not candidate.applications.exists():
        candidate.delete()


def _delete_files(document: Any) -> None:
    names = [document.file.name, *document.pages.values_list("image", flat=True)]
    store = document.file.storage
    transaction.on_commit(lambda: [store.delete(name) for name in names])


@transaction.atomic
def mail_resume_link(application: Application) -> None:
    """Send the link that brings the draft to another browser; at most one an hour."""
    hour = clock.now().strftime("%Y%m%d%H")
    about = application.draft.get("about", {})
    address = (about.get("email") or [application.candidate.email])[0]
    if not address:
        raise ValidationError(_("Write your e-mail address first."), code="no_address")
    application.candidate.email = address
    application.candidate.given_name = (about.get("given_name") or [""])[0]
    application.candidate.save()
    write("APPLICATION_STARTED_LINK", application, key=f"resume:{application.pk}:{address}:{hour}")
