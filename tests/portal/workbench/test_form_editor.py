"""The application form, edited and locked."""

import pytest

from recruitment.access.roles import Role
from recruitment.cases.profile import Competence
from recruitment.questions.models import ScreeningQuestion
from tests.factories.world import make_case


@pytest.fixture
def case(world):
    return make_case(world.ours)


@pytest.fixture
def asked(case):
    """Two questions on the case."""
    link = Competence.objects.filter(profile__case=case).first()
    return [
        ScreeningQuestion.objects.create(
            form=case.form, position=n, kind="FREE_TEXT", text_da=f"Nummer {n}?", linked_requirement=link
        )
        for n in range(2)
    ]


def question(case, **changes) -> dict:
    link = Competence.objects.filter(profile__case=case).first()
    return {
        "kind": "SINGLE", "text_da": "Hvor længe har du arbejdet med forvaltningsret?", "text_en": "How long have you worked with it?",
        "linked_requirement": str(link.pk), "required": "on", "options_da": ["Under et år", "Et til tre år", "Længere"],
        "options_en": ["Less than a year", "One to three", "Longer"], "data_class": "ORDINARY", **changes,
    }  # fmt: skip


def standard(**changes) -> dict:
    return {
        "languages": ["da"],
        "phone": "REQUIRED",
        "address": "HIDDEN",
        "motivation": "UPLOADED",
        "origin_question": "on",
        **changes,
    }


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("YES_NO", {}), ("FREE_TEXT", {"max_length": "300"}), ("SINGLE", {}), ("MULTIPLE", {"max_choices": "2"}),
        ("PRIORITISED", {"max_choices": "2", "min_choices": "2"}), ("CLASSIFIED", {"scale_da": ["lidt", "noget", "meget"]}),
    ],
)  # fmt: skip
def test_each_kind_of_question_is_asked_and_shown_to_the_applicant(case, sign_in, kind, more):
    client = sign_in(Role.HR_EXTENDED)
    response = client.post(f"/admin/cases/{case.pk}/form/questions/new/", question(case, kind=kind, **more))

    assert response.headers["Location"] == f"/admin/cases/{case.pk}/form/"
    preview = client.get(f"/admin/cases/{case.pk}/form/preview/?lang=da").content.decode()
    english = client.get(f"/admin/cases/{case.pk}/form/preview/?lang=en").content.decode()
    assert "Hvor længe har du arbejdet" in preview
    assert "How long have you worked" in english
    assert "<fieldset disabled" in preview


@pytest.mark.parametrize(
    "changes",
    [
        {"text_da": "", "text_en": ""},
        {"options_da": ["kun en"], "options_en": []},
        {"kind": "CLASSIFIED"},
        {"max_length": "-1"},
        {"kind": "MAGIC"},
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_and_the_words_stay(case, sign_in, changes):
    response = sign_in(Role.HR_EXTENDED).post(
        f"/admin/cases/{case.pk}/form/questions/new/", question(case, help_da="Hjælp her", **changes)
    )

    assert response.status_code == 422
    assert "Hjælp her" in response.content.decode()
    assert not case.form.questions.exists()


def test_the_requirement_of_another_case_cannot_be_linked(world, case, sign_in):
    foreign = Competence.objects.filter(profile__case=world.ours.case).first()
    response = sign_in(Role.HR_EXTENDED).post(
        f"/admin/cases/{case.pk}/form/questions/new/", question(case, linked_requirement=str(foreign.pk))
    )

    assert response.status_code == 422


def test_the_linter_speaks_while_the_question_is_written_and_nothing_is_saved(case, sign_in):
    client = sign_in(Role.HR_EXTENDED)
    answer = client.post(
        f"/admin/cases/{case.pk}/form/remarks/", question(case, text_da="Er du gravid?", linked_requirement="")
    )

    assert "workbench-remark--block" in answer.content.decode()
    assert not case.form.questions.exists()
    assert client.post(f"/admin/cases/{case.pk}/form/remarks/", question(case)).content.decode().strip() == ""


def test_sensitive_data_are_not_asked_for_without_an_approved_profile_that_allows_them(case, sign_in):
    response = sign_in(Role.HR_EXTENDED).post(
        f"/admin/cases/{case.pk}/form/questions/new/", question(case, data_class="SENSITIVE")
    )

    assert response.status_code == 422


def test_questions_move_and_retire(case, asked, sign_in):
    client = sign_in(Role.HR_EXTENDED)
    address = f"/admin/cases/{case.pk}/form/questions/{asked[1].pk}"

    client.post(f"{address}/move/", {"step": "-1"})
    assert [q.text for q in case.form.questions.all()] == ["Nummer 1?", "Nummer 0?"]

    client.post(f"{address}/move/", {"step": "-1"})
    client.post(f"{address}/retire/", {"confirmed": "1"})
    assert list(case.form.questions.filter(retired_at=None)) == [asked[0]]


def test_a_question_is_put_at_any_place_and_no_further_than_the_ends(case, asked, sign_in):
    client = sign_in(Role.HR_EXTENDED)
    third = ScreeningQuestion.objects.create(
        form=case.form, position=2, kind="YES_NO", text_da="Nummer 2?", linked_requirement=asked[0].linked_requirement
    )
    address = f"/admin/cases/{case.pk}/form/questions/{third.pk}/move/"

    client.post(address, {"step": "-2"})
    assert [q.text for q in case.form.questions.all()] == ["Nummer 2?", "Nummer 0?", "Nummer 1?"]
    client.post(address, {"step": "900"})
    assert [q.text for q in case.form.questions.all()] == ["Nummer 0?", "Nummer 1?", "Nummer 2?"]
    assert client.post(address, {"step": "hen"}).status_code == 400


@pytest.mark.parametrize(
    ("button", "left"),
    [
        ("options:0:down", ["Et til tre år", "Under et år", "Længere"]),
        ("options:2:up", ["Under et år", "Længere", "Et til tre år"]),
        ("options:0:up", ["Under et år", "Et til tre år", "Længere"]),
        ("options:1:remove", ["Under et år", "Længere"]),
        ("options::add", ["Under et år", "Et til tre år", "Længere", ""]),
        ("options:99:up", ["Under et år", "Et til tre år", "Længere"]),
        ("scale:0:up", ["Under et år", "Et til tre år", "Længere"]),
    ],
)
def test_rows_are_moved_removed_and_added_without_javascript_and_nothing_is_saved(case, sign_in, button, left):
    response = sign_in(Role.HR_EXTENDED).post(f"/admin/cases/{case.pk}/form/questions/new/", question(case, row=button))

    assert response.status_code == 200
    assert [line["da"] for line in response.context["form"]["options"].value()] == left
    assert not case.form.questions.exists()


def test_a_moved_option_keeps_what_answers_refer_to_and_a_new_one_gets_its_own(case, sign_in):
    client = sign_in(Role.HR_EXTENDED)
    client.post(f"/admin/cases/{case.pk}/form/questions/new/", question(case))
    asked = case.form.questions.get()

    client.post(
        f"/admin/cases/{case.pk}/form/questions/{asked.pk}/",
        question(
            case,
            options_code=["o3", "", "o1", "o1"],
            options_da=["Længere", "Ny", "Under et år", "Dobbelt"],
            options_en=[],
        ),
    )

    asked.refresh_from_db()
    assert [(line["code"], line["da"]) for line in asked.options] == [
        ("o3", "Længere"), ("o4", "Ny"), ("o1", "Under et år"), ("o5", "Dobbelt"),
    ]  # fmt: skip


@pytest.mark.parametrize("rows", [["x"] * 51, ["x" * 201, "y"]])
def test_too_many_and_too_long_rows_are_refused(case, sign_in, rows):
    response = sign_in(Role.HR_EXTENDED).post(
        f"/admin/cases/{case.pk}/form/questions/new/", question(case, options_da=rows, options_en=[])
    )

    assert response.status_code == 422
    assert "options" in response.context["form"].errors


def test_standard_fields_and_documents_are_saved(case, sign_in):
    client = sign_in(Role.HR_EXTENDED)
    client.post(f"/admin/cases/{case.pk}/form/", standard(languages=["da", "en"]))
    client.post(
        f"/admin/cases/{case.pk}/form/documents/",
        {"documents-TOTAL_FORMS": "2", "documents-INITIAL_FORMS": "0", "documents-0-kind": "CV", "documents-0-minimum": "1",
         "documents-0-maximum": "2", "documents-1-kind": "", "documents-1-minimum": "0", "documents-1-maximum": "1"},
    )  # fmt: skip

    case.form.refresh_from_db()
    assert (case.form.phone, case.form.motivation, case.form.languages) == ("REQUIRED", "UPLOADED", ["da", "en"])
    assert list(case.form.document_requirements.values_list("kind", "minimum", "maximum")) == [("CV", 1, 2)]


def test_bad_documents_are_refused_and_stay_on_the_page(case, sign_in):
    typed = {
        "documents-TOTAL_FORMS": "1",
        "documents-INITIAL_FORMS": "0",
        "documents-0-kind": "CV",
        "documents-0-minimum": "5",
        "documents-0-maximum": "2",
    }
    response = sign_in(Role.HR_EXTENDED).post(f"/admin/cases/{case.pk}/form/documents/", typed)

    assert response.status_code == 422
    assert 'value="5"' in response.content.decode()


def test_a_form_without_a_language_is_refused(case, sign_in):
    assert sign_in(Role.HR_EXTENDED).post(f"/admin/cases/{case.pk}/form/", standard(languages=[])).status_code == 422


def locked_question(world):
    form = world.ours.case.form
    options = [{"code": "a", "da": "Lidtt", "en": ""}, {"code": "b", "da": "Meget", "en": ""}]
    return ScreeningQuestion.objects.create(
        form=form, kind="SINGLE", text_da="Skrivefjel?", options=options, justification="fordi"
    )


def test_in_a_locked_form_a_typing_error_is_mended_and_makes_a_version(world, sign_in):
    asked = locked_question(world)
    address = f"/admin/cases/{world.ours.case.pk}/form/questions/{asked.pk}/"
    typed = {
        "kind": "SINGLE",
        "text_da": "Skrivefejl?",
        "justification": "fordi",
        "required": "on",
        "options_code": ["a", "b"],
        "options_da": ["Lidt", "Meget"],
        "data_class": "ORDINARY",
    }

    response = sign_in(Role.HR_EXTENDED).post(address, typed)

    assert response.status_code == 302, response.context["form"].errors
    asked.refresh_from_db()
    assert (asked.text_da, asked.options[0]) == ("Skrivefejl?", {"code": "a", "da": "Lidt", "en": ""})
    assert asked.form.version == 2


@pytest.mark.parametrize("changes", [{"options_da": ["Lidt"]}, {"required": ""}, {"kind": "MULTIPLE"}])
def test_in_a_locked_form_nothing_more_is_asked(world, sign_in, changes):
    asked = locked_question(world)
    case = world.ours.case
    client = sign_in(Role.HR_EXTENDED)
    typed = {
        "kind": "SINGLE",
        "text_da": "X?",
        "justification": "fordi",
        "required": "on",
        "options_code": ["a", "b"],
        "options_da": ["Lidt", "Meget"],
        "data_class": "ORDINARY",
    }

    assert client.post(f"/admin/cases/{case.pk}/form/questions/{asked.pk}/", typed | changes).status_code == 422
    assert client.post(f"/admin/cases/{case.pk}/form/questions/new/", typed).status_code == 422
    assert client.post(f"/admin/cases/{case.pk}/form/", standard()).status_code == 422
    client.post(f"/admin/cases/{case.pk}/form/questions/{asked.pk}/retire/", {"confirmed": "1"})
    asked.refresh_from_db()
    assert (asked.retired_at, asked.text_da) == (None, "Skrivefjel?")


@pytest.mark.parametrize("role", [Role.HR_CASEWORK, Role.HIRING_MANAGER, Role.COMMUNICATIONS, Role.ADMINISTRATOR])
def test_others_may_not_change_the_form(world, case, asked, sign_in, role):
    client = sign_in(role)
    for address in (
        "form/",
        "form/questions/new/",
        f"form/questions/{asked[0].pk}/move/",
        f"form/questions/{asked[0].pk}/retire/",
        "form/documents/",
    ):
        assert client.post(f"/admin/cases/{case.pk}/{address}", {"step": "1"}).status_code in {403, 404}, address
    asked[0].refresh_from_db()
    assert asked[0].retired_at is None


def test_the_editor_costs_the_same_for_one_question_and_for_many(case, asked, sign_in, count_queries):
    sign_in(Role.HR_EXTENDED)
    before = count_queries(f"/admin/cases/{case.pk}/form/")
    link = asked[0].linked_requirement
    for n in range(5):
        ScreeningQuestion.objects.create(
            form=case.form, position=9 + n, kind="YES_NO", text_da=f"Q{n}", linked_requirement=link
        )

    assert count_queries(f"/admin/cases/{case.pk}/form/") == before


def profile_form(case, **changes) -> dict:
    lines = {"competences-TOTAL_FORMS": "3", "competences-INITIAL_FORMS": "2", "tasks": "Føre tilsyn"}
    for n, line in enumerate(Competence.objects.filter(profile__case=case)):
        lines |= {
            f"competences-{n}-id": str(line.pk),
            f"competences-{n}-name_da": line.name_da,
            f"competences-{n}-kind": line.kind,
            f"competences-{n}-weight": "3",
            f"competences-{n}-ORDER": str(n + 1),
        }
    lines |= {"competences-2-name_da": "", "competences-2-kind": "PROFESSIONAL", "competences-2-weight": "3"}
    return lines | changes


def test_requirements_are_added_removed_and_reordered_without_javascript(case, sign_in):
    typed = profile_form(
        case,
        **{
            "competences-0-DELETE": "on",
            "competences-2-name_da": "Engelsk",
            "competences-2-ORDER": "1",
            "competences-1-ORDER": "2",
        },
    )
    response = sign_in(Role.HR_EXTENDED).post(f"/admin/cases/{case.pk}/profile/", typed)

    assert response.status_code == 302, response.context["competences"].errors
    assert [c.name_da for c in Competence.objects.filter(profile__case=case)] == ["Engelsk", "Klar formidling"]


def test_a_requirement_that_a_question_hangs_on_cannot_be_removed_and_the_words_stay(case, asked, sign_in):
    response = sign_in(Role.HR_EXTENDED).post(
        f"/admin/cases/{case.pk}/profile/", profile_form(case, tasks="Nye ord", **{"competences-0-DELETE": "on"})
    )

    assert response.status_code == 422
    assert "Nye ord" in response.content.decode()
    assert Competence.objects.filter(profile__case=case).count() == 2
