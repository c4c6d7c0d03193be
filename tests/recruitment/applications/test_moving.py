"""Many moved in one act: looked at first, with a reason where answers will be written from it, and led back."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from recruitment import clock
from recruitment.access.roles import Role
from recruitment.applications.lifecycle import SHORTLIST
from recruitment.applications.models import Application, ApplicationState
from recruitment.applications.moving import forecast, last_undoable, move_many, shortlist_reason, undo
from recruitment.errors import NotPossible
from tests.factories.assessing import to_assessment


@pytest.fixture
def many(world):
    to_assessment(world, more=3)
    world.all = list(Application.objects.filter(case=world.ours.case).order_by("pk"))
    return world


def states(world):
    return sorted(Application.objects.filter(case=world.ours.case).values_list("state", flat=True))


def test_the_forecast_says_who_moves_and_why_the_others_do_not(many):
    Application.objects.filter(pk=many.all[0].pk).update(state=ApplicationState.INVITED)
    rows = list(Application.objects.filter(case=many.ours.case).order_by("pk"))

    seen = forecast(SHORTLIST, rows)

    assert seen.moving == rows[1:]
    assert [row for row, _why in seen.staying] == rows[:1]


def test_shortlisting_keeps_the_reason_and_raises_the_stage(many):
    actor = many.ours.actor(Role.HIRING_MANAGER)
    with pytest.raises(NotPossible) as refused:
        move_many(many.ours.case, "shortlist", many.all[:2], actor=actor, reason="  ")
    assert [o.code for o in refused.value.obstacles] == ["reason_missing"]

    move_many(many.ours.case, "shortlist", many.all[:2], actor=actor, reason="Kender forvaltningsret")

    moved = Application.objects.get(pk=many.all[0].pk)
    assert (moved.state, moved.stage_reached, shortlist_reason(moved)) == ("SHORTLISTED", 20, "Kender forvaltningsret")
    assert shortlist_reason(many.all[3]) == ""


def test_undoing_leads_each_back_to_where_it_was_with_its_stage(many):
    actor = many.ours.actor(Role.HR_CASEWORK)
    move_many(many.ours.case, "reserve", many.all[:1], actor=actor)
    rows = list(Application.objects.filter(case=many.ours.case).order_by("pk"))
    done = move_many(many.ours.case, "shortlist", rows, actor=actor, reason="Alle")
    assert states(many) == ["SHORTLISTED"] * 4

    assert undo(done, actor=actor) == 4
    assert states(many) == ["RESERVE", "UNDER_REVIEW", "UNDER_REVIEW", "UNDER_REVIEW"]
    assert set(Application.objects.filter(case=many.ours.case).values_list("stage_reached", flat=True)) == {10}
    with pytest.raises(NotPossible):
        undo(done, actor=actor)


def test_undoing_back_to_the_shortlist(many):
    actor = many.ours.actor(Role.HR_CASEWORK)
    move_many(many.ours.case, "shortlist", many.all, actor=actor, reason="Alle")
    rows = list(Application.objects.filter(case=many.ours.case))
    done = move_many(many.ours.case, "review_again", rows, actor=actor)
    assert undo(done, actor=actor) == 4
    assert states(many) == ["SHORTLISTED"] * 4


def test_who_has_moved_on_stays_there(many):
    actor = many.ours.actor(Role.HR_CASEWORK)
    done = move_many(many.ours.case, "shortlist", many.all, actor=actor, reason="Alle")
    Application.objects.filter(pk=many.all[0].pk).update(state=ApplicationState.INVITED)
    assert undo(done, actor=actor) == 3
    assert Application.objects.get(pk=many.all[0].pk).state == "INVITED"


def test_yesterdays_act_is_not_undone(many):
    actor = many.ours.actor(Role.HR_CASEWORK)
    done = move_many(many.ours.case, "reserve", many.all, actor=actor)
    assert last_undoable(many.ours.case, actor) == done
    with clock.shifted(dt.timedelta(hours=13)):
        assert last_undoable(many.ours.case, actor) is None
        with pytest.raises(NotPossible) as refused:
            undo(done, actor=actor)
    assert [o.code for o in refused.value.obstacles] == ["too_late"]


def test_nobody_to_move_is_a_refusal(many):
    with pytest.raises(NotPossible) as refused:
        move_many(many.ours.case, "review_again", many.all, actor=many.ours.actor(Role.HR_CASEWORK))
    assert [o.code for o in refused.value.obstacles] == ["nobody_moves"]


@pytest.mark.parametrize("role", list(Role))
def test_who_may_move_is_what_d2_says(many, role):
    actor = many.ours.actor(role)
    if role in {Role.HR_EXTENDED, Role.HR_CASEWORK, Role.HR_LIMITED, Role.HIRING_MANAGER}:
        assert len(move_many(many.ours.case, "reserve", many.all, actor=actor).lines) == 4
    else:
        with pytest.raises(PermissionDenied):
            move_many(many.ours.case, "reserve", many.all, actor=actor)
        assert states(many) == ["UNDER_REVIEW"] * 4
