"""Access to one's own papers: asked for, collected, chosen, decided, delivered (forvaltningsloven kap. 4, INV-29)."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.applications.applicant_list import has_applicant_list
from recruitment.applications.models import Application
from recruitment.audit.record import record
from recruitment.errors import NotPossible, Obstacle
from recruitment.fairness.collecting import refresh
from recruitment.fairness.letters import in_words, place_of, write
from recruitment.fairness.request_lifecycle import COLLECT, DECIDE, DELIVER, RECONSIDER
from recruitment.fairness.request_models import AccessItem, AccessKind, AccessRequest, AccessState
from recruitment.lifecycle import make
from recruitment.people.actor import Actor
from recruitment.planning.workdays import workday_from

LONGEST = 4000
HOUSE = Actor.house("access request")


def ask_access(
    application: Application, *, actor: Actor, kind: str = AccessKind.PARTY_ACCESS, words: str = ""
) -> AccessRequest:
    """The applicant asks. The same question while it is open gives the request that is there."""
    if actor.user is None or application.candidate.user_id != actor.user.pk:
        raise PermissionDenied
    return _receive(application, kind=kind, words=words, actor=actor, noted_by=None, on=clock.today())


def note_access(
    application: Application, *, actor: Actor, kind: str = AccessKind.PARTY_ACCESS, words: str = "",
    received_on: dt.date | None = None,
) -> AccessRequest:  # fmt: skip
    """HR registers a request that came by mail or telephone; the limit is counted from the day it came."""
    require(actor, Permission.ACCESS_DECIDE, application)
    on = received_on or clock.today()
    if on > clock.today():
        raise NotPossible([Obstacle("in_the_future", _("The day has not come yet."), "access.received_on")])
    return _receive(application, kind=kind, words=words, actor=actor, noted_by=actor.user, on=on)


@transaction.atomic
def _receive(
    application: Application, *, kind: str, words: str, actor: Actor, noted_by: Any, on: dt.date
) -> AccessRequest:
    if kind not in AccessKind.values or (
        kind == AccessKind.APPLICANT_LIST and not has_applicant_list(application.case)
    ):
        message = _("Lists of applicants are shown for civil servants' posts only.")
        raise NotPossible([Obstacle("no_list", message, "access.kind")])
    if len(words) > LONGEST:
        raise NotPossible([Obstacle("too_long", _("Use at most %d characters.") % LONGEST, "access.words")])
    Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    present = (
        AccessRequest.objects.filter(application=application, kind=kind).exclude(state=AccessState.DELIVERED).first()
    )
    if present is not None:
        return present
    limit = application.case.institution.settings.access_workdays
    asked = AccessRequest.objects.create(
        application=application, kind=kind, words=words.strip().replace("\x00", ""), noted_by=noted_by,
        received_at=clock.now(), due_on=workday_from(on, limit),
    )  # fmt: skip
    record(actor, "AccessRequest.receive", asked, kind=kind)
    return asked


@transaction.atomic
def collect(asked: AccessRequest, *, actor: Actor) -> AccessRequest:
    """Gather everything that is kept about the applicant; again where something has come since."""
    collected = make(COLLECT, asked, actor=actor)
    refresh(collected)
    return collected


@transaction.atomic
def choose(asked: AccessRequest, choices: Mapping[str, tuple[bool | None, str]], *, actor: Actor) -> AccessRequest:
    """Given or held back, paper by paper, with a reason for each that is held back. Keys that are not in the package are passed over."""
    require(actor, Permission.ACCESS_DECIDE, asked)
    locked = AccessRequest.objects.select_for_update().get(pk=asked.pk)
    if locked.state != AccessState.COLLECTED:
        raise NotPossible([Obstacle("wrong_state", _("This is not possible from the present state."))])
    found, rows = [], {str(item.pk): item for item in locked.items.all()}
    for key, (given, reason) in choices.items():
        item = rows.get(key)
        if item is None:
            continue
        item.is_given, item.reason = given, "" if given else reason.strip()
        if given is False and not item.reason:
            message = _("Write why “%s” is held back.") % item.title
            found.append(Obstacle("reason_missing", message, f"access.reason-{item.pk}"))
    if found:
        raise NotPossible(found)
    AccessItem.objects.bulk_update(rows.values(), ["is_given", "reason"])
    record(actor, "AccessRequest.choose", locked)
    return locked


def decide(asked: AccessRequest, decision: str, *, actor: Actor) -> AccessRequest:
    """The decision in words; who is refused something is told why, and where to complain."""
    if not decision.strip() or len(decision) > LONGEST * 2:
        raise NotPossible([Obstacle("decision_missing", _("Write the decision in words."), "access.decision")])
    return make(
        DECIDE,
        asked,
        actor=actor,
        decision=decision.strip().replace("\x00", ""),
        decided_at=clock.now(),
        decided_by=actor.user,
    )


def reconsider(asked: AccessRequest, *, actor: Actor, reason: str) -> AccessRequest:
    """Back to the choices."""
    return make(RECONSIDER, asked, actor=actor, reason=reason, decided_at=None, decided_by=None)


@transaction.atomic
def deliver(asked: AccessRequest, *, actor: Actor) -> AccessRequest:
    """The answer lies in the secure inbox, the papers on the applicant's page. `letter` stays empty where it must go on paper."""
    delivered = make(DELIVER, asked, actor=actor, delivered_at=clock.now())
    application = delivered.application
    held = [f"{item.title}: {item.reason}" for item in delivered.items.filter(is_given=False)]
    words = "\n".join([delivered.decision, *([""] if held else []), *held])
    delivered.letter = write(
        "PARTY_ACCESS_ANSWER", application, key=f"access:{delivered.pk}:{delivered.history.count()}", actor=actor, decision_text=words,
        portal_link=place_of(application, "aktindsigt", str(delivered.pk)),
    )  # fmt: skip
    delivered.save(update_fields=["letter"])
    return delivered


@transaction.atomic
def override(asked: AccessRequest, reason: str, *, actor: Actor) -> AccessRequest:
    """The decision does not wait for this request, because ...; by whoever decides whom to hire (GRD-16)."""
    require(actor, Permission.DECISION_RECORD, asked)
    if not reason.strip():
        raise NotPossible(
            [Obstacle("reason_missing", _("Write why the decision does not wait for it."), "access.override")]
        )
    locked = AccessRequest.objects.select_for_update().get(pk=asked.pk)
    if locked.overridden_at:
        raise ValidationError(_("That has been decided already."), code="decided")
    locked.override_reason, locked.overridden_at, locked.overridden_by = reason.strip(), clock.now(), actor.user
    locked.save(update_fields=["override_reason", "overridden_at", "overridden_by"])
    record(actor, "AccessRequest.override", locked)
    return locked


def requests_of(application: Application) -> QuerySet[AccessRequest]:
    """The applicant's own, newest first."""
    return AccessRequest.objects.filter(application=application).order_by("-received_at")


def given_items(asked: AccessRequest) -> QuerySet[AccessItem]:
    """What the applicant may read: once it has been delivered, and only what was given."""
    if asked.state != AccessState.DELIVERED:
        return AccessItem.objects.none()
    return asked.items.filter(is_given=True).select_related("document")


def given_document(asked: AccessRequest, item_id: uuid.UUID) -> Any:
    """The file of one given item; None for anything else."""
    item = given_items(asked).filter(pk=item_id, document__isnull=False).first()
    return item.document if item else None


def tell_status(today: dt.date) -> int:
    """Whose limit has come without a decision is told how far we are, once. Returns how many."""
    rows = AccessRequest.objects.filter(
        due_on__lte=today, status_sent_at__isnull=True, state__in=[AccessState.RECEIVED, AccessState.COLLECTED]
    ).select_related("application__case__institution__settings", "application__round", "application__candidate")
    done = 0
    for asked in rows:
        with transaction.atomic():
            if not AccessRequest.objects.filter(pk=asked.pk, status_sent_at=None).update(status_sent_at=clock.now()):
                continue
            application = asked.application
            until = workday_from(today, application.case.institution.settings.access_workdays)
            write(
                "WRITTEN_REASONS_STATUS", application, key=f"access-status:{asked.pk}",
                expected_answer_date=in_words(until, application.language),
            )  # fmt: skip
            done += 1
    return done
