"""A case's plan: made with it, counted back from the first day at work, ticked off by what happens."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from recruitment import clock
from recruitment.access.actions import seat_member
from recruitment.access.roles import Role
from recruitment.advertising.actions import plan_medium
from recruitment.advertising.lifecycle import GO_LIVE
from recruitment.cases.actions import create_case, hand_over_case, set_deadline
from recruitment.cases.lifecycle import CALL_BACK
from recruitment.cases.models import CaseType
from recruitment.cases.moving import approve_case, cancel_case
from recruitment.cases.profile import AdvertisementRound
from recruitment.errors import NotPossible
from recruitment.lifecycle import make
from recruitment.people.actor import Actor
from recruitment.planning.actions import consequences, make_plan, move_start, remove_activity, save_activity, tick
from recruitment.planning.models import Absence, CasePlan, PlannedActivity, PlanTemplate
from recruitment.planning.queries import lines_of, my_tasks
from recruitment.planning.workdays import is_workday, workday_from, workdays_between
from tests.factories.world import FRAME, HOUSE, advertise, make_case, make_user


def far_day(days: int = 180) -> dt.date:
    return workday_from(clock.today() + dt.timedelta(days=days), 0)


def planned(world, **frame):
    """A case without a deadline yet, so that everything hangs on the first day at work."""
    return create_case(
        world.ours.unit, actor=world.ours.actor(Role.HR_EXTENDED), frame={**FRAME, "start_asap": False, "start_date": far_day(), **frame}
    )  # fmt: skip


def step(case, kind: str) -> PlannedActivity:
    return PlannedActivity.objects.select_related("plan__case").get(plan__case=case, kind=kind)


def test_a_new_case_has_the_shipped_plan_counted_back_from_the_first_day(world):
    case = planned(world)

    days = dict(case.plan.activities.values_list("kind", "due_date"))
    assert days["START_DATE"] == far_day()
    assert workdays_between(days["DEADLINE"], days["START_DATE"]) == 45
    assert workdays_between(days["KICKOFF"], days["DEADLINE"]) == 27
    assert workdays_between(days["CONTRACT"], days["START_DATE"]) == 20
    assert all(is_workday(day) for day in days.values())
    assert (days["DEADLINE"] - days["PUBLISH_EXTERNAL"]).days >= 14


def test_without_a_first_day_everything_hangs_on_the_deadline(world):
    case = make_case(world.ours, days=60)

    deadline = clock.shown(case.rounds.get().application_deadline).date()
    assert step(case, "DEADLINE").due_date == deadline
    assert step(case, "START_DATE").due_date == workday_from(deadline, 45)


def test_without_any_day_the_steps_stand_without_days(world):
    case = planned(world, start_date=None, start_asap=True)

    assert set(case.plan.activities.values_list("due_date", flat=True)) == {None}


def test_a_call_for_open_applications_has_no_plan(world):
    assert not CasePlan.objects.filter(case=planned(world, case_type=CaseType.OPEN_APPLICATION)).exists()


def test_steps_belong_to_the_people_who_play_the_parts(world):
    case = make_case(world.ours)
    chair = make_user("formand@ours.example")

    assert step(case, "DECISION").responsible == case.hiring_manager
    seat_member(case, chair, Role.HIRING_COMMITTEE, actor=HOUSE, is_chair=True)

    assert step(case, "INTERVIEW_1").responsible == chair
    assert step(case, "COMMITTEE_APPOINTED").done_at is not None
    assert step(case, "KICKOFF").responsible == world.ours.staff[Role.HR_EXTENDED]


def test_a_case_that_is_handed_over_takes_its_open_steps_along(world):
    case = make_case(world.ours)
    tick(step(case, "KICKOFF"), actor=world.ours.actor(Role.HR_EXTENDED))

    hand_over_case(case, world.ours.staff[Role.HR_LIMITED], actor=HOUSE)

    assert step(case, "AD_DRAFT").responsible == world.ours.staff[Role.HR_LIMITED]
    assert step(case, "KICKOFF").responsible == world.ours.staff[Role.HR_EXTENDED]


def test_the_unit_s_own_usual_template_goes_before_the_shipped_one(world):
    own = PlanTemplate.objects.create(
        institution=world.ours.institution, unit=world.ours.top, name_da="Vores", is_usual=True
    )
    own.activities.create(kind="OTHER", title="Ring til TR", offset=-3)

    assert [row.name for row in planned(world).plan.activities.all()] == ["Ring til TR"]


def test_the_case_ticks_its_plan_off(world):
    case = approve_case(make_case(world.ours), actor=HOUSE)
    assert step(case, "JOB_PROFILE").done_at is not None
    assert step(case, "PUBLISH_EXTERNAL").done_at is None

    advertise(case)
    assert (step(case, "PUBLISH_EXTERNAL").done_by, step(case, "AD_APPROVED").done_at is None) == (None, False)

    make(CALL_BACK, case, actor=HOUSE)
    assert step(case, "PUBLISH_EXTERNAL").done_at is None


def test_the_ad_on_the_intranet_ticks_its_step(world):
    case = make_case(world.ours)
    case.plan.activities.create(kind="PUBLISH_INTERNAL")
    advertise(case)
    entry = world.ours.institution.media_list.get(medium__code="INTRA")
    publication = plan_medium(case.rounds.get(), entry, actor=HOUSE)
    assert step(case, "PUBLISH_INTERNAL").done_at is None

    make(GO_LIVE, publication, actor=HOUSE, live_at=clock.now())

    assert step(case, "PUBLISH_INTERNAL").done_at is not None


def test_what_somebody_ticked_keeps_their_name(world):
    case, actor = make_case(world.ours), world.ours.actor(Role.HR_EXTENDED)
    tick(step(case, "JOB_PROFILE"), actor=actor)

    approve_case(case, actor=HOUSE)

    assert step(case, "JOB_PROFILE").done_by == actor.user


def test_the_responsible_person_ticks_own_steps_and_no_others(world):
    case = make_case(world.ours)
    manager = Actor.person(case.hiring_manager)

    assert tick(step(case, "DECISION"), actor=manager).done_at is not None
    with pytest.raises(PermissionDenied):
        tick(step(case, "AD_DRAFT"), actor=manager)


@pytest.mark.parametrize(
    "role", [Role.HR_CASEWORK, Role.HIRING_MANAGER, Role.HIRING_COMMITTEE, Role.COMMUNICATIONS, Role.ADMINISTRATOR]
)
def test_only_who_may_edit_the_case_changes_its_plan(world, role):
    case, actor = world.ours.case, world.ours.actor(role)

    with pytest.raises(PermissionDenied):
        save_activity(case.plan, actor=actor, fields={"title": "Nej"})
    with pytest.raises(PermissionDenied):
        remove_activity(step(case, "TEST"), actor=actor)
    with pytest.raises(PermissionDenied):
        move_start(case.plan, far_day(), actor=actor)


def test_a_typed_day_stays_until_it_is_emptied(world):
    case, actor = planned(world), world.ours.actor(Role.HR_EXTENDED)
    chosen, reckoned = far_day(40), step(case, "KICKOFF").due_date

    save_activity(case.plan, step(case, "KICKOFF"), actor=actor, fields={"due_date": chosen})
    move_start(case.plan, far_day(200), actor=actor)
    assert step(case, "KICKOFF").due_date == chosen

    move_start(CasePlan.objects.get(case=case), far_day(), actor=actor)
    save_activity(CasePlan.objects.get(case=case), step(case, "KICKOFF"), actor=actor, fields={"due_date": None})
    assert step(case, "KICKOFF").due_date == reckoned


def test_moving_the_first_day_is_told_before_it_is_done(world):
    case, later = planned(world), far_day(210)
    before = dict(case.plan.activities.values_list("kind", "due_date"))

    told = {shift.activity.kind: (shift.before, shift.after) for shift in consequences(case.plan, later)}

    assert dict(case.plan.activities.values_list("kind", "due_date")) == before
    move_start(case.plan, later, actor=world.ours.actor(Role.HR_EXTENDED))
    assert {kind: after for kind, (_before, after) in told.items()} == dict(
        PlannedActivity.objects.filter(plan__case=case).values_list("kind", "due_date")
    )
    case.refresh_from_db()
    assert case.start_date == later


def test_the_deadline_moves_along_before_the_ad_is_out_and_stays_afterwards(world):
    case = make_case(world.ours, days=60, start_asap=False, start_date=far_day())
    move_start(case.plan, far_day(240), actor=HOUSE)
    deadline = case.rounds.get().application_deadline
    assert clock.shown(deadline).date() == workday_from(far_day(240), -45)
    assert clock.shown(deadline).time().minute == clock.shown(deadline).minute

    advertise(case)
    move_start(CasePlan.objects.get(case=case), far_day(300), actor=HOUSE)
    assert case.rounds.get().application_deadline == deadline
    assert step(case, "DECISION").due_date == workday_from(clock.shown(deadline).date(), 19)
    assert step(case, "CONTRACT").due_date == workday_from(far_day(300), -20)


def test_a_first_day_that_is_over_or_too_near_is_refused(world):
    case = make_case(world.ours, days=60)
    for start in (clock.today(), clock.today() + dt.timedelta(days=20)):
        with pytest.raises(NotPossible):
            move_start(case.plan, start, actor=HOUSE)


def test_steps_follow_a_deadline_that_moves(world):
    case = make_case(world.ours, days=30)
    later = clock.end_of_minute(clock.now() + dt.timedelta(days=50))

    set_deadline(case.rounds.get(), later, actor=HOUSE)

    assert step(case, "DEADLINE").due_date == clock.shown(later).date()


def test_what_somebody_must_do_is_due_before_they_are_away(world):
    case = planned(world)
    due = step(case, "RECOMMENDATION").due_date
    manager = make_user("ferie@ours.example")
    Absence.objects.create(
        institution=world.ours.institution, user=manager, begins=due - dt.timedelta(days=7), ends=due + dt.timedelta(days=3)
    )  # fmt: skip
    case.plan.activities.filter(kind="RECOMMENDATION").update(responsible=manager)
    set_deadline(
        AdvertisementRound.objects.get(case=case), clock.end_of_minute(clock.now() + dt.timedelta(days=30)), actor=HOUSE
    )
    move_start(CasePlan.objects.get(case=case), far_day(), actor=HOUSE)

    moved = step(case, "RECOMMENDATION")
    assert moved.due_date == workday_from(due - dt.timedelta(days=7), -1)


def test_a_plan_says_what_no_longer_holds(world):
    case = make_case(world.ours, days=100, start_asap=False, start_date=far_day(120))
    case.plan.activities.filter(kind="TEST").update(responsible=None)
    remarks = {line.activity.kind: line.remarks for line in lines_of(CasePlan.objects.get(case=case))}

    assert len(remarks["DECISION"]) == 1
    assert len(remarks["TEST"]) == 2
    assert remarks["KICKOFF"] == ()


def test_the_first_open_step_is_next_and_what_is_past_is_overdue(world):
    case = planned(world)
    case.plan.activities.filter(kind="KICKOFF").update(due_date=clock.today() - dt.timedelta(days=1))

    status = {line.activity.kind: line.status for line in lines_of(CasePlan.objects.get(case=case))}

    assert (status["KICKOFF"], status["JOB_ANALYSIS"], status["START_DATE"]) == ("overdue", "open", "open")
    tick(step(case, "KICKOFF"), actor=HOUSE)
    status = {line.activity.kind: line.status for line in lines_of(CasePlan.objects.get(case=case))}
    assert (status["KICKOFF"], status["JOB_ANALYSIS"]) == ("done", "next")


def test_my_tasks_are_my_own_open_ones_on_cases_that_i_see(world):
    ours, theirs = make_case(world.ours), make_case(world.theirs)
    me = world.ours.staff[Role.HIRING_MANAGER]
    PlannedActivity.objects.filter(plan__case=theirs, kind="DECISION").update(responsible=me)
    mine = my_tasks(Actor.person(me))
    count = mine.filter(plan__case=ours).count()

    assert not mine.filter(plan__case=theirs).exists()
    tick(step(ours, "DECISION"), actor=Actor.person(me))
    assert my_tasks(Actor.person(me)).filter(plan__case=ours).count() == count - 1
    cancel_case(ours, actor=HOUSE, reason="Budgettet.")
    assert not my_tasks(Actor.person(me)).filter(plan__case=ours).exists()


def test_a_plan_is_made_once(world):
    case = planned(world)
    assert make_plan(case, actor=HOUSE) == case.plan
