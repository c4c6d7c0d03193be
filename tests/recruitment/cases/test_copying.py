"""A case that begins as an earlier one, or as a template."""

import pytest
from django.core.exceptions import PermissionDenied

from recruitment.access.roles import Role
from recruitment.applications.models import Application
from recruitment.cases.copying import copy_case, end_template, keep_as_template
from recruitment.cases.lifecycle import APPROVE
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.profiling import edit_profile
from recruitment.lifecycle import obstacles
from recruitment.questions.models import ScreeningQuestion
from tests.factories.world import HOUSE, make_case


@pytest.fixture
def source(world):
    """Ours, with a question on its first requirement and a profile that says more than usual."""
    case = RecruitmentCase.objects.get(pk=world.ours.case.pk)
    edit_profile(
        case, actor=HOUSE, fields={"success_criteria": "Afgørelser holder.", "redistribution_note": "Arkivet."}
    )
    first = case.profile.competences.first()
    ScreeningQuestion.objects.create(
        form=case.form, kind="FREE_TEXT", text_da="Hvad har du afgjort?", linked_requirement=first
    )
    case.plan.activities.create(kind="OTHER", title="Ring til TR", offset=-3)
    return case


def test_everything_about_the_job_is_copied_and_nothing_about_its_applicants(world, source):
    copy = copy_case(source, world.ours.unit, actor=world.ours.actor(Role.HR_EXTENDED))

    copy = RecruitmentCase.objects.get(pk=copy.pk)
    assert (copy.state, copy.copied_from, copy.title, copy.start_date) == ("DRAFT", source, source.title, None)
    assert list(copy.workplaces.all()) == list(source.workplaces.all())
    assert list(copy.contacts.values_list("name", "phone")) == list(source.contacts.values_list("name", "phone"))
    assert (copy.profile.success_criteria, copy.profile.redistribution_note) == ("Afgørelser holder.", "Arkivet.")
    assert list(copy.profile.competences.values_list("name_da", "weight", "must_have")) == list(
        source.profile.competences.values_list("name_da", "weight", "must_have")
    )
    question = copy.form.questions.get()
    assert question.linked_requirement.profile.case == copy
    assert copy.plan.activities.filter(title="Ring til TR").exists()
    assert not Application.objects.filter(case=copy).exists()
    assert copy.members.exclude(role=Role.HIRING_MANAGER).count() == 0
    assert copy.form.locked_at is None


def test_a_copy_lives_its_own_life(world, source):
    copy = copy_case(source, world.ours.unit, actor=HOUSE)
    edit_profile(copy, actor=HOUSE, fields={"tasks": "Noget andet"}, competences=None)

    source.profile.refresh_from_db()
    assert source.profile.tasks != "Noget andet"


def test_a_copy_of_a_whole_case_only_lacks_its_manager(world, source):
    copy = copy_case(source, world.ours.unit, actor=world.ours.actor(Role.HR_EXTENDED))

    assert {each.code for each in obstacles(APPROVE, RecruitmentCase.objects.get(pk=copy.pk))} == {"hiring_manager"}


def test_another_title_takes_no_translation_of_the_old_one_along(world, source):
    copy = copy_case(source, world.ours.unit, actor=HOUSE, frame={"title": "Chefkonsulent"})

    assert (copy.title, copy.title_en) == ("Chefkonsulent", "")


def test_nobody_copies_a_case_that_they_do_not_see(world, source):
    limited = world.ours.actor(Role.HR_LIMITED)
    unseen = make_case(world.ours)
    with pytest.raises(PermissionDenied):
        copy_case(unseen, world.ours.unit, actor=limited)
    with pytest.raises(PermissionDenied):
        copy_case(world.theirs.case, world.ours.unit, actor=world.ours.actor(Role.HR_EXTENDED))


def test_a_template_opens_a_case_to_all_who_make_cases_below_its_unit(world):
    unseen, limited = make_case(world.ours), world.ours.actor(Role.HR_LIMITED)
    template = keep_as_template(unseen, world.ours.unit, actor=world.ours.actor(Role.HR_EXTENDED), name="Fuldmægtig")

    assert copy_case(unseen, world.ours.unit, actor=limited).copied_from == unseen

    end_template(template, actor=world.ours.actor(Role.ADMINISTRATOR))
    with pytest.raises(PermissionDenied):
        copy_case(unseen, world.ours.unit, actor=world.ours.actor(Role.HR_LIMITED))


@pytest.mark.parametrize("role", [Role.HR_LIMITED, Role.HR_CASEWORK, Role.HIRING_MANAGER, Role.ADMINISTRATOR])
def test_others_keep_no_case_as_a_template(world, role):
    with pytest.raises(PermissionDenied):
        keep_as_template(world.ours.case, world.ours.unit, actor=world.ours.actor(role), name="Nej")


def test_no_template_stands_at_a_unit_out_of_reach(world):
    for unit in (world.ours.top, world.ours.sibling, world.theirs.unit):
        with pytest.raises(PermissionDenied):
            keep_as_template(world.ours.case, unit, actor=world.ours.actor(Role.HR_EXTENDED), name="Nej")
