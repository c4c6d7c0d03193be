"""A case at its decision: interviewed applicants, others who were only read, and quick hands for deciding and answering."""

import datetime as dt
from types import SimpleNamespace

from recruitment import clock
from recruitment.access.roles import Role
from recruitment.applications.models import Application, PriorityClaim
from recruitment.cases.models import RecruitmentCase
from recruitment.decisions.deciding import Words, conclude, write_decision
from recruitment.decisions.models import Offer, OfferAnswer
from recruitment.decisions.offering import hire
from recruitment.documents.models import Document
from recruitment.fairness.claim_models import JobCentreNegotiation
from recruitment.interviews.models import InterviewInvitation, InterviewRound, InterviewSlot
from recruitment.mail.models import Message
from tests.factories.assessing import apply_many
from tests.factories.world import declare_all

FACTORS = "erfaring med tilsyn og klar skriftlig formidling"


def to_decision(world: SimpleNamespace, *, interviewed: int = 2, read: int = 2) -> SimpleNamespace:
    """Ours is DECIDING: so many have been interviewed, so many only read; no assessment committee sits on it."""
    ours = world.ours
    declare_all(ours)
    ours.case.members.filter(role=Role.ASSESSMENT_COMMITTEE).update(access_until=clock.now())
    rows = [world.application, *apply_many(ours, interviewed + read - 1)]
    Application.objects.filter(pk__in=[row.pk for row in rows]).update(
        state="UNDER_REVIEW", stage_reached=10, first_opened_at=clock.now()
    )
    met, others = rows[:interviewed], rows[interviewed:]
    hold_for(ours.case, met)
    RecruitmentCase.objects.filter(pk=ours.case.pk).update(state="DECIDING", deadline_passed_at=clock.now())
    ours.case.refresh_from_db()
    for row in rows:
        row.refresh_from_db()
    return SimpleNamespace(
        case=ours.case, met=met, read=others, hr=ours.actor(Role.HR_EXTENDED), manager=ours.staff[Role.HIRING_MANAGER],
        ours=ours,
    )  # fmt: skip


def hold_for(case: RecruitmentCase, rows: list[Application]) -> None:
    """Their interviews have been held."""
    round_ = InterviewRound.objects.create(case=case, number=1 + case.interview_rounds.count())
    for number, row in enumerate(rows):
        begins = clock.now() - dt.timedelta(days=3, hours=number)
        slot = InterviewSlot.objects.create(
            round=round_, starts_at=begins, ends_at=begins + dt.timedelta(minutes=45), state="BOOKED"
        )
        InterviewInvitation.objects.create(round=round_, application=row, slot=slot, state="HELD", sent_at=begins)
    Application.objects.filter(pk__in=[row.pk for row in rows]).update(state="INTERVIEWED", stage_reached=40)


def whole(table: SimpleNamespace, **changes: object) -> Words:
    """Everything that GRD-10 asks for."""
    said = {
        "decider": table.manager,
        "factors": FACTORS,
        "start_date": clock.today() + dt.timedelta(days=40),
        **changes,
    }
    return Words(**said)  # type: ignore[arg-type]


def written(table: SimpleNamespace, *, chosen=None, reserve=(), **changes: object):
    """The draft as it is usually written."""
    chosen = table.met[:1] if chosen is None else chosen
    return write_decision(table.case, whole(table, **changes), chosen=chosen, reserve=reserve, actor=table.hr)


def concluded(table: SimpleNamespace, *, chosen=None, reserve=(), **changes: object):
    """Decided: the first one met has an offer."""
    decision = written(table, chosen=chosen, reserve=reserve, **changes)
    chosen = table.met[:1] if chosen is None else chosen
    conclude(
        table.case, terms={row.pk: "Kr. 42.000 om måneden" for row in chosen}, answer_by=clock.today() + dt.timedelta(days=5),
        actor=table.hr,
    )  # fmt: skip
    table.case.refresh_from_db()
    decision.refresh_from_db()
    return decision


def filled(table: SimpleNamespace):
    """Decided, accepted, hired."""
    decision = concluded(table)
    offer = Offer.objects.get(application=table.met[0])
    Offer.objects.filter(pk=offer.pk).update(answer=OfferAnswer.ACCEPTED, answered_at=clock.now())
    offer.refresh_from_db()
    hire(offer, actor=table.hr)
    return decision


def clear(claim: PriorityClaim) -> None:
    """The job centre has had its say, and the minutes are kept."""
    minutes = Document.objects.create(
        application=claim.application,
        kind="OTHER",
        filename="referat.pdf",
        mime="application/pdf",
        size=1,
        sha256="1" * 64,
    )
    JobCentreNegotiation.objects.create(claim=claim, job_centre="Jobcenter Viborg", minutes_document=minutes)
    PriorityClaim.objects.filter(pk=claim.pk).update(state="CLEARED")


def letter_to(application: Application, code: str, *, state: str = "QUEUED", channel: str = "EMAIL") -> Message:
    """A letter as the sending leaves it."""
    confidential = channel != "EMAIL"
    return Message.objects.create(
        institution=application.case.institution, application=application, candidate=application.candidate, code=code,
        key=f"t:{code}:{application.pk}:{Message.objects.count()}", recipient=application.candidate.email, language="da", subject="Svar",
        text="Svar", message_class="CONFIDENTIAL" if confidential else "STANDARD", channel=channel, state=state,
        message_id=f"<{application.pk}.{code}.{Message.objects.count()}@portal.example>",
    )  # fmt: skip
