"""What the assessment committee, HR and the applicant do with an assessment."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import override

from recruitment import clock
from recruitment.access.decide import may, require
from recruitment.access.permissions import Permission
from recruitment.applications.letters import values_for
from recruitment.applications.models import Application
from recruitment.assessments.actions import refuse_if_ended
from recruitment.assessments.insight import is_excluded
from recruitment.assessments.lifecycle import CHECK, FINISH, RETURN, SEND, SUBMIT
from recruitment.assessments.statements import Assessment, AssessmentState, Conclusion
from recruitment.audit.record import record
from recruitment.cases.models import RecruitmentCase
from recruitment.errors import NotPossible, Obstacle, StaleRow
from recruitment.lifecycle import make
from recruitment.mail.actions import send as send_letter
from recruitment.mail.models import Message
from recruitment.people.actor import Actor

LONGEST = 40_000
DAYS_TO_COMMENT = 14
FEWEST_DAYS = 5


@transaction.atomic
def write_assessment(application: Application, *, text: str, conclusion: str, version: int, actor: Actor) -> Assessment:
    """A member of the committee writes; `version` is the one they read. Raises StaleRow where somebody else wrote meanwhile."""
    require(actor, Permission.ASSESSMENT_WRITE, application)
    refuse_if_ended(application)
    if conclusion and conclusion not in Conclusion.values:
        raise ValidationError({"conclusion": ValidationError(_("Choose one of the two."), code="no_conclusion")})
    if len(text) > LONGEST:
        raise ValidationError({"text": ValidationError(_("Use at most %d characters.") % LONGEST, code="too_long")})
    assessment, _made = Assessment.objects.get_or_create(application=application)
    locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
    if locked.state != AssessmentState.DRAFT:
        raise NotPossible([Obstacle("handed_in", _("It has been handed in and does not change any more."))])
    if locked.version != version:
        raise StaleRow(
            _("Somebody else has written in it meanwhile. Your words stand below; put the two together."), code="stale"
        )
    locked.text, locked.conclusion, locked.written_by = text.replace("\x00", ""), conclusion, actor.user
    locked.version += 1
    locked.save()
    record(actor, "Assessment.write", application)
    return locked


def submit(assessment: Assessment, *, actor: Actor, reason: str = "") -> Assessment:
    """The chair hands it in to HR."""
    return make(SUBMIT, assessment, actor=actor, submitted_at=clock.now())


def send_back(assessment: Assessment, *, actor: Actor, reason: str) -> Assessment:
    """HR wants something changed, and says what."""
    return make(RETURN, assessment, actor=actor, reason=reason, checked_at=None, checked_by=None)


def check_legality(assessment: Assessment, *, actor: Actor, reason: str = "") -> Assessment:
    """HR has looked at procedure and reasons, not at the professional judgement."""
    return make(CHECK, assessment, actor=actor, reason=reason, checked_at=clock.now(), checked_by=actor.user)


@transaction.atomic
def send_for_comment(assessment: Assessment, *, actor: Actor, until: dt.date | None = None) -> Message | None:
    """Post it in the applicant's secure inbox. None for somebody without an address: they must have it on paper."""
    until = until or clock.today() + dt.timedelta(days=DAYS_TO_COMMENT)
    if until < clock.today() + dt.timedelta(days=FEWEST_DAYS):
        message = _("Give the applicant at least %d days.") % FEWEST_DAYS
        raise ValidationError({"until": ValidationError(message, code="too_soon")})
    sent = make(SEND, assessment, actor=actor, sent_at=clock.now(), comment_deadline=until)
    application = sent.application
    return send_letter(
        "ASSESSMENT_FOR_COMMENT", to=application.candidate, institution=application.case.institution,
        values=values_for(application) | _values(sent), language=application.language, about=application, actor=actor,
        key=f"assessment:{sent.pk}:{sent.version}",
    )  # fmt: skip


def _values(assessment: Assessment) -> dict[str, str]:
    application, until = assessment.application, assessment.comment_deadline
    portal = settings.SITE_URL if application.language == "da" else f"{settings.SITE_URL}/{application.language}"
    with override(application.language):
        return {
            "decision_text": f"{assessment.text}\n\n{_('Conclusion')}: {assessment.get_conclusion_display()}",
            "hearing_deadline": formats.date_format(until, "DATE_FORMAT") if until else "",
            "portal_link": f"{portal}/mine/{application.pk}/bedoemmelse/",
        }


@transaction.atomic
def comment_as_applicant(application: Application, text: str, *, actor: Actor) -> Assessment:
    """The applicant comments, until the date; once."""
    if actor.user is None or application.candidate.user_id != actor.user.pk:
        raise PermissionDenied
    assessment = Assessment.objects.select_for_update().filter(application=application).first()
    if assessment is None or not is_open_for_comment(assessment):
        raise NotPossible([Obstacle("not_open", _("The assessment is not open for comments now."))])
    words = text.strip().replace("\x00", "")
    if not words or len(words) > LONGEST:
        raise ValidationError(
            {"text": ValidationError(_("Write your comment, in at most %d characters.") % LONGEST, code="text")}
        )
    assessment.applicant_comment, assessment.commented_at = words, clock.now()
    assessment.save(update_fields=["applicant_comment", "commented_at"])
    record(actor, "Assessment.comment", application)
    return assessment


def is_open_for_comment(assessment: Assessment) -> bool:
    """Whether the applicant may write: sent to them, in time, and not answered yet."""
    in_time = assessment.comment_deadline is not None and clock.today() <= assessment.comment_deadline
    return assessment.state == AssessmentState.SENT_FOR_COMMENT and in_time and assessment.commented_at is None


def shown_to_applicant(application: Application) -> Assessment | None:
    """What the applicant may read: from the day it was sent to them."""
    return Assessment.objects.filter(
        application=application, state__in=[AssessmentState.SENT_FOR_COMMENT, AssessmentState.FINAL]
    ).first()


def finish(assessment: Assessment, *, actor: Actor, reason: str = "") -> Assessment:
    """The date has passed or the comment has come: it is final."""
    return make(FINISH, assessment, actor=actor, reason=reason, final_at=clock.now())


def assessments_seen(actor: Actor, case: RecruitmentCase) -> QuerySet[Any]:
    """The committee and HR see all; others who read applications see what HR has passed on."""
    rows = Assessment.objects.filter(application__case=case).select_related("application__candidate", "written_by")
    if not may(actor, Permission.APPLICATION_READ_DOCUMENTS, case) or is_excluded(actor, case):
        return rows.none()
    if may(actor, Permission.ASSESSMENT_WRITE, case) or may(actor, Permission.ASSESSMENT_CHECK, case):
        return rows
    return rows.exclude(Q(state=AssessmentState.DRAFT) | Q(state=AssessmentState.SUBMITTED))


def uses_committee(case: RecruitmentCase) -> bool:
    """Whether an assessment committee sits on the case."""
    return case.members.filter(role="ASSESSMENT_COMMITTEE", access_until__isnull=True).exists()
