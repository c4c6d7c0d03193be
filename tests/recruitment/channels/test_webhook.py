"""Any program is told, signed, at least once and known by its number; what misbehaves costs nobody else anything."""

import datetime as dt
import hashlib
import hmac
from base64 import b64decode, b64encode

import pytest

from recruitment import clock
from recruitment.advertising.actions import announce
from recruitment.advertising.taking_down import take_down
from recruitment.cases.actions import set_deadline
from recruitment.channels.actions import connect, try_connection
from recruitment.channels.models import Connection, Delivery
from recruitment.channels.rotation import renew_secret
from recruitment.channels.secrets import SecretLost, seal, unseal
from recruitment.outbox.models import OutboxItem
from tests.factories.world import HOUSE, ad_content, advertise, make_case
from tests.recruitment.channels.conftest import own_medium, publication, work
from tests.recruitment.channels.partners import Said


@pytest.fixture
def connection(world, receiver) -> Connection:
    return own_medium(world.ours.institution, "INTRANETTET", "webhook", {"address": receiver.address})


@pytest.fixture
def round_(world, connection):
    return advertise(make_case(world.ours))


def signed_with(call, secret: str) -> str:
    """As a receiver reckons it, by the words of the standard and not by our code."""
    signed = f"{call.headers['webhook-id']}.{call.headers['webhook-timestamp']}.".encode() + call.body
    digest = hmac.new(b64decode(secret.removeprefix("whsec_")), signed, hashlib.sha256).digest()
    return f"v1,{b64encode(digest).decode()}"


def signatures_of(call) -> list[str]:
    return call.headers["webhook-signature"].split(" ")


def is_signed(call, secret: str) -> bool:
    return signatures_of(call) == [signed_with(call, secret)]


def test_published_changed_and_removed_are_told_with_a_signature(world, round_, connection, receiver):
    work()
    announce(round_, ad_content(round_.case, html="<p>Ny</p>"), actor=HOUSE)
    work()
    take_down(publication(round_, "INTRANETTET"), actor=HOUSE)
    work()

    types = [call.fields["type"] for call in receiver.calls]
    assert types == ["job_posting.published", "job_posting.updated", "job_posting.removed"]
    assert all(is_signed(call, unseal(connection.secret)) for call in receiver.calls)
    assert receiver.calls[0].fields["data"]["legacyId"] == round_.pk
    assert receiver.calls[0].fields["institution"] == "ours"


def test_a_deadline_that_moves_is_told_under_its_own_name(round_, receiver):
    work()
    set_deadline(round_, clock.now() + dt.timedelta(days=40), actor=HOUSE)
    work()

    assert [call.fields["type"] for call in receiver.calls] == ["job_posting.published", "job_posting.deadline_changed"]
    assert publication(round_, "INTRANETTET").state == "LIVE"


def test_a_deadline_that_moves_before_the_ad_was_told_is_told_with_it(round_, receiver):
    set_deadline(round_, clock.now() + dt.timedelta(days=40), actor=HOUSE)
    work()

    assert [call.fields["type"] for call in receiver.calls] == ["job_posting.published"]


def test_what_is_told_holds_no_person(round_, receiver):
    work()
    words = receiver.calls[0].body.decode()

    assert "anders" not in words.lower()


def test_a_lost_answer_is_repeated_under_the_same_number(round_, receiver):
    receiver.trouble = {"hooks": [Said(lost=True), Said(503)]}
    for _ in range(3):
        work()

    assert len(receiver.calls) == 3
    assert len({call.headers["webhook-id"] for call in receiver.calls}) == 1
    assert publication(round_, "INTRANETTET").state == "LIVE"


def test_a_redirect_is_not_followed(round_, receiver):
    receiver.trouble = {"hooks": [Said(301, headers={"Location": "http://169.254.169.254/"})]}
    work()

    assert len(receiver.calls) == 1
    assert publication(round_, "INTRANETTET").state == "SUBMITTED"


def test_a_receiver_that_is_gone_is_told_nothing_more(round_, connection, receiver):
    receiver.trouble = {"hooks": [Said(410)]}
    work()

    connection.refresh_from_db()
    assert connection.active is False
    assert publication(round_, "INTRANETTET").state == "REJECTED_BY_MEDIUM"


def test_a_receiver_that_asks_for_time_gets_it(round_, receiver):
    receiver.trouble = {"hooks": [Said(429, headers={"Retry-After": "3600"})]}
    before = clock.now()
    work()

    delivery = Delivery.objects.get(publication=publication(round_, "INTRANETTET"))
    assert OutboxItem.objects.get(subject=str(delivery.pk)).due_at >= before + dt.timedelta(hours=1)


def test_one_receiver_out_of_order_holds_nobody_up(world, connection, receiver):
    receiver.trouble = {"hooks": [Said(500)] * 3}
    first, second = advertise(make_case(world.ours)), advertise(make_case(world.ours))
    receiver.trouble = {"hooks": [Said(500)]}
    work()

    states = {publication(first, "INTRANETTET").state, publication(second, "INTRANETTET").state}
    assert states == {"SUBMITTED", "LIVE"}


def test_the_secret_is_made_once_sealed_and_renewed(world, connection):
    assert "whsec" not in connection.secret
    first = unseal(connection.secret)
    again, shown = connect(connection.entry, {"address": connection.address}, actor=HOUSE)
    assert (shown, unseal(again.secret)) == ("", first)

    second = renew_secret(again, actor=HOUSE)

    assert second != first
    again.refresh_from_db()
    assert unseal(again.secret) == second


def test_an_older_key_still_opens_a_secret_and_a_lost_one_says_so(settings):
    sealed = seal("hemmelighed")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-" + "y" * 40
    assert unseal(sealed) == "hemmelighed"

    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(SecretLost):
        unseal(sealed)


def test_a_connection_whose_secret_is_lost_becomes_a_task(round_, connection):
    Connection.objects.filter(pk=connection.pk).update(secret="nothing of ours")
    work()

    failed = publication(round_, "INTRANETTET")
    assert failed.state == "FAILED"


def test_the_test_button_sends_a_signed_message(connection, receiver):
    assert try_connection(connection, actor=HOUSE).test_passed is True
    assert receiver.calls[0].fields["type"] == "connection.test"
    assert is_signed(receiver.calls[0], unseal(connection.secret))

    receiver.trouble = {"hooks": [Said(404)]}
    assert try_connection(connection, actor=HOUSE).test_passed is False
