"""A job analysis: asked by link, answered without an account, ended in the profile."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from recruitment import clock
from recruitment.access.roles import Role
from recruitment.cases.moving import cancel_case
from recruitment.errors import NotPossible
from recruitment.mail.models import Message
from recruitment.planning.analysis import (
    answer,
    ask_about_job,
    contribution_behind,
    end_link,
    link_of,
    write_profile_from,
)
from recruitment.planning.analysis_models import Contribution
from tests.factories.world import HOUSE, make_case


@pytest.fixture
def asked(world):
    """Somebody outside the house, asked about a draft of ours."""
    case = make_case(world.ours)
    (row,) = ask_about_job(
        case, ["Kollega@Andetsted.example"], actor=world.ours.actor(Role.HIRING_MANAGER), role_in_job="nabo"
    )
    return row


def token_of(row: Contribution) -> str:
    return link_of(row).rstrip("/").rsplit("/", 1)[1]


def test_whoever_is_asked_gets_a_letter_with_their_own_link(world, asked):
    letter = Message.objects.get(code="STAFF_JOB_ANALYSIS")

    assert (letter.recipient, asked.email) == ("kollega@andetsted.example", "kollega@andetsted.example")
    assert link_of(asked) in letter.text
    assert contribution_behind(token_of(asked)) == asked


def test_a_colleague_of_the_house_is_known(world):
    user = world.ours.staff[Role.HIRING_COMMITTEE]
    (row,) = ask_about_job(make_case(world.ours), [user.email.upper()], actor=HOUSE)

    assert (row.user, row.name) == (user, str(user))


def test_answers_can_be_changed_until_the_profile_is_written(world, asked):
    answer(asked, {"tasks": "Føre tilsyn"}, name="Ida")
    answer(asked, {"tasks": "Skrive afgørelser"}, name="Ida")
    asked.refresh_from_db()
    assert (asked.tasks, asked.name) == ("Skrive afgørelser", "Ida")

    write_profile_from(asked.analysis.case, {}, actor=HOUSE)
    with pytest.raises(Contribution.DoesNotExist):
        contribution_behind(token_of(asked))


@pytest.mark.parametrize("said", [{}, {"tasks": "  "}, {"tasks": "x" * 4001}, {"udenfor": "ja"}])
def test_nothing_and_a_book_are_no_answers(asked, said):
    with pytest.raises(ValidationError):
        answer(asked, said)


def test_a_link_ends_with_its_time_with_a_word_and_with_its_case(world, asked):
    with clock.shifted(dt.timedelta(days=22)), pytest.raises(Contribution.DoesNotExist):
        contribution_behind(token_of(asked))
    (other,) = ask_about_job(asked.analysis.case, ["anden@andetsted.example"], actor=HOUSE)
    end_link(other, actor=world.ours.actor(Role.HR_EXTENDED))
    with pytest.raises(Contribution.DoesNotExist):
        contribution_behind(token_of(other))

    cancel_case(asked.analysis.case, actor=HOUSE, reason="Budgettet.")
    with pytest.raises(Contribution.DoesNotExist):
        contribution_behind(token_of(asked))


@pytest.mark.parametrize("token", ["", "nej", "01a215d7-7926-7fe3-bedf-cf6c4734012d"])
def test_a_link_that_was_made_up_opens_nothing(world, token):
    with pytest.raises(Contribution.DoesNotExist):
        contribution_behind(token)


def test_somebody_who_is_asked_again_keeps_what_they_said(world, asked):
    answer(asked, {"tasks": "Føre tilsyn"})
    ask_about_job(asked.analysis.case, [asked.email], actor=HOUSE)

    assert Contribution.objects.get().tasks == "Føre tilsyn"


def test_nobody_and_too_many_are_refused(world):
    for addresses in ([], [" "], [f"n{n}@andetsted.example" for n in range(21)]):
        with pytest.raises(NotPossible):
            ask_about_job(world.ours.case, addresses, actor=HOUSE)


@pytest.mark.parametrize("role", [Role.HR_CASEWORK, Role.HIRING_COMMITTEE, Role.ADMIN_SUPPORT, Role.COMMUNICATIONS])
def test_others_neither_ask_nor_take_over(world, role):
    actor = world.ours.actor(role)
    with pytest.raises(PermissionDenied):
        ask_about_job(world.ours.case, ["x@andetsted.example"], actor=actor)
    with pytest.raises(PermissionDenied):
        write_profile_from(world.ours.case, {"tasks": ["Nej"]}, actor=actor)


def test_it_ends_in_the_profile_each_line_once(world, asked):
    case = asked.analysis.case
    chosen = {
        "tasks": ["Føre tilsyn", "Holde oplæg"], "movable_tasks": ["Arkivet"], "professional": ["Forvaltningsret", "Excel"],
        "personal": ["Tålmodig", "tålmodig"], "success_criteria": ["Afgørelser holder"],
    }  # fmt: skip

    profile = write_profile_from(case, chosen, actor=world.ours.actor(Role.HIRING_MANAGER))

    assert profile.task_list() == ["Føre tilsyn", "Skrive afgørelser", "Holde oplæg"]
    assert (profile.redistribution_note, profile.success_criteria) == ("Arkivet", "Afgørelser holder")
    assert list(profile.competences.values_list("name_da", "kind", "must_have")) == [
        ("Forvaltningsret", "PROFESSIONAL", True), ("Klar formidling", "PROFESSIONAL", False),
        ("Excel", "PROFESSIONAL", False), ("Tålmodig", "PERSONAL", False),
    ]  # fmt: skip
    assert case.plan.activities.get(kind="JOB_ANALYSIS").done_by == case.hiring_manager
