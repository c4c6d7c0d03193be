"""Holding an interview: what was asked, own notes, the debrief in the pause, the form; and that it was held."""

from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.applications.lifecycle import HOLD_INTERVIEW
from recruitment.applications.models import Application, ApplicationState, Stage
from recruitment.audit.record import record
from recruitment.cases.profile import Competence
from recruitment.documents.actions import receive
from recruitment.documents.models import Document, DocumentKind, UploadedBy
from recruitment.errors import StaleRow
from recruitment.interviews import lifecycle
from recruitment.interviews.inviting import lock
from recruitment.interviews.models import InterviewInvitation
from recruitment.interviews.records import (
    AskedQuestion,
    Finding,
    GuideQuestion,
    Interview,
    InterviewNote,
    InterviewOutcome,
)
from recruitment.lifecycle import make
from recruitment.people.actor import Actor
from recruitment.people.models import User

HOUSE = Actor.house("interview held")
LONGEST_NOTES = 20_000


def open_interview(invitation: InterviewInvitation, *, actor: Actor) -> Interview:
    """The interview of an invitation, begun when somebody first writes in it. Asks for the right, and about conflicts (INV-7)."""
    require(actor, Permission.INTERVIEW_CONDUCT, invitation)
    interview, _made = Interview.objects.get_or_create(invitation=invitation)
    return interview


@transaction.atomic
def mark_asked(invitation: InterviewInvitation, question_ids: Iterable[Any], *, actor: Actor) -> Interview:
    """Exactly these questions of the round's guide have been asked."""
    interview = open_interview(invitation, actor=actor)
    asked = set(
        GuideQuestion.objects.filter(pk__in=list(question_ids), section__guide__round=invitation.round_id).values_list(
            "pk", flat=True
        )
    )
    interview.asked.exclude(question__in=asked).delete()
    present = set(interview.asked.values_list("question", flat=True))
    AskedQuestion.objects.bulk_create(
        [AskedQuestion(interview=interview, question_id=key) for key in asked - present], ignore_conflicts=True
    )
    record(actor, "Interview.mark_asked", invitation, count=len(asked))
    return interview


@transaction.atomic
def write_notes(invitation: InterviewInvitation, text: str, *, actor: Actor) -> None:
    """One's own notes; colleagues' are theirs."""
    interview = open_interview(invitation, actor=actor)
    if actor.user is None:
        raise PermissionDenied
    if len(text) > LONGEST_NOTES:
        raise ValidationError({"notes": _("That is more than notes can hold.")}, code="too_long")
    if text.strip():
        InterviewNote.objects.update_or_create(interview=interview, author=actor.user, defaults={"text": text})
    else:
        InterviewNote.objects.filter(interview=interview, author=actor.user).delete()
    record(actor, "Interview.write_notes", invitation)


@transaction.atomic
def debrief(
    invitation: InterviewInvitation, *, actor: Actor, impression: str, do_better: str, outcome: str,
    findings: Mapping[Any, tuple[int | None, str]], version: int | None = None,
) -> Interview:  # fmt: skip
    """What the panel agrees on in the pause. Raises StaleRow where a colleague saved it since `version` was shown."""
    opened = open_interview(invitation, actor=actor)
    interview = Interview.objects.select_for_update().get(pk=opened.pk)
    if version is not None and interview.version != version:
        raise StaleRow(_("A colleague has saved the debrief meanwhile. Look at it as it is now."), code="changed")
    interview.impression, interview.do_better = impression, do_better
    interview.outcome = InterviewOutcome(outcome)
    interview.version += 1
    interview.save()
    _keep_findings(interview, findings)
    record(actor, "Interview.debrief", invitation, outcome=interview.outcome)
    return interview


def _keep_findings(interview: Interview, findings: Mapping[Any, tuple[int | None, str]]) -> None:
    case = interview.invitation.round.case_id
    for competence in Competence.objects.filter(profile__case=case, pk__in=list(findings)):
        level, words = findings[competence.pk]
        if level is None and not words.strip():
            Finding.objects.filter(interview=interview, competence=competence).delete()
        else:
            Finding.objects.update_or_create(
                interview=interview, competence=competence, defaults={"level": level, "words": words.strip()[:400]}
            )


@transaction.atomic
def hold(
    invitation: InterviewInvitation, *, actor: Actor, participants: Iterable[User] = (), version: int | None = None
) -> Interview:
    """The interview has been held: the applicant is interviewed (C2); rooms above hear that a duty to it is met (C8)."""
    locked = lock(invitation, version)
    held = make(lifecycle.HOLD, locked, actor=actor, version=locked.version + 1)
    interview, _made = Interview.objects.get_or_create(invitation=held)
    interview.held_at = held.slot.starts_at if held.slot else clock.now()
    interview.save()
    interview.participants.set(list(participants) or User.objects.filter(engagements__slot=held.slot))
    application = Application.objects.get(pk=held.application_id)
    if application.state == ApplicationState.INVITED:
        reached = max(application.stage_reached, Stage.INTERVIEWED)
        make(HOLD_INTERVIEW, application, actor=HOUSE, stage_reached=reached)
    return interview


@transaction.atomic
def note_no_show(
    invitation: InterviewInvitation, *, actor: Actor, reason: str = "", version: int | None = None
) -> Interview:
    """The applicant did not come."""
    locked = lock(invitation, version)
    gone = make(lifecycle.NOT_COME, locked, actor=actor, reason=reason, version=locked.version + 1)
    interview, _made = Interview.objects.get_or_create(invitation=gone)
    interview.no_show = True
    interview.save()
    return interview


@transaction.atomic
def attach_form(invitation: InterviewInvitation, stream: BinaryIO, filename: str, *, actor: Actor) -> Document:
    """The filled-in interview form, as a document of the staff on the applicant's profile (guide p. 16)."""
    interview = open_interview(invitation, actor=actor)
    document = receive(
        stream, filename, application=invitation.application, kind=DocumentKind.INTERVIEW_FORM, actor=actor,
        uploaded_by=UploadedBy.STAFF,
    )  # fmt: skip
    interview.form_document = document
    interview.save(update_fields=["form_document"])
    record(actor, "Interview.attach_form", invitation, document=str(document.pk))
    return document
