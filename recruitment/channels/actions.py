"""Setting a channel up, trying it, and what a person does when a medium could not be told."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.advertising.models import MediaListEntry, Medium
from recruitment.audit.record import record
from recruitment.channels.breaker import has_answered
from recruitment.channels.calling import Forbidden, NoAnswer, check_address
from recruitment.channels.following import leave, schedule_usually, send_due
from recruitment.channels.interface import Channel, Line, Refused, TryLater, Unknown
from recruitment.channels.kinds import CHANNELS, OF_OWN_MEDIA
from recruitment.channels.models import Act, Connection, Delivery
from recruitment.channels.secrets import SecretLost, seal
from recruitment.channels.webhook import new_secret
from recruitment.errors import NotPossible, Obstacle
from recruitment.people.actor import Actor


def channel_of(entry: MediaListEntry) -> Channel | None:
    """The channel of a medium; None for one that nobody has connected."""
    return CHANNELS.get(entry.medium.adapter)


@transaction.atomic
def choose_channel(entry: MediaListEntry, name: str, *, actor: Actor) -> Medium:
    """Say how a medium of the institution's own is reached. Shared media have their channel by nature."""
    require(actor, Permission.MEDIALIST_EDIT, entry)
    medium = entry.medium
    if medium.institution_id != entry.institution_id or name not in OF_OWN_MEDIA:
        raise NotPossible([Obstacle("channel_fixed", _("This medium is reached in another way."), "channel")])
    medium.adapter = name
    medium.save(update_fields=["adapter"])
    record(actor, "channel.choose", entry, channel=name)
    return medium


@transaction.atomic
def connect(
    entry: MediaListEntry, settings: Mapping[str, str], *, actor: Actor, secret: str = "", active: bool = True
) -> tuple[Connection, str]:
    """Keep a channel's settings; the secret is replaced only where one is given. Returns a secret that was made, else nothing.

    Raises ValidationError naming the setting that is wrong; an address into a private network is refused here and again
    at every call.
    """
    require(actor, Permission.MEDIALIST_EDIT, entry)
    channel = channel_of(entry)
    if channel is None:
        raise NotPossible([Obstacle("no_channel", _("Choose how the medium is reached first."))])
    clean = {setting.name: settings.get(setting.name, "").strip()[:300] for setting in channel.settings}
    _refuse_wrong_settings(channel, clean)
    connection, _made = Connection.objects.get_or_create(entry=entry)
    made = new_secret() if channel.makes_own_secret and not connection.secret else ""
    if channel.secret_label and (secret or made):
        connection.secret, connection.secret_made_at = seal(made or secret), clock.now()
    connection.address = clean.pop("address", "")
    connection.options, connection.active = clean, active
    connection.tested_at = connection.test_passed = connection.gone_at = None
    connection.failures, connection.failing_since, connection.paused_until = 0, None, None
    connection.test_result = ""
    connection.save()
    record(actor, "channel.connect", connection, channel=channel.name, active=active)
    return connection, made


def _refuse_wrong_settings(channel: Channel, settings: Mapping[str, str]) -> None:
    wrong: dict[str, str] = {}
    for setting in channel.settings:
        value = settings[setting.name]
        if not value and setting.required:
            wrong[setting.name] = _("This is missing.")
        elif value and (fault := _fault_of(setting.kind, value)):
            wrong[setting.name] = fault
    if wrong:
        raise ValidationError(wrong)


def _fault_of(kind: str, value: str) -> str:
    try:
        if kind == "email":
            validate_email(value)
        elif kind == "url":
            check_address(value)
    except ValidationError:
        return _("This is not an e-mail address.")
    except (Forbidden, NoAnswer) as error:
        return str(error)
    return ""


def try_connection(connection: Connection, *, actor: Actor) -> Connection:
    """Ask the other side whether address and key are right; nothing goes up. The result is kept with its time."""
    require(actor, Permission.MEDIALIST_EDIT, connection)
    try:
        words, passed = CHANNELS[connection.entry.medium.adapter].test(Line.of(connection)), True
    except SecretLost:
        words, passed = _("The secret cannot be opened any more: type it again."), False
    except (Refused, TryLater, Unknown) as error:
        words, passed = _("The other side does not take it: %s") % error, False
    connection.tested_at, connection.test_passed, connection.test_result = clock.now(), passed, words[:300]
    connection.save(update_fields=["tested_at", "test_passed", "test_result"])
    if passed:
        has_answered(connection)
    record(actor, "channel.try", connection, passed=passed)
    return connection


@transaction.atomic
def try_again(delivery: Delivery, *, actor: Actor) -> None:
    """Tell the medium once more, at once."""
    delivery = _locked_task(delivery, actor)
    _close(delivery, actor)
    publication = delivery.publication
    if delivery.act == Act.CREATE:
        schedule_usually(publication, actor=actor)
        send_due(publication.round)
    else:
        leave(publication, Act(delivery.act)) if delivery.act == Act.UPDATE else _close_again(delivery)
    record(actor, "delivery.try_again", delivery, act=delivery.act)


def _close_again(delivery: Delivery) -> None:
    """Under the reference under which it went up."""
    again = leave(delivery.publication, Act.CLOSE)
    again.reference, again.external_id = delivery.reference, delivery.external_id
    again.save(update_fields=["reference", "external_id"])


@transaction.atomic
def done_by_hand(delivery: Delivery, *, actor: Actor) -> None:
    """Somebody has changed or taken down the ad on the medium themselves. What must be put up is marked live instead."""
    delivery = _locked_task(delivery, actor)
    if delivery.act == Act.CREATE:
        raise NotPossible([Obstacle("mark_live", _("Give the ad's address on the medium, and say that it is up."))])
    _close(delivery, actor)
    record(actor, "delivery.done_by_hand", delivery, act=delivery.act)


def _locked_task(delivery: Delivery, actor: Actor) -> Delivery:
    locked = Delivery.objects.select_for_update().get(pk=delivery.pk)
    require(actor, Permission.PUBLICATION_MANAGE, locked)
    if not locked.is_task:
        raise NotPossible([Obstacle("settled", _("Somebody has seen to it already."))])
    return locked


def _close(delivery: Delivery, actor: Actor) -> None:
    delivery.settled_at, delivery.settled_by = clock.now(), actor.user
    delivery.save(update_fields=["settled_at", "settled_by"])
