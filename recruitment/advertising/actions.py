"""Planning media, letting an ad go live, taking it down, and noting where visitors come from."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.advertising.content import AdContent, missing_contents
from recruitment.advertising.lifecycle import (
    GO_LIVE,
    MARK_LIVE,
    SCHEDULE,
    case_is_for_own_staff,
)
from recruitment.advertising.models import (
    OWN_KINDS,
    JobAdvertisement,
    MediaListEntry,
    Publication,
    PublicationState,
    SearchEntry,
    TrackingLink,
)
from recruitment.advertising.pictures import consent_has_ended
from recruitment.advertising.queries import SHOWN_BY_US, media_to_choose
from recruitment.advertising.reviews.queries import manager_has_not_approved
from recruitment.advertising.search import index
from recruitment.advertising.taking_down import CALLED_BACK
from recruitment.audit.record import record
from recruitment.cases.lifecycle import too_short_a_period
from recruitment.cases.models import CaseState, CaseType
from recruitment.cases.moving import advertise_case
from recruitment.cases.profile import AdvertisementRound
from recruitment.errors import NotPossible, Obstacle
from recruitment.events import Event, tell
from recruitment.lifecycle import make
from recruitment.people.actor import Actor

JOBNET_LONGEST = dt.timedelta(weeks=8)  # INV-16


@dataclass(frozen=True)
class AdChanged(Event):
    """What media show of the round has changed: a new version, or the period of one publication."""

    round: AdvertisementRound
    publication: Publication | None = None


@transaction.atomic
def plan_usual_media(round_: AdvertisementRound, *, actor: Actor) -> list[Publication]:
    """One publication for each medium that the institution chooses for every ad; those that exist stay as they are.

    An ad for own staff only takes the intranet, and of the usual media only our own. Jobnet lists vacancies: a call for open
    applications stays off it.
    """
    require(actor, Permission.PUBLICATION_MANAGE, round_)
    listed = media_to_choose(round_.case.institution)
    if round_.case.case_type == CaseType.INTERNAL_ONLY:
        listed = listed.filter(medium__kind__in=OWN_KINDS)
        return [
            plan_medium(round_, entry, actor=actor)
            for entry in listed.filter(Q(default_selected=True) | Q(medium__internal_only=True))
        ]
    if round_.case.case_type == CaseType.OPEN_APPLICATION:
        listed = listed.exclude(Q(medium__is_mandatory_public=True) | Q(medium__derived_from__is_mandatory_public=True))
    return [plan_medium(round_, entry, actor=actor) for entry in listed.filter(default_selected=True)]


@transaction.atomic
def plan_medium(round_: AdvertisementRound, entry: MediaListEntry, *, actor: Actor) -> Publication:
    """Choose a medium from the list for this round, with its usual price and a tracking link."""
    require(actor, Permission.PUBLICATION_MANAGE, round_)
    if found := case_is_for_own_staff(Publication(round=round_, medium=entry.medium)):
        raise NotPossible([found])
    usual_price = entry.default_cost if entry.default_cost is not None else entry.medium.default_cost
    publication, created = Publication.objects.get_or_create(
        round=round_, medium=entry.medium, defaults={"cost_amount": usual_price}
    )
    if created:
        TrackingLink.objects.create(publication=publication)
        record(actor, "publication.plan", publication, medium=entry.medium.code)
    return publication


@transaction.atomic
def plan_like(round_: AdvertisementRound, pattern: AdvertisementRound, *, actor: Actor) -> list[Publication]:
    """The media of another round, with the days between the first of them and each, and who pays. What is there stays."""
    require(actor, Permission.PUBLICATION_MANAGE, round_)
    require(actor, Permission.PUBLICATION_MANAGE, pattern)
    listed = {entry.medium_id: entry for entry in media_to_choose(round_.case.institution)}
    rows = [row for row in pattern.publications.all() if row.medium_id in listed]
    first = min((row.publish_from for row in rows if row.publish_from), default=None)
    begins = max(clock.now(), round_.opens_at or clock.now())
    made = []
    for row in rows:
        if round_.publications.filter(medium=row.medium_id).exists():
            continue
        publication = plan_medium(round_, listed[row.medium_id], actor=actor)
        later = row.publish_from - first if row.publish_from and first else dt.timedelta(0)
        deadline = round_.application_deadline
        if later and (deadline is None or begins + later < deadline):
            publication.publish_from = begins + later
        publication.cost_allocation_note = row.cost_allocation_note
        publication.save(update_fields=["publish_from", "cost_allocation_note"])
        made.append(publication)
    return made


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
    if {"publish_from", "publish_until"} & set(changes):
        tell(AdChanged(publication.round, publication))
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
    plan_usual_media(round_, actor=actor)
    found = [*missing_contents(content, case, round_), *consent_has_ended(content.picture_ids)]
    found += manager_has_not_approved(case, content)
    if short := too_short_a_period(round_, begins=public_start(round_)):
        found.append(short)
    if found:
        raise NotPossible(found)
    advertisement = _keep_version(round_, content, actor)
    if case.state in {CaseState.DRAFT, CaseState.READY}:
        _take_up_again(round_)
        advertise_case(case, actor=actor)
        round_.refresh_from_db()
    _open_own_media(round_)
    record(actor, "advertisement.announce", advertisement, version=advertisement.version, language=content.language)
    tell(AdChanged(round_))
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


def usual_start(publication: Publication, begins: dt.datetime) -> dt.datetime:
    """When a medium without a day of its own shows the ad: the one with the longest head start at once, the others after it."""
    round_ = publication.round
    entries = MediaListEntry.objects.filter(institution=round_.case.institution_id, medium__publications__round=round_)
    ahead = dict(entries.values_list("medium", "head_start_days"))
    waits = dt.timedelta(days=max(ahead.values(), default=0) - ahead.get(publication.medium_id, 0))
    until = publication.publish_until or round_.application_deadline
    return begins + waits if until is None or begins + waits < until else begins


def public_start(round_: AdvertisementRound) -> dt.datetime | None:
    """When the first public medium shows the ad, before it is out; None once it is."""
    if round_.opens_at is not None:
        return None
    now = clock.now()
    public = round_.publications.filter(medium__internal_only=False).select_related("medium", "round__case")
    return min((p.publish_from or usual_start(p, now) for p in public), default=None)


def _open_own_media(round_: AdvertisementRound) -> None:
    """What we show ourselves goes live by itself, in the period it has or else from its usual day to the deadline."""
    now = clock.now()
    for publication in round_.publications.filter(
        SHOWN_BY_US, state__in=[PublicationState.PLANNED, PublicationState.SCHEDULED]
    ):
        publication.publish_from = publication.publish_from or max(
            now, usual_start(publication, round_.opens_at or now)
        )
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


def _take_up_again(round_: AdvertisementRound) -> None:
    """The ad goes out once more: what its call-back took down is scheduled again from now."""
    now = clock.now()
    for publication in round_.publications.filter(state=PublicationState.WITHDRAWN):
        last = publication.history.order_by("-at").first()
        if last is not None and last.by == str(CALLED_BACK):
            publication.publish_from = now
            publication.save(update_fields=["publish_from"])
            make(SCHEDULE, publication, actor=CALLED_BACK, ended_at=None)
