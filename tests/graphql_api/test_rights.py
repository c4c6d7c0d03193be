"""Who gets what: each guarded field with its may-not twin, other tenants' rows by every way in, and people as themselves."""

import re

import pytest

from graphql_api.console_tokens import mint
from graphql_api.nodes import global_id, readable_kinds
from graphql_api.oauth import MEANING, Scope
from graphql_api.schema import schema
from recruitment.access.decide import SCOPES
from recruitment.access.permissions import Permission
from recruitment.access.roles import GRANTS, Role
from recruitment.cases.models import RecruitmentCase
from tests.factories.world import declare_all, make_application, make_user
from tests.graphql_api.conftest import ALL, codes, token_for

#: Every field that needs a scope, the scope, a document that asks for it, and where it stands in the answer.
GUARDED = {
    "Query.cases": (Scope.CASES, "{ cases { totalCount } }", ["cases"]),
    "Query.case": (Scope.CASES, '{ case(reference: "2026-1") { id } }', ["case"]),
    "Query.deletedCases": (Scope.CASES, "{ deletedCases { totalCount } }", ["deletedCases"]),
    "Query.applications": (Scope.APPLICATIONS, "{ applications { totalCount } }", ["applications"]),
    "Query.application": (Scope.APPLICATIONS, '{ application(reference: "X") { id } }', ["application"]),
    "Query.deletedApplications": (Scope.APPLICATIONS, "{ deletedApplications { totalCount } }", ["deletedApplications"]),
    "Query.mediaResponse": (Scope.STATISTICS, "{ mediaResponse { total { received } } }", ["mediaResponse"]),
    "RecruitmentCase.counts": (
        Scope.APPLICATIONS, "{ cases { nodes { counts { applications } } } }", ["cases", "nodes", 0, "counts"],
    ),
    "RecruitmentCase.applications": (
        Scope.APPLICATIONS, "{ cases { nodes { applications { totalCount } } } }", ["cases", "nodes", 0, "applications"],
    ),
    "Application.case": (
        Scope.CASES, "{ applications { nodes { case { id } } } }", ["applications", "nodes", 0, "case"],
    ),
    **{
        f"Application.{name}": (
            Scope.PERSONAL, f"{{ applications {{ nodes {{ {name} {parts} }} }} }}", ["applications", "nodes", 0, name],
        )
        for name, parts in {
            "applicant": "{ familyName }", "motivation": "", "answers": "{ text }", "documents": "{ name url }",
        }.items()
    },
}  # fmt: skip


def at(answer, place):
    found = answer["data"]
    for step in place:
        found = found[step]
    return found


def test_the_table_names_every_field_that_the_schema_guards():
    text, guarded = schema.as_str(), {}
    for kind, body in re.findall(r"^type (\w+)[^{]*\{(.*?)^\}", text, re.DOTALL | re.MULTILINE):
        plain = re.sub(r'"""(.*?)"""', "", body, flags=re.DOTALL)
        for name, scope in re.findall(
            r"^  (\w+)(?:\([^@]*\))?: [^@\n]*@requiresScopes\(scopes: \[\"([\w:]+)\"\]\)", plain, re.MULTILINE
        ):
            guarded[f"{kind}.{name}"] = scope

    assert guarded == {name: str(scope) for name, (scope, *_rest) in GUARDED.items()}


@pytest.mark.parametrize("field", GUARDED)
def test_a_field_opens_with_its_scope_and_is_null_without_it(world, ask, field):
    scope, document, place = GUARDED[field]

    allowed = ask(document, token=token_for(world.ours))
    refused = ask(document, token=token_for(world.ours, scopes=set(ALL) - {scope}))

    assert "errors" not in allowed
    assert at(refused, place) is None
    (error,) = refused["errors"]
    assert (error["extensions"], error["path"]) == ({"code": "FORBIDDEN", "scope": str(scope)}, place)
    assert str(scope) in error["message"]


@pytest.mark.parametrize("field", [name for name in GUARDED if name.startswith("Query.")])
def test_without_a_token_a_guarded_field_asks_for_one(world, ask, field):
    _scope, document, place = GUARDED[field]

    answer = ask(document)

    assert (at(answer, place), codes(answer)) == (None, ["UNAUTHENTICATED"])


@pytest.mark.parametrize("kind", ["RecruitmentCase", "Application"])
def test_by_id_a_missing_scope_looks_like_a_missing_row(world, data, kind):
    row = {"RecruitmentCase": world.ours.case, "Application": world.application}[kind]
    scope = {"RecruitmentCase": Scope.CASES, "Application": Scope.APPLICATIONS}[kind]
    document, key = "query($id: ID!) { node(id: $id) { id } }", global_id(kind, row.pk)

    assert data(document, id=key, token=token_for(world.ours)) == {"node": {"id": key}}
    assert data(document, id=key, token=token_for(world.ours, scopes=set(ALL) - {scope})) == {"node": None}
    assert data(document, id=key) == {"node": None}


def test_only_four_kinds_of_row_can_be_fetched_by_id():
    assert readable_kinds() == {"Institution", "JobPosting", "RecruitmentCase", "Application"}


def test_scopes_here_are_the_scopes_that_access_knows():
    assert set(SCOPES) == set(MEANING) == {str(scope) for scope in Scope}


class TestOtherTenants:
    """Nothing of another institution by any way in, and no way to tell it from what does not exist."""

    WAYS = (
        "query($id: ID!) { found: node(id: $id) { id } }",
        "query($id: ID!) { found: nodes(ids: [$id]) { id } }",
        "query($n: String!) { found: case(reference: $n) { id } }",
        'query($n: String!) { found: case(reference: $n, institution: "theirs") { id } }',
        "query($r: String!) { found: application(reference: $r) { id } }",
        "query($r: String!) { found: cases(filter: {search: $r}) { totalCount nodes { id } } }",
        'query { found: cases(filter: {institution: ["theirs"]}) { totalCount nodes { id } } }',
        "query($id: ID!) { found: applications(filter: {case: [$id]}) { totalCount nodes { id } } }",
        "query($u: ID!) { found: cases(filter: {unit: [$u]}) { totalCount nodes { id } } }",
        "query($id: ID!) { found: mediaResponse(filter: {case: [$id]}) { rows { received } } }",
        "query($u: ID!) { found: mediaResponse(filter: {unit: [$u]}) { rows { received } } }",
        'query { found: mediaResponse(filter: {institution: ["theirs"]}) { rows { received } } }',
    )
    NOTHING = (None, [None], {"totalCount": 0, "nodes": []}, {"rows": []})

    @pytest.mark.parametrize("document", WAYS)
    @pytest.mark.parametrize("kind", ["RecruitmentCase", "Application"])
    def test_their_rows_look_like_rows_that_do_not_exist(self, world, ask, document, kind):
        RecruitmentCase.objects.filter(pk=world.theirs.case.pk).update(case_number="2026-777")
        row = {"RecruitmentCase": world.theirs.case, "Application": world.their_application}[kind]
        theirs = {
            "id": global_id(kind, row.pk), "n": "2026-777", "r": world.their_application.reference,
            "u": global_id("OrganisationalUnit", world.theirs.unit.pk),
        }  # fmt: skip
        made_up = {"id": global_id(kind, world.ours.institution.pk), "n": "2026-000", "r": "0000-0000", "u": "eA"}

        answers = [
            ask(document, token=token_for(world.ours), **{k: v for k, v in values.items() if f"${k}" in document})
            for values in (theirs, made_up)
        ]

        assert answers[0] == answers[1]
        assert answers[0]["data"]["found"] in self.NOTHING

    def test_their_rows_are_found_with_their_own_token(self, world, data):
        key = global_id("RecruitmentCase", world.theirs.case.pk)

        assert data(self.WAYS[0], token=token_for(world.theirs), id=key) == {"found": {"id": key}}

    @pytest.mark.parametrize(
        "key",
        ["", "x", "æøå", "Q2FzZTo", "🏃", "A" * 5000, "=", "UmVjcnVpdG1lbnRDYXNlOg", global_id("RecruitmentCase", "1"),
         global_id("User", 1), global_id("Candidate", "01a209a4-81bb-7a2b-ae93-1808f1ddde5f"), global_id("JobPosting", 10**30),
         global_id("JobPosting", "-1"), global_id("OrganisationalUnit", 1), global_id("Institution", "{}"), global_id("", "")],
    )  # fmt: skip
    def test_ids_that_lead_nowhere_are_null(self, world, data, key):
        document = "query($id: ID!) { node(id: $id) { id } nodes(ids: [$id]) { id } jobPosting(id: $id) { id } }"

        assert data(document, token=token_for(world.ours), id=key) == {
            "node": None,
            "nodes": [None],
            "jobPosting": None,
        }

    def test_more_than_a_hundred_ids_are_refused(self, ask, db):
        assert codes(ask("query($i: [ID!]!) { nodes(ids: $i) { id } }", i=["x"] * 101)) == ["BAD_USER_INPUT"]

    def test_the_token_of_a_client_without_institutions_sees_nothing(self, world, data):
        found = data(
            "{ cases { totalCount } applications { totalCount } viewer { institutions { totalCount } } }",
            token=token_for(),
        )

        assert found == {
            "cases": {"totalCount": 0},
            "applications": {"totalCount": 0},
            "viewer": {"institutions": {"totalCount": 0}},
        }

    def test_the_viewer_is_told_what_the_token_is_good_for(self, world, data):
        document = "{ viewer { name scopes institutions { nodes { slug } } } }"

        assert data(document, token=token_for(world.ours, scopes=[Scope.CASES])) == {
            "viewer": {"name": "HR tool", "scopes": ["cases:read"], "institutions": {"nodes": [{"slug": "ours"}]}}
        }
        assert data("{ viewer { name } }") == {"viewer": None}


class TestPeople:
    """The console's token acts as the person: the same rows as in the workbench, by the table of D2."""

    LIST = "{ cases { nodes { reference } } applications { nodes { reference applicant { familyName } } } }"
    CONTENTS = "{ applications { nodes { motivation } } }"

    @pytest.mark.parametrize("role", Role)
    def test_each_role_meets_the_rows_that_the_table_grants(self, world, ask, role):
        answer = ask(self.LIST, token=mint(world.ours.staff[role]))

        cases = [{"reference": world.ours.case.case_number}] if Permission.CASE_VIEW in GRANTS[role] else []
        assert ((answer["data"]["cases"] or {}).get("nodes", [])) == cases
        seen = (answer["data"]["applications"] or {}).get("nodes", [])
        assert [a["reference"] for a in seen] == (
            [world.application.reference] if Permission.APPLICATION_LIST in GRANTS[role] else []
        )
        assert all(a["applicant"] == {"familyName": "Holm"} for a in seen)

    @pytest.mark.parametrize("role", [role for role in Role if Permission.APPLICATION_LIST in GRANTS[role]])
    def test_contents_open_only_with_the_right_and_after_a_declaration(self, world, ask, role):
        undeclared = ask(self.CONTENTS, token=mint(world.ours.staff[role]))
        declare_all(world.ours)
        declared = ask(self.CONTENTS, token=mint(world.ours.staff[role]))

        assert codes(undeclared) == ["FORBIDDEN"]
        if Permission.APPLICATION_READ_DOCUMENTS in GRANTS[role]:
            assert declared["data"]["applications"]["nodes"] == [{"motivation": "Jeg vil gerne føre tilsyn."}]
        else:
            assert (declared["data"]["applications"]["nodes"], codes(declared)) == (
                [{"motivation": None}],
                ["FORBIDDEN"],
            )

    @pytest.mark.parametrize("role", Role)
    def test_the_same_role_elsewhere_meets_none_of_our_rows(self, world, ask, role):
        answer = ask(self.LIST, token=mint(world.theirs.staff[role]))

        assert world.application.reference not in str(answer)
        assert {c["reference"] for c in (answer["data"]["cases"] or {}).get("nodes", [])} <= {
            world.theirs.case.case_number
        }

    def test_one_who_applied_to_the_case_has_lost_it(self, world, ask):
        hr = world.ours.staff[Role.HR_EXTENDED]
        make_application(world.ours.round, email=hr.email)

        answer = ask(self.LIST, token=mint(hr))

        assert answer["data"]["cases"]["nodes"] == answer["data"]["applications"]["nodes"] == []

    def test_a_right_that_is_taken_away_is_gone_at_the_next_question(self, world, ask):
        hr = world.ours.staff[Role.HR_EXTENDED]
        token = mint(hr)
        assert ask(self.LIST, token=token)["data"]["cases"]["nodes"]

        hr.role_assignments.all().delete()

        assert codes(ask(self.LIST, token=token)) == ["FORBIDDEN", "FORBIDDEN"]

    def test_an_applicants_own_account_opens_nothing(self, world, ask):
        assert codes(ask(self.LIST, token=mint(make_user("kirsten@ansoeger.example")))) == ["FORBIDDEN", "FORBIDDEN"]
