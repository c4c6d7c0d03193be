"""The institution's rooms, and what the panel is told when a time moves."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from recruitment.access.roles import Role
from recruitment.applications.actions import withdraw
from recruitment.errors import NotPossible
from recruitment.interviews.inviting import call_off, reschedule
from recruitment.interviews.models import InterviewInvitation, InterviewSlot, MeetingRoom
from recruitment.interviews.rooms import rooms_of, rooms_to_choose, save_room, use_room
from recruitment.interviews.rounds import find_room
from recruitment.mail.models import Message
from recruitment.people.actor import Actor
from tests.factories.interviews import invited, set_table


def save(world, role=Role.ADMINISTRATOR, room=None, **words):
    return save_room(
        world.ours.institution, room, actor=world.ours.actor(role), **{"name": "Rum 2.14", "directions": "2. sal", "seats": 6, **words}
    )  # fmt: skip


class TestRooms:
    def test_a_room_is_made_and_described_anew(self, world):
        room = save(world)
        save(world, room=room, name=" Rum  2.15 ", seats=None)

        kept = MeetingRoom.objects.get(pk=room.pk)
        assert (kept.name, kept.directions, kept.seats) == ("Rum 2.15", "2. sal", None)

    def test_two_of_one_name_are_refused_and_another_house_may_have_the_same(self, world):
        save(world)
        with pytest.raises(ValidationError):
            save(world, name="RUM 2.14")
        with pytest.raises(ValidationError):
            save(world, name="  ")
        theirs = world.theirs
        save_room(theirs.institution, None, name="Rum 2.14", directions="", seats=None, actor=theirs.actor(Role.ADMINISTRATOR))  # fmt: skip

    @pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
    def test_nobody_but_the_administrator_keeps_them(self, world, role):
        with pytest.raises(PermissionDenied):
            save(world, role=role)
        with pytest.raises(PermissionDenied):
            use_room(save(world), in_use=False, actor=world.ours.actor(role))

    def test_a_room_out_of_use_is_not_chosen_and_comes_back(self, world):
        room, admin = save(world), world.ours.actor(Role.ADMINISTRATOR)
        use_room(room, in_use=False, actor=admin)
        assert room not in rooms_to_choose(world.ours.institution.pk)
        with pytest.raises(NotPossible):
            find_room(
                world.ours.institution, "rum 2.14", case=world.ours.case, actor=world.ours.actor(Role.HR_EXTENDED)
            )

        use_room(room, in_use=True, actor=admin)
        assert room in rooms_to_choose(world.ours.institution.pk)

    def test_a_room_in_which_interviews_are_planned_stays(self, world):
        room = set_table(world).room
        assert rooms_of(world.ours.institution).get(pk=room.pk).ahead > 0
        with pytest.raises(NotPossible):
            use_room(room, in_use=False, actor=world.ours.actor(Role.ADMINISTRATOR))


@pytest.fixture
def table(world):
    table = set_table(world)
    table.invitation = invited(table)
    return table


def told(code="STAFF_INTERVIEW_CHANGED"):
    return {letter.recipient: letter.text for letter in Message.objects.filter(code=code)}


def panel_of(slot: InterviewSlot) -> set[str]:
    return set(slot.engagements.filter(user__isnull=False).values_list("user__email", flat=True))


class TestPanel:
    def test_who_sits_on_it_is_told_of_the_new_time_and_never_of_the_name(self, world, table):
        old = table.invitation.slot
        new = table.round.slots.filter(state="FREE").first()
        mover = world.ours.actor(Role.HR_CASEWORK)

        reschedule(table.invitation, new, actor=mover)

        letters = told()
        assert set(letters) == (panel_of(old) | panel_of(new)) - {mover.user.email}
        assert letters
        for text in letters.values():
            assert world.ours.case.case_number in text
            assert world.application.candidate.family_name not in text
            assert world.application.reference not in text

    def test_who_calls_it_off_tells_the_others(self, world, table):
        slot = table.invitation.slot
        call_off(table.invitation, actor=world.ours.actor(Role.HR_CASEWORK), reason="Lokalet er lukket.")
        assert set(told()) == panel_of(slot) - {world.ours.staff[Role.HR_CASEWORK].email}

    def test_an_applicant_who_withdraws_frees_the_time_and_the_panel_hears_of_it(self, world, table):
        slot = table.invitation.slot
        withdraw(table.invitation.application, actor=Actor.person(None))

        assert InterviewInvitation.objects.get(pk=table.invitation.pk).state == "CANCELLED"
        assert set(told()) == panel_of(slot)
