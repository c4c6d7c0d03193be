"""My tasks, their settings, and handing over, on the screen."""

import datetime as dt

import pytest

from recruitment import clock
from recruitment.access.roles import Role
from recruitment.planning.models import Absence, PlannedActivity, TaskMail
from tests.factories.world import make_case


@pytest.fixture
def overdue(world):
    row = world.ours.case.plan.activities.get(kind="TEST")
    PlannedActivity.objects.filter(pk=row.pk).update(
        responsible=world.ours.staff[Role.HIRING_COMMITTEE], due_date=clock.today() - dt.timedelta(days=2)
    )
    return row


def test_a_task_stands_on_the_desk_and_is_ticked_off_in_the_list(world, sign_in, overdue):
    client = sign_in(Role.HIRING_COMMITTEE)
    plan = f"/admin/cases/{world.ours.case.pk}/plan/"
    assert plan in client.get("/admin/").content.decode()

    answer = client.post(f"{plan}steps/{overdue.pk}/done/", {"done": "yes", "next": "/admin/tasks/"})

    assert answer.headers["Location"] == "/admin/tasks/"
    assert f"steps/{overdue.pk}/" not in client.get("/admin/tasks/").content.decode()


def test_ticking_off_leads_nowhere_else(world, sign_in, overdue):
    client = sign_in(Role.HIRING_COMMITTEE)
    plan = f"/admin/cases/{world.ours.case.pk}/plan/"

    answer = client.post(f"{plan}steps/{overdue.pk}/done/", {"done": "yes", "next": "https://ond.example/"})

    assert answer.headers["Location"] == plan


def test_mail_and_days_away_are_chosen_on_one_page(world, sign_in):
    client, user = sign_in(Role.HIRING_COMMITTEE), world.ours.staff[Role.HIRING_COMMITTEE]
    client.post("/admin/tasks/settings/", {"wish": "NONE", "days_ahead": "5"})
    client.post("/admin/tasks/settings/", {"begins": "2027-02-01", "ends": "2027-02-05"})

    row = Absence.objects.get(user=user)
    assert (TaskMail.objects.get(user=user).wish, row.ends) == ("NONE", dt.date(2027, 2, 5))
    client.post(f"/admin/tasks/away/{row.pk}/forget/")
    assert not Absence.objects.filter(user=user).exists()


@pytest.mark.parametrize(
    "typed",
    [{"wish": "TIT", "days_ahead": "3"}, {"wish": "DAILY", "days_ahead": "99"}, {"begins": "2027-02-05", "ends": "2027-02-01"}, {"begins": "", "ends": "x"}],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(world, sign_in, typed):
    assert sign_in(Role.HIRING_COMMITTEE).post("/admin/tasks/settings/", typed).status_code == 422


def test_somebody_else_s_days_away_are_not_found(world, sign_in):
    row = Absence.objects.create(
        institution=world.ours.institution, user=world.ours.staff[Role.HR_EXTENDED], begins=clock.today(), ends=clock.today()
    )  # fmt: skip
    assert sign_in(Role.HIRING_COMMITTEE).post(f"/admin/tasks/away/{row.pk}/forget/").status_code == 404


def test_hr_hands_everything_over_in_one_act(world, sign_in):
    ill, taker = world.ours.staff[Role.HR_EXTENDED], world.ours.staff[Role.HR_LIMITED]
    client = sign_in(Role.HR_EXTENDED)
    assert world.ours.case.case_number in client.get(f"/admin/hand-over/?user={ill.pk}").content.decode()

    answer = client.post(
        "/admin/hand-over/", {"user": ill.pk, "to": taker.pk, "begins": "2027-02-01", "ends": "2027-02-05"}
    )

    world.ours.case.refresh_from_db()
    assert (answer.status_code, world.ours.case.hr_responsible) == (302, taker)


@pytest.mark.parametrize(
    "typed", [{"begins": "2027-02-01"}, {"to": ""}, {"begins": "2027-02-05", "ends": "2027-02-01"}]
)
def test_a_half_hand_over_is_refused(world, sign_in, typed):
    ill, taker = world.ours.staff[Role.HR_EXTENDED], world.ours.staff[Role.HR_LIMITED]

    answer = sign_in(Role.HR_EXTENDED).post("/admin/hand-over/", {"user": ill.pk, "to": taker.pk, **typed})

    assert answer.status_code == 422


def test_people_of_another_institution_cannot_be_chosen(world, sign_in):
    answer = sign_in(Role.HR_EXTENDED).post(
        "/admin/hand-over/",
        {"user": world.ours.staff[Role.HR_EXTENDED].pk, "to": world.theirs.staff[Role.HR_EXTENDED].pk},
    )
    assert answer.status_code == 422


def test_many_tasks_cost_no_more_than_one(world, sign_in, count_queries, overdue):
    sign_in(Role.HIRING_COMMITTEE)
    few = count_queries("/admin/tasks/")
    case = make_case(world.ours)
    case.members.create(user=world.ours.staff[Role.HIRING_COMMITTEE], role=Role.HIRING_COMMITTEE)
    PlannedActivity.objects.filter(plan__case__institution=world.ours.institution).update(
        responsible=world.ours.staff[Role.HIRING_COMMITTEE]
    )

    assert count_queries("/admin/tasks/") == few
