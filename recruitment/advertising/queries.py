"""What the public may see now, decided by the clock at the moment of asking (guide p. 6)."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from recruitment import clock
from recruitment.access.decide import visible
from recruitment.access.permissions import Permission
from recruitment.advertising.lifecycle import SEEN_GONE, WITHDRAW
from recruitment.advertising.models import (
    FED_ADAPTERS,
    OWN_KINDS,
    JobAdvertisement,
    MediaListEntry,
    MediumKind,
    Publication,
    PublicationState,
    PublicationStateChange,
)
from recruitment.cases.models import CaseState, CaseType, RecruitmentCase
from recruitment.cases.profile import AdvertisementRound
from recruitment.organisation.models import Institution
from recruitment.people.actor import Actor

KEEP_REMOVED = dt.timedelta(days=90)  # how long portals can still ask for an ad that is gone (G.2)
PATTERNS = 10  # earlier cases that a media plan can be copied from
SHOWN_STATES = (PublicationState.SCHEDULED, PublicationState.LIVE)


#: Publications that our own pages and feeds show: the clock decides when.
SHOWN_BY_US = Q(medium__kind__in=[*OWN_KINDS, MediumKind.FEED]) | Q(medium__adapter__in=FED_ADAPTERS)


def publications_showing(at: dt.datetime) -> QuerySet[Publication]:
    """Publications whose period holds the instant, whatever the timetable has got round to."""
    return Publication.objects.filter(
        Q(publish_until__isnull=True) | Q(publish_until__gt=at), state__in=SHOWN_STATES, publish_from__lte=at
    )


def public_ads(at: dt.datetime | None = None) -> QuerySet[JobAdvertisement]:
    """Ads that anyone may find now: live on a public own medium, in an open round, before the deadline."""
    return _ads_in_open_rounds(at or clock.now(), internal=False)


def internal_ads(at: dt.datetime | None = None) -> QuerySet[JobAdvertisement]:
    """Ads that the institution's own people may find now: the public ones and those on the intranet."""
    return _ads_in_open_rounds(at or clock.now(), internal=True)


def _ads_in_open_rounds(at: dt.datetime, *, internal: bool) -> QuerySet[JobAdvertisement]:
    showing = publications_showing(at).filter(round=OuterRef("round"), medium__kind__in=OWN_KINDS)
    ads = JobAdvertisement.objects.filter(
        Q(round__application_deadline__isnull=True) | Q(round__application_deadline__gt=at),
        retired_at__isnull=True,
        round__closed_at__isnull=True,
        round__opens_at__lte=at,
        round__case__state=CaseState.ADVERTISED,
        round__case__institution__status="ACTIVE",
    )
    if not internal:
        showing = showing.filter(medium__internal_only=False)
        ads = ads.exclude(round__case__case_type=CaseType.INTERNAL_ONLY)
    return ads.filter(Exists(showing))


def ever_public() -> QuerySet[JobAdvertisement]:
    """Versions of ads that anybody could once see on our own site."""
    shown = Publication.objects.filter(
        round=OuterRef("round"), medium__kind="OWN_SITE", live_at__isnull=False, medium__internal_only=False
    )
    ads = JobAdvertisement.objects.filter(Exists(shown))
    return ads.exclude(round__case__case_type=CaseType.INTERNAL_ONLY)


def removed_ads(at: dt.datetime | None = None) -> QuerySet[JobAdvertisement]:
    """The last version of public ads that ended within ninety days."""
    at = at or clock.now()
    newer = JobAdvertisement.objects.filter(
        round=OuterRef("round"), language=OuterRef("language"), version__gt=OuterRef("version")
    )
    return (
        ever_public()
        .filter(
            Q(retired_at__gt=at - KEEP_REMOVED) | Q(round__application_deadline__gt=at - KEEP_REMOVED),
            ~Exists(newer),
        )
        .exclude(pk__in=public_ads(at).values("pk"))
    )


def ended_ads(at: dt.datetime | None = None) -> QuerySet[JobAdvertisement]:
    """Of the removed ones those that ended by their deadline: nobody had taken them down before."""
    at = at or clock.now()
    taken_down = Publication.objects.filter(
        round=OuterRef("round"), medium__kind="OWN_SITE", state=PublicationState.WITHDRAWN
    )
    by_itself = removed_ads(at).filter(retired_at__isnull=True, round__application_deadline__lte=at)
    return by_itself.exclude(Exists(taken_down))


def media_to_choose(institution: Institution) -> QuerySet[MediaListEntry]:
    """The institution's list, as its administrator has ordered it."""
    return MediaListEntry.objects.filter(institution=institution, active=True).select_related("medium")


def fed_ads(adapter: str, at: dt.datetime | None = None) -> QuerySet[JobAdvertisement]:
    """Public ads that the portal behind `adapter` may fetch now: those whose publication there is in its period."""
    at = at or clock.now()
    showing = publications_showing(at).filter(round=OuterRef("round"), medium__adapter=adapter)
    return public_ads(at).filter(Exists(showing))


def waiting_for_a_hand() -> QuerySet[Publication]:
    """Publications that somebody must put up on a medium we have no connection to: due, not live, Jobnet first (INV-15)."""
    return (
        Publication.objects.filter(
            state__in=[PublicationState.PLANNED, PublicationState.SCHEDULED], medium__derived_from__isnull=True
        )
        .exclude(SHOWN_BY_US)
        .filter(round__closed_at__isnull=True, round__case__state=CaseState.ADVERTISED)
        .select_related("medium", "round__case")
        .order_by("-medium__is_mandatory_public", "publish_from")
    )


def waiting_to_come_down() -> QuerySet[Publication]:
    """What somebody put up on a medium we have no connection to, whose time is over, and that nobody has seen gone.

    Print stays printed, and the compulsory medium keeps the last day it was given (C3). What a person took down was taken down by them.
    """
    moves = PublicationStateChange.objects.filter(publication=OuterRef("pk"))
    over = Q(state=PublicationState.EXPIRED, medium__is_mandatory_public=False)
    called_back = Q(Exists(moves.filter(move=WITHDRAW.name, by_user=None)), state=PublicationState.WITHDRAWN)
    return (
        Publication.objects.filter(
            over | called_back,
            ~Exists(moves.filter(move__in=[move.name for move in SEEN_GONE.values()])),
            live_at__isnull=False,
        )
        .exclude(SHOWN_BY_US)
        .exclude(medium__kind=MediumKind.PRINT)
        .filter(medium__derived_from__isnull=True, ended_at__gt=clock.now() - KEEP_REMOVED)
        .select_related("medium", "round__case")
        .order_by("ended_at")
    )


def rounds_to_plan_like(actor: Actor, case: RecruitmentCase) -> QuerySet[AdvertisementRound]:
    """Rounds of the institution's other cases whose media the actor may copy, newest first."""
    planned = AdvertisementRound.objects.filter(
        Exists(Publication.objects.filter(round=OuterRef("pk"))), case__institution=case.institution_id
    ).exclude(case=case)
    rows = visible(actor, Permission.PUBLICATION_MANAGE, planned).select_related("case")
    return rows.order_by("-created_at", "-pk")[:PATTERNS]
