"""Pages: a walk in either direction meets every row once, whatever the order and wherever nulls are."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphql_api.cohort import gathered
from graphql_api.connection import Extent, Listing, page_for, page_of
from graphql_api.errors import Refusal
from graphql_api.seek import Key, beyond, cursor_of, in_order, steps_for, values_in
from recruitment.cases.models import RecruitmentCase
from recruitment.organisation.models import Institution, OrganisationalUnit
from tests.graphql_api.conftest import codes

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
ORDERS = [
    [],
    [Key("advertised_at")],
    [Key("advertised_at", descending=True)],
    [Key("title"), Key("advertised_at", descending=True)],
    [Key("closed_at", descending=True), Key("advertised_at"), Key("title", descending=True)],
    [Key("hiring_manager__email"), Key("created_at")],
]
instants = st.one_of(st.none(), st.integers(0, 3).map(lambda days: START + dt.timedelta(days=days, microseconds=days)))
rows = st.lists(st.tuples(instants, instants, st.sampled_from("aAbæ")), max_size=9)


@pytest.fixture
def unit(db):
    institution = Institution.objects.create(slug="walk", name_da="Walk", cvr_number="99000007")
    return OrganisationalUnit.add_root(institution=institution, name_da="Walk")


def make_cases(unit: Any, values: Any) -> list[RecruitmentCase]:
    """Cases with these (advertised_at, closed_at, title)."""
    return RecruitmentCase.objects.bulk_create(
        RecruitmentCase(
            institution=unit.institution, unit=unit, case_number=str(number), advertised_at=advertised,
            closed_at=closed, title=title,
        )
        for number, (advertised, closed, title) in enumerate(values)
    )  # fmt: skip


def walk(listing: Listing, size: int, *, backwards: bool) -> list[Any]:
    """The keys of all rows, page by page; turns round at the end the order in which a backwards walk meets them."""
    met, cursor, more = [], None, True
    while more:
        around = {"before" if backwards else "after": cursor}
        page = page_of(listing, Extent(size, backwards=backwards, **around))
        keys = [row.pk for row in page.rows]
        met = keys + met if backwards else met + keys
        more = page.has_previous if backwards else page.has_next
        cursor = cursor_of(page.rows[0 if backwards else -1], page.steps) if more else None
    return met


@pytest.mark.parametrize("order", ORDERS, ids=str)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=rows, size=st.integers(1, 4))
def test_a_walk_meets_every_row_once_forwards_and_backwards(unit, order, values, size):
    RecruitmentCase.objects.all().delete()
    made = {case.pk for case in make_cases(unit, values)}
    listing = Listing(RecruitmentCase.objects.all(), order)
    steps = steps_for(listing.rows, order)
    expected = [row.pk for row in in_order(listing.rows, steps)]

    assert set(expected) == made
    assert walk(listing, size, backwards=False) == expected
    assert walk(listing, size, backwards=True) == expected


@pytest.mark.parametrize("descending", [False, True])
def test_rows_without_a_value_come_last_both_ways(unit, descending):
    with_value, without = make_cases(unit, [(START, None, "a"), (None, None, "b")])

    page = page_of(Listing(RecruitmentCase.objects.all(), [Key("advertised_at", descending=descending)]), Extent(9))

    assert page.rows == [with_value, without]


def test_both_neighbours_of_a_page_are_known(unit):
    keys = sorted(case.pk for case in make_cases(unit, [(START, None, "a")] * 5))
    listing = Listing(RecruitmentCase.objects.all())
    second = cursor_of(page_of(listing, Extent(2)).rows[-1], steps_for(listing.rows, []))

    middle = page_of(listing, Extent(2, after=second))
    last = page_of(listing, Extent(9, after=second))
    first = page_of(listing, Extent(2, backwards=True, before=cursor_of(middle.rows[0], middle.steps)))

    assert [row.pk for row in middle.rows] == keys[2:4]
    assert [(p.has_previous, p.has_next) for p in (middle, last, first)] == [(True, True), (True, False), (False, True)]


def test_an_empty_page_after_the_last_row_still_knows_what_comes_before(unit):
    make_cases(unit, [(START, None, "a")])
    listing = Listing(RecruitmentCase.objects.all())
    end = cursor_of(page_of(listing, Extent(1)).rows[0], steps_for(listing.rows, []))

    page = page_of(listing, Extent(1, after=end))

    assert (page.rows, page.has_previous, page.has_next, page.total) == ([], True, False, 1)


def test_a_cursor_is_refused_when_it_was_changed_made_up_or_made_for_another_order(unit):
    make_cases(unit, [(START, None, "a")])
    by_title = steps_for(RecruitmentCase.objects.all(), [Key("title")])
    by_age = steps_for(RecruitmentCase.objects.all(), [Key("created_at")])
    row = page_of(Listing(RecruitmentCase.objects.all(), [Key("title")]), Extent(1)).rows[0]
    cursor = cursor_of(row, by_title)

    assert values_in(cursor, RecruitmentCase, by_title) == ["a", row.pk]
    for wrong, steps in [(cursor, by_age), (cursor[:-1], by_title), ("", by_title), ("æ", by_title), ("x:y", by_title)]:
        with pytest.raises(Refusal):
            values_in(wrong, RecruitmentCase, steps)


def test_a_page_far_down_reads_only_itself(unit):
    with connection.cursor() as cursor:
        cursor.execute("CREATE INDEX far_down ON recruitment_recruitmentcase (created_at, id)")
    make_cases(unit, [(START + dt.timedelta(minutes=n), None, "a") for n in range(3_000)])
    RecruitmentCase.objects.update(created_at=F("advertised_at"))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE recruitment_recruitmentcase")
        cursor.execute("SET LOCAL enable_seqscan = off")
    listing = Listing(RecruitmentCase.objects.all(), [Key("created_at")])
    steps = steps_for(listing.rows, listing.order)
    row = in_order(listing.rows, steps)[2_500]
    values = [getattr(row, step.alias) for step in steps]

    plan = in_order(listing.rows.filter(beyond(steps, values)), steps)[:25].explain(analyze=True)

    removed = [int(line.split(":")[1]) for line in plan.splitlines() if "Rows Removed" in line]
    assert "Index Cond: (created_at >=" in plan, plan
    assert sum(removed) <= 25, plan


@pytest.mark.parametrize("arguments", ["first: -1", "first: 101", "last: -1", "last: 101", "first: 1, last: 1"])
def test_sizes_out_of_range_are_refused(ask, arguments):
    assert codes(ask(f"{{ institutions({arguments}) {{ totalCount }} }}")) == ["BAD_USER_INPUT"]


@pytest.mark.parametrize("cursor", ["", "x", "orderedcursor:WyIyIl0=", "æøå", "YQ==", "🏃"])
@pytest.mark.parametrize("argument", ["after", "before"])
def test_a_cursor_of_no_list_is_refused(ask, argument, cursor):
    document = f"query($c: String) {{ institutions({argument}: $c) {{ totalCount }} }}"

    assert codes(ask(document, c=cursor)) == ["BAD_USER_INPUT"]


def test_a_page_holds_twenty_five_rows_when_no_size_is_said(data, db):
    Institution.objects.bulk_create(
        Institution(slug=f"i{n}", name_da=f"I{n}", cvr_number=str(10_000_000 + n)) for n in range(30)
    )

    page = data("{ institutions { totalCount nodes { id } edges { cursor node { slug } } pageInfo { hasNextPage } } }")

    assert page["institutions"]["totalCount"] == 30
    assert len(page["institutions"]["nodes"]) == len(page["institutions"]["edges"]) == 25
    assert page["institutions"]["pageInfo"] == {"hasNextPage": True}


def test_a_page_of_none_is_empty_and_still_counts(data, unit):
    page = data("{ institutions(first: 0) { totalCount nodes { id } pageInfo { startCursor endCursor hasNextPage } } }")

    assert page["institutions"] == {
        "totalCount": 1, "nodes": [], "pageInfo": {"startCursor": None, "endCursor": None, "hasNextPage": True},
    }  # fmt: skip


class TestListsOfManyRows:
    """The list of each row of a cohort, all read together: here the cases of each unit."""

    @pytest.fixture
    def units(self, unit):
        children = [unit.add_child(institution=unit.institution, name_da=str(n)) for n in range(3)]
        for number, child in enumerate(children):
            RecruitmentCase.objects.bulk_create(
                RecruitmentCase(
                    institution=unit.institution, unit=child, case_number=f"{number}-{n}", title=str(n),
                    advertised_at=START if n % 2 else None,
                )
                for n in range(number * 2)
            )  # fmt: skip
        return gathered(children)

    @pytest.mark.parametrize("backwards", [False, True])
    @pytest.mark.parametrize("order", [[], [Key("advertised_at", descending=True)]], ids=str)
    def test_each_row_has_the_page_it_would_have_alone(self, units, order, backwards):
        extent = Extent(3, backwards=backwards)

        for unit in units:
            together = page_for(unit, "cases", Listing(RecruitmentCase.objects.all(), order, parent="unit"), extent)
            alone = page_of(Listing(RecruitmentCase.objects.filter(unit=unit), order), extent)

            assert together.rows == alone.rows
            assert (together.has_next, together.has_previous, together.total) == (
                alone.has_next, alone.has_previous, alone.total,
            )  # fmt: skip

    def test_all_pages_take_one_query_and_all_counts_another(self, units, django_assert_num_queries):
        listing = Listing(RecruitmentCase.objects.all(), parent="unit")

        with django_assert_num_queries(1):
            pages = [page_for(unit, "cases", listing, Extent(2)) for unit in units]
        with django_assert_num_queries(1):
            assert [page.total for page in pages] == [0, 2, 4]
