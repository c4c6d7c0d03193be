"""Making a case, filling its frame, and giving it people and dates."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.actions import seat_member
from recruitment.access.decide import may, require
from recruitment.access.permissions import Permission
from recruitment.access.roles import Role
from recruitment.audit.record import record
from recruitment.cases.dates import usual_answer_date
from recruitment.cases.models import CaseState, RecruitmentCase
from recruitment.cases.profile import AdvertisementRound, CaseContact, JobProfile
from recruitment.documents.models import DocumentKind
from recruitment.errors import NotPossible, Obstacle
from recruitment.events import Event, tell
from recruitment.organisation.models import Institution, OrganisationalUnit
from recruitment.people.actor import Actor
from recruitment.people.models import User
from recruitment.questions.models import ApplicationForm, DocumentRequirement

#: Fields of a case that may be typed in its form; states and instants are not among them.
FRAME = (
    "title", "title_en", "case_type", "positions_count", "employment_basis", "employment_duration", "duration_until",
    "working_time", "weekly_hours_min", "weekly_hours_max", "part_time_possible", "part_time_refusal_reason",
    "position_category", "staff_group", "occupation", "employment_area", "pay_placement_text", "pay_min", "pay_max",
    "official_residence_text", "start_date", "start_asap", "interview_dates", "expected_answer_date",
    "advertising_required", "advertising_exemption", "advertising_exemption_reason", "postal_application_address",
    "data_class", "language", "records_reference",
)  # fmt: skip


@dataclass(frozen=True)
class DeadlineMoved(Event):
    """A round ends at another time than before."""

    round: AdvertisementRound


@dataclass(frozen=True)
class AnswerDateMoved(Event):
    """The day on which applicants were promised an answer is another one than before."""

    case: RecruitmentCase
    before: dt.date | None
    actor: Actor


@dataclass(frozen=True)
class CaseMade(Event):
    """A new case stands, with its first people."""

    case: RecruitmentCase


@dataclass(frozen=True)
class PeopleChanged(Event):
    """Somebody else plays a part on the case: `part` is HR or MANAGER."""

    case: RecruitmentCase
    part: str
    before: User | None
    after: User | None


@dataclass(frozen=True)
class ContactLine:
    """A person applicants may talk to."""

    name: str
    phone: str = ""
    email: str = ""
    title: str = ""
    publish_in_ad: bool = True


def next_case_number(institution: Institution, year: int) -> str:
    """The institution's next number in the year: 2026-0012. Locks the institution until the transaction ends."""
    Institution.objects.select_for_update().get(pk=institution.pk)
    prefix = f"{year}-"
    last = (
        RecruitmentCase.objects.filter(institution=institution, case_number__startswith=prefix)
        .order_by("-case_number")
        .values_list("case_number", flat=True)
        .first()
    )
    return f"{prefix}{int(last.split('-')[1]) + 1 if last else 1:04d}"


@transaction.atomic
def create_case(
    unit: OrganisationalUnit,
    *,
    actor: Actor,
    frame: Mapping[str, Any],
    deadline: dt.datetime | None = None,
    hiring_manager: User | None = None,
    contacts: Iterable[ContactLine] = (),
    copied_from: RecruitmentCase | None = None,
) -> RecruitmentCase:
    """A new draft in the unit with an open round, an empty profile and the shipped form; the creator becomes responsible.

    `deadline` is the exclusive instant; the promised answer follows from it unless the frame says another. Raises PermissionDenied outside the creator's units.
    """
    require(actor, Permission.CASE_CREATE, unit)
    if not unit.is_case_creation_allowed or not unit.active:
        raise NotPossible([Obstacle("unit_closed", _("Cases are not created in this unit."), "case.unit")])
    case = RecruitmentCase(
        institution=unit.institution,
        unit=unit,
        case_number=next_case_number(unit.institution, clock.today().year),
        created_by=actor.user,
        created_at=clock.now(),
        hr_responsible=actor.user,
        copied_from=copied_from,
    )
    _set_frame(case, frame)
    if deadline and case.expected_answer_date is None:
        case.expected_answer_date = usual_answer_date(deadline, unit.institution.settings.expected_answer_days)
    case.save()
    _set_relations(case, frame)
    JobProfile.objects.create(case=case)
    AdvertisementRound.objects.create(case=case, application_deadline=deadline)
    _make_form(case)
    set_contacts(case, contacts, actor=Actor.house("new case"))
    _seat_the_first_people(case, hiring_manager, actor)
    record(actor, "RecruitmentCase.create", case)
    tell(CaseMade(case))
    return case


def _seat_the_first_people(case: RecruitmentCase, hiring_manager: User | None, actor: Actor) -> None:
    house = Actor.house("new case")
    if actor.user is not None and not may(actor, Permission.CASE_EDIT, case):
        seat_member(case, actor.user, Role.HR_LIMITED, actor=house)
        actor.memo.clear()
    if hiring_manager is not None:
        appoint_hiring_manager(case, hiring_manager, actor=actor)


def _set_frame(case: RecruitmentCase, frame: Mapping[str, Any]) -> None:
    for name in FRAME:
        if name in frame:
            setattr(case, name, frame[name])


def _refuse_fewer_than_taken(case: RecruitmentCase) -> None:
    """INV-9: no fewer positions than people who have one, or have been offered one."""
    taken = case.applications.filter(state__in=["OFFERED", "HIRED"]).count()
    if case.positions_count is not None and case.positions_count < taken:
        message = _("%d have been hired or offered the job: there cannot be fewer positions.") % taken
        raise ValidationError({"positions_count": ValidationError(message, code="fewer_than_taken")})


def _set_relations(case: RecruitmentCase, frame: Mapping[str, Any]) -> None:
    if "collective_agreements" in frame:
        case.collective_agreements.set(frame["collective_agreements"])
    if "workplaces" in frame:
        case.workplaces.set([place for place in frame["workplaces"] if place.institution_id == case.institution_id])


def _make_form(case: RecruitmentCase) -> ApplicationForm:
    """The form every case begins with: motivated application, CV, diplomas."""
    form = ApplicationForm.objects.create(case=case, languages=[case.language])
    DocumentRequirement.objects.bulk_create(
        [
            DocumentRequirement(form=form, kind=DocumentKind.CV, minimum=1, maximum=1, position=1),
            DocumentRequirement(form=form, kind=DocumentKind.DIPLOMA, minimum=0, maximum=5, position=2),
            DocumentRequirement(form=form, kind=DocumentKind.OTHER, minimum=0, maximum=3, position=3),
        ]
    )
    return form


def refuse_if_closed(case: RecruitmentCase) -> None:
    if case.state in {CaseState.CLOSED, CaseState.ANONYMISED}:
        raise NotPossible([Obstacle("closed", _("The case is closed."))])


@transaction.atomic
def edit_case(case: RecruitmentCase, *, actor: Actor, frame: Mapping[str, Any]) -> RecruitmentCase:
    """Change the frame. Raises ValidationError where the database's rules would be broken; nothing is saved then."""
    require(actor, Permission.CASE_EDIT, case)
    refuse_if_closed(case)
    before = RecruitmentCase.objects.select_for_update().values_list("expected_answer_date", flat=True)
    promised = before.get(pk=case.pk)
    _set_frame(case, frame)
    _refuse_fewer_than_taken(case)
    case.full_clean(exclude=["case_number"])
    case.save()
    _set_relations(case, frame)
    record(actor, "RecruitmentCase.edit", case, fields=sorted(frame))
    if case.expected_answer_date != promised:
        tell(AnswerDateMoved(case, promised, actor))
    return case


@transaction.atomic
def set_deadline(
    round_: AdvertisementRound, deadline: dt.datetime, *, actor: Actor, short_period_reason: str = ""
) -> AdvertisementRound:
    """Set the exclusive instant at which the round ends. Once open, it may only be moved later, and before it has passed (C3)."""
    require(actor, Permission.CASE_EDIT, round_)
    before, now = round_.application_deadline, clock.now()
    if round_.opens_at is not None and before is not None and before <= now:
        raise NotPossible([Obstacle("deadline_passed", _("The deadline has passed; only a new round can help."))])
    if round_.opens_at is not None and before is not None and deadline < before:
        raise NotPossible([Obstacle("deadline_earlier", _("An open deadline can only be moved to a later time."))])
    round_.application_deadline = deadline
    if short_period_reason:
        round_.short_period_reason = short_period_reason
    round_.save()
    round_.publications.filter(publish_until=before).exclude(publish_until=None).update(publish_until=deadline)
    record(actor, "round.set_deadline", round_, deadline=deadline.isoformat())
    tell(DeadlineMoved(round_))
    return round_


@transaction.atomic
def set_contacts(case: RecruitmentCase, contacts: Iterable[ContactLine], *, actor: Actor) -> None:
    """The people applicants may talk to, in order; replaces those before."""
    require(actor, Permission.CASE_EDIT, case)
    case.contacts.all().delete()
    CaseContact.objects.bulk_create(
        [
            CaseContact(
                case=case, name=line.name, phone=line.phone, email=line.email, title=line.title,
                publish_in_ad=line.publish_in_ad, position=position,
            )
            for position, line in enumerate(contacts)
            if line.name and (line.phone or line.email)
        ]
    )  # fmt: skip


@transaction.atomic
def appoint_hiring_manager(case: RecruitmentCase, user: User, *, actor: Actor) -> RecruitmentCase:
    """Give the case its hiring manager, with the seat that follows."""
    require(actor, Permission.CASE_EDIT, case)
    before, case.hiring_manager = case.hiring_manager, user
    case.save(update_fields=["hiring_manager", "updated_at"])
    seat_member(case, user, Role.HIRING_MANAGER, actor=actor)
    tell(PeopleChanged(case, "MANAGER", before, user))
    return case


@transaction.atomic
def hand_over_case(case: RecruitmentCase, to: User, *, actor: Actor) -> RecruitmentCase:
    """Another colleague in HR takes the case over, with a seat on it."""
    if not actor.is_house:
        try:
            require(actor, Permission.CASE_EDIT, case)
        except PermissionDenied:
            require(actor, Permission.USER_CREATE_ANY, case)
    before, case.hr_responsible = case.hr_responsible, to
    case.save(update_fields=["hr_responsible", "updated_at"])
    if not may(Actor.person(to), Permission.CASE_EDIT, case):
        seat_member(case, to, Role.HR_LIMITED, actor=Actor.house("handed over"))
    record(actor, "RecruitmentCase.hand_over", case, to=to.pk)
    tell(PeopleChanged(case, "HR", before, to))
    return case
