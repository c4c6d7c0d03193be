"""Every field of the schema, found by introspection, asked by everybody: no word of a row that the table does not grant."""

import copy

import pytest

from graphql_api.console_tokens import mint
from graphql_api.nodes import global_id
from graphql_api.oauth import Scope
from recruitment.access.permissions import Permission as Right
from recruitment.access.roles import GRANTS, Role
from recruitment.applications.models import Application, Tombstone
from recruitment.cases.models import RecruitmentCase
from recruitment.questions.models import ScreeningAnswer, ScreeningQuestion
from tests.factories.world import declare_all, make_case, make_user
from tests.graphql_api.conftest import ALL, token_for
from tests.graphql_api.every_field import every_pair, questions

pytestmark = pytest.mark.gate
#: Words of ours, by the right that opens them.
SECRETS = {
    Right.APPLICATION_LIST: ("Søgerhemmelig", "hemmelig@ansoeger.example"),
    Right.APPLICATION_READ_DOCUMENTS: ("Motivhemmelig", "Svarhemmelig", "hemmeligt-cv.pdf"),
    Right.CASE_VIEW: ("Kladdehemmelig", "J-HEMMELIG", "leder@ours.example"),
}
WORDS = {word for words in SECRETS.values() for word in words}


@pytest.fixture(scope="module")
def marked(made_world, django_db_blocker):
    """Rows of ours that could be shown, in the module's own world."""
    world = copy.copy(made_world)
    with django_db_blocker.unblock():
        declare_all(world.ours)
        declare_all(world.theirs)
        candidate = world.application.candidate
        candidate.family_name, candidate.email = "Søgerhemmelig", "hemmelig@ansoeger.example"
        candidate.save()
        Application.objects.filter(pk=world.application.pk).update(motivation_text="Motivhemmelig")
        RecruitmentCase.objects.filter(pk=world.ours.case.pk).update(records_reference="J-HEMMELIG")
        world.application.documents.update(filename="hemmeligt-cv.pdf", scan_state="CLEAN")
        question = ScreeningQuestion.objects.create(form=world.ours.case.form, kind="FREE_TEXT", text_da="Hvorfor?")
        ScreeningAnswer.objects.create(application=world.application, question=question, value="Svarhemmelig")
        make_case(world.ours, title="Kladdehemmelig")
        Tombstone.objects.create(
            kind="Application", row_id=world.application.pk, institution_id=world.ours.institution.pk
        )
    return world


@pytest.fixture
def documents(marked, db):
    """Every document, with ours named wherever a row must be."""
    rows = {
        "RecruitmentCase": marked.ours.case,
        "Application": marked.application,
        "JobPosting": marked.ours.round,
        "Institution": marked.ours.institution,
    }
    ids = [f'"{global_id(kind, row.pk)}"' for kind, row in rows.items()]
    first = {"case": marked.ours.case.case_number, "application": marked.application.reference}
    arguments = {name: f'(reference: "{value}")' for name, value in first.items()}
    arguments |= {"nodes": f"(ids: [{', '.join(ids)}])", "node": f"(id: {ids[1]})", "jobPosting": f"(id: {ids[2]})"}
    return questions(arguments)


@pytest.fixture
def shown(documents, ask):
    """By word: the roots of the documents that show it to the holder of the token."""

    def showing(token=None):
        seen: dict[str, set[str]] = {}
        for question in documents:
            answer = ask(question.text, token=token)
            codes = {error["extensions"]["code"] for error in answer.get("errors", [])}
            assert codes <= {"FORBIDDEN", "UNAUTHENTICATED"}, (question.root, answer["errors"])
            for word in WORDS:
                if word in str(answer):
                    seen.setdefault(word, set()).add(question.root)
        return seen

    return showing


def granted(role):
    return {word for right, words in SECRETS.items() if right in GRANTS[role] for word in words}


def test_the_documents_ask_for_every_field_there_is(documents):
    assert set().union(*(question.asked for question in documents)) == every_pair()


def test_our_own_program_is_shown_every_word(marked, shown):
    assert set(shown(token_for(marked.ours))) == WORDS


@pytest.mark.parametrize("scope", [Scope.CASES, Scope.APPLICATIONS, Scope.STATISTICS])
def test_without_the_scope_of_personal_data_no_field_shows_any(marked, shown, scope):
    seen = shown(token_for(marked.ours, scopes=[scope]))

    assert not set(seen) & {*SECRETS[Right.APPLICATION_LIST], *SECRETS[Right.APPLICATION_READ_DOCUMENTS]}


@pytest.mark.parametrize("who", ["anonymous", "their program", "a program of nobody", "an applicant", "our applicant"])
def test_strangers_are_shown_no_word(marked, shown, who):
    token = {
        "anonymous": lambda: None,
        "their program": lambda: token_for(marked.theirs, scopes=ALL),
        "a program of nobody": lambda: token_for(scopes=ALL),
        "an applicant": lambda: mint(make_user("ude@ansoeger.example")),
        "our applicant": lambda: mint(make_user("hemmelig@ansoeger.example")),
    }[who]()

    assert shown(token) == {}


@pytest.mark.parametrize("role", Role)
def test_each_role_of_ours_is_shown_what_the_table_grants(marked, shown, role):
    seen = set(shown(mint(marked.ours.staff[role])))

    if role in {
        Role.HIRING_MANAGER,
        Role.ASSESSMENT_COMMITTEE,
        Role.HIRING_COMMITTEE,
        Role.ADMIN_SUPPORT,
        Role.HR_LIMITED,
    }:
        seen |= {"Kladdehemmelig"} & granted(role)  # another case than theirs
    assert seen == granted(role)


@pytest.mark.parametrize("role", Role)
def test_the_same_role_of_another_institution_is_shown_no_word(marked, shown, role):
    assert shown(mint(marked.theirs.staff[role])) == {}


def test_the_walk_finds_what_a_missing_guard_lets_out(marked, shown, monkeypatch):
    monkeypatch.setattr("graphql_api.applications.rows.visible", lambda _actor, _right, rows: rows)

    seen = set(shown(mint(marked.theirs.staff[Role.HR_EXTENDED])))

    assert {*SECRETS[Right.APPLICATION_LIST]} <= seen
