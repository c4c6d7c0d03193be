"""Tests that applicants took: kept with discretion, shown to few, and never alone (guide p. 17, INV-28)."""

import datetime as dt
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.applications.models import Application
from recruitment.audit.record import record
from recruitment.documents.actions import receive
from recruitment.documents.models import DocumentKind, UploadedBy
from recruitment.errors import NotPossible, Obstacle
from recruitment.interviews.models import InvitationState
from recruitment.interviews.records import TestResult
from recruitment.people.actor import Actor
from recruitment.rows import DataClass


@transaction.atomic
def record_test(
    application: Application, *, actor: Actor, test_name: str, purpose: str, used_in_interview: str,
    file: tuple[BinaryIO, str] | None = None, data_class: str = DataClass.CONFIDENTIAL,
) -> TestResult:  # fmt: skip
    """Keep a test. Raises NotPossible without words on its use, or for somebody who is called to no interview (INV-28)."""
    require(actor, Permission.TEST_RECORD, application)
    found = []
    if not used_in_interview.strip():
        message = _("A test never stands alone. Write how it is used in the interview.")
        found.append(Obstacle("test_alone", message, "test.used_in_interview"))
    called = application.interview_invitations.exclude(state__in=[InvitationState.DRAFT, InvitationState.CANCELLED])
    if not called.exists():
        message = _("A test belongs to an interview: call the applicant first.")
        found.append(Obstacle("no_interview", message, "interviews"))
    if found:
        raise NotPossible(found)
    document = None
    if file is not None:
        stream, filename = file
        document = receive(
            stream, filename, application=application, kind=DocumentKind.TEST, actor=actor, uploaded_by=UploadedBy.STAFF
        )
    result = TestResult.objects.create(
        application=application, test_name=test_name, purpose=purpose, used_in_interview=used_in_interview.strip(),
        document=document, data_class=data_class, recorded_by=actor.user,
    )  # fmt: skip
    record(actor, "TestResult.record", result)
    return result


@transaction.atomic
def note_feedback(result: TestResult, *, actor: Actor, at: dt.datetime | None = None) -> TestResult:
    """The applicant has been told the result."""
    require(actor, Permission.TEST_RECORD, result)
    result.feedback_given_at = at or clock.now()
    result.save(update_fields=["feedback_given_at"])
    record(actor, "TestResult.feedback", result)
    return result


def open_tests(application: Application, *, actor: Actor) -> list[Any]:
    """The applicant's tests, for those who may see them; that they looked is noted."""
    require(actor, Permission.TEST_VIEW, application)
    rows = list(application.test_results.select_related("document", "recorded_by"))
    if rows:
        record(actor, "TestResult.open", application, count=len(rows))
    return rows
