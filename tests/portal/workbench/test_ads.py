"""The workbench's screens about ads: the calendar, what was public, and the institution's rules."""

import datetime as dt

import pytest

from recruitment import clock
from recruitment.access.roles import Role
from recruitment.advertising.actions import announce
from recruitment.advertising.house_rules import rules_of
from tests.factories.world import HOUSE, ad_content

WRITER = Role.COMMUNICATIONS


def test_the_calendar_shows_the_month_of_the_address(world, client):
    client.force_login(world.ours.staff[WRITER])
    deadline = clock.shown(world.ours.round.application_deadline)

    shown = client.get(f"/admin/calendar/?month={deadline:%Y-%m}")
    long_ago = client.get("/admin/calendar/?month=2001-02")

    assert deadline.date() in {entry.day for entry in shown.context["found"]}
    assert long_ago.context["found"] == []
    assert long_ago.context["first"] == dt.date(2001, 2, 1)


@pytest.mark.parametrize("month", ["", "2026-13", "ikke-en-dato", "0000-01", "99999-01"])
def test_a_month_that_is_none_shows_this_one(world, client, month):
    client.force_login(world.ours.staff[WRITER])

    shown = client.get("/admin/calendar/", {"month": month, "unit": "x", "medium": "y", "kind": "z"})

    assert (shown.status_code, shown.context["first"]) == (200, clock.today().replace(day=1))


def test_a_case_that_is_advertised_again_is_marked_in_the_list(world, client):
    client.force_login(world.ours.staff[WRITER])
    marks = lambda: [case.is_readvertised for case in client.get("/admin/cases/").context["page"]]  # noqa: E731

    before = marks()
    world.ours.case.rounds.update(is_readvertisement=True)

    assert (before, marks()) == ([False], [True])


def test_the_feed_is_made_read_and_ended(world, client):
    client.force_login(world.ours.staff[WRITER])
    address = client.post("/admin/calendar/feed/").context["address"]
    path = address[address.index("/kalender/") :]
    client.logout()

    read = client.get(path)

    assert (read.status_code, read.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert world.ours.case.case_number in read.content.decode()
    client.force_login(world.ours.staff[WRITER])
    client.post("/admin/calendar/feed/", {"button": "end"})
    assert client.get(path).status_code == 404


def test_what_was_public_is_shown_for_an_instant(world, client):
    case = world.ours.case
    first = case.rounds.get().advertisements.get()
    with clock.shifted(dt.timedelta(hours=2)):
        announce(case.rounds.get(), ad_content(case, text="Nye ord", html="<p>Nye ord</p>"), actor=HOUSE)
    client.force_login(world.ours.staff[Role.HR_EXTENDED])
    then = (first.published_at + dt.timedelta(hours=1)).astimezone(clock.COPENHAGEN)

    shown = client.get(f"/admin/cases/{case.pk}/versions/", {"at": f"{then:%Y-%m-%dT%H:%M}"})

    assert shown.context["standing"] == [first]
    assert len(shown.context["versions"]) == 2


def test_a_time_that_is_none_is_told(world, client):
    client.force_login(world.ours.staff[Role.HR_EXTENDED])

    answer = client.get(f"/admin/cases/{world.ours.case.pk}/versions/", {"at": "i går"})

    assert answer.status_code == 422


def test_a_version_is_compared_with_the_one_before_or_the_one_that_is_named(world, client):
    case = world.ours.case
    first = case.rounds.get().advertisements.get()
    second = announce(case.rounds.get(), ad_content(case, text="Nye ord"), actor=HOUSE)
    third = announce(case.rounds.get(), ad_content(case, text="Helt nye ord"), actor=HOUSE)
    client.force_login(world.ours.staff[WRITER])
    address = f"/admin/cases/{case.pk}/versions/{third.pk}/"

    usual, named, nonsense = (
        client.get(address),
        client.get(f"{address}?from={first.pk}"),
        client.get(f"{address}?from=x"),
    )

    assert [each.context["other"] for each in (usual, named, nonsense)] == [second, first, second]
    assert (
        client.get(f"/admin/cases/{case.pk}/versions/{world.theirs.round.advertisements.get().pk}/").status_code == 404
    )


def test_the_rules_for_ads_are_kept_and_bad_lines_are_told(world, client):
    client.force_login(world.ours.staff[WRITER])
    address = f"/admin/setup/{world.ours.institution.pk}/ads/"

    kept = client.post(
        address, {"used": ["length"], "unwanted": "robust = rolig\n\ndynamisk", "manager_approves": "on"}
    )
    refused = client.post(address, {"used": [], "unwanted": "x" * 61})

    rules = rules_of(world.ours.institution)
    assert (kept.status_code, refused.status_code) == (302, 422)
    assert rules.unwanted == [["robust", "rolig"], ["dynamisk", ""]]
    assert "length" not in rules.switched_off
    assert "readability" in rules.switched_off
    assert rules.manager_approves


def test_what_the_law_decides_is_not_switched_off_by_a_forged_form(world, client):
    client.force_login(world.ours.staff[WRITER])

    answer = client.post(f"/admin/setup/{world.ours.institution.pk}/ads/", {"used": ["gender"]})

    assert answer.status_code == 422
    assert rules_of(world.ours.institution).switched_off == []


@pytest.mark.parametrize("role", [Role.HR_EXTENDED, Role.HIRING_MANAGER])
def test_who_writes_no_templates_sets_no_rules(world, client, role):
    client.force_login(world.ours.staff[role])

    assert client.get(f"/admin/setup/{world.ours.institution.pk}/ads/").status_code == 404
    assert client.get("/admin/setup/ads/").status_code == 404


def test_the_way_to_ones_own_rules(world, client):
    client.force_login(world.ours.staff[WRITER])

    assert client.get("/admin/setup/ads/").headers["Location"] == f"/admin/setup/{world.ours.institution.pk}/ads/"
