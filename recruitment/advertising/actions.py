"""Planning media, letting an ad go live, taking it down, and noting where visitors come from."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.advertising.content import AdContent, missing_contents
from recruitment.advertising.lifecycle import EXPIRE, GO_LIVE, MARK_LIVE, SCHEDULE, WITHDRAW
from recruitment.advertising.models import (
    JobAdvertisement,
    MediaListEntry,
    Medium,
    Publication,
    PublicationState,
    SearchEntry,
    TrackingLink,
    TrackingVisit,
)
from recruitment.advertising.pictures import consent_has_ended
from recruitment.advertising.queries import media_to_choose
from recruitment.advertising.reviews.queries import manager_has_not_approved
from recruitment.advertising.search import index
from recruitment.audit.record import record
from recruitment.cases.actions import advertise_case
from recruitment.cases.lifecycle import too_short_a_period
from recruitment.cases.models import CaseState
from recruitment.cases.profile import AdvertisementRound
from recruitment.errors import NotPossible, Obstacle
from recruitment.lifecycle import make
from recruitment.people.actor import Actor

JOBNET_LONGEST = dt.timedelta(weeks=8)  # INV-16


@transaction.atomic
def plan_usual_media(round_: AdvertisementRound, *, actor: Actor) -> list[Publication]:
    """One publication for each medium that the institution chooses for every ad; those that exist stay as they are."""
    require(actor, Permission.PUBLICATION_MANAGE, round_)
    chosen = media_to_choose(round_.case.institution).filter(default_selected=True)
    return [plan_medium(round_, entry, actor=actor) for entry in chosen]


@transaction.atomic
def plan_medium(round_: AdvertisementRound, entry: MediaListEntry, *, actor: Actor) -> Publication:
    """Choose a medium from the list for this round, with its usual price and a tracking link."""
    require(actor, Permission.PUBLICATION_MANAGE, round_)
    usual_price = entry.default_cost if entry.default_cost is not None else entry.medium.default_cost
    publication, created = Publication.objects.get_or_create(
        round=round_, medium=entry.medium, defaults={"cost_amount": usual_price}
    )
    if created:
        TrackingLink.objects.create(publication=publication)
        record(actor, "publication.plan", publication, medium=entry.medium.code)
    return publication


@transaction.atomic
def change_publication(publication: Publication, *, actor: Actor, **changes: Any) -> Publication:
    """Change period, cost or address. Raises NotPossible where the period breaks a rule; nothing is saved then."""
    require(actor, Permission.PUBLICATION_MANAGE, publication)
    for name in ("publish_from", "publish_until", "cost_amount", "cost_allocation_note", "external_url", "external_id"):
        if name in changes:
            setattr(publication, name, changes[name])
    if found := _broken_period_rules(publication):
        raise NotPossible(found)
    publication.save()
    record(actor, "publication.change", publication, fields=sorted(changes))
    return publication


def _broken_period_rules(publication: Publication) -> list[Obstacle]:
    start, end, deadline = publication.publish_from, publication.publish_until, publication.round.application_deadline
    found = []
    if start and end and start >= end:
        found.append(Obstacle("period_backwards", _("The period ends before it begins."), "publication.publish_until"))
    if end and deadline and end > deadline:
        found.append(
            Obstacle("after_deadline", _("The ad may not be shown after the deadline."), "publication.publish_until")
        )
    if publication.medium.code == "JOBNET" and start and end and end - start > JOBNET_LONGEST:
        found.append(Obstacle("jobnet_8_weeks", _("Jobnet shows an ad for eight weeks at the longest.")))
    return found


@transaction.atomic
def announce(round_: AdvertisementRound, content: AdContent, *, actor: Actor) -> JobAdvertisement:
    """The page has gone live: keep this version, open the round if it is the first, put our own media live.

    Raises NotPossible with everything that is missing (GRD-1 to GRD-5), or PermissionDenied.
    """
    require(actor, Permission.AD_PUBLISH, round_)
    case = round_.case
    found = [*missing_contents(content, case, round_), *consent_has_ended(content.picture_ids)]
    found += manager_has_not_approved(case, content)
    if short := too_short_a_period(round_):
        found.append(short)
    if found:
        raise NotPossible(found)
    advertisement = _keep_version(round_, content, actor)
    plan_usual_media(round_, actor=actor)
    if case.state in {CaseState.DRAFT, CaseState.READY}:
        advertise_case(case, actor=actor)
        round_.refresh_from_db()
    _open_own_media(round_)
    record(actor, "advertisement.announce", advertisement, version=advertisement.version, language=content.language)
    return advertisement


def _keep_version(round_: AdvertisementRound, content: AdContent, actor: Actor) -> JobAdvertisement:
    now = clock.now()
    AdvertisementRound.objects.select_for_update().get(pk=round_.pk)
    earlier = JobAdvertisement.objects.filter(round=round_, language=content.language)
    earlier.filter(retired_at__isnull=True).update(retired_at=now)
    SearchEntry.objects.filter(advertisement__in=earlier).delete()
    kept = JobAdvertisement.objects.create(
        round=round_,
        language=content.language,
        version=(earlier.aggregate(last=Max("version"))["last"] or 0) + 1,
        title=content.title,
        headline=content.headline,
        intro=content.intro,
        blocks=content.blocks,
        facts=content.facts,
        html=content.html,
        text=content.text,
        image_url=content.image_url,
        url=content.url,
        page_id=content.page_id,
        layout_name=content.layout_name,
        picture_ids=content.picture_ids,
        published_at=now,
        published_by=actor.user,
    )
    index(kept)
    return kept


def _open_own_media(round_: AdvertisementRound) -> None:
    """Our own site and intranet go live by themselves, in the period they have or else from now to the deadline."""
    now = clock.now()
    for publication in round_.publications.filter(
        medium__kind__in=["OWN_SITE", "INTRANET"], state__in=[PublicationState.PLANNED, PublicationState.SCHEDULED]
    ):
        publication.publish_from = publication.publish_from or now
        publication.publish_until = publication.publish_until or round_.application_deadline
        if publication.cost_amount is None:
            publication.cost_amount = 0
        publication.save()
        if publication.publish_from <= now:
            make(GO_LIVE, publication, actor=Actor.house("own media"), live_at=now)
        elif publication.state == PublicationState.PLANNED:
            make(SCHEDULE, publication, actor=Actor.house("own media"))


@transaction.atomic
def retire(round_: AdvertisementRound, language: str, *, actor: Actor) -> None:
    """The page has been taken down: this language is shown nowhere any more."""
    require(actor, Permission.AD_PUBLISH, round_)
    live = JobAdvertisement.objects.filter(round=round_, language=language, retired_at__isnull=True)
    SearchEntry.objects.filter(advertisement__in=live).delete()
    for advertisement in live:
        advertisement.retired_at = clock.now()
        advertisement.save(update_fields=["retired_at"])
        record(actor, "advertisement.retire", advertisement)


@transaction.atomic
def mark_live(publication: Publication, *, actor: Actor, external_url: str = "") -> Publication:
    """Somebody has put the ad up on the medium by hand and gives its address (INV-15)."""
    require(actor, Permission.PUBLICATION_MANAGE, publication)
    if external_url:
        publication = change_publication(publication, actor=actor, external_url=external_url)
    now = clock.now()
    return make(MARK_LIVE, publication, actor=actor, live_at=now, publish_from=publication.publish_from or now)


def take_down(publication: Publication, *, actor: Actor) -> Publication:
    """Take the ad down from one medium."""
    return make(WITHDRAW, publication, actor=actor, ended_at=clock.now())


def turn_own_media(at: dt.datetime | None = None) -> int:
    """Bring the rows of our own media up to what the clock already shows; the number of rows moved."""
    at = at or clock.now()
    house = Actor.house("timetable")
    due = Publication.objects.filter(
        medium__kind__in=["OWN_SITE", "INTRANET"], state=PublicationState.SCHEDULED, publish_from__lte=at
    )
    over = Publication.objects.filter(state=PublicationState.LIVE, publish_until__lte=at)
    for publication in (moved := [*due]):
        make(GO_LIVE, publication, actor=house, live_at=publication.publish_from)
    for publication in (ended := [*over]):
        make(EXPIRE, publication, actor=house, ended_at=publication.publish_until)
    return len(moved) + len(ended)


def expire_media_of(rounds: Iterable[AdvertisementRound]) -> None:
    """The round's deadline has passed: everything that still counts as shown has expired."""
    house = Actor.house("deadline")
    for publication in Publication.objects.filter(
        round__in=list(rounds), state__in=[PublicationState.LIVE, PublicationState.SCHEDULED, PublicationState.PLANNED]
    ):
        make(EXPIRE, publication, actor=house, ended_at=clock.now())


def note_visit(token: str) -> Medium | None:
    """Count a visit by a tracking link and say which medium it came from; None for a token nobody made."""
    link = TrackingLink.objects.select_related("publication__medium").filter(token=token).first()
    if link is None:
        return None
    visit, _created = TrackingVisit.objects.get_or_create(link=link, day=clock.today())
    TrackingVisit.objects.filter(pk=visit.pk).update(count=F("count") + 1)
    return link.publication.medium
