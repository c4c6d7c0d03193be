"""Applicants far enough for references and hearings, with an account, and a small file to hand in."""

import datetime as dt
import io
from types import SimpleNamespace

from recruitment import clock
from recruitment.applications.models import Application, PriorityClaim
from recruitment.cases.models import RecruitmentCase
from recruitment.consents.actions import request
from recruitment.consents.models import ConsentKind
from recruitment.fairness.claim_models import JobCentreNegotiation
from recruitment.fairness.facts import note_fact
from recruitment.fairness.hearings import open_hearing, send_hearing
from recruitment.fairness.models import FactNote, PartyHearing
from recruitment.fairness.request_models import AccessItem, AccessRequest, WrittenReasonsRequest
from recruitment.people.actor import Actor
from recruitment.references.models import Referee, RefereeWish, ReferenceCheck
from recruitment.references.referees import (
    answer_consent,
    ask_consent,
    ask_for_referees,
    name_referee,
    words_of_consent,
)
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


def fairness_of(world: SimpleNamespace) -> SimpleNamespace:
    """For screens that show them: a referee, a fact, a hearing, a claim and two requests of our applicant; made once a world."""
    if not hasattr(world, "fairness"):
        application = world.application
        with_referee = Referee.objects.create(
            application=application, name="Hemmelig Referent", organisation="Havnekontoret", phone="+45 00 00 31 31"
        )
        check = ReferenceCheck.objects.create(referee=with_referee)
        note = FactNote.objects.create(
            case=world.ours.case, application=application, source="PHONE", fact_text="Faktahemmelig", is_adverse=True,
            received_on=clock.today(),
        )  # fmt: skip
        hearing = PartyHearing.objects.create(
            application=application, trigger="FACT_NOTE", facts_text="Høringshemmelig", state="SENT", sent_at=clock.now(),
            deadline=clock.today() + dt.timedelta(days=9),
        )  # fmt: skip
        hearing.notes.add(note)
        claim, _made = PriorityClaim.objects.get_or_create(application=application)
        JobCentreNegotiation.objects.create(claim=claim, job_centre="Jobcenter", statement_text="Redegørelsehemmelig")
        access = AccessRequest.objects.create(application=application, words="Indsigthemmelig", due_on=clock.today())
        WrittenReasonsRequest.objects.create(
            application=application, due_on=clock.today(), factors="Begrundelsehemmelig"
        )
        world.fairness = SimpleNamespace(check=check, note=note, hearing=hearing, claim=claim, access=access)
    return world.fairness


def furnish_fairness(application: Application) -> SimpleNamespace:
    """For the applicant's pages, whatever the state: a referee with a consent to answer, a hearing, papers that were delivered."""
    RefereeWish.objects.get_or_create(application=application)
    referee = Referee.objects.create(application=application, **REFEREE)
    check = ReferenceCheck.objects.create(referee=referee)
    text, shown = words_of_consent(check)
    consent = request(
        ConsentKind.REFERENCE,
        candidate=application.candidate,
        application=application,
        text=text,
        shown_text=shown,
        language="da",
    )
    ReferenceCheck.objects.filter(pk=check.pk).update(state="CONSENT_REQUESTED", consent=consent)
    hearing = PartyHearing.objects.create(
        application=application, trigger="FACT_NOTE", facts_text="Har fået en advarsel.", state="SENT", sent_at=clock.now(),
        deadline=clock.today() + dt.timedelta(days=9),
    )  # fmt: skip
    access = AccessRequest.objects.create(
        application=application,
        due_on=clock.today(),
        state="DELIVERED",
        decision="Du får det meste.",
        delivered_at=clock.now(),
    )
    for place, (title, given, reason) in enumerate((("Din ansøgning", True, ""), ("Notat", False, "Internt."))):
        AccessItem.objects.create(
            access_request=access, position=place, title=title, words="Ord.", is_given=given, reason=reason
        )
    return SimpleNamespace(check=check, hearing=hearing, access=access)
