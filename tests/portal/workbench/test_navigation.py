"""The tabs of a case and of the set-up: gathered where there are many, and only those one may open."""

import re

import pytest
from django.urls import reverse

from portal.workbench.tabs import ONE_ROW, TABS
from recruitment.access.decide import may
from recruitment.access.roles import Role
from recruitment.cases.models import RecruitmentCase
from recruitment.people.actor import Actor

NAV = re.compile(r'<nav class="workbench-tabs[^>]*>.*?</nav>', re.DOTALL)
ADDRESS = re.compile(r'href="([^"]+)"')


def rows_of(client, address: str) -> list[list[str]]:
    """The addresses of each row of tabs."""
    shown = client.get(address).content.decode()
    return [ADDRESS.findall(row) for row in NAV.findall(shown)]


def address(world, name: str) -> str:
    return reverse(name, args=[world.ours.case.pk])


def test_the_tabs_of_hr_stand_under_headings_and_each_is_two_clicks_away(declared, sign_in):
    """From wherever one is: a heading leads to its first tab, and there the others stand."""
    client = sign_in(Role.HR_EXTENDED)
    (headings,) = rows_of(client, address(declared, "workbench:case"))
    assert len(headings) <= ONE_ROW

    reached = set(headings)
    for heading in headings:
        reached.update(*rows_of(client, heading))

    actor = Actor.person(declared.ours.staff[Role.HR_EXTENDED])
    rights = {address(declared, url) for _n, _h, _l, url, right in TABS if may(actor, right, declared.ours.case)}
    assert reached == rights


@pytest.mark.parametrize("role", [Role.HIRING_COMMITTEE, Role.ADMIN_SUPPORT, Role.HIRING_MANAGER, Role.HR_CASEWORK])
def test_nobody_is_shown_a_tab_that_is_shut(declared, sign_in, role):
    client = sign_in(role)
    shown = {each for row in rows_of(client, address(declared, "workbench:applications")) for each in row}

    assert address(declared, "workbench:applications") in shown
    assert {each: client.get(each).status_code for each in shown} == dict.fromkeys(shown, 200)


def test_few_tabs_stand_in_one_row(declared, sign_in):
    rows = rows_of(sign_in(Role.HIRING_COMMITTEE), address(declared, "workbench:applications"))

    assert len(rows) == 1
    assert address(declared, "workbench:interviews") in rows[0]


def test_the_heading_of_the_phase_is_marked(declared, sign_in):
    client = sign_in(Role.HR_EXTENDED)

    def marked() -> list[str]:
        shown = client.get(address(declared, "workbench:plan")).content.decode()
        return re.findall(r'<li data-phase><a href="([^"]+)"', shown)

    RecruitmentCase.objects.filter(pk=declared.ours.case.pk).update(state="INTERVIEWING")
    assert marked() == [address(declared, "workbench:applications")]
    RecruitmentCase.objects.filter(pk=declared.ours.case.pk).update(state="DECIDING")
    assert marked() == [address(declared, "workbench:decision")]


def test_the_set_up_is_gathered_too(world, sign_in):
    client = sign_in(Role.ADMINISTRATOR)
    first = reverse("workbench:first_steps", args=[world.ours.institution.pk])
    (headings,) = rows_of(client, first)
    reached = set(headings).union(*(row for each in headings for row in rows_of(client, each)))

    assert len(headings) <= ONE_ROW
    assert reverse("workbench:stages", args=[world.ours.institution.pk]) in reached
