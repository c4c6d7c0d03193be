"""A tool that keeps a copy by the recipe of docs/graphql.md: whatever happens here, after its next call it holds the same."""

import datetime as dt

import pytest
from django.db import connection, transaction

from recruitment import clock
from recruitment.applications.actions import correct, discard_draft, save_step, withdraw
from recruitment.applications.models import Application, Tombstone
from recruitment.cases.models import RecruitmentCase
from recruitment.people.actor import Actor
from tests.factories.world import begin_draft, fill_draft, make_application, make_case
from tests.graphql_api.conftest import token_for

OVERLAP = dt.timedelta(minutes=5)
CHANGED = """query($since: DateTime, $after: String) {
  applications(filter: {updatedSince: $since}, orderBy: [{field: UPDATED_AT}], first: 2, after: $after) {
    nodes { id reference state motivation timestamps { updatedAt } } pageInfo { hasNextPage endCursor } } }"""
GONE = """query($since: DateTime, $after: String) {
  deletedApplications(filter: {deletedSince: $since}, first: 2, after: $after) {
    nodes { id deletedAt } pageInfo { hasNextPage endCursor } } }"""
NOBODY = Actor.person(None)


def purge(row):
    """Delete for good, through the one door that the trail and the histories leave open."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL opslag.purge = 'on'")
        row.delete()
        cursor.execute("SET LOCAL opslag.purge = 'off'")


class Copy:
    """What a tool of ours keeps. It knows the API and nothing else."""

    def __init__(self, data, token):
        self.data, self.token = data, token
        self.rows, self.seen, self.removed = {}, None, None
        self.told = 0

    def synchronise(self):
        """One round: what changed, then what is gone."""
        begin = self.seen - OVERLAP if self.seen else None
        for row in self._all(CHANGED, "applications", begin):
            self.rows[row["id"]] = (row["reference"], row["state"], row["motivation"])
            self.seen = max(self.seen or _instant("1970-01-01T00:00:00Z"), _instant(row["timestamps"]["updatedAt"]))
        for gone in self._all(GONE, "deletedApplications", self.removed - OVERLAP if self.removed else None):
            self.rows.pop(gone["id"], None)
            self.removed = _instant(gone["deletedAt"])
            self.told += 1

    def _all(self, document, field, since):
        cursor, more = None, True
        while more:
            variables = {"since": since and since.isoformat(), "after": cursor}
            page = self.data(document, token=self.token, **variables)[field]
            yield from page["nodes"]
            cursor, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]

    def holds(self):
        return sorted(self.rows.values())


def _instant(text):
    return dt.datetime.fromisoformat(text)


def present(employer):
    """What the tool ought to hold."""
    rows = Application.objects.filter(case__institution=employer.institution).exclude(state="STARTED")
    return sorted((a.reference, a.state, a.motivation_text or None) for a in rows)


@pytest.fixture
def tool(world, data):
    made = Copy(data, token_for(world.ours))
    made.synchronise()
    return made


@pytest.fixture
def draft(world):
    return fill_draft(begin_draft(world.ours.round), email="kladde@ansoeger.example")


def test_the_first_round_takes_everything_that_was_handed_in_and_no_draft(world, draft, tool):
    assert tool.holds() == present(world.ours)
    assert len(tool.rows) == 1


def test_what_is_created_changed_withdrawn_or_deleted_is_the_same_after_the_next_round(world, tool):
    ours = world.ours.round
    many = [make_application(ours, email=f"nr{number}@ansoeger.example") for number in range(4)]
    tool.synchronise()
    assert tool.holds() == present(world.ours)
    assert len(tool.rows) == 5

    corrected = save_step(many[0], "papers", {"motivation": ["Nu med en bedre begrundelse."]})
    correct(corrected, actor=NOBODY)
    withdraw(many[1], actor=NOBODY)
    purge(many[2])
    tool.synchronise()

    assert tool.holds() == present(world.ours)
    assert len(tool.rows) == 4
    assert "Nu med en bedre begrundelse." in {motivation for _reference, _state, motivation in tool.holds()}
    assert "WITHDRAWN" in {state for _reference, state, _motivation in tool.holds()}


def test_a_draft_that_is_deleted_leaves_nothing_to_be_told(world, draft, tool):
    discard_draft(draft)
    tool.synchronise()

    assert (tool.told, Tombstone.objects.count()) == (0, 0)
    assert tool.holds() == present(world.ours)


def test_a_change_that_says_no_time_is_dated_by_the_database(world, tool):
    before = tool.seen
    Application.objects.filter(pk=world.application.pk).update(motivation_text="Rettet i en konsol")

    tool.synchronise()

    assert tool.holds() == present(world.ours)
    assert tool.seen > before


def test_nothing_is_dated_that_did_not_change(world):
    before = RecruitmentCase.objects.get(pk=world.ours.case.pk).updated_at

    RecruitmentCase.objects.filter(pk=world.ours.case.pk).update(title=world.ours.case.title)

    assert RecruitmentCase.objects.get(pk=world.ours.case.pk).updated_at == before


def test_what_is_deleted_in_another_institution_is_not_told(world, tool):
    purge(world.their_application)
    tool.synchronise()

    assert (tool.told, Tombstone.objects.count()) == (0, 1)


def test_a_case_that_goes_leaves_its_tombstone_and_those_of_its_applications(world, data):
    case = make_case(world.theirs, title="Forsvinder")
    since = clock.now().isoformat()
    key = {row.pk for row in (case,)}
    case.delete()
    found = data(
        "query($since: DateTime) { deletedCases(filter: {deletedSince: $since}) { totalCount nodes { id } } }",
        token=token_for(world.theirs), since=since,
    )  # fmt: skip

    assert found["deletedCases"]["totalCount"] == 1
    assert set(Tombstone.objects.values_list("row_id", flat=True)) == key


def test_a_round_in_between_without_changes_asks_for_little(world, tool, data):
    for number in range(6):
        make_application(world.ours.round, email=f"nr{number}@ansoeger.example")
    Application.objects.update(updated_at=clock.now() - dt.timedelta(hours=1))
    tool.synchronise()
    newest = make_application(world.ours.round, email="ny@ansoeger.example")
    tool.synchronise()

    since = (tool.seen - OVERLAP).isoformat()
    again = data(CHANGED, token=tool.token, since=since, after=None)["applications"]["nodes"]
    assert [row["reference"] for row in again] == [newest.reference]
