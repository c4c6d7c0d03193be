"""What will stand in the way, from the first day."""

from recruitment import lifecycle
from recruitment.access.models import ConflictOfInterestDeclaration
from recruitment.access.roles import Role
from recruitment.cases.actions import create_case, edit_case
from recruitment.cases.models import RecruitmentCase
from recruitment.errors import Obstacle
from recruitment.planning.forecast import forecast
from tests.factories.world import FRAME, advertise, make_case


def told(case, actor) -> dict[str, set[str]]:
    return {ahead.move.name: {each.code for each in ahead.obstacles} for ahead in forecast(case, actor)}


def test_from_the_first_day_every_guard_ahead_is_told_with_its_day(world):
    actor = world.ours.actor(Role.HR_EXTENDED)
    case = create_case(world.ours.unit, actor=actor, frame=FRAME)

    found = told(case, actor)

    assert {"tasks", "competences", "hiring_manager"} <= found["approve"]
    assert found["advertise"] == {"deadline", "jobnet"}
    assert {ahead.days for ahead in forecast(case, actor)} == {None}


def test_the_days_are_those_of_the_plan(world):
    case = make_case(world.ours, days=60)
    edit_case(
        case, actor=world.ours.actor(Role.HR_EXTENDED), frame={"weekly_hours_max": None, "weekly_hours_min": None}
    )

    days = {ahead.move.name: ahead.day for ahead in forecast(case, world.ours.actor(Role.HR_EXTENDED))}

    assert days["approve"] == case.plan.activities.get(kind="AD_APPROVED").due_date
    assert days["advertise"] == case.plan.activities.get(kind="PUBLISH_EXTERNAL").due_date


def test_what_is_mended_is_told_no_more_and_what_is_passed_neither(world):
    case, actor = RecruitmentCase.objects.get(pk=make_case(world.ours).pk), world.ours.actor(Role.HR_EXTENDED)
    assert told(case, actor) == {"advertise": {"jobnet"}}

    advertise(case)

    assert "advertise" not in told(case, actor)


def test_a_guard_of_a_higher_room_is_told_to_those_who_may_know(world, monkeypatch):
    monkeypatch.setitem(
        lifecycle.contributed, "RecruitmentCase.begin_decision", [lambda _case: Obstacle("priority", "En ansøger har fortrinsret.")]
    )  # fmt: skip
    case, ours = world.ours.case, world.ours

    assert told(case, ours.actor(Role.HIRING_MANAGER))["begin_decision"] == {"priority"}
    for role in (Role.HIRING_COMMITTEE, Role.ADMIN_SUPPORT, Role.COMMUNICATIONS):
        assert "begin_decision" not in told(case, ours.actor(role)), role
    ConflictOfInterestDeclaration.objects.create(case=case, user=ours.staff[Role.HR_EXTENDED], status="EXCLUDED")
    assert "begin_decision" not in told(case, ours.actor(Role.HR_EXTENDED))
