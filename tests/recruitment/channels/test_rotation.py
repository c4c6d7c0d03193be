"""Two signing secrets while one takes over from the other: a receiver may know either, and nobody else any."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models.functions import Now

from recruitment.access.roles import Role
from recruitment.channels.actions import connect
from recruitment.channels.models import Connection
from recruitment.channels.rotation import LONGEST_OVERLAP, end_rotation, renew_secret
from recruitment.channels.secrets import unseal
from recruitment.people.actor import Actor
from tests.factories.world import HOUSE, advertise, make_case
from tests.recruitment.channels.conftest import own_medium, work
from tests.recruitment.channels.test_webhook import signatures_of, signed_with

WEEK = dt.timedelta(days=7)


@pytest.fixture
def connection(world, receiver) -> Connection:
    return own_medium(world.ours.institution, "INTRANETTET", "webhook", {"address": receiver.address})


def tell(world, receiver):
    """One ad is told; the call that came."""
    advertise(make_case(world.ours))
    work()
    return receiver.calls[-1]


def rotate(connection: Connection, overlap: dt.timedelta = WEEK) -> tuple[str, str]:
    """The former secret and the present one."""
    former = unseal(Connection.objects.get(pk=connection.pk).secret)
    return former, renew_secret(connection, actor=HOUSE, overlap=overlap)


def test_while_they_take_turns_both_sign(world, connection, receiver):
    former, present = rotate(connection)
    call = tell(world, receiver)

    assert former != present
    assert signatures_of(call) == [signed_with(call, present), signed_with(call, former)]


def test_when_the_time_is_over_only_the_present_signs(world, connection, receiver):
    _former, present = rotate(connection)
    Connection.objects.update(former_until=Now())
    call = tell(world, receiver)

    assert signatures_of(call) == [signed_with(call, present)]


def test_the_former_is_stopped_by_a_click(world, connection, receiver):
    _former, present = rotate(connection)
    end_rotation(connection, actor=HOUSE)
    call = tell(world, receiver)

    assert signatures_of(call) == [signed_with(call, present)]
    assert Connection.objects.get(pk=connection.pk).former_secret == ""


def test_without_an_overlap_the_present_stops_at_once(world, connection, receiver):
    _former, present = rotate(connection, dt.timedelta(0))
    call = tell(world, receiver)

    assert signatures_of(call) == [signed_with(call, present)]


def test_there_are_never_more_than_two(world, connection, receiver):
    rotate(connection)
    second, third = rotate(connection)
    call = tell(world, receiver)

    assert signatures_of(call) == [signed_with(call, third), signed_with(call, second)]


def test_none_signs_on_for_longer_than_a_month(connection):
    rotate(connection, dt.timedelta(days=4000))
    connection.refresh_from_db()

    assert connection.former_until - connection.secret_made_at == LONGEST_OVERLAP


def test_it_is_seen_when_a_secret_signed_last(world, connection, receiver):
    assert connection.has_used_secret is False
    tell(world, receiver)
    connection.refresh_from_db()
    assert connection.has_used_secret is True

    rotate(connection)
    connection.refresh_from_db()
    assert connection.has_used_secret is False


def test_saving_the_settings_leaves_both_as_they_are(world, connection, receiver):
    former, present = rotate(connection)
    connect(connection.entry, {"address": connection.address}, actor=HOUSE)
    call = tell(world, receiver)

    assert signatures_of(call) == [signed_with(call, present), signed_with(call, former)]


@pytest.mark.parametrize("role", [Role.HR_EXTENDED, Role.COMMUNICATIONS])
def test_others_than_administrators_change_no_secret(world, connection, role):
    other = Actor.person(world.ours.staff[role])
    with pytest.raises(PermissionDenied):
        renew_secret(connection, actor=other)
    with pytest.raises(PermissionDenied):
        end_rotation(connection, actor=other)
