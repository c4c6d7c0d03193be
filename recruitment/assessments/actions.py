"""Rating, commenting, marking with icons, the chair's ranking, and assessing several together."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import may, require, visible
from recruitment.access.models import CaseMember
from recruitment.access.permissions import Permission
from recruitment.applications.models import Application, ApplicationState
from recruitment.assessments.furnishing import icons_for, scale_for
from recruitment.assessments.marks import CandidateIcon, CandidateIconAssignment, RatingLevel
from recruitment.assessments.models import (
    AssessmentFrame,
    Bucket,
    Comment,
    CriterionRating,
    FinalRanking,
    JointAssessment,
    Rating,
    Visibility,
)
from recruitment.audit.record import record
from recruitment.cases.models import CaseState, RecruitmentCase
from recruitment.errors import NotPossible, Obstacle
from recruitment.people.actor import Actor

LONGEST_COMMENT = 8000
ENDED_CASES = (CaseState.CONCLUDING, CaseState.CLOSED, CaseState.ANONYMISED)
NOT_ASSESSED = (ApplicationState.STARTED, ApplicationState.WITHDRAWN)


@transaction.atomic
def rate(application: Application, value: int | None, *, actor: Actor) -> Rating | None:
    """Save one's own level; None takes it back. To rate is to assess, yet not to open: that is counted where it is read (INV-25)."""
    frame = _frame_for(application, actor)
    before = Rating.objects.filter(application=application, rater=actor.user).select_related("level").first()
    if value is None:
        if before is not None:
            before.delete()
            record(actor, "Rating.withdraw", application)
        return None
    if before is not None and before.level.value == value:
        return before
    level = level_of(frame, value)
    rating, _made = Rating.objects.update_or_create(
        application=application, rater=actor.user, defaults={"level": level, "submitted_at": clock.now()}
    )
    record(actor, "Rating.save", application)
    return rating


@transaction.atomic
def rate_criteria(application: Application, values: Mapping[Any, int | None], *, actor: Actor) -> None:
    """One's own levels for competences of the profile, by the competence's id; None takes one back."""
    frame = _frame_for(application, actor)
    asked = {str(each.pk): each for each in application.case.profile.competences.all()}
    for key, value in values.items():
        competence = asked.get(str(key))
        if competence is None:
            raise ValidationError(_("This is no criterion of the job profile."), code="not_a_criterion")
        mine = CriterionRating.objects.filter(application=application, rater=actor.user, competence=competence)
        if value is None:
            mine.delete()
            continue
        CriterionRating.objects.update_or_create(
            application=application, rater=actor.user, competence=competence,
            defaults={"level": level_of(frame, value), "submitted_at": clock.now()},
        )  # fmt: skip
    record(actor, "CriterionRating.save", application, criteria=len(values))


def level_of(frame: AssessmentFrame, value: int) -> RatingLevel:
    """The level of the case's scale with this number; ValidationError where the scale has none."""
    level = frame.scale.levels.filter(value=value).first()
    if level is None:
        raise ValidationError(_("The scale has no such level."), code="not_a_level")
    return level


def _frame_for(application: Application, actor: Actor) -> AssessmentFrame:
    """The case's frame, made at the first rating, once the person may rate and ratings still change."""
    require(actor, Permission.APPLICATION_RATE, application)
    if actor.user is None:
        raise PermissionDenied
    refuse_if_ended(application)
    frame = frame_of(application.case)
    if frame.locked_at is not None:
        raise NotPossible([Obstacle("locked", _("The ratings of this case are closed for changes."))])
    return frame


def frame_of(case: RecruitmentCase) -> AssessmentFrame:
    """How the case is assessed; the scale in force now stays the case's."""
    frame, _made = AssessmentFrame.objects.get_or_create(case=case, defaults={"scale": scale_for(case.institution)})
    return frame


def refuse_if_ended(application: Application) -> None:
    """Nothing is said any more of an application that was withdrawn, or on a case that is over."""
    if application.state in NOT_ASSESSED:
        raise NotPossible([Obstacle("withdrawn", _("The applicant has withdrawn."))])
    if application.case.state in ENDED_CASES:
        raise NotPossible([Obstacle("closed", _("The case has been decided."))])


@transaction.atomic
def lock_ratings(case: RecruitmentCase, *, actor: Actor, locked: bool) -> AssessmentFrame:
    """Close the ratings for changes, or open them again: chair, manager and HR."""
    require(actor, Permission.APPLICATION_FINAL_RANK, case)
    frame = frame_of(case)
    frame.locked_at, frame.locked_by = (clock.now(), actor.user) if locked else (None, None)
    frame.save(update_fields=["locked_at", "locked_by"])
    record(actor, "Ratings.lock" if locked else "Ratings.unlock", case)
    return frame


@transaction.atomic
def save_comment(application: Application, key: uuid.UUID, text: str, *, visibility: str, actor: Actor) -> Comment:
    """Write, or change what one wrote under this key: sent twice, it is one comment. Others' stay as they were written."""
    require(actor, Permission.APPLICATION_COMMENT, application)
    if actor.user is None:
        raise PermissionDenied
    refuse_if_ended(application)
    written = Comment.objects.select_for_update().filter(pk=key).first()
    if written is not None and (written.author_id != actor.user.pk or written.application_id != application.pk):
        raise PermissionDenied
    words, readers = _checked(text), _visibility(visibility)
    if written is None:
        written = Comment.objects.create(
            pk=key, application=application, author=actor.user, text=words, visibility=readers, created_at=clock.now()
        )
    elif (written.text, written.visibility) != (words, readers):
        written.text, written.visibility, written.edited_at = words, readers, clock.now()
        written.save(update_fields=["text", "visibility", "edited_at"])
    record(actor, "Comment.save", application, visibility=written.visibility)
    return written


def _checked(text: str) -> str:
    words = text.strip().replace("\x00", "")
    if not words:
        raise ValidationError({"text": ValidationError(_("Write something."), code="empty")})
    if len(words) > LONGEST_COMMENT:
        message = _("Use at most %d characters.") % LONGEST_COMMENT
        raise ValidationError({"text": ValidationError(message, code="too_long")})
    return words


def _visibility(wanted: str) -> Visibility:
    if wanted not in Visibility.values:
        raise ValidationError({"visibility": ValidationError(_("Choose who may read it."), code="no_visibility")})
    return Visibility(wanted)


@transaction.atomic
def put_icons(application: Application, chosen: Iterable[CandidateIcon], *, actor: Actor) -> None:
    """The application carries these icons of the institution and no others."""
    require(actor, Permission.APPLICATION_COMMENT, application)
    refuse_if_ended(application)
    allowed = {icon.pk for icon in icons_for(application.case.institution)}
    wanted = {icon.pk for icon in chosen}
    if wanted - allowed:
        raise ValidationError(_("This icon is not in use."), code="not_an_icon")
    present = set(application.icons.values_list("icon", flat=True))
    application.icons.filter(icon__in=present & allowed - wanted).delete()
    CandidateIconAssignment.objects.bulk_create(
        [
            CandidateIconAssignment(
                application=application, icon_id=key, assigned_by=actor.user, assigned_at=clock.now()
            )
            for key in sorted(wanted - present, key=str)
        ]
    )
    record(actor, "Icons.put", application, icons=len(wanted))


@transaction.atomic
def put_in_bucket(application: Application, bucket: str, *, actor: Actor) -> FinalRanking:
    """The chair's first rough sorting; an empty bucket takes it out."""
    require(actor, Permission.APPLICATION_FINAL_RANK, application)
    refuse_if_ended(application)
    if bucket and bucket not in Bucket.values:
        raise ValidationError(_("Choose A, B or C."), code="not_a_bucket")
    ranking = _ranking_of(application, actor)
    ranking.bucket = bucket
    ranking.save()
    record(actor, "FinalRanking.bucket", application, bucket=bucket, on_behalf=ranking.on_behalf)
    return ranking


@transaction.atomic
def rank_in_order(case: RecruitmentCase, ordered: Sequence[Application], *, actor: Actor) -> list[FinalRanking]:
    """The chair's order, best first; whoever is not among them has no rank any more."""
    require(actor, Permission.APPLICATION_FINAL_RANK, case)
    keys = [application.pk for application in ordered]
    on_case = Application.objects.filter(case=case).select_related("case")
    rows = {row.pk: row for row in visible(actor, Permission.APPLICATION_FINAL_RANK, on_case)}
    if len(set(keys)) != len(keys) or any(key not in rows for key in keys):
        raise ValidationError(_("Each applicant of the case can stand once in the order."), code="not_an_order")
    RecruitmentCase.objects.select_for_update().get(pk=case.pk)
    FinalRanking.objects.filter(case=case).exclude(application__in=keys).update(rank=None)
    ranked = []
    for place, key in enumerate(keys, start=1):
        refuse_if_ended(rows[key])
        ranking = _ranking_of(rows[key], actor)
        ranking.rank = place
        ranking.save()
        ranked.append(ranking)
    record(actor, "FinalRanking.order", case, ranked=len(ranked), on_behalf=not is_chair(actor, case))
    return ranked


def _ranking_of(application: Application, actor: Actor) -> FinalRanking:
    ranking = FinalRanking.objects.filter(application=application).first() or FinalRanking(
        application=application, case=application.case
    )
    ranking.set_by, ranking.set_at = actor.user, clock.now()
    ranking.on_behalf = not is_chair(actor, application.case)
    return ranking


def is_chair(actor: Actor, case: RecruitmentCase) -> bool:
    """Whether the final ranking is the person's own: the chair's, and the manager's where no committee has a chair (INV-6)."""
    chairs = CaseMember.objects.filter(case=case, is_chair=True, access_until__isnull=True)
    holders = list(chairs.values_list("user", flat=True))
    if holders:
        return actor.user is not None and actor.user.pk in holders
    return actor.user is not None and case.hiring_manager_id == actor.user.pk


@transaction.atomic
def assess_together(
    case: RecruitmentCase, applications: Sequence[Application], criterion: str, *, actor: Actor
) -> JointAssessment:
    """A person has assessed these against one written criterion (GRD-8). It does not count as opening them (INV-25)."""
    require(actor, Permission.APPLICATION_SHORTLIST, case)
    words = criterion.strip()
    if not words:
        raise ValidationError({"criterion": ValidationError(_("Write the criterion."), code="criterion_missing")})
    if not applications or any(application.case_id != case.pk for application in applications):
        raise ValidationError(_("Choose applications of the case."), code="nobody_chosen")
    joint = JointAssessment.objects.create(case=case, criterion=words, made_by=actor.user, made_at=clock.now())
    joint.applications.set(applications)
    record(actor, "JointAssessment.make", case, applications=[str(application.pk) for application in applications])
    return joint


def may_rate(actor: Actor, case: RecruitmentCase) -> bool:
    """Whether a face should offer rating: the right is there and the case still takes ratings."""
    if case.state in ENDED_CASES or not may(actor, Permission.APPLICATION_RATE, case):
        return False
    return not AssessmentFrame.objects.filter(case=case, locked_at__isnull=False).exists()
