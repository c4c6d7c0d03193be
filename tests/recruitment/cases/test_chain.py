"""One chain of competences: what no longer agrees with the profile after a change."""

import pytest

from recruitment.advertising.actions import announce
from recruitment.cases.chain import differences, no_longer_agrees
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.profiling import edit_profile
from recruitment.interviews.guides import guide_of
from recruitment.interviews.records import GuideQuestion
from recruitment.interviews.rounds import make_round
from recruitment.questions.models import ScreeningQuestion
from tests.factories.world import HOUSE, ad_content, advertise, make_case

SAYS = "Føre tilsyn Skrive afgørelser Forvaltningsret Klar formidling"


@pytest.fixture
def out(world) -> RecruitmentCase:
    """A case whose ad is out and says what its profile says, with a question on its first requirement."""
    case = make_case(world.ours)
    ScreeningQuestion.objects.create(
        form=case.form, kind="YES_NO", text_da="Kender du loven?", linked_requirement=case.profile.competences.first()
    )
    advertise(case)
    announce(case.rounds.get(), ad_content(case, text=SAYS, intro="Nye ord."), actor=HOUSE)
    return RecruitmentCase.objects.get(pk=case.pk)


def change(case, *, tasks=None, names=None) -> RecruitmentCase:
    rows = list(case.profile.competences.values("id", "name_da"))
    wanted = (
        [{**row, "name_da": names.get(row["name_da"], row["name_da"])} for row in rows] if names is not None else rows
    )
    extra = [{"name_da": name} for name in (names or {}).get("+", ())]
    edit_profile(case, actor=HOUSE, fields={} if tasks is None else {"tasks": tasks}, competences=[*wanted, *extra])
    return RecruitmentCase.objects.get(pk=case.pk)


def codes(case) -> list[str]:
    return [each.code for each in no_longer_agrees(case)]


def test_nothing_disagrees_while_nothing_changes(out):
    assert (differences(out), codes(out)) == ([], [])


def test_a_task_that_changes_is_told_with_the_place_to_mend_it(out):
    case = change(out, tasks="Føre tilsyn\nHolde oplæg")

    assert {(each.before, each.now) for each in differences(case)} == {("Skrive afgørelser", ""), ("", "Holde oplæg")}
    assert [(each.code, each.place) for each in no_longer_agrees(case)] == [("ad_and_profile", "page.body")] * 2


def test_a_requirement_in_other_words_is_told_for_the_ad_and_for_its_questions(out):
    case = change(out, names={"Forvaltningsret": "EU-ret"})

    assert sorted(codes(case)) == ["ad_and_profile", "question_and_profile"]


def test_a_new_requirement_is_missing_in_the_ad_only(out):
    assert codes(change(out, names={"+": ["Engelsk"]})) == ["ad_and_profile"]


def test_an_ad_in_new_words_ends_it(out):
    case = change(out, names={"+": ["Engelsk"]})
    announce(case.rounds.get(), ad_content(case, text=f"{SAYS} Engelsk", intro="Og engelsk."), actor=HOUSE)

    assert codes(RecruitmentCase.objects.get(pk=case.pk)) == []


def test_before_an_ad_is_out_there_is_nothing_to_disagree_with(world):
    assert codes(change(make_case(world.ours), tasks="Noget andet")) == []


class TestGuide:
    """The guide of the interviews is a link of the chain as well."""

    def test_old_words_and_what_is_not_asked_are_told_until_they_are_mended(self, out):
        round_ = make_round(out, actor=HOUSE)
        guide_of(round_)

        case = change(out, names={"Forvaltningsret": "EU-ret", "+": ["Engelsk"]})
        told = [each for each in no_longer_agrees(case) if each.code == "guide_and_profile"]
        assert [each.place for each in told] == ["interviews.guide"] * 2

        section = guide_of(round_).sections.first()
        GuideQuestion.objects.filter(text__icontains="Forvaltningsret").update(text="Hvad ved du om EU-ret?")
        section.questions.create(text="Speak English?", competence=case.profile.competences.get(name_da="Engelsk"))
        assert "guide_and_profile" not in codes(case)

    def test_without_a_guide_nothing_is_told_of_it(self, out):
        assert "guide_and_profile" not in codes(change(out, names={"+": ["Engelsk"]}))
