"""One application as somebody reads and assesses it: one's own levels, what others said, and the history of comments."""

from dataclasses import dataclass
from typing import Any

from recruitment.applications.models import Application
from recruitment.assessments.furnishing import icons_for, scale_of
from recruitment.assessments.insight import Insight
from recruitment.assessments.marks import CandidateIcon, RatingLevel
from recruitment.assessments.models import Comment, CriterionRating, Rating
from recruitment.cases.profile import Competence


@dataclass(frozen=True)
class CriterionLine:
    """One competence of the profile with one's own level."""

    competence: Competence
    own: RatingLevel | None

    @property
    def key(self) -> str:
        """The competence's id, for the name of a field."""
        return str(self.competence.pk)


@dataclass(frozen=True)
class Reading:
    """Everything beside the document. `others` is empty while others' ratings are hidden; then `hides_others`."""

    levels: list[RatingLevel]
    own: Rating | None
    criteria: list[CriterionLine]
    others: list[Rating]
    hides_others: bool
    comments: list[Comment]
    icons: list[CandidateIcon]
    chosen: list[Any]


def reading_of(application: Application, insight: Insight) -> Reading:
    """As the person may see it."""
    seen = list(insight.ratings(application.ratings.select_related("rater", "level")).order_by("submitted_at"))
    own = next((rating for rating in seen if rating.rater == insight.user), None)
    return Reading(
        levels=list(scale_of(application.case).levels.all()),
        own=own,
        criteria=_criteria(application, insight),
        others=[rating for rating in seen if rating is not own],
        hides_others=insight.reads and not insight.sees_all and own is None,
        comments=list(insight.comments(application.comments.select_related("author"))),
        icons=list(icons_for(application.case.institution)),
        chosen=list(application.icons.values_list("icon", flat=True)),
    )


def _criteria(application: Application, insight: Insight) -> list[CriterionLine]:
    mine = CriterionRating.objects.filter(application=application, rater=insight.user).select_related("level")
    levels = {rating.competence_id: rating.level for rating in mine}
    competences = Competence.objects.filter(profile__case=application.case_id)
    return [CriterionLine(each, levels.get(each.pk)) for each in competences]
