"""What is known of one applicant, on one line of time: answers, interviews, tests, references, as far as somebody may see each."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recruitment.access.decide import held
from recruitment.access.permissions import Permission
from recruitment.applications.asking_again import replies_of
from recruitment.applications.models import Application
from recruitment.interviews.models import InterviewInvitation
from recruitment.interviews.queries import invitations_of_application
from recruitment.people.actor import Actor
from recruitment.references.models import TAKEN
from recruitment.references.queries import checks_of

ASKED = (
    Permission.INTERVIEW_VIEW_SLOTS, Permission.INTERVIEW_CONDUCT, Permission.TEST_VIEW, Permission.REFERENCE_MANAGE,
)  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """One thing that is known, or is to come; leads to where it is read."""

    at: dt.datetime
    sort: str
    words: str
    url: str


def evidence_of(actor: Actor, application: Application, answers: int) -> list[Piece]:
    """In the order of time; what the person may not open is not there."""
    rights = held(actor, ASKED, application)
    pieces = [*_answers(application, answers)]
    if Permission.INTERVIEW_VIEW_SLOTS in rights:
        conducts = Permission.INTERVIEW_CONDUCT in rights
        pieces += _interviews(application, "interview_conduct" if conducts else "interview_invitation")
    if Permission.TEST_VIEW in rights:
        pieces += _tests(application)
    if Permission.REFERENCE_MANAGE in rights:
        pieces += _references(application)
    return sorted(pieces, key=lambda piece: piece.at)


def _answers(application: Application, answers: int) -> Iterator[Piece]:
    if answers and application.received_at:
        words = ngettext("%d answer in the form", "%d answers in the form", answers) % answers
        yield Piece(application.received_at, _("Answers"), words, "#answers-heading")
    for reply in replies_of(application):
        if reply.answered_at:
            yield Piece(reply.answered_at, _("Answers"), _("to further questions"), f"#follow-up-{reply.pk}")


def _interviews(application: Application, screen: str) -> Iterator[Piece]:
    for row in invitations_of_application(application):
        words = _("round %(number)d, %(state)s") % {"number": row.round.number, "state": row.get_state_display()}
        yield Piece(
            _when(row), _("Interview"), words, reverse(f"workbench:{screen}", args=[application.case_id, row.pk])
        )


def _when(row: InterviewInvitation) -> dt.datetime:
    return row.slot.starts_at if row.slot else row.sent_at or row.created_at


def _tests(application: Application) -> Iterator[Piece]:
    address = reverse("workbench:tests_taken", args=[application.case_id, application.pk])
    for result in application.test_results.all():
        yield Piece(result.created_at, _("Test"), result.test_name, address)


def _references(application: Application) -> Iterator[Piece]:
    for check in checks_of(application):
        if check.state in TAKEN and check.completed_at:
            address = reverse("workbench:reference", args=[application.case_id, application.pk, check.pk])
            yield Piece(check.completed_at, _("Reference"), str(check.get_state_display()), address)
