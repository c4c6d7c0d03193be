"""What managers and committees think of the applicants: ratings, criteria, comments, icons and the chair's order."""

import datetime as dt
import random
from typing import Any

from portal.demo.loading.calendar import moment
from portal.demo.loading.cases import made
from portal.demo.loading.catalogue import BY_KEY, LIM, REG
from recruitment.applications.models import Application, Stage
from recruitment.applications.same_person import OpenedBy
from recruitment.assessments.furnishing import icons_for, scale_for
from recruitment.assessments.insight import expected_raters
from recruitment.assessments.marks import CandidateIcon, CandidateIconAssignment, RatingLevel, RatingScale
from recruitment.assessments.models import AssessmentFrame, Comment, CriterionRating, FinalRanking, Rating
from recruitment.cases.models import RecruitmentCase
from recruitment.organisation.models import Institution
from recruitment.people.models import User

#: Case to the share of applications that each rater in turn has got through.
DONE = {
    "R1": (1, 1, 1, 1, 1),
    "R2": (1, 1, 1, 0.7),
    "R3": (1, 1, 1),
    "R5": (1, 1, 1),
    "K1": (0.7, 0.4),
    "L1": (0.9, 0.6, 0.5, 0.3),
}
GOOD = (
    "Skriver klart og kender opgaven. Eksemplet om en afgørelse er præcis det, vi har brug for.",
    "Stærk faglig profil og konkrete resultater. Spørg til erfaringen med at samarbejde på tværs.",
    "Motivationen er skrevet til netop denne stilling. Bør indkaldes.",
)
FAIR = (
    "Opfylder de fleste krav, men erfaringen er kort. Kan være en god reserve.",
    "God uddannelse. Ansøgningen siger ikke meget om det, opslaget lægger vægt på.",
    "Interessant vej hertil. Skal afklares, hvordan erfaringen passer til opgaverne.",
)
WEAK = (
    "Mangler det nødvendige krav i opslaget.",
    "Ansøgningen er bred og nævner ikke opgaverne.",
)  # fmt: skip


def assess_the_fields() -> None:
    """Case after case, with the same dice on every load."""
    _furnish()
    dice = random.Random(20130202)  # noqa: S311 - invention, not secrecy
    for key, shares in DONE.items():
        _assess(made[key], BY_KEY[key].deadline[0], shares, dice)


def _furnish() -> None:
    """The university rates on three levels; the register has an icon of its own."""
    university = Institution.objects.get(slug=LIM)
    scale = RatingScale.objects.create(
        institution=university, name_da="Faglig vurdering", name_en="Academic assessment", is_default=True
    )
    for value, tone, danish, english in (
        (1, "red", "ikke kvalificeret", "not qualified"), (2, "yellow", "muligvis kvalificeret", "perhaps qualified"),
        (3, "green", "kvalificeret", "qualified"),
    ):  # fmt: skip
        RatingLevel.objects.create(scale=scale, value=value, tone=tone, label_da=danish, label_en=english)
    CandidateIcon.objects.create(
        institution=Institution.objects.get(slug=REG), symbol="key", tone="teal", label_da="Kender registre", label_en="Knows registers",
        meaning_da="Har arbejdet med offentlige registre.", meaning_en="Has worked with public registers.", position=5,
    )  # fmt: skip


def _assess(case: RecruitmentCase, deadline: int, shares: tuple[float, ...], dice: random.Random) -> None:
    scale = scale_for(case.institution)
    AssessmentFrame.objects.create(case=case, scale=scale)
    levels = list(scale.levels.all())
    field = list(Application.objects.filter(case=case, stage_reached__gt=0).order_by("received_at", "pk"))
    raters = expected_raters(case)
    at = moment(min(deadline + 4, -1), "10.15")
    rows: dict[Any, list[Any]] = {Rating: [], CriterionRating: [], Comment: []}
    for rater, share in zip(raters, (*shares, *([shares[-1]] * len(raters))), strict=False):
        for application in field[: round(len(field) * share)]:
            level = _level(application, levels, dice)
            rating = Rating(application=application, rater=rater, level=level, submitted_at=at)
            rows[Rating].append(rating)
            rows[CriterionRating] += _criteria(application, rater, levels, at, dice) if dice.random() < 0.4 else []
            rows[Comment] += _comment(rating, levels, dice)
    for model, made_rows in rows.items():
        model.objects.bulk_create(made_rows)
    _opened(case, field, rows[Rating], at)
    _icons(case, field, dice)
    _rank(case, field, raters, at)


def _opened(case: RecruitmentCase, field: list[Application], ratings: list[Any], at: dt.datetime) -> None:
    """Who has rated it has opened it; whoever is responsible in HR has opened all."""
    opened = [OpenedBy(application=rating.application, user=rating.rater, at=at) for rating in ratings]
    opened += [OpenedBy(application=each, user=case.hr_responsible, at=at) for each in field if case.hr_responsible]
    OpenedBy.objects.bulk_create(opened, ignore_conflicts=True)


def _level(application: Application, levels: list[RatingLevel], dice: random.Random) -> RatingLevel:
    """Those who got far were liked; people differ by one."""
    liked = (
        0.85
        if application.stage_reached >= Stage.INVITED
        else 0.65
        if application.stage_reached >= Stage.SCREENED
        else 0.3
    )
    place = round(liked * (len(levels) - 1)) + dice.choice((-1, 0, 0, 0, 1))
    return levels[max(0, min(place, len(levels) - 1))]


def _criteria(
    application: Application, rater: User, levels: list[RatingLevel], at: Any, dice: random.Random
) -> list[CriterionRating]:
    return [
        CriterionRating(
            application=application, rater=rater, competence=competence, level=_level(application, levels, dice), submitted_at=at
        )
        for competence in application.case.profile.competences.all()
    ]  # fmt: skip


def _comment(rating: Rating, levels: list[RatingLevel], dice: random.Random) -> list[Comment]:
    if dice.random() > 0.3:
        return []
    share = levels.index(rating.level) / (len(levels) - 1)
    text = dice.choice(GOOD if share > 0.7 else FAIR if share > 0.3 else WEAK)
    visibility = dice.choices(("COMMITTEE", "HR", "PRIVATE"), (8, 1, 1))[0]
    return [
        Comment(
            application=rating.application, author=rating.rater, text=text, visibility=visibility, created_at=rating.submitted_at
        )
    ]  # fmt: skip


def _icons(case: RecruitmentCase, field: list[Application], dice: random.Random) -> None:
    icons = list(icons_for(case.institution))
    CandidateIconAssignment.objects.bulk_create(
        [
            CandidateIconAssignment(
                application=application, icon=icons[0] if application.stage_reached >= Stage.SCREENED else dice.choice(icons[1:])
            )
            for application in field
            if application.stage_reached >= Stage.SCREENED or dice.random() < 0.15
        ]
    )  # fmt: skip


def _rank(case: RecruitmentCase, field: list[Application], raters: list[User], at: Any) -> None:
    """The chair stands first among those who rate; in the university there is no ranking between applicants."""
    if case.institution.slug == LIM or not raters:
        return
    best = sorted(field, key=lambda application: -application.stage_reached)[:8]
    chosen = [application for application in best if application.stage_reached >= Stage.SCREENED]
    FinalRanking.objects.bulk_create(
        [
            FinalRanking(
                application=application, case=case, bucket="A" if place <= 4 else "B", rank=place, set_by=raters[0], set_at=at
            )
            for place, application in enumerate(chosen, start=1)
        ]
    )  # fmt: skip
