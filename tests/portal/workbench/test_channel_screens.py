"""How a medium is reached, on the screen: settings, secrets that take turns, an address that fails, sending again."""

import pytest

from recruitment import clock
from recruitment.access.roles import Role
from recruitment.advertising.models import MediaListEntry, Medium
from recruitment.channels.models import Connection, Delivery
from recruitment.channels.secrets import unseal
from tests.factories.world import advertise, make_case
from tests.portal.workbench.test_media_channels import listed
from tests.portal.workbench.test_media_channels import task as jobnet_task  # noqa: F401 - a fixture
from tests.recruitment.channels.conftest import entry_of, receiver, work  # noqa: F401 - a fixture


def channel(world, entry: MediaListEntry, more: str = "") -> str:
    return f"/admin/setup/{world.ours.institution.pk}/media-list/{entry.pk}/channel/{more}"


def test_a_webhook_is_set_up_tried_and_its_secret_shown_once(world, sign_in, receiver):  # noqa: F811
    (entry,) = listed(world, "SYSTEM")
    client = sign_in(Role.ADMINISTRATOR)
    client.post(channel(world, entry), {"channel": "webhook"})
    made = client.post(channel(world, entry), {"address": receiver.address, "active": "on"})
    secret = unseal(Connection.objects.get(entry=entry).secret)
    assert secret in made.content.decode()

    client.post(channel(world, entry, "test/"))

    shown = client.get(channel(world, entry)).content.decode()
    assert secret not in shown
    assert Connection.objects.get(entry=entry).test_passed is True
    renewed = client.post(channel(world, entry, "secret/"), {"confirmed": "1"}).content.decode()
    assert secret not in renewed
    assert unseal(Connection.objects.get(entry=entry).secret) in renewed


def test_a_private_address_is_refused_on_the_screen_and_kept_for_mending(world, sign_in):
    entry = entry_of(world.ours.institution, "JOBNET")
    answer = sign_in(Role.ADMINISTRATOR).post(channel(world, entry), {"address": "https://127.0.0.1/x", "secret": "n"})

    assert answer.status_code == 422
    assert "https://127.0.0.1/x" in answer.content.decode()
    assert not Connection.objects.filter(entry=entry).exists()


def test_a_typed_key_is_never_shown_and_stays_when_the_field_is_left_empty(world, sign_in, settings):
    settings.CHANNEL_TRUSTED_HOSTS = ["127.0.0.1"]
    entry = entry_of(world.ours.institution, "JOBNET")
    client = sign_in(Role.ADMINISTRATOR)
    client.post(channel(world, entry), {"address": "http://127.0.0.1/v2", "secret": "hemmelig-noegle", "active": "on"})
    client.post(channel(world, entry), {"address": "http://127.0.0.1/v3", "secret": "", "active": "on"})

    assert unseal(Connection.objects.get(entry=entry).secret) == "hemmelig-noegle"
    assert "hemmelig-noegle" not in client.get(channel(world, entry)).content.decode()


@pytest.mark.parametrize("role", [Role.COMMUNICATIONS, Role.HR_EXTENDED])
def test_others_set_no_channel_up(world, sign_in, role):
    entry = entry_of(world.ours.institution, "JOBNET")
    client = sign_in(role)

    assert client.get(channel(world, entry)).status_code == 404
    assert client.post(channel(world, entry, "test/")).status_code == 404
    assert client.post(channel(world, entry, "secret/"), {"confirmed": "1"}).status_code == 404


def test_a_list_that_is_fetched_shows_its_address(world, sign_in, settings):
    settings.SITE_URL = "https://job.example"
    entry = MediaListEntry.objects.create(institution=world.ours.institution, medium=Medium.objects.get(code="INDEED"))

    assert (
        "https://job.example/feeds/ours/indeed.xml"
        in sign_in(Role.ADMINISTRATOR).get(channel(world, entry)).content.decode()
    )


def webhook(world, client, receiver) -> MediaListEntry:  # noqa: F811
    """Set up on the screen."""
    (entry,) = listed(world, "SYSTEM")
    client.post(channel(world, entry), {"channel": "webhook"})
    client.post(channel(world, entry), {"address": receiver.address, "active": "on"})
    return entry


def test_a_new_secret_takes_over_within_a_week_or_at_once(world, sign_in, receiver):  # noqa: F811
    client = sign_in(Role.ADMINISTRATOR)
    entry = webhook(world, client, receiver)
    first = unseal(Connection.objects.get(entry=entry).secret)

    shown = client.post(channel(world, entry, "secret/"), {"overlap": "7"}).content.decode()
    rotating = Connection.objects.get(entry=entry)
    assert unseal(rotating.secret) in shown
    assert (unseal(rotating.former_secret), rotating.is_rotating) == (first, True)
    assert first not in client.get(channel(world, entry)).content.decode()

    client.post(channel(world, entry, "secret/former/"))
    assert Connection.objects.get(entry=entry).is_rotating is False

    asked = client.post(channel(world, entry, "secret/"), {"overlap": "0"})
    assert 'name="confirmed"' in asked.content.decode()
    assert Connection.objects.get(entry=entry).secret == rotating.secret


def test_what_was_told_stands_on_the_screen_and_is_sent_again(world, sign_in, receiver):  # noqa: F811
    client = sign_in(Role.ADMINISTRATOR)
    entry = webhook(world, client, receiver)
    MediaListEntry.objects.filter(pk=entry.pk).update(default_selected=True)
    advertise(make_case(world.ours, title="Gartner"))
    work()
    told = Delivery.objects.get(publication__medium=entry.medium)
    again = channel(world, entry, f"again/{told.pk}/")
    assert again in client.get(channel(world, entry)).content.decode()

    client.post(again)
    work()

    assert len(receiver.calls) == 2
    other = Delivery.objects.exclude(publication__medium=entry.medium).first()
    assert other is None or client.post(channel(world, entry, f"again/{other.pk}/")).status_code == 404


def test_a_delivery_of_another_medium_is_not_found(world, jobnet_task, sign_in, receiver):  # noqa: F811
    client = sign_in(Role.ADMINISTRATOR)
    entry = webhook(world, client, receiver)

    assert client.post(channel(world, entry, f"again/{jobnet_task.pk}/")).status_code == 404


def test_an_address_that_does_not_answer_is_on_the_administrators_desk_only(world, sign_in, receiver):  # noqa: F811
    client = sign_in(Role.ADMINISTRATOR)
    entry = webhook(world, client, receiver)
    Connection.objects.filter(entry=entry).update(failures=5, failing_since=clock.now(), paused_until=clock.now())

    assert channel(world, entry) in client.get("/admin/").content.decode()
    assert client.get(channel(world, entry)).status_code == 200
    Connection.objects.filter(entry=entry).update(active=False, failures=0, gone_at=clock.now())
    assert channel(world, entry) in client.get("/admin/").content.decode()
    assert client.get(channel(world, entry)).status_code == 200
    assert channel(world, entry) not in sign_in(Role.HR_EXTENDED).get("/admin/").content.decode()


@pytest.mark.parametrize("role", [Role.COMMUNICATIONS, Role.HR_EXTENDED])
def test_others_stop_no_secret_and_send_nothing_again(world, jobnet_task, sign_in, role):  # noqa: F811
    client, entry = sign_in(role), entry_of(world.ours.institution, "JOBNET")

    assert client.post(channel(world, entry, "secret/former/")).status_code == 404
    assert client.post(channel(world, entry, f"again/{jobnet_task.pk}/")).status_code == 404
