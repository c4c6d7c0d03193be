"""What media are told, and when: each function answers something that happened, and leaves an errand."""

import datetime as dt
from typing import Any

from django.db import transaction

from recruitment import clock
from recruitment.advertising.actions import usual_start
from recruitment.advertising.lifecycle import SCHEDULE, SENT, SUBMIT
from recruitment.advertising.models import Publication, PublicationState
from recruitment.cases.profile import AdvertisementRound
from recruitment.channels.kinds import CHANNELS
from recruitment.channels.models import Act, Delivery, DeliveryState
from recruitment.channels.queries import connected, connection_of, ready_to_send
from recruitment.errors import NotPossible
from recruitment.events import StateChanged
from recruitment.lifecycle import make
from recruitment.outbox.delivery import put
from recruitment.people.actor import Actor

DELIVER, ASK = "media", "media-status"
SHOWN = (PublicationState.LIVE, *SENT)


def leave(publication: Publication, act: Act, **about: Any) -> Delivery:
    """Note what the medium must be told, and leave the errand."""
    delivery = Delivery.objects.create(
        publication=publication, act=act, reference=reference_of(publication), external_id=publication.external_id,
        created_at=clock.now(), **about,
    )  # fmt: skip
    if delivery.state == DeliveryState.WAITING:
        put(DELIVER, delivery.pk, key=f"{DELIVER}:{delivery.pk}")
    return delivery


def reference_of(publication: Publication) -> str:
    """Our own number for the ad on the medium: the same at every try, another once it has been taken down there."""
    return f"{publication.pk.hex}-{publication.deliveries.filter(act=Act.CLOSE).count()}"


# -- putting up


def follow_ad(round_: AdvertisementRound, publication: Publication | None = None, *, has_moved: bool = False) -> None:
    """A version has gone out, the deadline has moved, or the period of one `publication` has.

    Plan what is planned by itself, tell those who show the ad, send what is due.
    """
    if not round_.advertisements.filter(retired_at__isnull=True).exists():
        return
    shown = round_.publications.filter(state__in=SHOWN).select_related("medium", "round__case")
    if publication is None:
        _schedule_connected(round_)
    for one in shown.filter(pk=publication.pk) if publication else shown:
        _tell_of_change(one, by_hand_too=publication is None, has_moved=has_moved)
    send_due(round_)


def _schedule_connected(round_: AdvertisementRound) -> None:
    """Connected media that were chosen with a cost go out by themselves."""
    house = Actor.house("media plan")
    planned = round_.publications.filter(connected(), state=PublicationState.PLANNED, cost_amount__isnull=False)
    for publication in planned.select_related("medium", "round__case"):
        schedule_usually(publication, actor=house)


def schedule_usually(publication: Publication, *, actor: Actor) -> Publication:
    """Schedule it in the period it has or, for what it lacks, in the usual one."""
    publication.publish_from, publication.publish_until = usual_period(publication)
    publication.save(update_fields=["publish_from", "publish_until"])
    return make(SCHEDULE, publication, actor=actor)


def usual_period(publication: Publication) -> tuple[dt.datetime, dt.datetime | None]:
    """The period it has, else from its usual day to the deadline, no longer than the medium shows ads."""
    now, deadline = clock.now(), publication.round.application_deadline
    begins = publication.publish_from or usual_start(publication, publication.round.opens_at or now)
    begins = max(begins, now)
    ends = publication.publish_until or deadline
    longest = CHANNELS[publication.medium.adapter].longest if publication.medium.adapter in CHANNELS else None
    if longest is not None:
        ends = min(ends or begins + longest, begins + longest)
    return begins, ends


def send_due(round_: AdvertisementRound | None = None) -> int:
    """Hand what is due to its medium; how many. The medium's lead time counts: Jobnet's approval takes a day."""
    now, house, sent = clock.now(), Actor.house("timetable"), 0
    rows = ready_to_send()
    for publication in rows.filter(round=round_) if round_ else rows:
        lead = CHANNELS[publication.medium.adapter].lead
        if publication.publish_from is None or publication.publish_from - lead > now:
            continue
        try:
            with transaction.atomic():
                submitted = make(SUBMIT, publication, actor=house, external_id="", last_error="")
                leave(submitted, Act.CREATE)
                sent += 1
        except NotPossible:  # somebody has moved it meanwhile
            continue
    return sent


# -- changing


def _tell_of_change(publication: Publication, *, by_hand_too: bool, has_moved: bool) -> None:
    """Change it there, or ask a person to, where the medium was told before."""
    if publication.medium.is_shown_by_us or publication.medium.derived_from_id:
        return
    connection = connection_of(publication)
    channel = CHANNELS.get(publication.medium.adapter) if connection else None
    if channel is not None and channel.can_change and _was_told(publication):
        leave(publication, Act.UPDATE, deadline_moved=has_moved and channel.names_deadlines)
    elif by_hand_too and publication.state == PublicationState.LIVE and (has_moved or _is_news(publication)):
        _ask_a_person(publication, Act.UPDATE)


def _was_told(publication: Publication) -> bool:
    return publication.deliveries.filter(act=Act.CREATE).exists()


def _ask_a_person(publication: Publication, act: Act) -> None:
    """One task, however often there is a reason for it."""
    open_tasks = publication.deliveries.filter(act=act, state=DeliveryState.BY_HAND, settled_at__isnull=True)
    if not open_tasks.exists():
        leave(publication, act, state=DeliveryState.BY_HAND)


def _is_news(publication: Publication) -> bool:
    """Whether another version than the first has gone out since it went up."""
    newer = publication.round.advertisements.filter(
        retired_at__isnull=True, published_at__gt=publication.live_at, version__gt=1
    )
    return newer.exists()


# -- taking down


def follow_move(event: StateChanged) -> None:
    """A publication has ended: make sure that it is gone there too."""
    if isinstance(event.row, Publication):
        if event.move in {"withdraw", "expire"}:
            _see_it_down(event.row, has_expired=event.move == "expire")
        elif event.move == "mark_live":
            event.row.deliveries.filter(act=Act.CREATE, state=DeliveryState.FAILED, settled_at__isnull=True).update(
                settled_at=clock.now(), settled_by=event.actor.user
            )


def _see_it_down(publication: Publication, *, has_expired: bool) -> None:
    if publication.medium.is_shown_by_us or publication.medium.derived_from_id:
        return
    last = publication.deliveries.filter(act__in=[Act.CREATE, Act.CLOSE]).order_by("-created_at", "-pk").first()
    if last is not None and last.act == Act.CREATE:
        channel = CHANNELS.get(publication.medium.adapter)
        if not (has_expired and channel is not None and channel.closes_by_itself):
            leave(publication, Act.CLOSE)
        if last.state == DeliveryState.FAILED and publication.live_at is not None:
            _ask_a_person(publication, Act.CLOSE)  # somebody has put it up by hand, where we cannot find it
    elif last is None and publication.live_at is not None and not has_expired:
        _ask_a_person(publication, Act.CLOSE)
