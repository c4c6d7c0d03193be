"""What an institution adapts: fields of the profile, names of states, stages inside them."""

import pytest
from django.core.exceptions import PermissionDenied

from recruitment.access.roles import Role
from recruitment.cases.adapted import ProfileField, StateLabel, SubStage
from recruitment.cases.adapting import (
    SHIPPED,
    enter_stage,
    name_states,
    profile_fields_of,
    save_profile_fields,
    save_sub_stages,
)
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.moving import approve_case
from recruitment.cases.queries import state_of
from recruitment.errors import NotPossible
from tests.factories.world import HOUSE, make_case


@pytest.fixture
def admin(world):
    return world.ours.actor(Role.ADMINISTRATOR)


def columns(institution) -> list[str]:
    return [field.column or field.label_da for field in profile_fields_of(institution) if field.is_shown]


def test_an_institution_that_said_nothing_has_the_shipped_fields(world):
    assert columns(world.ours.institution) == list(SHIPPED)


def test_fields_are_added_taken_out_named_and_put_in_order(world, admin):
    ours = world.ours.institution
    lines = [
        {"label_da": "Sikkerhedsgodkendelse"},
        *({"column": name, "is_shown": name != "preconditions"} for name in reversed(SHIPPED)),
    ]
    save_profile_fields(ours, lines, actor=admin)

    assert columns(ours) == ["Sikkerhedsgodkendelse", *(name for name in reversed(SHIPPED) if name != "preconditions")]
    assert columns(world.theirs.institution) == list(SHIPPED)

    own = ProfileField.objects.get(column="", institution=ours)
    save_profile_fields(ours, [{"id": own.pk, "label_da": "Clearing"}, *lines[1:]], actor=admin)
    assert ProfileField.objects.get(column="", institution=ours).pk == own.pk


def test_tasks_are_always_asked_and_made_up_fields_are_none(world, admin):
    for line in ({"column": "tasks", "is_shown": False}, {"column": "approved_by"}):
        with pytest.raises(NotPossible):
            save_profile_fields(world.ours.institution, [line], actor=admin)


def test_another_institution_s_field_is_not_taken_over(world, admin):
    theirs = ProfileField.objects.create(institution=world.theirs.institution, label_da="Deres")

    save_profile_fields(world.ours.institution, [{"id": theirs.pk, "label_da": "Vores"}], actor=admin)

    theirs.refresh_from_db()
    assert (theirs.label_da, ProfileField.objects.filter(institution=world.ours.institution).count()) == ("Deres", 1)


@pytest.mark.parametrize("role", [Role.HR_EXTENDED, Role.COMMUNICATIONS, Role.HIRING_MANAGER])
def test_only_the_administrator_adapts(world, role):
    actor, ours = world.ours.actor(role), world.ours.institution
    for deed in (
        lambda: save_profile_fields(ours, [], actor=actor),
        lambda: name_states(ours, {}, actor=actor),
        lambda: save_sub_stages(ours, [], actor=actor),
    ):
        with pytest.raises(PermissionDenied):
            deed()


def test_a_state_is_called_what_the_institution_calls_it_and_by_its_own_name_again(world, admin):
    ours, case = world.ours.institution, world.ours.case
    name_states(ours, {"ADVERTISED": ("Åben for ansøgninger", "Open")}, actor=admin)
    assert state_of(case, world.ours.actor(Role.HR_EXTENDED)) == "Åben for ansøgninger"
    assert state_of(world.theirs.case, world.theirs.actor(Role.HR_EXTENDED)) != "Åben for ansøgninger"

    name_states(ours, {"ADVERTISED": ("", "")}, actor=admin)
    assert not StateLabel.objects.exists()


def test_a_case_enters_a_stage_inside_its_state_and_leaves_it_when_it_moves_on(world, admin):
    save_sub_stages(
        world.ours.institution, [{"label_da": "Venter på direktionen", "state": "DRAFT"}, {"label_da": "Tredje", "state": "ASSESSING"}], actor=admin
    )  # fmt: skip
    waiting, other = SubStage.objects.order_by("position")
    case, hr = make_case(world.ours), world.ours.actor(Role.HR_EXTENDED)

    assert enter_stage(case, waiting, actor=hr).sub_stage == waiting
    with pytest.raises(NotPossible):
        enter_stage(case, other, actor=hr)
    with pytest.raises(PermissionDenied):
        enter_stage(case, waiting, actor=world.ours.actor(Role.HIRING_MANAGER))

    approve_case(case, actor=HOUSE)
    assert RecruitmentCase.objects.get(pk=case.pk).sub_stage is None


def test_a_stage_that_is_taken_out_leaves_cases_in_their_state(world, admin):
    save_sub_stages(world.ours.institution, [{"label_da": "Venter", "state": "DRAFT"}], actor=admin)
    case = enter_stage(make_case(world.ours), SubStage.objects.get(), actor=HOUSE)

    save_sub_stages(world.ours.institution, [], actor=admin)

    case.refresh_from_db()
    assert (case.sub_stage, case.state) == (None, "DRAFT")
