"""Telling again, by a click, what a receiver has lost: word for word, under the same number, and nothing else happens."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from recruitment import clock
from recruitment.access.roles import Role
from recruitment.advertising.actions import announce
from recruitment.channels.models import Connection, Delivery
from recruitment.channels.repeating import AGAIN, say_again
from recruitment.errors import NotPossible
from recruitment.outbox.models import OutboxItem
from recruitment.people.actor import Actor
from tests.factories.world import HOUSE, ad_content, advertise, make_case
from tests.recruitment.channels.conftest import connect_jobnet, own_medium, publication, work
from tests.recruitment.channels.partners import Said


@pytest.fixture
def connection(world, receiver) -> Connection:
    return own_medium(world.ours.institution, "INTRANETTET", "webhook", {"address": receiver.address})


@pytest.fixture
def delivery(world, connection) -> Delivery:
    """An ad that was told, and has another version since."""
    round_ = advertise(make_case(world.ours))
    work()
    announce(round_, ad_content(round_.case, html="<p>Ny</p>"), actor=HOUSE)
    work()
    return Delivery.objects.get(publication=publication(round_, "INTRANETTET"), act="CREATE")


def test_the_same_words_go_under_the_same_number(delivery, connection, receiver):
    say_again(delivery, connection, actor=HOUSE)
    work()

    first, _changed, again = receiver.calls
    assert again.body == first.body
    assert again.headers["webhook-id"] == first.headers["webhook-id"]
    delivery.refresh_from_db()
    assert (delivery.repeated_at is not None, delivery.publication.state) == (True, "LIVE")


def test_two_clicks_are_one_errand_and_a_later_one_another(delivery, connection, receiver):
    assert say_again(delivery, connection, actor=HOUSE) == say_again(delivery, connection, actor=HOUSE)
    work()
    say_again(delivery, connection, actor=HOUSE)
    work()

    assert len(receiver.calls) == 4


def test_a_receiver_that_fails_is_told_later_and_in_the_end_not(delivery, connection, receiver):
    receiver.trouble = {"hooks": [Said(500), Said(500)]}
    item = say_again(delivery, connection, actor=HOUSE)
    assert work() == ["QUEUED"]

    OutboxItem.objects.filter(pk=item.pk).update(created_at=clock.now() - dt.timedelta(days=4))
    assert work() == ["FAILED"]
    assert delivery.publication.deliveries.filter(state="FAILED").count() == 0


def test_a_receiver_that_refuses_for_good_is_not_asked_again(delivery, connection, receiver):
    receiver.trouble = {"hooks": [Said(410)]}
    say_again(delivery, connection, actor=HOUSE)

    assert work() == ["FAILED"]


def test_when_the_connection_has_gone_the_errand_ends(delivery, connection, receiver):
    say_again(delivery, connection, actor=HOUSE)
    Connection.objects.update(active=False)

    assert work() == ["CANCELLED"]
    assert len(receiver.calls) == 2


def test_an_address_that_rests_is_left_alone_here_too(delivery, connection, receiver):
    say_again(delivery, connection, actor=HOUSE)
    Connection.objects.update(speaking_until=clock.now() + dt.timedelta(minutes=1))

    assert work() == ["QUEUED"]
    assert len(receiver.calls) == 2


@pytest.mark.parametrize("change", [{"state": "WAITING"}, {"state": "FAILED", "settled_at": None}, {"words": ""}])
def test_what_is_under_way_or_a_task_or_has_no_words_is_not_sent_again(delivery, connection, change):
    Delivery.objects.filter(pk=delivery.pk).update(**change)
    with pytest.raises(NotPossible):
        say_again(delivery, connection, actor=HOUSE)


def test_a_connection_that_is_off_sends_nothing(delivery, connection):
    connection.active = False
    with pytest.raises(NotPossible):
        say_again(delivery, connection, actor=HOUSE)


def test_what_jobnet_was_told_has_no_words_to_repeat(world, jobnet_server):
    connection = connect_jobnet(world.ours.institution, jobnet_server)
    round_ = advertise(make_case(world.ours))
    work()
    told = Delivery.objects.get(publication=publication(round_, "JOBNET"))

    with pytest.raises(NotPossible):
        say_again(told, connection, actor=HOUSE)
    assert not OutboxItem.objects.filter(kind=AGAIN).exists()


def test_others_than_administrators_send_nothing_again(world, delivery, connection):
    with pytest.raises(PermissionDenied):
        say_again(delivery, connection, actor=Actor.person(world.ours.staff[Role.HR_EXTENDED]))
