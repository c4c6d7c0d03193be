"""Advice beside the work, the institution's own words for it, and the tour for newcomers on a committee."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from recruitment import clock
from recruitment.access.roles import Role
from recruitment.cases.advice import AdviceStep, AdviceText
from recruitment.cases.advising import advice_for, all_advice, shipped_advice, write_advice


def test_every_step_has_advice_in_both_languages_with_the_day_it_was_right():
    for step in AdviceStep:
        danish, english = shipped_advice(step, "da"), shipped_advice(step, "en")
        assert len(danish.lines) == len(english.lines) >= 2
        assert danish.as_of >= dt.date(2026, 11, 26)


@pytest.mark.parametrize(("name", "step"), [
    ("case", "AD"), ("profile", "PROFILE"), ("form", "FORM"), ("media", "AD"), ("members", "PLAN"), ("applications", "SELECTION"),
    ("interviews", "INTERVIEWS"),
])  # fmt: skip
def test_each_tab_shows_the_advice_of_its_step(declared, sign_in, name, step):
    page = sign_in(Role.HR_EXTENDED).get(reverse(f"workbench:{name}", args=[declared.ours.case.pk]))

    assert page.context["advice"].step == step


def test_an_institutions_own_advice_stands_there_with_todays_date_and_nowhere_else(declared, sign_in):
    ours, theirs = declared.ours, declared.theirs
    address = reverse("workbench:advice_one", args=[ours.institution.pk, "INTERVIEWS", "da"])

    sign_in(Role.COMMUNICATIONS).post(address, {"text": "Hold samtaler i det store lokale.\n\nHusk vand."})

    found = advice_for(ours.institution.pk, AdviceStep.INTERVIEWS, "da")
    assert (found.lines, found.as_of, found.is_own) == (
        ("Hold samtaler i det store lokale.", "Husk vand."), clock.today(), True,
    )  # fmt: skip
    assert not advice_for(theirs.institution.pk, AdviceStep.INTERVIEWS, "da").is_own
    page = sign_in(Role.HR_EXTENDED).get(reverse("workbench:interviews", args=[ours.case.pk]))
    assert page.context["advice"].lines == found.lines
    assert all_advice(ours.institution.pk)["INTERVIEWS", "da"] == found


def test_own_advice_can_be_empty_and_can_be_taken_back(declared, sign_in):
    ours = declared.ours
    client = sign_in(Role.ADMINISTRATOR)
    address = reverse("workbench:advice_one", args=[ours.institution.pk, "FORM", "da"])

    client.post(address, {"text": ""})
    assert sign_in(Role.HR_EXTENDED).get(reverse("workbench:form", args=[ours.case.pk])).context["advice"] is None
    sign_in(Role.ADMINISTRATOR).post(address, {"button": "shipped"})

    assert not AdviceText.objects.exists()


@pytest.mark.parametrize("role", [Role.HR_EXTENDED, Role.HIRING_MANAGER, Role.HIRING_COMMITTEE])
def test_nobody_else_writes_the_institutions_advice(world, role):
    with pytest.raises(PermissionDenied):
        write_advice(world.ours.institution, AdviceStep.PLAN, "da", "Nej.", actor=world.ours.actor(role))


def test_what_is_no_step_or_too_long_gets_its_answer(world, sign_in):
    client, key = sign_in(Role.ADMINISTRATOR), world.ours.institution.pk

    assert client.get(reverse("workbench:advice_one", args=[key, "NOWHERE", "da"])).status_code == 404
    assert client.get(reverse("workbench:advice_one", args=[key, "PLAN", "xx"])).status_code == 404
    assert client.get(reverse("workbench:advice", args=[world.theirs.institution.pk])).status_code == 404
    assert (
        client.post(reverse("workbench:advice_one", args=[key, "PLAN", "da"]), {"text": "x" * 4001}).status_code == 422
    )


@pytest.mark.parametrize(("role", "stops"), [
    (Role.HIRING_COMMITTEE, 4), (Role.ASSESSMENT_COMMITTEE, 3), (Role.HIRING_MANAGER, 0), (Role.HR_EXTENDED, 0),
])  # fmt: skip
def test_newcomers_on_a_committee_are_shown_round_until_they_put_it_away(world, sign_in, role, stops):
    client, case = sign_in(role), world.ours.case
    page = client.get(reverse("workbench:case", args=[case.pk]))
    assert len(page.context["tour"]) == stops
    for _heading, _words, address in page.context["tour"]:
        assert client.get(address).status_code == 200

    client.post(reverse("workbench:tour_seen", args=[case.pk]))

    assert client.get(reverse("workbench:case", args=[case.pk])).context["tour"] == []
