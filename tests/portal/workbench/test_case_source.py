"""A new case like an earlier one, on the screen."""

import pytest

from recruitment.access.roles import Role
from recruitment.cases.adapted import CaseTemplate
from recruitment.cases.models import RecruitmentCase
from recruitment.questions.models import ScreeningQuestion
from tests.factories.world import make_case
from tests.portal.workbench.test_cases import short_form


def test_the_short_form_is_filled_in_and_what_is_not_shown_is_copied_too(world, sign_in):
    source, client = world.ours.case, sign_in(Role.HR_EXTENDED)
    first = source.profile.competences.first()
    ScreeningQuestion.objects.create(
        form=source.form, kind="YES_NO", text_da="Kan du køre bil?", linked_requirement=first
    )
    address = f"/admin/cases/new/?like={source.pk}"
    assert address in client.get(f"/admin/cases/{source.pk}/").content.decode()
    assert "Føre tilsyn" in client.get(address).content.decode()

    typed = short_form(world, title="Ny fuldmægtig", competences=f"{first.name_da}\nNoget nyt")
    client.post(address, typed)

    case = RecruitmentCase.objects.get(title="Ny fuldmægtig")
    assert case.copied_from == source
    assert list(case.profile.competences.values_list("name_da", "must_have")) == [
        (first.name_da, True),
        ("Noget nyt", False),
    ]
    assert case.form.questions.get().linked_requirement.name_da == first.name_da


def test_a_requirement_that_is_taken_out_unties_its_question(world, sign_in):
    source = world.ours.case
    ScreeningQuestion.objects.create(
        form=source.form,
        kind="YES_NO",
        text_da="Kan du køre bil?",
        linked_requirement=source.profile.competences.first(),
    )
    sign_in(Role.HR_EXTENDED).post(
        f"/admin/cases/new/?like={source.pk}", short_form(world, title="Ny", competences="Noget andet")
    )

    case = RecruitmentCase.objects.get(title="Ny")
    assert case.form.questions.get().linked_requirement is None


@pytest.mark.parametrize("like", ["nej", "01a215d7-7926-7fe3-bedf-cf6c4734012d"])
def test_a_case_that_is_none_is_not_found(world, sign_in, like):
    assert sign_in(Role.HR_EXTENDED).get(f"/admin/cases/new/?like={like}").status_code == 404


def test_a_case_of_another_institution_is_not_found(world, sign_in):
    assert sign_in(Role.HR_EXTENDED).get(f"/admin/cases/new/?like={world.theirs.case.pk}").status_code == 404


def test_a_case_is_kept_offered_and_taken_out_of_use(world, sign_in):
    case, client = make_case(world.ours), sign_in(Role.HR_EXTENDED)
    assert client.post(f"/admin/cases/{case.pk}/keep/", {"name": "", "unit": world.ours.unit.pk}).status_code == 422
    client.post(f"/admin/cases/{case.pk}/keep/", {"name": "Fuldmægtig i tilsyn", "unit": world.ours.unit.pk})
    template = CaseTemplate.objects.get()

    assert f"?like={case.pk}" in sign_in(Role.HR_LIMITED).get("/admin/cases/new/").content.decode()
    assert client.get(f"/admin/cases/new/?like={case.pk}").status_code == 200
    sign_in(Role.HR_EXTENDED).post(f"/admin/templates/cases/{template.pk}/end/")
    assert f"?like={case.pk}" not in sign_in(Role.HR_LIMITED).get("/admin/cases/new/").content.decode()
    assert client.get(f"/admin/cases/new/?like={case.pk}").status_code == 404


def test_a_template_of_another_institution_is_not_ended(world, sign_in):
    template = CaseTemplate.objects.create(
        institution=world.theirs.institution, unit=world.theirs.unit, case=world.theirs.case, name="Deres"
    )
    assert sign_in(Role.HR_EXTENDED).post(f"/admin/templates/cases/{template.pk}/end/").status_code == 404
