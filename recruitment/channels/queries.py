"""Which media are reached how, and what waits for a person."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from recruitment import clock
from recruitment.advertising import queries as advertising
from recruitment.advertising.models import Publication, PublicationState
from recruitment.cases.models import CaseState
from recruitment.channels.breaker import LIMIT
from recruitment.channels.kinds import SENT_TO
from recruitment.channels.models import Act, Connection, Delivery, DeliveryState

TASKS = (DeliveryState.FAILED, DeliveryState.BY_HAND)


def connected() -> Exists:
    """As a condition on publications: the medium is told by us, over a connection in use."""
    working = Connection.objects.filter(
        active=True, entry__institution=OuterRef("round__case__institution"), entry__medium=OuterRef("medium"),
        entry__medium__adapter__in=SENT_TO,
    )  # fmt: skip
    return Exists(working)


def connection_of(publication: Publication) -> Connection | None:
    """The connection in use for the publication's medium; None where there is none."""
    found = Connection.objects.select_related("entry__medium", "entry__institution")
    return found.filter(
        active=True, entry__institution=publication.round.case.institution_id, entry__medium=publication.medium_id
    ).first()


def waiting_for_a_hand() -> QuerySet[Publication]:
    """Publications that somebody must put up: due, not live, on a medium without a connection; the compulsory first (INV-15)."""
    return advertising.waiting_for_a_hand().exclude(connected())


def waiting_to_come_down() -> QuerySet[Publication]:
    """Publications that somebody must see gone from a medium without a connection."""
    return advertising.waiting_to_come_down().exclude(connected())


def deliveries_to_settle() -> QuerySet[Delivery]:
    """What a medium could not be told: each is a task until it has been tried again or done by hand.

    Putting up an ad whose time is over is no task any more; taking one down always is.
    """
    now = clock.now()
    still_wanted = Q(
        publication__state__in=[PublicationState.FAILED, PublicationState.REJECTED_BY_MEDIUM],
        publication__round__closed_at__isnull=True,
        publication__round__case__state=CaseState.ADVERTISED,
    ) & (Q(publication__round__application_deadline__isnull=True) | Q(publication__round__application_deadline__gt=now))
    wanted = Q(act=Act.CLOSE) | Q(act=Act.CREATE) & still_wanted | Q(act=Act.UPDATE, publication__state="LIVE")
    return (
        Delivery.objects.filter(wanted, state__in=TASKS, settled_at__isnull=True)
        .select_related("publication__medium", "publication__round__case")
        .order_by(F("publication__medium__is_mandatory_public").desc(), "created_at")
    )


def told_last(connection: Connection) -> QuerySet[Delivery]:
    """What the medium was told over this connection, the newest first."""
    entry = connection.entry
    return (
        Delivery.objects.filter(
            publication__medium=entry.medium_id, publication__round__case__institution=entry.institution_id
        )
        .select_related("publication__round__case")
        .order_by("-created_at", "-pk")
    )


def out_of_order() -> QuerySet[Connection]:
    """Connections that somebody must look at: called in vain time after time, or told that nobody is there any more."""
    return (
        Connection.objects.filter(Q(active=True, failures__gte=LIMIT) | Q(active=False, gone_at__isnull=False))
        .select_related("entry__medium")
        .order_by("failing_since", "pk")
    )


def ready_to_send() -> QuerySet[Publication]:
    """Scheduled publications on connected media whose ad is out and whose period is not over."""
    return (
        Publication.objects.filter(
            connected(),
            Q(publish_until__isnull=True) | Q(publish_until__gt=clock.now()),
            state=PublicationState.SCHEDULED, round__closed_at__isnull=True, round__case__state=CaseState.ADVERTISED,
            round__advertisements__retired_at__isnull=True, round__advertisements__isnull=False, publish_from__isnull=False,
        )
        .exclude(round__case__case_type="INTERNAL_ONLY")
        .select_related("medium", "round__case")
        .distinct()
    )  # fmt: skip
