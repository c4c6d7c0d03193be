"""Templates of plans: shipped, copied, adapted; each within its unit."""

import pytest
from django.core.exceptions import PermissionDenied

from recruitment.access.roles import Role
from recruitment.errors import NotPossible
from recruitment.planning.models import PlanTemplate
from recruitment.planning.queries import templates_for, usual_template
from recruitment.planning.templates import copy_template, save_template
from recruitment.shipped.load import load_plan_templates
from tests.factories.world import make_case

STEPS = [{"kind": "KICKOFF", "offset": -30}, {"kind": "DEADLINE", "anchor": "START_DATE", "offset": -40}]


@pytest.fixture
def shipped(world):
    return PlanTemplate.objects.get(code="USUAL")


def test_a_copy_is_adapted_and_becomes_usual_for_its_unit(world, shipped):
    actor = world.ours.actor(Role.HR_EXTENDED)
    own = copy_template(shipped, world.ours.unit, actor=actor, name="Vores plan")
    assert own.activities.count() == shipped.activities.count()

    save_template(own, actor=actor, fields={"is_usual": True}, steps=STEPS)

    assert usual_template(world.ours.unit) == own
    assert usual_template(world.ours.sibling) == shipped
    assert list(make_case(world.ours).plan.activities.values_list("kind", flat=True)) == ["KICKOFF", "DEADLINE"]


def test_one_template_is_usual_at_a_time(world, shipped):
    actor = world.ours.actor(Role.HR_EXTENDED)
    first, second = (copy_template(shipped, world.ours.unit, actor=actor, name=name) for name in ("A", "B"))
    for template in (first, second):
        save_template(template, actor=actor, fields={"is_usual": True}, steps=STEPS)

    assert usual_template(world.ours.unit) == second


def test_plans_that_were_made_stay_as_they_are(world, shipped):
    case, actor = world.ours.case, world.ours.actor(Role.HR_EXTENDED)
    before = case.plan.activities.count()
    own = copy_template(shipped, world.ours.unit, actor=actor, name="Vores plan")

    save_template(own, actor=actor, fields={"is_usual": True}, steps=STEPS)

    assert case.plan.activities.count() == before


def test_the_shipped_template_is_nobody_s_to_change(world, shipped):
    for role in (Role.HR_EXTENDED, Role.ADMINISTRATOR):
        with pytest.raises(PermissionDenied):
            save_template(shipped, actor=world.ours.actor(role), fields={}, steps=STEPS)


def test_a_template_without_steps_is_refused(world, shipped):
    actor = world.ours.actor(Role.ADMINISTRATOR)
    own = copy_template(shipped, world.ours.top, actor=actor, name="Tom")
    with pytest.raises(NotPossible):
        save_template(own, actor=actor, fields={}, steps=[])


@pytest.mark.parametrize("role", [Role.HR_LIMITED, Role.HR_CASEWORK, Role.HIRING_MANAGER, Role.COMMUNICATIONS])
def test_others_make_no_templates(world, shipped, role):
    with pytest.raises(PermissionDenied):
        copy_template(shipped, world.ours.unit, actor=world.ours.actor(role), name="Nej")


def test_hr_makes_templates_in_its_own_units_only(world, shipped):
    actor = world.ours.actor(Role.HR_EXTENDED)
    for unit in (world.ours.top, world.ours.sibling, world.theirs.unit):
        with pytest.raises(PermissionDenied):
            copy_template(shipped, unit, actor=actor, name="Nej")
    theirs = copy_template(shipped, world.theirs.unit, actor=world.theirs.actor(Role.HR_EXTENDED), name="Deres")
    with pytest.raises(PermissionDenied):
        copy_template(theirs, world.ours.unit, actor=actor, name="Nej")
    assert theirs not in templates_for(world.ours.unit)


def test_loading_again_changes_nothing(world, shipped):
    before = list(shipped.activities.values_list("pk", flat=True))
    load_plan_templates()
    assert list(shipped.activities.values_list("pk", flat=True)) == before
