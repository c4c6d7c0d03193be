"""Mail that the mail server does not take is told of after half an hour, and not before (F13)."""

import datetime as dt

import pytest

from recruitment import clock
from recruitment.access.roles import Role
from recruitment.mail.models import Message
from recruitment.mail.queries import letters_held_up


@pytest.fixture
def letter(world):
    return Message.objects.get(application=world.application, code="APPLICATION_RECEIPT")


@pytest.mark.parametrize(("minutes", "attempts", "told"), [(31, 1, True), (29, 1, False), (31, 0, False)])
def test_after_half_an_hour_and_a_try(world, letter, minutes, attempts, told):
    written = clock.now() - dt.timedelta(minutes=minutes)
    Message.objects.filter(pk=letter.pk).update(created_at=written, attempts=attempts)

    assert (letter in letters_held_up(world.ours.actor(Role.HR_EXTENDED))) is told


def test_what_has_gone_waits_for_nobody(world, letter):
    Message.objects.filter(pk=letter.pk).update(
        created_at=clock.now() - dt.timedelta(hours=2), attempts=1, state="SENT"
    )
    assert not letters_held_up(world.ours.actor(Role.HR_EXTENDED))


@pytest.mark.parametrize("role", [Role.HIRING_COMMITTEE, Role.COMMUNICATIONS, Role.ADMINISTRATOR])
def test_those_who_send_no_letters_are_not_told(world, letter, role):
    Message.objects.filter(pk=letter.pk).update(created_at=clock.now() - dt.timedelta(hours=2), attempts=1)
    assert not letters_held_up(world.ours.actor(role))
    assert not letters_held_up(world.theirs.actor(Role.HR_EXTENDED))
