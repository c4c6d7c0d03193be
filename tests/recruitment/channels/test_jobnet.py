"""Jobnet from the first publishing to the last day, against a server that speaks its methods and loses answers."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from recruitment import clock, timetable
from recruitment.access.roles import Role
from recruitment.advertising.actions import announce, change_publication, mark_live
from recruitment.advertising.taking_down import take_down, take_down_everywhere
from recruitment.cases.actions import set_deadline
from recruitment.cases.lifecycle import CALL_BACK
from recruitment.channels.actions import done_by_hand, try_again, try_connection
from recruitment.channels.following import send_due
from recruitment.channels.models import Connection, Delivery
from recruitment.channels.queries import deliveries_to_settle, waiting_for_a_hand
from recruitment.errors import NotPossible
from recruitment.lifecycle import make
from recruitment.outbox.delivery import carry_out, claim
from recruitment.outbox.models import OutboxItem
from tests.factories.world import HOUSE, ad_content, advertise, make_case
from tests.recruitment.channels.conftest import connect_jobnet, publication, work
from tests.recruitment.channels.partners import Said


@pytest.fixture
def connection(world, jobnet_server) -> Connection:
    return connect_jobnet(world.ours.institution, jobnet_server)


@pytest.fixture
def round_(world, connection):
    """A case that has just been advertised, with Jobnet connected."""
    return advertise(make_case(world.ours, title="Laborant"))


def state(round_) -> str:
    return publication(round_, "JOBNET").state


def test_an_ad_goes_to_jobnet_by_itself_waits_for_approval_and_is_live(round_, jobnet_server):
    assert state(round_) == "SUBMITTED"
    work()
    assert state(round_) == "PENDING_APPROVAL"

    jobnet_server.approve()
    work()

    live = publication(round_, "JOBNET")
    assert (live.state, live.external_id, live.external_url) == ("LIVE", "5000000", "https://jobnet.example/5000000")
    assert jobnet_server.methods() == [
        "IsValidJobannonce", "SearchJobannonce", "CreateJobannonce", "PublishJobannonce", "GetJobannonce",
    ]  # fmt: skip
    assert not waiting_for_a_hand().filter(round=round_).exists()


def test_what_jobnet_is_told_is_what_the_ad_says(round_, jobnet_server):
    work()
    told = jobnet_server.shown()[0]["fields"]

    assert told["HiringOrganizationDetails"]["CvrNumber"] == "99000001"
    assert told["JobDetails"]["Title"] == "Laborant"
    token = publication(round_, "JOBNET").tracking_link.token
    assert told["ApplicationDetails"]["ApplicationMethods"]["ApplyOnline"].endswith(f"/soeg/{round_.pk}/?kilde={token}")
    assert told["ApplicationDeadline"] == clock.shown(round_.application_deadline).date().isoformat()
    assert told["WorkplaceAddresses"][0]["PostalCode"] == "8800"
    assert told["ApplicationDetails"]["JobContactList"][0]["Email"] == "anders@styrelsen.example"


def test_a_lost_answer_does_not_put_the_ad_up_twice(round_, jobnet_server):
    jobnet_server.trouble = {"CreateJobannonce": [Said(lost=True)], "PublishJobannonce": [Said(lost=True)]}
    for _ in range(4):
        work()

    assert len(jobnet_server.ads) == 1
    assert jobnet_server.methods().count("CreateJobannonce") == 1
    assert state(round_) == "PENDING_APPROVAL"


def test_a_worker_that_ends_after_sending_leaves_one_ad(round_, jobnet_server):
    item = OutboxItem.objects.get(subject=str(Delivery.objects.get(publication__round=round_).pk))
    claimed = claim(item.pk)
    from recruitment.channels import delivery  # noqa: PLC0415

    delivery.deliver(claimed)  # the work is done, but the worker ends before it settles the errand
    Delivery.objects.filter(publication__round=round_).update(state="WAITING", begun_at=clock.now(), settled_at=None)
    OutboxItem.objects.filter(pk=item.pk).update(lease_until=clock.now())

    carry_out(item.pk)

    assert len(jobnet_server.ads) == 1


def test_five_failures_become_a_task_and_a_click_tries_again(round_, jobnet_server):
    jobnet_server.trouble = {"IsValidJobannonce": [Said(500)] * 6}
    for _ in range(6):
        work()

    failed = publication(round_, "JOBNET")
    assert (failed.state, failed.last_error) == ("FAILED", "500")
    task = deliveries_to_settle().get(publication=failed)
    try_again(task, actor=HOUSE)
    work()

    assert state(round_) == "PENDING_APPROVAL"
    assert not deliveries_to_settle().filter(publication=failed).exists()
    assert len(jobnet_server.ads) == 1


def test_jobnets_wish_to_wait_is_kept(round_, jobnet_server):
    jobnet_server.trouble = {"IsValidJobannonce": [Said(429, headers={"Retry-After": "7200"})]}
    before = clock.now()

    work(kinds=("media",))

    item = OutboxItem.objects.get(kind="media", subject=str(Delivery.objects.get(publication__round=round_).pk))
    assert item.state == "QUEUED"
    assert item.due_at >= before + dt.timedelta(hours=2)


def test_what_jobnet_refuses_is_a_task_with_its_reason(round_, jobnet_server):
    work()
    jobnet_server.refuse("Overskriften er for lang")
    work()

    refused = publication(round_, "JOBNET")
    assert (refused.state, refused.last_error) == ("REJECTED_BY_MEDIUM", "Overskriften er for lang")
    task = deliveries_to_settle().get(publication=refused)
    assert task.error == "Overskriften er for lang"

    try_again(task, actor=HOUSE)
    work()
    jobnet_server.approve()
    work()
    assert state(round_) == "LIVE"
    assert len(jobnet_server.ads) == 1


def test_a_wrong_key_says_so_and_is_not_tried_for_hours(round_, jobnet_server):
    jobnet_server.key = "another"
    work()

    assert publication(round_, "JOBNET").last_error == "Ukendt nøgle"
    assert state(round_) == "REJECTED_BY_MEDIUM"


def live(round_, server):
    work()
    server.approve()
    work()
    server.calls.clear()


def test_a_change_of_a_live_ad_is_told_once(round_, jobnet_server):
    live(round_, jobnet_server)
    content = ad_content(round_.case, html="<p>Ny tekst</p>")
    announce(round_, content, actor=HOUSE)
    announce(round_, content, actor=HOUSE)
    work()

    assert jobnet_server.methods() == ["UpdateJobannonce"]
    assert jobnet_server.shown()[0]["fields"]["JobDetails"]["Description"] == "<p>Ny tekst</p>"


def test_a_later_deadline_reaches_jobnet(round_, jobnet_server):
    live(round_, jobnet_server)
    later = round_.application_deadline + dt.timedelta(days=7)
    set_deadline(round_, later, actor=HOUSE)
    work()

    assert jobnet_server.shown()[0]["fields"]["ApplicationDeadline"] == clock.shown(later).date().isoformat()


def test_at_the_deadline_it_comes_down(round_, jobnet_server):
    live(round_, jobnet_server)
    with clock.shifted(dt.timedelta(days=22)):
        timetable.pass_deadlines()
        work()

    assert state(round_) == "EXPIRED"
    assert jobnet_server.shown() == []


def test_taking_down_while_the_ad_is_on_its_way_leaves_nothing_up(round_, jobnet_server):
    jobnet_server.trouble = {"CreateJobannonce": [Said(lost=True)]}
    work()
    take_down(publication(round_, "JOBNET"), actor=HOUSE, reason="Stillingen er trukket")
    for _ in range(3):
        work()

    assert jobnet_server.ads == {}
    assert state(round_) == "WITHDRAWN"


def test_what_cannot_be_taken_down_is_a_task_until_it_is_down(round_, jobnet_server):
    live(round_, jobnet_server)
    jobnet_server.trouble = {"SearchJobannonce": [Said(500)] * 6}
    take_down(publication(round_, "JOBNET"), actor=HOUSE, reason="Stillingen er trukket")
    for _ in range(6):
        work()
    task = deliveries_to_settle().get(publication__round=round_)
    assert task.act == "CLOSE"

    try_again(task, actor=HOUSE)
    work()

    assert jobnet_server.shown() == []
    assert not deliveries_to_settle().filter(publication__round=round_).exists()


def test_jobnet_is_not_dropped_without_a_reason(round_):
    with pytest.raises(NotPossible):
        take_down(publication(round_, "JOBNET"), actor=HOUSE)
    with pytest.raises(NotPossible):
        take_down_everywhere(round_, actor=HOUSE, reason=" ")


def test_taking_down_everywhere_is_one_act(world, round_, jobnet_server):
    live(round_, jobnet_server)
    with pytest.raises(PermissionDenied):
        take_down_everywhere(round_, actor=world.ours.actor(Role.HIRING_MANAGER), reason="Nej")

    take_down_everywhere(round_, actor=world.ours.actor(Role.COMMUNICATIONS), reason="Stillingen er trukket")
    work()

    assert set(round_.publications.values_list("state", flat=True)) == {"WITHDRAWN"}
    assert jobnet_server.shown() == []


def test_an_ad_that_is_called_back_comes_down_and_goes_up_anew(round_, jobnet_server):
    live(round_, jobnet_server)
    make(CALL_BACK, round_.case, actor=HOUSE)
    work()
    assert jobnet_server.shown() == []

    round_.case.refresh_from_db()
    announce(round_, ad_content(round_.case), actor=HOUSE)
    work()

    assert len(jobnet_server.shown()) == 1
    assert state(round_) == "PENDING_APPROVAL"


def test_no_ad_stays_longer_than_eight_weeks(world, connection, jobnet_server):
    round_ = advertise(make_case(world.ours, days=90))
    work()

    shown = publication(round_, "JOBNET")
    assert shown.publish_until - shown.publish_from == dt.timedelta(weeks=8)
    with pytest.raises(NotPossible):
        change_publication(shown, actor=HOUSE, publish_until=shown.publish_from + dt.timedelta(days=57))


def test_an_ad_that_a_person_put_up_after_a_failure_is_a_persons_to_take_down(round_, jobnet_server):
    jobnet_server.trouble = {"IsValidJobannonce": [Said(500)] * 6}
    for _ in range(6):
        work()
    mark_live(publication(round_, "JOBNET"), actor=HOUSE, external_url="https://jobnet.example/1")
    assert not deliveries_to_settle().filter(publication__round=round_).exists()

    take_down(publication(round_, "JOBNET"), actor=HOUSE, reason="Trukket")
    work()

    assert deliveries_to_settle().get(publication__round=round_).state == "BY_HAND"


def test_while_the_connection_is_off_the_approval_is_asked_for_later(round_, connection, jobnet_server):
    work()
    Connection.objects.filter(pk=connection.pk).update(active=False)
    work()
    jobnet_server.approve()
    Connection.objects.filter(pk=connection.pk).update(active=True)
    work()

    assert state(round_) == "LIVE"


def test_an_errand_about_what_is_gone_ends_quietly(round_, jobnet_server):
    Delivery.objects.filter(publication__round=round_).delete()

    assert "DONE" in work(kinds=("media",))


def test_a_later_first_day_waits_for_it_less_the_days_of_approval(world, connection, jobnet_server):
    case = make_case(world.ours, days=40)
    from recruitment.advertising.actions import plan_usual_media  # noqa: PLC0415

    plan_usual_media(case.rounds.get(), actor=HOUSE)
    planned = publication(case.rounds.get(), "JOBNET")
    change_publication(planned, actor=HOUSE, publish_from=clock.now() + dt.timedelta(days=5))
    round_ = advertise(case)
    assert state(round_) == "SCHEDULED"

    with clock.shifted(dt.timedelta(days=3)):
        assert send_due() == 0
    with clock.shifted(dt.timedelta(days=4, minutes=1)):
        assert send_due() == 1
        assert send_due() == 0


def test_without_a_connection_a_person_puts_it_up_and_takes_it_down(world):
    round_ = world.ours.round
    mark_live(publication(round_, "JOBNET"), actor=HOUSE, external_url="https://jobnet.example/1")
    announce(round_, ad_content(world.ours.case, html="<p>Rettet</p>"), actor=HOUSE)
    change = deliveries_to_settle().get(publication__round=round_)
    assert (change.act, change.state) == ("UPDATE", "BY_HAND")
    done_by_hand(change, actor=world.ours.actor(Role.COMMUNICATIONS))
    assert not deliveries_to_settle().exists()

    take_down(publication(round_, "JOBNET"), actor=HOUSE, reason="Trukket")

    assert deliveries_to_settle().get().act == "CLOSE"


@pytest.mark.parametrize("role", [Role.HIRING_MANAGER, Role.HR_CASEWORK, Role.ADMINISTRATOR])
def test_others_settle_no_task_of_a_medium(world, role):
    round_ = world.ours.round
    mark_live(publication(round_, "JOBNET"), actor=HOUSE, external_url="https://jobnet.example/1")
    take_down(publication(round_, "JOBNET"), actor=HOUSE, reason="Trukket")
    task = deliveries_to_settle().get()

    with pytest.raises(PermissionDenied):
        done_by_hand(task, actor=world.ours.actor(role))
    with pytest.raises(PermissionDenied):
        try_again(task, actor=world.ours.actor(role))


def test_the_connection_is_tried_without_putting_anything_up(connection, jobnet_server):
    assert try_connection(connection, actor=HOUSE).test_passed is True
    assert jobnet_server.ads == {}

    jobnet_server.key = "another"
    tried = try_connection(connection, actor=HOUSE)
    assert tried.test_passed is False
    assert "Ukendt nøgle" in tried.test_result
