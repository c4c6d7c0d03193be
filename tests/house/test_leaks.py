"""Every address of the admin, Wagtail's own among them, for people who must not meet ours: no word of a row, file or search.

What is looked for could be found: each word is shown to somebody of ours, and is found where a guard is taken away.
"""

import copy
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.db import transaction

from portal import guard
from portal.workbench.closed import ClosedScreensMiddleware
from recruitment.access import decide
from recruitment.access.actions import grant_role, seat_member
from recruitment.access.roles import LEVEL_ROLES, Role
from tests.factories.world import HOUSE, declare_all, make_case, make_user, make_world
from tests.house.leaks import PERSON, addresses, mark, shown_to

# Wagtail leaves a picture's temporary file to the garbage collector when it makes a rendition.
pytestmark = [
    pytest.mark.gate,
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker) -> Iterator[SimpleNamespace]:
    """Made once for the file, in a transaction that is rolled back after it."""
    held = transaction.atomic()
    with django_db_blocker.unblock():
        held.__enter__()
        world = make_world()
        declare_all(world.ours)
        declare_all(world.theirs)
        mark(world)
    yield world
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        held.__exit__(None, None, None)


@pytest.fixture
def world(made: SimpleNamespace, db: None) -> SimpleNamespace:
    return copy.copy(made)


@pytest.fixture
def look(world, client):
    """What the admin shows to this person, at all addresses or at those whose name has one of these beginnings."""

    def looking(user, *beginnings: str):
        if user is not None:
            client.force_login(user)
        among = [a for a in addresses(world) if not beginnings or a.name.startswith(beginnings)]
        assert among
        return shown_to(client, among)

    return looking


def with_all_roles(employer, case, **at):
    """One person with every role: roles add up (INV-5, tests/recruitment/access), so nobody there meets more."""
    user = make_user(f"alle@{employer.institution.slug}.example")
    for role in Role:
        if role in LEVEL_ROLES:
            seat_at = None if role in {Role.ADMINISTRATOR, Role.COMMUNICATIONS} else at["unit"]
            grant_role(user, role, institution=employer.institution, unit=seat_at, actor=HOUSE)
        else:
            seat_member(case, user, role, actor=HOUSE)
    return user


def test_who_has_every_role_in_another_institution_is_nowhere_shown_a_word_of_ours(world, look):
    theirs = world.theirs

    assert look(with_all_roles(theirs, theirs.case, unit=theirs.unit)) == {}


@pytest.mark.parametrize("role", list(Role))
def test_nobody_of_another_institution_is_shown_a_word_of_ours(world, look, role):
    assert look(world.theirs.staff[role], "workbench", "wagtailadmin_home", "wagtailadmin_explore") == {}


def test_a_stranger_is_shown_no_word_of_ours(look):
    assert look(None) == {}


def test_an_applicant_of_ours_is_shown_no_word_of_ours(world, look):
    assert look(make_user(world.application.candidate.email)) == {}


OF_THE_CASE = (*PERSON, "Mærkværdig", "Gemt spørgsmål", "Tavs Klient")
#: Who is in a pool has let the employer keep them, not one of its units: all its HR may look for them, and for nothing else.
IN_A_POOL = ("workbench:pool", "workbench:pool_member", "workbench:pool_remove")


def of_the_case(seen: dict[str, set[str]]) -> dict[str, set[str]]:
    """What is shown of the case and its applicants; the name of a pool's member is not of the case."""
    found = {word: seen[word] for word in OF_THE_CASE if word in seen}
    if "Søgerhemmelig" in found:
        found["Søgerhemmelig"] = {place for place in found["Søgerhemmelig"] if place.split(" ")[0] not in IN_A_POOL}
    return {word: places for word, places in found.items() if places}


@pytest.mark.parametrize("role", [Role.HR_EXTENDED, Role.HIRING_MANAGER, Role.ADMIN_SUPPORT])
def test_nobody_of_ours_with_another_unit_or_case_is_shown_the_case_or_its_applicants(world, look, role):
    user, ours = make_user("nabo@ours.example"), world.ours
    if role in LEVEL_ROLES:
        grant_role(user, role, institution=ours.institution, unit=ours.sibling, actor=HOUSE)
    else:
        seat_member(make_case(ours), user, role, actor=HOUSE)

    seen = look(user, "workbench", "wagtailadmin_home", "wagtailadmin_explore")

    assert of_the_case(seen) == {}


def test_who_has_all_of_them_meets_it_nowhere_else_either(world, look):
    user, ours = make_user("naboer@ours.example"), world.ours
    grant_role(user, Role.HR_EXTENDED, institution=ours.institution, unit=ours.sibling, actor=HOUSE)
    for role in (Role.HIRING_MANAGER, Role.ADMIN_SUPPORT):
        seat_member(make_case(ours), user, role, actor=HOUSE)

    seen = look(user)

    assert of_the_case(seen) == {}


class TestOurOwn:
    """Who of ours meets the person: the other half of the matrix, and the proof that there is something to be found."""

    def test_those_who_set_up_and_write_meet_no_applicant(self, world, look):
        both = world.ours.staff[Role.ADMINISTRATOR]
        grant_role(both, Role.COMMUNICATIONS, institution=world.ours.institution, unit=None, actor=HOUSE)

        seen = look(both)

        assert {word: seen[word] for word in PERSON if word in seen} == {}
        assert {"Mærkværdig", "Lønlig", "Skjult Enhed", "Dulgt Layout", "Dulgt Skabelon", "Dulgt Afsnit", "Dulgt Billede",
                "Tavs Klient", "Gemt Arbejdssted"} <= set(seen)  # fmt: skip

    def test_support_meets_the_name_but_neither_words_nor_files(self, world, look):
        seen = look(world.ours.staff[Role.ADMIN_SUPPORT], "workbench", "wagtailadmin_home")

        assert set(seen) & set(PERSON) == {"Søgerhemmelig"}

    def test_hr_meets_all_of_the_person_and_nothing_of_the_set_up(self, world, look):
        seen = look(world.ours.staff[Role.HR_EXTENDED], "workbench", "wagtailadmin_home")

        assert {*PERSON, "Mærkværdig", "Gemt spørgsmål", "Gemt Mødelokale"} <= set(seen)
        assert "Tavs Klient" not in seen

    def test_the_operator_could_be_shown_what_nobody_of_ours_is(self, world, look):
        operator = make_user("drift@portal.example", is_superuser=True)

        assert "Dulgt Dokument" in look(operator, "wagtaildocs", "wagtailadmin_api", "bulk")


class TestWithoutAGuard:
    """The walk finds what leaks when one guard is missing."""

    def test_rows_of_snippets(self, world, look, monkeypatch):
        monkeypatch.setattr(guard.GuardedRows, "rows", lambda self, _request, **_lent: self.model.objects.all())
        monkeypatch.setattr(guard.GuardedRows, "narrow", lambda _self, _request, queryset, **_lent: queryset)

        seen = look(world.theirs.staff[Role.COMMUNICATIONS], "wagtailsnippets", "wagtailsnippetchoosers")

        assert {"Dulgt Layout", "Dulgt Skabelon", "Dulgt Afsnit"} <= set(seen)

    def test_screens_of_pages(self, world, look, monkeypatch):
        monkeypatch.setattr(ClosedScreensMiddleware, "process_view", lambda *_: None)

        assert "Mærkværdig" in look(world.theirs.staff[Role.HR_EXTENDED], "wagtailadmin_pages", "wagtailadmin_reports")

    def test_bulk_actions(self, world, look, monkeypatch):
        monkeypatch.setattr(guard, "_in_reach", lambda _request, model: model.objects.all())

        assert {"Mærkværdig", "Dulgt Billede", "Dulgt Dokument"} <= set(
            look(world.theirs.staff[Role.COMMUNICATIONS], "bulk")
        )

    def test_the_ground_of_every_right(self, world, look, monkeypatch):
        monkeypatch.setattr(decide, "_ground_of_person", lambda *_: decide.Ground(everywhere=True))

        seen = look(world.theirs.staff[Role.HR_EXTENDED], "workbench")

        assert {"Søgerhemmelig", "Mærkværdig", "Lønlig", "Gemt Arbejdssted", "Gemt spørgsmål"} <= set(seen)
