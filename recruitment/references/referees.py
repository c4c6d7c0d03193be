"""Who may be asked: named by the applicant, consented to one by one, and taken back as easily (C6, C7)."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.applications.models import Application
from recruitment.audit.record import record
from recruitment.consents.actions import answer_request, request, take_back
from recruitment.errors import NotPossible, Obstacle
from recruitment.fairness.facts import erase_notes
from recruitment.fairness.letters import place_of, write
from recruitment.fairness.lifecycle import FALL_AWAY
from recruitment.lifecycle import make
from recruitment.mail.models import Message
from recruitment.organisation.legal import LegalText, LegalTextKind
from recruitment.organisation.queries import filled_text, text_in_force
from recruitment.people.actor import Actor
from recruitment.references.lifecycle import (
    ABORT,
    ASK_CONSENT,
    GIVE,
    GIVE_FOR,
    LATE_ENOUGH,
    REFUSE,
    REFUSE_FOR,
    kind_for,
)
from recruitment.references.models import TAKEN, Referee, RefereeWish, ReferenceCheck, ReferenceState

MOST = 6
HOUSE = Actor.house("consent withdrawn")


def _refuse_when_early(application: Application) -> None:
    if application.state not in LATE_ENOUGH:
        message = _("References are taken as late as possible: of applicants who have been interviewed.")
        raise NotPossible([Obstacle("too_early", message, "applications")])


@transaction.atomic
def ask_for_referees(application: Application, *, actor: Actor) -> Message | None:
    """Ask the applicant, in the secure inbox, to name referees; once. None for somebody who must be asked on paper."""
    require(actor, Permission.REFERENCE_MANAGE, application)
    _refuse_when_early(application)
    RefereeWish.objects.get_or_create(
        application=application, defaults={"asked_at": clock.now(), "asked_by": actor.user}
    )
    record(actor, "RefereeWish.ask", application)
    return write(
        "REFEREES_WANTED", application, key=f"referees:{application.pk}", actor=actor,
        portal_link=place_of(application, "referencer"),
    )  # fmt: skip


def may_name(application: Application) -> bool:
    """Whether the applicant is asked to name referees now."""
    return application.state in LATE_ENOUGH and RefereeWish.objects.filter(application=application).exists()


@transaction.atomic
def name_referee(application: Application, *, actor: Actor, **details: Any) -> ReferenceCheck:
    """The applicant names somebody. That is not yet a yes to asking them."""
    if actor.user is None or application.candidate.user_id != actor.user.pk:
        raise PermissionDenied
    if not may_name(application):
        raise NotPossible([Obstacle("not_asked", _("We do not ask for referees now."))])
    return _add(application, actor=actor, given_by_applicant=True, **details)


@transaction.atomic
def note_referee(application: Application, *, actor: Actor, noted_how: str, **details: Any) -> ReferenceCheck:
    """HR writes down whom the applicant has named, and how they said so."""
    require(actor, Permission.REFERENCE_MANAGE, application)
    _refuse_when_early(application)
    if not noted_how.strip():
        message = _("Write how and when the applicant said so.")
        raise NotPossible([Obstacle("how_missing", message, "referee.noted_how")])
    return _add(application, actor=actor, given_by_applicant=False, noted_how=noted_how.strip(), **details)


def _add(application: Application, *, actor: Actor, **details: Any) -> ReferenceCheck:
    if Referee.objects.filter(application=application).count() >= MOST:
        raise ValidationError(_("There are already %d referees.") % MOST, code="too_many")
    referee = Referee(application=application, created_by=actor.user, created_at=clock.now(), **details)
    if not referee.phone and not referee.email:
        raise NotPossible(
            [Obstacle("cannot_be_reached", _("Write a telephone number or an e-mail address."), "referee.phone")]
        )
    referee.full_clean(exclude=["application", "created_by"])
    referee.save()
    check = ReferenceCheck.objects.create(referee=referee, created_at=clock.now())
    record(actor, "Referee.name", referee, by_applicant=referee.given_by_applicant)
    return check


@transaction.atomic
def remove_referee(check: ReferenceCheck, *, actor: Actor) -> None:
    """The applicant takes back a name that nobody has acted on."""
    if actor.user is None or check.application.candidate.user_id != actor.user.pk:
        raise PermissionDenied
    if check.state != ReferenceState.PLANNED:
        raise NotPossible([Obstacle("asked", _("We have asked about this referee: answer no instead."))])
    record(actor, "Referee.remove", check.referee)
    check.referee.delete()


def words_of_consent(check: ReferenceCheck) -> tuple[LegalText, str]:
    """The text in force for this purpose, with the referee in it: exactly what is shown and kept."""
    application, referee = check.application, check.referee
    kind = LegalTextKind.CURRENT_EMPLOYER if referee.is_current_employer else LegalTextKind.REFERENCE
    text = text_in_force(application.case.institution, kind, application.language)
    if text is None:
        raise NotPossible([Obstacle("no_text", _("The institution has no text for this consent."), "dataprotection")])
    shown = filled_text(text, application.case.institution)
    for name, value in {
        "referee_name": referee.name, "referee_organisation": referee.organisation, "job_title": application.case.title,
    }.items():  # fmt: skip
        shown = shown.replace("{" + name + "}", value)
    return text, shown


@transaction.atomic
def ask_consent(check: ReferenceCheck, *, actor: Actor) -> tuple[ReferenceCheck, Message | None]:
    """Ask for a yes to this one referee, in the secure inbox. Without a letter the applicant must be asked on paper."""
    text, shown = words_of_consent(check)
    application = check.application
    consent = request(
        kind_for(check), candidate=application.candidate, application=application, text=text, shown_text=shown,
        language=text.language,
    )  # fmt: skip
    asked = make(ASK_CONSENT, check, actor=actor, consent=consent)
    letter = write(
        "CONSENT_REFERENCE", application, key=f"reference-consent:{consent.pk}", actor=actor, referee_name=check.referee.name,
        referee_organisation=check.referee.organisation, portal_link=place_of(application, "referencer"),
    )  # fmt: skip
    return asked, letter


@transaction.atomic
def answer_consent(check: ReferenceCheck, *, actor: Actor, is_given: bool) -> ReferenceCheck:
    """The applicant says yes or no; a no can become a yes later."""
    if actor.user is None or check.application.candidate.user_id != actor.user.pk:
        raise PermissionDenied
    answered = make(GIVE if is_given else REFUSE, check, actor=actor)
    _note_answer(answered, is_given=is_given)
    return answered


@transaction.atomic
def answer_consent_for(check: ReferenceCheck, *, actor: Actor, is_given: bool, how: str) -> ReferenceCheck:
    """HR notes what the applicant said: when, how, to whom."""
    answered = make(GIVE_FOR if is_given else REFUSE_FOR, check, actor=actor, reason=how)
    _note_answer(answered, is_given=is_given)
    return answered


def _note_answer(check: ReferenceCheck, *, is_given: bool) -> None:
    if check.consent is not None:
        answer_request(check.consent, is_given=is_given)
        record(HOUSE, f"Consent.{'give' if is_given else 'refuse'}", check.consent)


def withdraw_consent(check: ReferenceCheck, *, actor: Actor) -> ReferenceCheck:
    """The applicant takes the yes back, from now on."""
    if actor.user is None or check.application.candidate.user_id != actor.user.pk:
        raise PermissionDenied
    return _withdraw(check, at=clock.now(), actor=actor, how="")


def withdraw_consent_for(check: ReferenceCheck, *, actor: Actor, at: dt.datetime, how: str) -> ReferenceCheck:
    """HR notes that the applicant took it back, at the time they said so: what was written after that is deleted."""
    require(actor, Permission.REFERENCE_MANAGE, check)
    if not how.strip():
        raise NotPossible([Obstacle("how_missing", _("Write how and when the applicant said so."), "withdrawal.how")])
    if at > clock.now():
        raise NotPossible([Obstacle("in_the_future", _("That time has not come yet."), "withdrawal.at")])
    return _withdraw(check, at=at, actor=actor, how=how.strip())


@transaction.atomic
def _withdraw(check: ReferenceCheck, *, at: dt.datetime, actor: Actor, how: str) -> ReferenceCheck:
    locked = ReferenceCheck.objects.select_for_update(of=("self",)).get(pk=check.pk)
    if locked.consent is None or locked.consent.state != "GIVEN":
        raise NotPossible([Obstacle("no_consent", _("There is no consent to withdraw."))])
    take_back(locked.consent, at=at)
    record(actor, "Consent.withdraw", locked.consent)
    gone = _delete_what_came_after(locked, at, actor)
    if locked.state in TAKEN and not gone:
        return locked
    words = _("Consent withdrawn %s") % how if how else _("Consent withdrawn")
    return make(ABORT, locked, actor=HOUSE, reason=words)


def _delete_what_came_after(check: ReferenceCheck, at: dt.datetime, actor: Actor) -> int:
    """Notes, papers and facts made after the withdrawal; the earlier ones stay, for they may have been relied on."""
    late = check.notes.filter(created_at__gt=at)
    for note in late.select_related("document"):
        if note.document is not None:
            note.document.file.delete(save=False)
            note.document.delete()
    gone, _by_table = late.delete()
    if check.fact is not None and check.fact.created_at > at:
        if check.hearing is not None and check.hearing.is_open:
            make(FALL_AWAY, check.hearing, actor=HOUSE)
        fact = check.fact
        check.fact = None
        check.save(update_fields=["fact"])
        gone += erase_notes(Q(pk=fact.pk) | Q(supplements=fact.pk), actor=actor, because="consent withdrawn")
    if gone:
        record(actor, "ReferenceNote.erase", check, count=gone)
    return gone
