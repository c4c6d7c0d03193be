"""Advertising again, going on without advertising, and ending a recruitment that is under way."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from recruitment import clock
from recruitment.access.roles import Role
from recruitment.advertising.queries import public_ads
from recruitment.applications.models import Application
from recruitment.cases.lifecycle import current_round
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.moving import (
    advertise_case,
    approve_case,
    assess_without_advertising,
    cancel_running_case,
    close_round,
    drop_readvertising,
    readvertise_case,
)
from recruitment.errors import NotPossible
from recruitment.mail.models import Message
from recruitment.timetable import pass_deadlines
from tests.factories.world import HOUSE, advertise, make_application, make_case


def in_days(days: int) -> dt.datetime:
    return clock.end_of_minute(clock.now() + dt.timedelta(days=days))


def codes(refusal) -> set[str]:
    return {obstacle.code for obstacle in refusal.value.obstacles}


@pytest.fixture
def assessed(world) -> RecruitmentCase:
    """Ours, with one application, past its deadline."""
    with clock.shifted(dt.timedelta(days=22)):
        pass_deadlines()
    return RecruitmentCase.objects.get(pk=world.ours.case.pk)


def again(case, actor=HOUSE, days: int = 50, reason: str = "For få kvalificerede."):
    return readvertise_case(case, actor=actor, reason=reason, deadline=in_days(days))


def test_a_second_round_goes_by_the_same_guards_as_the_first(world, assessed):
    round_ = again(assessed, world.ours.actor(Role.HR_EXTENDED))
    assessed.refresh_from_db()
    assert (assessed.state, round_.number, round_.is_readvertisement, current_round(assessed)) == (
        "READY",
        2,
        True,
        round_,
    )

    with pytest.raises(NotPossible) as refusal:
        advertise_case(assessed, actor=HOUSE)
    assert codes(refusal) == {"jobnet"}

    advertise(assessed)
    assert assessed.state == "ADVERTISED"
    assert [ad.round for ad in public_ads().filter(round__case=assessed)] == [round_]


def test_the_second_round_too_needs_fourteen_days_or_a_reason(world, assessed):
    with clock.shifted(dt.timedelta(days=22)):
        again(assessed, days=5)
        assessed.refresh_from_db()
        with pytest.raises(NotPossible) as refusal:
            advertise(assessed)
    assert codes(refusal) == {"short_period"}


@pytest.mark.parametrize(
    ("reason", "days", "code"),
    [("", 50, "reason_missing"), (" ", 50, "reason_missing"), ("Ja.", -1, "deadline_passed")],
)
def test_no_new_round_without_a_reason_and_a_deadline_ahead(world, assessed, reason, days, code):
    with pytest.raises(NotPossible) as refusal:
        again(assessed, days=days, reason=reason)

    assert codes(refusal) == {code}
    assert assessed.rounds.count() == 1


def test_those_who_have_applied_keep_their_applications_and_are_told_when_the_ad_is_out(world, assessed):
    again(assessed)
    assert not Message.objects.filter(code="CASE_READVERTISED").exists()

    assessed.refresh_from_db()
    advertise(assessed)

    world.application.refresh_from_db()
    assert (world.application.state, world.application.round.number) == ("UNDER_REVIEW", 1)
    assert list(Message.objects.filter(code="CASE_READVERTISED").values_list("application", flat=True)) == [
        world.application.pk
    ]


def test_nobody_who_has_withdrawn_or_been_answered_is_told(world, assessed):
    Application.objects.filter(pk=world.application.pk).update(state="REJECTED")
    again(assessed)
    assessed.refresh_from_db()
    advertise(assessed)

    assert not Message.objects.filter(code="CASE_READVERTISED").exists()


def test_the_second_deadline_brings_the_case_and_the_new_ones_on(world, assessed):
    again(assessed)
    assessed.refresh_from_db()
    new = make_application(advertise(assessed), email="ny@ansoeger.example")

    with clock.shifted(dt.timedelta(days=51)):
        close_round(current_round(assessed))
        pass_deadlines()

    assessed.refresh_from_db()
    assert (assessed.state, new.round.number) == ("ASSESSING", 2)


def test_a_new_round_that_never_opened_can_be_dropped(world, assessed):
    first = assessed.rounds.get()
    again(assessed)

    case = drop_readvertising(assessed, actor=world.ours.actor(Role.HR_EXTENDED))

    assert (case.state, current_round(case)) == ("ASSESSING", first)


def test_a_case_that_was_never_out_has_nothing_to_go_back_to(world):
    case = approve_case(make_case(world.ours), actor=HOUSE)
    with pytest.raises(NotPossible) as refusal:
        drop_readvertising(case, actor=HOUSE)
    assert codes(refusal) == {"not_advertised"}


def test_without_an_exemption_a_case_must_be_advertised(world):
    case = approve_case(make_case(world.ours), actor=HOUSE)
    with pytest.raises(NotPossible) as refusal:
        assess_without_advertising(case, actor=HOUSE)
    assert codes(refusal) == {"advertising_required"}


def test_an_exempt_case_goes_on_without_an_ad(world):
    exempt = {
        "advertising_required": False, "advertising_exemption": "TEMP_UNDER_1_YEAR", "advertising_exemption_reason": "Ti måneder.",
    }  # fmt: skip
    case = approve_case(make_case(world.ours, **exempt), actor=HOUSE)

    case = assess_without_advertising(case, actor=world.ours.actor(Role.HR_EXTENDED))

    assert (case.state, current_round(case).opens_at is not None) == ("ASSESSING", True)
    assert not public_ads().filter(round__case=case).exists()


@pytest.mark.parametrize("role", [Role.HR_CASEWORK, Role.HIRING_MANAGER, Role.HIRING_COMMITTEE, Role.COMMUNICATIONS])
def test_others_neither_advertise_again_nor_end_the_case(world, assessed, role):
    with pytest.raises(PermissionDenied):
        again(assessed, world.ours.actor(role))
    with pytest.raises(PermissionDenied):
        cancel_running_case(assessed, actor=world.ours.actor(role), reason="Nej.")


def test_a_running_case_ends_when_everybody_has_an_answer(world, assessed):
    actor = world.ours.actor(Role.HR_EXTENDED)
    with pytest.raises(NotPossible) as refusal:
        cancel_running_case(assessed, actor=actor, reason="Stillingen er sparet væk.")
    assert codes(refusal) == {"unanswered"}

    Application.objects.filter(pk=world.application.pk).update(answer_delivered_at=clock.now())
    case = cancel_running_case(assessed, actor=actor, reason="Stillingen er sparet væk.")

    assert (case.state, case.outcome) == ("CLOSED", "CANCELLED")


def test_an_advertised_case_that_is_cancelled_is_shown_nowhere(world):
    case = make_case(world.ours)
    advertise(case)
    live = case.rounds.get().publications.filter(state="LIVE").exclude(medium__kind__in=["OWN_SITE", "INTRANET"])
    live_before = live.count()

    cancel_running_case(case, actor=HOUSE, reason="Budgettet.")

    assert not public_ads().filter(round__case=case).exists()
    assert live.count() <= live_before
    assert not case.rounds.get().publications.filter(state="SCHEDULED", medium__code="JOBNET").exists()


def test_hr_with_limited_rights_does_not_end_a_running_case(world):
    with pytest.raises(PermissionDenied):
        cancel_running_case(world.ours.case, actor=world.ours.actor(Role.HR_LIMITED), reason="Nej.")


def test_advertising_again_undoes_the_later_steps_of_the_plan(world, assessed):
    assessed.plan.activities.filter(kind__in=["KICKOFF", "SCREENING_MEETING"]).update(done_at=clock.now())

    again(assessed)

    done = set(assessed.plan.activities.filter(done_at__isnull=False).values_list("kind", flat=True))
    assert "KICKOFF" in done
    assert not done & {"SCREENING_MEETING", "PUBLISH_EXTERNAL", "DEADLINE"}
