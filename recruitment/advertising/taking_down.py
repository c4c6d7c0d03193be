"""How an ad comes down: by hand from one medium or all, with its case, by the clock, at the deadline."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.advertising.lifecycle import EXPIRE, GO_LIVE, SENT, WITHDRAW
from recruitment.advertising.models import Publication, PublicationState
from recruitment.advertising.queries import SHOWN_BY_US
from recruitment.cases.models import CaseState, RecruitmentCase
from recruitment.cases.profile import AdvertisementRound
from recruitment.errors import NotPossible, Obstacle
from recruitment.lifecycle import make
from recruitment.people.actor import Actor

CALLED_BACK = Actor.house("ad called back")


@transaction.atomic
def take_down(publication: Publication, *, actor: Actor, reason: str = "") -> Publication:
    """Take the ad down from one medium. The compulsory one is not dropped without a reason."""
    if publication.medium.is_mandatory_public and not reason.strip():
        raise NotPossible(
            [Obstacle("reason_missing", _("Write why the ad is not on %s.") % publication.medium, "reason")]
        )
    return make(WITHDRAW, publication, actor=actor, reason=reason, ended_at=clock.now())


@transaction.atomic
def take_down_everywhere(round_: AdvertisementRound, *, actor: Actor, reason: str) -> list[Publication]:
    """Take the ad down from every medium that shows it or would."""
    require(actor, Permission.PUBLICATION_MANAGE, round_)
    if not reason.strip():
        raise NotPossible([Obstacle("reason_missing", _("Write why."), "reason")])
    rows = round_.publications.filter(state__in=WITHDRAW.sources).select_related("medium")
    return [take_down(publication, actor=actor, reason=reason) for publication in rows]


def call_media_back(case: RecruitmentCase) -> None:
    """A case was called back: other people's media take the ad down. Our own stop by the case's state alone."""
    waiting = [PublicationState.SCHEDULED, PublicationState.LIVE, *SENT]
    rows = Publication.objects.filter(round__case=case, round__closed_at__isnull=True, state__in=waiting)
    for publication in rows.exclude(SHOWN_BY_US):
        make(WITHDRAW, publication, actor=CALLED_BACK, ended_at=clock.now())


def turn_own_media(at: dt.datetime | None = None) -> int:
    """Bring the rows up to what the clock already shows: ours go live, everything ends; the number of rows moved."""
    at = at or clock.now()
    house = Actor.house("timetable")
    due = Publication.objects.filter(
        SHOWN_BY_US, state=PublicationState.SCHEDULED, publish_from__lte=at, round__case__state=CaseState.ADVERTISED
    )
    over = Publication.objects.filter(state__in=[PublicationState.LIVE, *SENT], publish_until__lte=at)
    for publication in (moved := [*due]):
        make(GO_LIVE, publication, actor=house, live_at=publication.publish_from)
    for publication in (ended := [*over]):
        make(EXPIRE, publication, actor=house, ended_at=publication.publish_until)
    return len(moved) + len(ended)


def expire_media_of(rounds: Iterable[AdvertisementRound]) -> None:
    """The round's deadline has passed: everything that still counts as shown has expired."""
    house = Actor.house("deadline")
    for publication in Publication.objects.filter(round__in=list(rounds), state__in=EXPIRE.sources):
        make(EXPIRE, publication, actor=house, ended_at=clock.now())
