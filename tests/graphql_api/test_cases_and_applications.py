"""What an institution's own systems get of cases and applications, and what of that is written down."""

import datetime as dt

import pytest

from recruitment import clock
from recruitment.applications.models import Application, Tombstone
from recruitment.audit.models import AuditEntry
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.profile import Competence
from recruitment.people.models import Candidate
from recruitment.questions.models import ScreeningAnswer, ScreeningQuestion
from tests.factories.world import begin_draft, make_application, make_case
from tests.graphql_api.conftest import codes, token_for

CASES = "query($f: CaseFilter, $o: [CaseOrder!]) { cases(filter: $f, orderBy: $o) { totalCount nodes { reference } } }"
APPLICATIONS = """query($f: ApplicationFilter, $o: [ApplicationOrder!]) {
  applications(filter: $f, orderBy: $o) { totalCount nodes { id reference } } }"""
WHOLE_CASE = """
fragment WholeCase on RecruitmentCase {
  id reference recordsReference title kind state outcome language positionsCount employmentBasis duration workingTime startDate
  interviewDates institution { slug } unit { name { da } } category { code } staffGroup { code } agreements { code }
  workplaces { name address { city } } hiringManager { name title email } hrResponsible { email }
  timestamps { createdAt updatedAt advertisedAt deadlinePassedAt decidedAt closedAt } counts { applications }
  rounds { number isReadvertisement opensAt closedAt applicationDeadline posting { id title }
    publications { state publishFrom publishUntil liveAt endedAt url cost { amount currency } medium { code kind name { da } } } }
}
"""
WHOLE_APPLICATION = """
fragment WholeApplication on Application {
  id reference state stageReached channel language applicantOrigin sourceMedium { code }
  timestamps { receivedAt updatedAt withdrawnAt answerDeliveredAt } case { reference }
  applicant { givenName familyName email phone preferredLanguage protectedAddress address { street } }
  motivation answers { question { id kind required textDa textEn } text lines yes }
  documents { name contentType size kind sha256 url }
}
"""


@pytest.fixture
def token(world):
    return token_for(world.ours)


def test_a_case_is_read_with_everything_that_hangs_on_it(world, data, token):
    case = world.ours.case

    found = data(
        f"query($r: String!) {{ case(reference: $r) {{ ...WholeCase }} }} {WHOLE_CASE}", token=token, r=case.case_number
    )["case"]

    assert {name: found[name] for name in ("reference", "title", "kind", "state", "outcome", "language", "positionsCount")} == {
        "reference": case.case_number, "title": "Fuldmægtig", "kind": "RECRUITMENT", "state": "ADVERTISED",
        "outcome": None, "language": "DA", "positionsCount": 1,
    }  # fmt: skip
    assert found["institution"] == {"slug": "ours"}
    assert found["unit"] == {"name": {"da": "Jura og Tilsyn"}}
    assert found["hiringManager"]["email"] == "leder@ours.example"
    assert found["counts"] == {"applications": 1}
    assert [p["medium"]["code"] for p in found["rounds"][0]["publications"]] == ["SITE", "JOBNET"]
    assert found["rounds"][0]["publications"][0]["cost"] == {"amount": "0.00", "currency": "DKK"}
    assert found["rounds"][0]["posting"]["title"] == "Fuldmægtig"


def test_an_application_is_read_with_the_person_the_answers_and_the_files(world, data, token):
    question = ScreeningQuestion.objects.create(
        form=world.ours.case.form, kind="SINGLE", text_da="Har du kørekort?", text_en="Do you drive?",
        linked_requirement=Competence.objects.filter(profile__case=world.ours.case).first(),
        options=[{"code": "b", "da": "Ja, B", "en": "Yes, B"}, {"code": "no", "da": "Nej", "en": "No"}],
    )  # fmt: skip
    ScreeningAnswer.objects.create(application=world.application, question=question, value="b")

    found = data(
        f"query($r: String!) {{ application(reference: $r) {{ ...WholeApplication answers {{ english: text(language: EN) }} }} }}"
        f"{WHOLE_APPLICATION}",
        token=token, r=world.application.reference.lower(),
    )["application"]  # fmt: skip

    assert (found["state"], found["stageReached"], found["channel"], found["language"]) == (
        "SUBMITTED",
        "RECEIVED",
        "ONLINE",
        "DA",
    )
    assert found["case"] == {"reference": world.ours.case.case_number}
    assert found["applicant"]["givenName"] == "Kirsten"
    assert found["applicant"]["email"] == "kirsten@ansoeger.example"
    assert found["motivation"] == "Jeg vil gerne føre tilsyn."
    (answer,) = found["answers"]
    assert (answer["text"], answer["lines"], answer["english"], answer["yes"]) == ("Ja, B", ["Ja, B"], "Yes, B", None)
    assert [(file["name"], file["kind"], file["size"]) for file in found["documents"]] == [("cv.pdf", "CV", 10)]


def test_a_case_number_that_two_institutions_use_must_be_told_apart(world, ask):
    RecruitmentCase.objects.update(case_number="2026-1")
    both = token_for(world.ours, world.theirs)
    document = 'query($i: String) { case(reference: "2026-1", institution: $i) { institution { slug } } }'

    assert codes(ask(document, token=both)) == ["BAD_USER_INPUT"]
    assert ask(document, token=both, i="theirs")["data"]["case"] == {"institution": {"slug": "theirs"}}
    assert ask(document, token=token_for(world.ours))["data"]["case"] == {"institution": {"slug": "ours"}}


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({}, 2),
        ({"state": ["ADVERTISED"]}, 1),
        ({"state": ["DRAFT", "ADVERTISED"]}, 2),
        ({"outcome": ["FILLED"]}, 0),
        ({"kind": ["RECRUITMENT"]}, 2),
        ({"institution": ["theirs"]}, 0),
        ({"search": "kontor elev"}, 1),
        ({"search": "_"}, 0),
        ({"updatedSince": "2020-01-01T00:00:00Z"}, 2),
        ({"updatedSince": "2099-01-01T00:00:00Z"}, 0),
        ({"createdAt": {"from": "2020-01-01T00:00:00Z", "to": "2099-01-01T00:00:00Z"}}, 2),
        ({"closedAt": {"from": "2020-01-01T00:00:00Z"}}, 0),
        ({"unit": ["x"]}, 0),
    ],
)
def test_cases_are_narrowed_by_each_condition(world, data, token, chosen, found):
    make_case(world.ours, title="Kontorelev")

    assert data(CASES, token=token, f=chosen)["cases"]["totalCount"] == found


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({}, 1),
        ({"state": ["SUBMITTED"]}, 1),
        ({"state": ["REJECTED"]}, 0),
        ({"stageReached": ["RECEIVED"]}, 1),
        ({"stageReached": ["HIRED"]}, 0),
        ({"channel": ["PAPER"]}, 0),
        ({"case": ["nonsense"]}, 0),
        ({"receivedAt": {"from": "2020-01-01T00:00:00Z"}}, 1),
        ({"updatedSince": "2099-01-01T00:00:00Z"}, 0),
    ],
)
def test_applications_are_narrowed_by_each_condition(world, data, token, chosen, found):
    assert data(APPLICATIONS, token=token, f=chosen)["applications"]["totalCount"] == found


def test_the_list_of_a_case_holds_its_own_applications(world, data, token):
    other = make_case(world.ours)
    document = "{ cases { nodes { reference applications(first: 5) { totalCount nodes { reference } } } } }"

    lists = {case["reference"]: case["applications"] for case in data(document, token=token)["cases"]["nodes"]}

    assert lists == {
        world.ours.case.case_number: {"totalCount": 1, "nodes": [{"reference": world.application.reference}]},
        other.case_number: {"totalCount": 0, "nodes": []},
    }


def test_a_draft_is_nobodys_but_the_applicants(world, data, token):
    draft = begin_draft(world.ours.round)
    document = "query($r: String!) { application(reference: $r) { id } applications { totalCount } cases { nodes { counts { applications } } } }"

    found = data(document, token=token, r=draft.reference)

    assert found == {
        "application": None, "applications": {"totalCount": 1}, "cases": {"nodes": [{"counts": {"applications": 1}}]},
    }  # fmt: skip


def test_a_protected_address_is_not_passed_on(world, data, token):
    Candidate.objects.update(protected_address=True, address="Skjult 1")

    found = data("{ applications { nodes { applicant { address { street } } } } }", token=token)

    assert found["applications"]["nodes"] == [{"applicant": {"address": None}}]


class TestSynchronising:
    """A tool that keeps copies: what changed since, in the order it changed, and what is gone."""

    def test_what_changed_since_is_found_in_the_order_it_changed(self, world, data, token):
        later = make_application(world.ours.round, email="to@ansoeger.example")
        since = Application.objects.get(pk=later.pk).updated_at.isoformat()
        order = [{"field": "UPDATED_AT", "direction": "ASC"}]

        changed = data(APPLICATIONS, token=token, f={"updatedSince": since}, o=order)["applications"]["nodes"]

        assert [node["reference"] for node in changed] == [later.reference]

    def test_what_is_gone_is_told_by_the_id_it_had_and_to_its_own_institution_only(self, world, data, token):
        key = data(APPLICATIONS, token=token)["applications"]["nodes"][0]["id"]
        for employer, kind in (
            (world.ours, "Application"),
            (world.theirs, "Application"),
            (world.ours, "RecruitmentCase"),
        ):
            Tombstone.objects.create(
                kind=kind, row_id=world.application.pk, institution_id=employer.institution.pk, deleted_at=clock.now()
            )
        document = "query($f: DeletedFilter) { deletedApplications(filter: $f) { nodes { id } } deletedCases(filter: $f) { totalCount } }"
        future = (clock.now() + dt.timedelta(hours=1)).isoformat()

        assert data(document, token=token) == {
            "deletedApplications": {"nodes": [{"id": key}]},
            "deletedCases": {"totalCount": 1},
        }
        assert data(document, token=token, f={"deletedSince": future}) == {
            "deletedApplications": {"nodes": []}, "deletedCases": {"totalCount": 0},
        }  # fmt: skip


class TestTrail:
    """Every application that an answer holds is noted, and whether its personal data was shown."""

    @pytest.fixture
    def noted(self, world):
        def entries():
            return list(
                AuditEntry.objects.filter(action="Application.read")
                .order_by("id")
                .values_list("application_id", "detail")
            )

        return entries

    @pytest.mark.parametrize(
        "document",
        [
            "query Tool { applications { nodes { reference } } }",
            "query Tool { cases { nodes { applications { edges { cursor } } } } }",
            "query Tool($id: ID!) { node(id: $id) { id } }",
            "query Tool($id: ID!) { nodes(ids: [$id]) { id } }",
            "query Tool($r: String!) { application(reference: $r) { state } }",
        ],
    )
    def test_each_way_to_an_application_is_noted(self, world, data, token, noted, document):
        key = data(APPLICATIONS, token=token)["applications"]["nodes"][0]["id"]
        before = len(noted())
        variables = {"id": key, "r": world.application.reference}

        data(document, token=token, **{name: value for name, value in variables.items() if f"${name}" in document})

        assert noted()[before:] == [(world.application.pk, {"by": "graphql", "operation": "Tool", "personal": False})]

    def test_the_entry_says_who_asked_and_that_personal_data_was_shown(self, world, data, noted):
        data("{ applications { nodes { applicant { email } } } }", token=token_for(world.ours))

        entry = AuditEntry.objects.get(action="Application.read")
        assert entry.actor.startswith("client ")
        assert (entry.institution_id, entry.case_id) == (world.ours.institution.pk, world.ours.case.pk)
        assert (entry.ip, len(entry.request_id), entry.detail["personal"]) == ("127.0.0.1", 32, True)

    def test_a_look_that_was_refused_is_not_noted_as_personal(self, world, ask, noted):
        ask(
            "{ applications { nodes { applicant { email } } } }",
            token=token_for(world.ours, scopes=["applications:read"]),
        )

        assert [detail["personal"] for _pk, detail in noted()] == [False]

    def test_an_answer_does_not_leave_when_its_entry_cannot_be_written(self, world, ask, token, monkeypatch):
        monkeypatch.setattr("graphql_api.reads.ACTION", "x" * 61)

        answer = ask("{ applications { nodes { reference } } }", token=token)

        assert codes(answer) == ["INTERNAL_SERVER_ERROR"]
        assert "data" not in answer


def test_the_number_of_queries_is_the_same_for_one_row_and_for_many(world, data, token, django_assert_max_num_queries):
    document = f"""{{ cases(first: 20) {{ nodes {{ ...WholeCase applications(first: 20) {{ nodes {{ ...WholeApplication }} }} }} }} }}
        {WHOLE_CASE} {WHOLE_APPLICATION}"""
    data(document, token=token)
    with django_assert_max_num_queries(60) as few:
        data(document, token=token)
    for number in range(3):
        make_case(world.ours, title=f"Stilling {number}")
        make_application(world.ours.round, email=f"nr{number}@ansoeger.example")

    with django_assert_max_num_queries(len(few)):
        nodes = data(document, token=token)["cases"]["nodes"]

    assert sorted(len(node["applications"]["nodes"]) for node in nodes) == [0, 0, 0, 4]
