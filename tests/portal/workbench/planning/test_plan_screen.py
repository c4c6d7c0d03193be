"""The plan on the screen."""

import datetime as dt

import pytest

from recruitment import clock
from recruitment.access.roles import Role
from recruitment.planning.models import CasePlan, PlannedActivity
from tests.factories.world import make_case


def plan_of(case) -> str:
    return f"/admin/cases/{case.pk}/plan/"


def test_a_step_is_added_ticked_off_changed_and_taken_out(world, sign_in):
    case, client = world.ours.case, sign_in(Role.HR_EXTENDED)
    client.post(f"{plan_of(case)}steps/new/", {"kind": "OTHER", "title": "Ring til TR", "due_date": "2027-01-12"})
    row = PlannedActivity.objects.get(plan__case=case, title="Ring til TR")

    client.post(f"{plan_of(case)}steps/{row.pk}/done/", {"done": "yes"})
    row.refresh_from_db()
    assert (row.done_by, row.is_pinned) == (world.ours.staff[Role.HR_EXTENDED], True)

    client.post(f"{plan_of(case)}steps/{row.pk}/done/", {"done": "no"})
    client.post(f"{plan_of(case)}steps/{row.pk}/", {"kind": "OTHER", "title": "Ring igen", "due_date": "2027-01-13"})
    row.refresh_from_db()
    assert (row.title, row.done_at, row.due_date) == ("Ring igen", None, dt.date(2027, 1, 13))

    assert client.post(f"{plan_of(case)}steps/{row.pk}/remove/").status_code == 200
    client.post(f"{plan_of(case)}steps/{row.pk}/remove/", {"confirmed": "1"})
    assert not PlannedActivity.objects.filter(pk=row.pk).exists()


def test_the_first_day_moves_only_when_it_is_said_again(world, sign_in):
    case, client = make_case(world.ours, days=60), sign_in(Role.HR_EXTENDED)
    start = clock.today() + dt.timedelta(days=200)
    before = list(PlannedActivity.objects.filter(plan__case=case).values_list("pk", "due_date"))

    shown = client.get(f"{plan_of(case)}move/?start={start:%Y-%m-%d}")
    assert shown.status_code == 200
    assert list(PlannedActivity.objects.filter(plan__case=case).values_list("pk", "due_date")) == before

    client.post(f"{plan_of(case)}move/", {"start": f"{start:%Y-%m-%d}"})
    assert CasePlan.objects.get(case=case).target_start_date == start


@pytest.mark.parametrize("start", ["", "i morgen", "2020-01-01"])
def test_a_first_day_that_is_none_is_refused(world, sign_in, start):
    answer = sign_in(Role.HR_EXTENDED).post(f"{plan_of(world.ours.case)}move/", {"start": start})

    assert answer.status_code == 422


def test_a_committee_reads_the_plan_and_ticks_only_its_own(world, sign_in):
    case, client = world.ours.case, sign_in(Role.HIRING_COMMITTEE)
    mine, other = case.plan.activities.filter(kind__in=["TEST", "OFFER"])
    PlannedActivity.objects.filter(pk=mine.pk).update(responsible=world.ours.staff[Role.HIRING_COMMITTEE])

    shown = client.get(plan_of(case)).content.decode()
    assert (f"{mine.pk}/done/" in shown, f"{other.pk}/done/" in shown, "steps/new/" in shown) == (True, False, False)
    assert client.post(f"{plan_of(case)}steps/{other.pk}/done/", {"done": "yes"}).status_code == 403
    assert client.post(f"{plan_of(case)}steps/{mine.pk}/done/", {"done": "yes"}).status_code == 302


def test_a_step_of_another_case_is_not_found(world, sign_in):
    row = world.theirs.case.plan.activities.first()

    for deed in ("", "done/", "remove/"):
        answer = sign_in(Role.HR_EXTENDED).post(f"{plan_of(world.ours.case)}steps/{row.pk}/{deed}", {"done": "yes"})
        assert answer.status_code == 404


def test_a_case_from_before_gets_its_plan_on_request(world, sign_in):
    case, client = world.ours.case, sign_in(Role.HR_EXTENDED)
    template = case.plan.template
    case.plan.delete()

    assert client.get(plan_of(case)).status_code == 200
    client.post(plan_of(case), {"template": str(template.pk)})

    assert CasePlan.objects.get(case=case).activities.count() == template.activities.count()


def test_a_long_plan_costs_no_more_than_a_short_one(world, sign_in, count_queries):
    case = world.ours.case
    sign_in(Role.HR_EXTENDED)
    case.plan.activities.exclude(kind__in=["KICKOFF", "DECISION"]).delete()
    short = count_queries(plan_of(case))
    for number in range(30):
        case.plan.activities.create(kind="OTHER", title=f"Skridt {number}", responsible=case.hiring_manager)

    assert count_queries(plan_of(case)) == short


def test_the_overview_leads_to_where_what_will_stand_in_the_way_is_mended(world, sign_in):
    case = make_case(world.ours)
    case.rounds.update(application_deadline=None)

    shown = sign_in(Role.HR_EXTENDED).get(f"/admin/cases/{case.pk}/").content.decode()

    assert f"/admin/cases/{case.pk}/edit/#id_deadline" in shown
