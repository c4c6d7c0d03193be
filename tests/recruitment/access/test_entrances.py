"""The link of an invitation: it opens one case once, and no account that does more than sit on cases of this employer."""

import datetime as dt

import pytest

from recruitment import clock
from recruitment.access.actions import deactivate_user, grant_role, seat_member, unseat_member
from recruitment.access.entrances import OPEN_FOR, entrance_behind, may_be_entered, open_entrance, path_of, use_entrance
from recruitment.access.models import CaseMember, Entrance
from recruitment.access.roles import OCCASIONAL_ROLES, Role
from recruitment.audit.models import AuditEntry
from recruitment.people.models import UserStatus
from tests.factories.world import HOUSE, make_user


@pytest.fixture
def member(world):
    return seat_member(world.ours.case, make_user("udvalg@ours.example"), Role.HIRING_COMMITTEE, actor=HOUSE)


def token_of(entrance: Entrance) -> str:
    return path_of(entrance).rstrip("/").rpartition("/")[2]


def is_open(entrance: Entrance) -> bool:
    try:
        return entrance_behind(token_of(entrance)).pk == entrance.pk
    except Entrance.DoesNotExist:
        return False


def test_it_opens_once_and_the_trail_says_so(member):
    token = token_of(open_entrance(member))

    assert use_entrance(token) == member
    entry = AuditEntry.objects.get(action="case.enter_by_link")
    assert entry.user_id == member.user.pk
    with pytest.raises(Entrance.DoesNotExist):
        use_entrance(token)


def test_looking_uses_nothing_up(member):
    entrance = open_entrance(member)

    assert (is_open(entrance), is_open(entrance)) == (True, True)


def test_one_link_stands_for_one_seat_as_long_as_it_is_open(member):
    first = open_entrance(member)
    assert open_entrance(member) == first

    use_entrance(token_of(first))
    assert open_entrance(member) != first


def test_it_ends_after_its_days(member):
    entrance = open_entrance(member)
    assert entrance.expires_at - entrance.made_at == OPEN_FOR

    Entrance.objects.update(expires_at=clock.now() - dt.timedelta(seconds=1))
    assert not is_open(entrance)


@pytest.mark.parametrize("change", ["", "x", ":x"])
def test_a_link_that_was_written_by_somebody_else_opens_nothing(member, change):
    entrance = open_entrance(member)

    with pytest.raises(Entrance.DoesNotExist):
        use_entrance(entrance.pk.hex + change)
    with pytest.raises(Entrance.DoesNotExist):
        use_entrance(token_of(entrance)[:-1] + change)


def test_it_ends_with_the_seat(world, member):
    entrance = open_entrance(member)
    unseat_member(member, actor=HOUSE)

    assert not is_open(entrance)


def test_it_ends_when_the_person_has_another_address(member):
    entrance = open_entrance(member)
    member.user.email = "nyt-navn@ours.example"
    member.user.save()

    assert not is_open(entrance)


def test_somebody_who_has_left_is_not_let_in(world, member):
    entrance = open_entrance(member)
    deactivate_user(member.user, institution=world.ours.institution, actor=HOUSE)

    assert not is_open(entrance)


@pytest.mark.parametrize(
    "state",
    [{"is_active": False}, {"status": UserStatus.LOCKED}, {"status": UserStatus.DEACTIVATED}, {"is_superuser": True}],
)
def test_an_account_that_is_shut_or_the_operators_is_not_entered(member, state):
    entrance = open_entrance(member)
    type(member.user).objects.filter(pk=member.user.pk).update(**state)

    assert not is_open(entrance)


@pytest.mark.parametrize(
    "role", [Role.ADMINISTRATOR, Role.COMMUNICATIONS, Role.HR_EXTENDED, Role.HR_CASEWORK, Role.HR_LIMITED]
)
def test_a_role_at_the_institution_ends_it_whether_in_force_or_to_come(world, member, role):
    entrance = open_entrance(member)
    unit = None if role in {Role.ADMINISTRATOR, Role.COMMUNICATIONS} else world.ours.unit
    deputy = (
        {"is_deputy": True, "valid_until": clock.now() + dt.timedelta(days=90)} if role == Role.ADMINISTRATOR else {}
    )
    grant_role(
        member.user, role, institution=world.ours.institution, unit=unit, actor=HOUSE,
        valid_from=clock.now() + dt.timedelta(days=3), **deputy,
    )  # fmt: skip

    assert not is_open(entrance)


def test_a_seat_as_hr_on_another_case_ends_it(world, member):
    entrance = open_entrance(member)
    seat_member(world.ours.case, member.user, Role.HR_LIMITED, actor=HOUSE)

    assert not is_open(entrance)


def test_what_another_employer_has_entrusted_to_the_person_is_not_opened_by_ours(world, member):
    entrance = open_entrance(member)
    theirs = seat_member(world.theirs.case, member.user, Role.HIRING_COMMITTEE, actor=HOUSE)
    assert not is_open(entrance)

    unseat_member(theirs, actor=HOUSE)
    assert is_open(entrance)


@pytest.mark.parametrize("role", list(Role))
def test_only_who_has_nothing_but_occasional_roles_may_be_let_in(world, role):
    user = world.ours.staff[role]
    member = CaseMember.objects.filter(case=world.ours.case, user=user).first() or seat_member(
        world.ours.case, user, Role.HIRING_COMMITTEE, actor=HOUSE
    )

    assert may_be_entered(member) == (role in OCCASIONAL_ROLES)
