"""Beginning, saving, handing in, correcting and withdrawing an application; registering one that came on paper."""

import datetime as dt
import secrets
from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.applications.contents import apply_draft, snapshot
from recruitment.applications.letters import write
from recruitment.applications.lifecycle import REGISTER, REGISTER_LATE, REVIEW, SUBMIT, WITHDRAW
from recruitment.applications.models import (
    Application,
    ApplicationState,
    ApplicationVersion,
    PriorityClaim,
    ReceiveChannel,
    Stage,
)
from recruitment.applications.steps import STEPS, state_of, steps_of
from recruitment.audit.record import record
from recruitment.cases.models import CaseState
from recruitment.cases.profile import AdvertisementRound
from recruitment.consents.actions import give
from recruitment.consents.models import ConsentKind
from recruitment.documents.actions import receive
from recruitment.documents.models import DocumentKind, UploadedBy
from recruitment.errors import NotPossible, Obstacle
from recruitment.lifecycle import make
from recruitment.organisation.legal import LegalText
from recruitment.people.actor import Actor
from recruitment.people.models import Candidate, User

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O, U: read aloud without doubt
LARGEST_DRAFT = 200_000  # characters over all steps
TELL_WITHIN = dt.timedelta(days=30)  # GDPR art. 14: the notice to somebody registered by hand


class RoundClosed(NotPossible):
    """The deadline has passed, or the ad does not take applications."""


def new_reference() -> str:
    """Eight characters in two groups, such as K7PM-2XQ4: to be read aloud on the telephone."""
    letters = [secrets.choice(ALPHABET) for _ in range(8)]
    return f"{''.join(letters[:4])}-{''.join(letters[4:])}"


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
        started_at=clock.now(), draft={"about": _known(candidate)},
    )  # fmt: skip
    give(
        ConsentKind.APPLICATION_PROCESSING, candidate=candidate, application=application, text=notice,
        shown_text=shown_text, language=language,
    )  # fmt: skip
    return application


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


@transaction.atomic
def register_manual(
    round_: AdvertisementRound, *, actor: Actor, person: Mapping[str, str], channel: ReceiveChannel,
    received_at: dt.datetime, originals: Iterable[tuple[BinaryIO, str]], source_medium: Any = None,
    origin: str = "", priority: bool = False,
) -> Application:  # fmt: skip
    """Register an application that came another way, with its true time and scanned originals (INV-21, 0.2).

    In time it joins the others; after the deadline it becomes LATE and is answered as such (0.3).
    """
    require(actor, Permission.APPLICATION_REGISTER_MANUAL, round_.case)
    files = list(originals)
    now = clock.now()
    problems = _why_not_register(round_, files, received_at, now)
    if problems:
        raise NotPossible(problems)
    candidate = Candidate.objects.create(**person)
    application = Application.objects.create(
        reference=new_reference(), candidate=candidate, case=round_.case, round=round_, channel=channel,
        registered_by=actor.user, source_medium=source_medium, applicant_origin=origin,
        notice_due_at=received_at + TELL_WITHIN, started_at=now, language=round_.case.language,
        form_version=round_.case.form.version,
    )  # fmt: skip
    for stream, filename in files:
        receive(
            stream, filename, application=application, kind=DocumentKind.ORIGINAL, actor=actor,
            uploaded_by=UploadedBy.STAFF,
        )  # fmt: skip
    if priority:
        PriorityClaim.objects.create(application=application)
    return _place_registered(application, received_at, actor)


def _place_registered(application: Application, received_at: dt.datetime, actor: Actor) -> Application:
    deadline = application.round.application_deadline
    if deadline is not None and received_at >= deadline:
        late = make(REGISTER_LATE, application, actor=actor, received_at=received_at)
        write("LATE_NOT_CONSIDERED", late, key=f"late:{late.pk}")
        return late
    registered = make(REGISTER, application, actor=actor, received_at=received_at, stage_reached=Stage.RECEIVED)
    if application.case.state != CaseState.ADVERTISED:
        registered = make(REVIEW, registered, actor=Actor.house("registered after the deadline"))
    write("MANUAL_REGISTERED", registered, key=f"manual:{registered.pk}")
    return registered


def _why_not_register(
    round_: AdvertisementRound, files: list[Any], received_at: dt.datetime, now: dt.datetime
) -> list[Obstacle]:
    found = []
    if not files:
        found.append(Obstacle("originals", _("Add the scanned letter or the e-mail as it came."), "originals"))
    if received_at > now:
        found.append(Obstacle("future", _("The time of receipt lies in the future."), "received_at"))
    if round_.opens_at is None or received_at < round_.opens_at:
        found.append(Obstacle("before_opening", _("The ad was not out at that time."), "received_at"))
    if round_.case.state in {CaseState.CLOSED, CaseState.ANONYMISED}:
        found.append(Obstacle("closed", _("The case is closed.")))
    return found


@transaction.atomic
def open_application(application: Application, *, actor: Actor) -> Application:
    """Somebody opens the contents: asked about conflicts first (INV-7), noted in the trail, and counted as read by a person."""
    require(actor, Permission.APPLICATION_READ_DOCUMENTS, application)
    record(actor, "Application.open", application)
    if application.first_opened_at is None:
        Application.objects.filter(pk=application.pk, first_opened_at__isnull=True).update(first_opened_at=clock.now())
    return application


@transaction.atomic
def begin_review(round_: AdvertisementRound) -> int:
    """At the deadline every received application goes under review; the kept earlier versions are no longer needed."""
    house = Actor.house("deadline")
    received = round_.applications.filter(state=ApplicationState.SUBMITTED)
    for application in (moved := list(received)):
        make(REVIEW, application, actor=house)
    ApplicationVersion.objects.filter(application__round=round_).delete()
    return len(moved)


@transaction.atomic
def mark_cpr_handled(row: Any, *, actor: Actor) -> None:
    """HR has dealt with a CPR number that an applicant wrote (INV-18). `row` is an application or a document."""
    require(actor, Permission.APPLICATION_READ_DOCUMENTS, row)
    row.cpr_handled_at = clock.now()
    row.save(update_fields=["cpr_handled_at"])
    record(actor, "cpr.handled", row)
