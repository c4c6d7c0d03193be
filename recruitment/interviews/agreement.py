"""Whether the interview guide still asks about what the job profile says. A link of the chain of competences."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from recruitment.cases.chain import COMPETENCE, Difference
from recruitment.cases.models import RecruitmentCase
from recruitment.errors import Obstacle
from recruitment.interviews.records import GuideQuestion, InterviewGuide


def guide_that_disagrees(case: RecruitmentCase, changed: list[Difference]) -> Iterable[Obstacle]:
    """One line a change: old words that the guide still says, and new requirements that it asks nothing about."""
    changes = [each for each in changed if each.what == COMPETENCE]
    if not changes or not InterviewGuide.objects.filter(round__case=case).exists():
        return
    rows = GuideQuestion.objects.filter(section__guide__round__case=case).values_list("text", "competence")
    asked = [(" ".join(text.split()).lower(), str(competence)) for text, competence in rows]
    for each in changes:
        old = " ".join(each.before.split()).lower()
        still_said = old and any(old in text for text, _competence in asked)
        is_asked = any(str(each.competence) == competence for _text, competence in asked)
        if still_said or (each.now and not is_asked):
            words = _("The interview guide was begun before the profile changed: %s.")
            yield Obstacle("guide_and_profile", words % each, "interviews.guide")
