"""Applicants far enough for references and hearings, with an account, and a small file to hand in."""

import io
from types import SimpleNamespace

from recruitment.applications.models import Application
from recruitment.cases.models import RecruitmentCase
from recruitment.fairness.facts import note_fact
from recruitment.fairness.hearings import open_hearing, send_hearing
from recruitment.fairness.models import FactNote, PartyHearing
from recruitment.people.actor import Actor
from recruitment.references.models import ReferenceCheck
from recruitment.references.referees import answer_consent, ask_consent, ask_for_referees, name_referee
from tests.factories.world import HOUSE, make_user

REFEREE = {"name": "Bodil Stær", "organisation": "Havnekontoret", "relation": "chef", "phone": "+45 00 00 31 31"}


def small_file(name: str = "referat.txt") -> tuple[io.BytesIO, str]:
    return io.BytesIO(b"Referat af samtalen."), name


def sign_up(application: Application, email: str = "kirsten@ansoeger.example") -> Actor:
    """The applicant has proved their address."""
    candidate = application.candidate
    if candidate.user is None:
        candidate.user = make_user(email)
        candidate.save()
    return Actor.person(candidate.user)


def late_stage(world: SimpleNamespace, *, state: str = "FINALIST", case_state: str = "DECIDING") -> SimpleNamespace:
    """Our case before its decision, our applicant interviewed and signed up."""
    RecruitmentCase.objects.filter(pk=world.ours.case.pk).update(state=case_state)
    Application.objects.filter(pk=world.application.pk).update(
        state=state, stage_reached=40, first_opened_at="2026-01-01T00:00Z"
    )
    world.ours.case.refresh_from_db()
    application = Application.objects.select_related("case__institution", "candidate", "round").get(
        pk=world.application.pk
    )
    return SimpleNamespace(case=world.ours.case, application=application, applicant=sign_up(application))


def named(late: SimpleNamespace, **details: object) -> ReferenceCheck:
    """The applicant has named a referee."""
    ask_for_referees(late.application, actor=HOUSE)
    return name_referee(late.application, actor=late.applicant, **{**REFEREE, **details})


def consented(late: SimpleNamespace, **details: object) -> ReferenceCheck:
    """... and has said yes to them."""
    check, _letter = ask_consent(named(late, **details), actor=HOUSE)
    return answer_consent(check, actor=late.applicant, is_given=True)


def adverse_note(late: SimpleNamespace, **fields: object) -> FactNote:
    return note_fact(
        late.case, actor=HOUSE, application=late.application, is_adverse=True,
        **{"source": "PHONE", "fact_text": "Har fået en advarsel.", **fields},
    )  # fmt: skip


def hearing_on(late: SimpleNamespace, *, sent: bool = True) -> PartyHearing:
    """About an adverse note, with the applicant."""
    hearing = open_hearing(late.application, actor=HOUSE, trigger="FACT_NOTE", notes=[adverse_note(late)])
    return send_hearing(hearing, actor=HOUSE) if sent else hearing
