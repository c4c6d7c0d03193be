"""Mail to colleagues: who is told, once, and through the outbox."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from recruitment.access.actions import invite_again, invite_user, seat_member, unseat_member
from recruitment.access.entrances import bare_path
from recruitment.access.models import Entrance
from recruitment.access.roles import Role
from recruitment.mail.models import Message, MessageState
from recruitment.outbox.models import OutboxItem
from tests.factories.world import HOUSE, make_case, make_user


def told(email: str) -> list[str]:
    return list(Message.objects.filter(recipient=email).values_list("code", flat=True))


def invite(world, email="ny@ours.example"):
    ours = world.ours
    return invite_user(email, institution=ours.institution, actor=ours.actor(Role.ADMINISTRATOR), first_name="Nynne")


def test_somebody_who_is_invited_gets_one_letter_through_the_outbox(world):
    invite(world)

    letter = Message.objects.get(recipient="ny@ours.example")
    assert (letter.code, letter.state, letter.institution) == (
        "STAFF_INVITED",
        MessageState.QUEUED,
        world.ours.institution,
    )
    assert OutboxItem.objects.filter(kind="mail", subject=str(letter.pk)).count() == 1
    assert "/konto/password/reset/" in letter.text


def test_somebody_who_is_here_already_is_not_invited_again(world):
    invite(world, world.ours.staff[Role.HR_EXTENDED].email)

    assert told(world.ours.staff[Role.HR_EXTENDED].email) == []


def test_what_the_house_does_by_itself_sends_no_letter(world):
    user = invite_user("stille@ours.example", institution=world.ours.institution, actor=HOUSE)
    seat_member(world.ours.case, user, Role.HIRING_COMMITTEE, actor=HOUSE)

    assert told("stille@ours.example") == []


def test_a_seat_on_a_case_is_told_with_the_way_to_the_case(world):
    user = make_user("udvalg@ours.example")
    actor = world.ours.actor(Role.HR_EXTENDED)
    member = seat_member(world.ours.case, user, Role.HIRING_COMMITTEE, actor=actor)
    seat_member(world.ours.case, user, Role.HIRING_COMMITTEE, actor=actor)

    assert told("udvalg@ours.example") == ["STAFF_ACCESS_GIVEN"]
    entrance = Entrance.objects.get(member=member)
    assert bare_path(entrance) in Message.objects.get(recipient="udvalg@ours.example").text
    unseat_member(member, actor=actor)
    assert len(told("udvalg@ours.example")) == 1


def test_who_does_more_than_sit_on_cases_is_led_to_the_case_by_their_own_sign_in(world):
    user = world.ours.staff[Role.COMMUNICATIONS]
    seat_member(world.ours.case, user, Role.HIRING_COMMITTEE, actor=world.ours.actor(Role.HR_EXTENDED))

    assert f"/admin/cases/{world.ours.case.pk}/\n" in Message.objects.get(recipient=user.email).text
    assert not Entrance.objects.exists()


def test_who_is_invited_to_sit_on_a_case_gets_one_letter(world):
    hr = world.ours.actor(Role.HR_EXTENDED)
    user = invite_user("ny@ours.example", institution=world.ours.institution, actor=hr, to_case=True)
    seat_member(world.ours.case, user, Role.HIRING_COMMITTEE, actor=hr)

    assert told("ny@ours.example") == ["STAFF_ACCESS_GIVEN"]


def test_the_hiring_manager_is_told_of_a_new_case_but_nobody_of_a_seat_they_took_themselves(world):
    make_case(world.ours, actor=world.ours.actor(Role.HR_LIMITED))

    assert told(world.ours.staff[Role.HIRING_MANAGER].email) == ["STAFF_ACCESS_GIVEN"]
    assert told(world.ours.staff[Role.HR_LIMITED].email) == []


def test_whoever_has_not_come_yet_is_reminded_at_most_once_a_day(world):
    user = invite(world)
    invite_again(user, institution=world.ours.institution, actor=world.ours.actor(Role.ADMINISTRATOR))

    assert told(user.email) == ["STAFF_INVITED"]


def test_whoever_has_come_is_not_reminded(world):
    with pytest.raises(ValidationError) as refusal:
        invite_again(
            world.ours.staff[Role.HR_EXTENDED],
            institution=world.ours.institution,
            actor=world.ours.actor(Role.ADMINISTRATOR),
        )
    assert refusal.value.code == "not_invited"


def test_hr_and_the_neighbour_may_not_remind(world):
    user = invite(world)
    for actor in (world.ours.actor(Role.HR_EXTENDED), world.theirs.actor(Role.ADMINISTRATOR)):
        with pytest.raises(PermissionDenied):
            invite_again(user, institution=world.ours.institution, actor=actor)
