"""What happens to a received application on the employer's side: opened, put under review, cleaned of a CPR number."""

from typing import Any

from django.db import transaction

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.applications.lifecycle import REVIEW
from recruitment.applications.models import Application, ApplicationState, ApplicationVersion
from recruitment.applications.same_person import OpenedBy
from recruitment.audit.record import record
from recruitment.cases.profile import AdvertisementRound
from recruitment.lifecycle import make
from recruitment.people.actor import Actor


@transaction.atomic
def open_application(application: Application, *, actor: Actor) -> Application:
    """Somebody opens the contents: asked about conflicts first (INV-7), noted in the trail, and counted as read by a person."""
    require(actor, Permission.APPLICATION_READ_DOCUMENTS, application)
    record(actor, "Application.open", application)
    note_opened(application)
    if actor.user is not None:
        OpenedBy.objects.bulk_create([OpenedBy(application_id=application.pk, user=actor.user, at=clock.now())], ignore_conflicts=True)  # fmt: skip
    return application


def note_opened(application: Application) -> None:
    """A person has opened it; the first time is the one that counts."""
    if application.first_opened_at is None:
        application.first_opened_at = clock.now()
        unopened = Application.objects.filter(pk=application.pk, first_opened_at__isnull=True)
        unopened.update(first_opened_at=application.first_opened_at)


@transaction.atomic
def begin_review(round_: AdvertisementRound) -> int:
    """At the deadline every received application goes under review; the kept earlier versions are no longer needed."""
    house = Actor.house("deadline")
    received = round_.applications.filter(state=ApplicationState.SUBMITTED)
    for application in (moved := list(received)):
        make(REVIEW, application, actor=house)
    ApplicationVersion.objects.filter(application__round=round_).delete()
    return len(moved)


@transaction.atomic
def mark_cpr_handled(row: Any, *, actor: Actor) -> None:
    """HR has dealt with a CPR number that an applicant wrote (INV-18). `row` is an application or a document."""
    require(actor, Permission.APPLICATION_READ_DOCUMENTS, row)
    row.cpr_handled_at = clock.now()
    row.save(update_fields=["cpr_handled_at"])
    record(actor, "cpr.handled", row)
