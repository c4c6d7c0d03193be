"""An application copied to another case of the institution: only when the applicant has said yes (INV-22)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import require, visible
from recruitment.access.permissions import Permission
from recruitment.applications.letters import write
from recruitment.applications.lifecycle import REGISTER, REVIEW
from recruitment.applications.models import Application, Stage
from recruitment.applications.reference import new_reference
from recruitment.audit.record import record
from recruitment.cases.models import CaseState
from recruitment.cases.profile import AdvertisementRound
from recruitment.documents.actions import receive
from recruitment.documents.discretion import of_the_application
from recruitment.errors import NotPossible, Obstacle
from recruitment.lifecycle import make
from recruitment.people.actor import Actor

OPEN = (CaseState.ADVERTISED, CaseState.ASSESSING)


def rounds_to_copy_to(application: Application, actor: Actor) -> QuerySet[AdvertisementRound]:
    """Open rounds of other cases of the institution that take the application in time, within the person's reach."""
    in_time = Q(application_deadline__isnull=True) | Q(application_deadline__gt=clock.now())
    rounds = AdvertisementRound.objects.filter(
        in_time, case__institution=application.case.institution_id, case__state__in=OPEN, opens_at__isnull=False, closed_at__isnull=True
    ).exclude(case=application.case_id)  # fmt: skip
    return (
        visible(actor, Permission.APPLICATION_COPY_TO_CASE, rounds).select_related("case").order_by("case__title", "pk")
    )


@transaction.atomic
def copy_to_round(application: Application, round_: AdvertisementRound, *, said_yes: str, actor: Actor) -> Application:
    """A new application with the same person, letter and papers; answers are not copied, for other questions were asked.

    `said_yes` is how and when the applicant agreed; it stands in the copy's history. The copy is deleted when the original
    is, and the applicant gets a letter.
    """
    require(actor, Permission.APPLICATION_COPY_TO_CASE, application)
    require(actor, Permission.APPLICATION_READ_DOCUMENTS, application)
    if not rounds_to_copy_to(application, actor).filter(pk=round_.pk).exists():
        raise PermissionDenied
    if found := _why_not(application, round_, said_yes):
        raise NotPossible(found)
    now = clock.now()
    copy = Application.objects.create(
        reference=new_reference(), candidate=application.candidate, case=round_.case, round=round_, language=application.language,
        channel=application.channel, registered_by=actor.user, motivation_text=application.motivation_text,
        applicant_origin=application.applicant_origin, has_cpr_number=application.has_cpr_number, started_at=now,
        copied_from=application, retention_due_at=application.retention_due_at, form_version=round_.case.form.version,
    )  # fmt: skip
    _copy_papers(application, copy, actor)
    copy = make(REGISTER, copy, actor=actor, reason=said_yes.strip(), received_at=now, stage_reached=Stage.RECEIVED)
    if copy.case.state != CaseState.ADVERTISED:
        copy = make(REVIEW, copy, actor=Actor.house("copied after the deadline"))
    record(actor, "Application.copy", application, to=str(copy.pk))
    write("MANUAL_REGISTERED", copy, key=f"copy:{copy.pk}", actor=actor)
    return copy


def _why_not(application: Application, round_: AdvertisementRound, said_yes: str) -> list[Obstacle]:
    found = []
    if not said_yes.strip():
        found.append(Obstacle("no_yes", _("Write how and when the applicant said yes."), "copy.said_yes"))
    if application.is_draft or application.state == "WITHDRAWN":
        found.append(Obstacle("not_received", _("Only an application that stands can be copied.")))
    same_person = Q(candidate=application.candidate_id)
    if application.candidate.email:
        same_person |= Q(candidate__email__iexact=application.candidate.email)
    if Application.objects.filter(same_person, round=round_).exclude(state="WITHDRAWN").exists():
        found.append(Obstacle("already_there", _("The applicant has applied there already."), "copy.round"))
    return found


def _copy_papers(application: Application, copy: Application, actor: Actor) -> None:
    """The applicant's own papers, checked and drawn anew; what was added in the course of the first case stays there."""
    papers: Any = of_the_application(application.documents.filter(replaced_at__isnull=True).order_by("created_at"))
    for document in papers:
        if not document.file or not document.may_be_served:
            continue
        with document.file.open("rb") as stored:
            receive(
                stored, document.filename, application=copy, kind=document.kind, actor=actor, uploaded_by=document.uploaded_by
            )  # fmt: skip
