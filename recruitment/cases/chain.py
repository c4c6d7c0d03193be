"""One chain of competences: what hangs on the job profile, and no longer agrees with it after a change.

The profile is settled when an ad goes out. Each link of the chain says for itself what has come apart since; rooms above add theirs.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from recruitment.cases.models import RecruitmentCase
from recruitment.cases.profile import JobProfile
from recruitment.errors import Obstacle
from recruitment.questions.models import ScreeningQuestion

TASK, COMPETENCE = "task", "competence"


@dataclass(frozen=True)
class Difference:
    """One thing of the profile that is not as it was settled: new (`before` empty), gone (`now` empty), or in other words."""

    what: str
    before: str = ""
    now: str = ""
    competence: Any = None

    def __str__(self) -> str:
        if not self.before:
            return _("new: “%s”") % self.now
        if not self.now:
            return _("taken out: “%s”") % self.before
        return _("“%(before)s” is now “%(now)s”") % {"before": self.before, "now": self.now}


Link = Callable[[RecruitmentCase, list[Difference]], Iterable[Obstacle]]
#: The links of rooms above: the ad, criteria, the guide. Filled by `wiring.py`.
links: list[Link] = []


def settle(case: RecruitmentCase) -> None:
    """The profile as it stands is what the ad that just went out was written from."""
    profile = JobProfile.objects.filter(case=case).first()
    if profile is not None:
        JobProfile.objects.filter(pk=profile.pk).update(settled=_as_it_stands(profile))


def _as_it_stands(profile: JobProfile) -> dict[str, Any]:
    names = {str(row.pk): row.name_da for row in profile.competences.all()}
    return {"tasks": profile.task_list(), "competences": names}


def differences(case: RecruitmentCase) -> list[Difference]:
    """What has changed since the ad went out; nothing where none has, or no ad was out."""
    profile = JobProfile.objects.filter(case=case).first()
    if profile is None or not profile.settled:
        return []
    before, now = profile.settled, _as_it_stands(profile)
    found = [Difference(TASK, before=task) for task in before["tasks"] if task not in now["tasks"]]
    found += [Difference(TASK, now=task) for task in now["tasks"] if task not in before["tasks"]]
    for key in {**before["competences"], **now["competences"]}:
        old, new = before["competences"].get(key, ""), now["competences"].get(key, "")
        if old != new:
            found.append(Difference(COMPETENCE, before=old, now=new, competence=key))
    return found


def no_longer_agrees(case: RecruitmentCase) -> list[Obstacle]:
    """Everything on the chain that says something else than the profile, with the place to mend it."""
    changed = differences(case)
    if not changed:
        return []
    return [each for link in (questions_that_disagree, *links) for each in link(case, changed)]


def questions_that_disagree(case: RecruitmentCase, changed: list[Difference]) -> Iterable[Obstacle]:
    """Questions whose requirement is in other words than when they were asked."""
    renamed = {each.competence: each for each in changed if each.what == COMPETENCE and each.before and each.now}
    rows = ScreeningQuestion.objects.filter(
        form__case=case, retired_at__isnull=True, linked_requirement__in=list(renamed)
    )
    for question in rows:
        words = _("The question “%(question)s” hangs on a requirement that has changed: %(change)s.")
        change = str(renamed[str(question.linked_requirement_id)])
        yield Obstacle("question_and_profile", words % {"question": question.text, "change": change}, "form.questions")
