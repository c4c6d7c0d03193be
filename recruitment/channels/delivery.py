"""Carrying out what media are told. One at a time for each publication, nothing twice, every failure told to a person."""

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import replace

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.advertising.lifecycle import AWAIT, FAIL, GO_LIVE, REFUSE, SENT
from recruitment.advertising.models import JobAdvertisement, Publication, PublicationState
from recruitment.channels.breaker import TURN, has_answered, has_failed, take
from recruitment.channels.following import ASK, DELIVER
from recruitment.channels.interface import Channel, Gone, Line, Posting, Refused, Settled, TryLater, Unknown
from recruitment.channels.kinds import CHANNELS
from recruitment.channels.models import Act, Connection, Delivery, DeliveryState
from recruitment.channels.queries import connection_of
from recruitment.channels.secrets import SecretLost
from recruitment.errors import NotPossible
from recruitment.lifecycle import make
from recruitment.outbox.delivery import DONE, Result, put
from recruitment.outbox.models import ItemState, OutboxItem
from recruitment.people.actor import Actor

LOOK_AGAIN = dt.timedelta(minutes=5)
HOUSE = Actor.house("media")
CANCELLED = Result(ItemState.CANCELLED)


def deliver(item: OutboxItem) -> Result:
    """Tell the medium one thing. Whoever comes too late does nothing; whoever must wait their turn comes again."""
    delivery = _delivery(item.subject)
    if delivery is None or delivery.state != DeliveryState.WAITING:
        return DONE
    if _another_speaks(delivery):
        return Result(ItemState.QUEUED, again_after=TURN)
    if _is_needless(delivery):
        _settle(delivery, DeliveryState.DONE)
        return CANCELLED
    connection = connection_of(delivery.publication)
    if connection is None:
        return _failed(delivery, _("The medium has no connection any more: do it by hand, or connect it again."))
    channel = CHANNELS[connection.entry.medium.adapter]
    if delivery.begun_at and not channel.is_repeatable:
        return _failed(delivery, _("It may have been sent already. Ask the medium before you try again."))
    return _told_in_turn(delivery, channel, connection)


def _delivery(key: str) -> Delivery | None:
    """None for one that has gone with its case."""
    rows = Delivery.objects.select_related(
        "publication__medium", "publication__round__case__institution", "publication__round__case__unit",
        "publication__round__case__occupation", "publication__tracking_link",
    )  # fmt: skip
    return rows.filter(pk=key).first()


def _another_speaks(delivery: Delivery) -> bool:
    """Whether a worker is telling the medium something about the same ad at this moment."""
    others = delivery.publication.deliveries.filter(state=DeliveryState.WAITING).exclude(pk=delivery.pk)
    speaking = OutboxItem.objects.filter(
        kind=DELIVER, subject__in=[str(key) for key in others.values_list("pk", flat=True)], state=ItemState.WORKING,
        lease_until__gt=clock.now(),
    )  # fmt: skip
    return speaking.filter(Q(subject__lt=str(delivery.pk))).exists()


def _is_needless(delivery: Delivery) -> bool:
    """Put up what is not wanted any more, or change what is not there yet or says the same already."""
    publication = delivery.publication
    if delivery.act == Act.CREATE:
        return publication.state not in SENT
    if delivery.act == Act.UPDATE:
        is_on_its_way = publication.deliveries.filter(act=Act.CREATE, state=DeliveryState.WAITING).exists()
        return is_on_its_way or publication.state not in {PublicationState.LIVE, *SENT} or _is_known(delivery)
    return False


def _is_known(delivery: Delivery) -> bool:
    told = delivery.publication.deliveries.filter(
        state=DeliveryState.DONE, reference=delivery.reference, act__in=[Act.CREATE, Act.UPDATE]
    ).exclude(digest="")
    last = told.order_by("-settled_at").first()
    return last is not None and last.digest == posting_of(delivery).digest


def posting_of(delivery: Delivery) -> Posting:
    """The ad as it stands now, in the case's language first. What was live last, when it has been taken down since."""
    publication = delivery.publication
    versions = JobAdvertisement.objects.filter(round=publication.round_id).order_by("-published_at")
    live = list(versions.filter(retired_at__isnull=True)) or list(versions[:1])
    wanted, begins = publication.round.case.language, publication.publish_from or clock.now()
    ad = next((one for one in live if one.language == wanted), live[0])
    return Posting(
        publication, ad, delivery.reference, begins, _last_day(publication, begins), delivery_id=delivery.pk.hex,
        external_id=delivery.external_id or publication.external_id, words=delivery.words,
    )  # fmt: skip


def _last_day(publication: Publication, begins: dt.datetime) -> dt.datetime | None:
    """The publication's own end, else the deadline; no later than the medium shows ads."""
    ends = publication.publish_until or publication.round.application_deadline
    channel = CHANNELS.get(publication.medium.adapter)
    if channel is None or channel.longest is None:
        return ends
    return min(ends or begins + channel.longest, begins + channel.longest)


def _told_in_turn(delivery: Delivery, channel: Channel, connection: Connection) -> Result:
    """What is wrong on our side is found before the other side is called; who must wait uses no try."""
    posting = posting_of(delivery)
    try:
        line = Line.of(connection)
    except SecretLost:
        return _failed(delivery, _("The secret of the connection cannot be opened any more: type it again."))
    if delivery.act != Act.CLOSE and (faults := channel.faults(posting)):
        return _failed(delivery, " ".join(faults), is_refused=True)
    wait = take(connection)
    if wait is None:
        return _told(delivery, channel, connection, posting, line)
    if clock.now() - delivery.created_at > sum(channel.plan, TURN) * 1.2:
        return _failed(delivery, delivery.error or _("The other side has been out of order for too long."))
    return Result(ItemState.QUEUED, delivery.error, again_after=wait)


def _told(delivery: Delivery, channel: Channel, connection: Connection, posting: Posting, line: Line) -> Result:
    try:
        settled = _speak(delivery, channel, posting, line)
    except TryLater as error:
        has_failed(connection, error.after)
        _note(delivery, begun_at=None)
        return _later(delivery, channel, str(error), error.after)
    except Refused as error:
        has_answered(connection)
        if isinstance(error, Gone):
            Connection.objects.filter(pk=connection.pk).update(active=False, gone_at=clock.now())
        return _failed(delivery, str(error), is_refused=True)
    except Exception as error:  # noqa: BLE001 - nobody knows what the other side has heard
        has_failed(connection)
        return _uncertain(delivery, channel, error)
    has_answered(connection)
    return _done(delivery, posting, settled)


def _speak(delivery: Delivery, channel: Channel, posting: Posting, line: Line) -> Settled | None:
    words = delivery.words or channel.words(delivery, posting)
    _note(delivery, begun_at=clock.now(), tries=delivery.tries + 1, words=words)
    return _say(channel, delivery.act)(replace(posting, words=words), line)


def _uncertain(delivery: Delivery, channel: Channel, error: Exception) -> Result:
    """Tried again where that is safe; else a person asks the medium first."""
    if not channel.is_repeatable:
        return _failed(delivery, _("It may have been sent already. Ask the medium before you try again."))
    words = str(error) if isinstance(error, Unknown) else f"{type(error).__name__}: {error}"
    return _later(delivery, channel, words, None)


def _say(channel: Channel, act: str) -> Callable[[Posting, Line], Settled | None]:
    return {Act.CREATE: channel.create, Act.UPDATE: channel.update, Act.CLOSE: channel.close}[Act(act)]


def _later(delivery: Delivery, channel: Channel, error: str, after: dt.timedelta | None) -> Result:
    """The next place in the channel's plan, not before the medium wants us; FAILED when the plan is used up."""
    if delivery.tries > len(channel.plan):
        return _failed(delivery, error)
    _note(delivery, error=error[:300])
    Publication.objects.filter(pk=delivery.publication_id).update(last_error=error[:300])
    wait = channel.plan[delivery.tries - 1] * random.uniform(0.8, 1.2)  # noqa: S311 - spread, not secrecy
    return Result(ItemState.QUEUED, error, again_after=max(wait, after or wait))


@transaction.atomic
def _done(delivery: Delivery, posting: Posting, settled: Settled | None) -> Result:
    """The medium has done it: write down what it calls the ad, and how the ad stands there."""
    _settle(delivery, DeliveryState.DONE, digest=posting.digest, error="")
    if settled is not None:
        _stand(delivery.publication, settled)
    return DONE


def _stand(publication: Publication, settled: Settled) -> None:
    """Bring the publication to what the medium says."""
    fresh = Publication.objects.select_for_update().get(pk=publication.pk)
    names = {"external_id": settled.external_id, "external_url": settled.external_url}
    kept = {name: value for name, value in names.items() if value}
    if fresh.state not in SENT:
        Publication.objects.filter(pk=fresh.pk).update(last_error="", **kept)
        return
    if settled.state == PublicationState.LIVE:
        make(GO_LIVE, fresh, actor=HOUSE, live_at=clock.now(), last_error="", **kept)
    elif settled.state == PublicationState.REJECTED_BY_MEDIUM:
        _stop(fresh, settled.note or _("The medium has refused the ad."), is_refused=True)
    else:
        if fresh.state == PublicationState.SUBMITTED:
            fresh = make(AWAIT, fresh, actor=HOUSE, last_error="", **kept)
        put(ASK, fresh.pk, key=f"{ASK}:{fresh.pk}:{fresh.history.count()}", due_at=clock.now() + TURN)


def _failed(delivery: Delivery, why: str, *, is_refused: bool = False) -> Result:
    """A person must look: the words say at what."""
    with transaction.atomic():
        _settle(delivery, DeliveryState.FAILED, error=why[:300], settled_at=None)
        if delivery.act == Act.CREATE:
            _stop(delivery.publication, why, is_refused=is_refused)
    return Result(ItemState.FAILED, why)


def _stop(publication: Publication, why: str, *, is_refused: bool) -> None:
    try:
        with transaction.atomic():
            make(REFUSE if is_refused else FAIL, publication, actor=HOUSE, last_error=why[:300], reason=why[:300])
    except NotPossible:  # somebody has taken it down meanwhile
        return


def give_up(item: OutboxItem) -> None:
    """The outbox has parked the errand: the delivery has failed, if it does not say so yet."""
    delivery = _delivery(item.subject)
    if delivery is not None and delivery.state == DeliveryState.WAITING:
        _failed(delivery, item.last_error or "failed")


# -- asking how it stands


def ask(item: OutboxItem) -> Result:
    """Whether a medium has approved the ad; comes again while it waits, and leaves it to the clock when its time is over."""
    publication = (
        Publication.objects.select_related("medium", "round__case__institution").filter(pk=item.subject).first()
    )
    last = publication.deliveries.filter(act=Act.CREATE).order_by("-created_at").first() if publication else None
    told = _delivery(str(last.pk)) if last else None
    if publication is None or told is None or publication.state not in SENT:
        return DONE
    connection = connection_of(publication)
    if connection is None:
        return Result(ItemState.QUEUED, again_after=LOOK_AGAIN)
    if wait := take(connection):
        return Result(ItemState.QUEUED, again_after=wait)
    channel = CHANNELS[connection.entry.medium.adapter]
    try:
        settled = channel.status(posting_of(told), Line.of(connection))
    except Exception as error:  # noqa: BLE001 - it is asked again as long as the ad's period lasts
        has_failed(connection)
        return Result(ItemState.QUEUED, f"{type(error).__name__}: {error}", again_after=LOOK_AGAIN)
    has_answered(connection)
    if settled.state in {PublicationState.PENDING_APPROVAL, PublicationState.SUBMITTED}:
        return Result(ItemState.QUEUED, again_after=LOOK_AGAIN)
    with transaction.atomic():
        if settled.state == PublicationState.REJECTED_BY_MEDIUM:
            Delivery.objects.filter(pk=told.pk).update(
                state=DeliveryState.FAILED, error=settled.note[:300], settled_at=None
            )
        _stand(publication, settled)
    return DONE


def give_up_asking(item: OutboxItem) -> None:
    """Asking alone is never given up; a parked errand is asked again by the next answer of the medium."""


def _settle(delivery: Delivery, state: str, **more: object) -> None:
    _note(delivery, state=state, begun_at=None, **{"settled_at": clock.now(), **more})


def _note(delivery: Delivery, **fields: object) -> None:
    for name, value in fields.items():
        setattr(delivery, name, value)
    delivery.save(update_fields=[*fields])
