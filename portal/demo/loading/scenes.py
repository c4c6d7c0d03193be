"""Where each case stands today, and the stories of domain F.3 that this part of the portal can tell."""

import datetime as dt
import random

from django.core.files.base import ContentFile

from portal.demo.loading.applications import ON_PAPER, attach_cv
from portal.demo.loading.calendar import moment
from portal.demo.loading.cases import made
from portal.demo.loading.catalogue import CASES, DemoCase
from portal.demo.loading.names import cv_as_pdf
from portal.demo.loading.people import person
from recruitment.access.models import ConflictOfInterestDeclaration
from recruitment.advertising.models import Medium
from recruitment.advertising.taking_down import expire_media_of
from recruitment.applications.actions import begin
from recruitment.applications.letters import values_for
from recruitment.applications.models import Application, PriorityClaim, ReceiveChannel, Stage
from recruitment.applications.registration import register_manual
from recruitment.cases.models import CaseState, RecruitmentCase
from recruitment.cases.profile import CaseStateChange
from recruitment.documents.actions import OUTBOX_KIND
from recruitment.mail.actions import send
from recruitment.organisation.legal import LegalTextKind
from recruitment.organisation.queries import filled_text, text_in_force
from recruitment.outbox.models import OutboxItem
from recruitment.people.actions import claim_candidates
from recruitment.people.actor import Actor
from recruitment.people.models import User

PATH = (
    CaseState.ADVERTISED,
    CaseState.ASSESSING,
    CaseState.INTERVIEWING,
    CaseState.DECIDING,
    CaseState.CONCLUDING,
    CaseState.CLOSED,
)


def play_scenes() -> None:
    """Bring every case to its state, then the stories."""
    for plan in CASES:
        if plan.state in PATH[1:]:
            _bring_to_its_state(plan, made[plan.key])
    _conflict_on_the_head_of_division()
    _priority_claim_on_the_developer()
    _letter_on_paper_for_the_student()
    _somebody_has_begun()
    _somebody_has_applied_twice()
    _reasons_wait_in_the_inbox()


def _bring_to_its_state(plan: DemoCase, case: RecruitmentCase) -> None:
    """History as it was, one move at a time; written straight in, as data from an older system would be."""
    case.refresh_from_db()
    passed = moment(*plan.deadline) + dt.timedelta(minutes=1)
    days = {
        CaseState.ASSESSING: passed, CaseState.INTERVIEWING: moment(min(plan.deadline[0] + 5, -1)),
        CaseState.DECIDING: moment(min(plan.deadline[0] + 15, -1)),
        CaseState.CONCLUDING: moment(plan.decided) if plan.decided else passed,
        CaseState.CLOSED: moment(plan.closed) if plan.closed else passed,
    }  # fmt: skip
    before = CaseState.ADVERTISED
    for state in PATH[1 : PATH.index(plan.state) + 1]:
        CaseStateChange.objects.create(
            case=case, from_state=before, to_state=state, move="imported", at=days[state], by="house: demo"
        )
        before = state
    case.state, case.outcome = plan.state, plan.outcome
    case.deadline_passed_at = passed
    case.decided_at = days[CaseState.CONCLUDING] if plan.decided else None
    case.closed_at = days[CaseState.CLOSED] if plan.closed else None
    case.save()
    expire_media_of(case.rounds.all())


def _conflict_on_the_head_of_division() -> None:
    """Farid Navabi's cousin has applied to R3: he has no part in it (INV-7)."""
    ConflictOfInterestDeclaration.objects.filter(
        case=made["R3"], user=person("Farid Navabi", "registerstyrelsen")
    ).update(status="EXCLUDED", relation_text="Min fætter har søgt stillingen.", decision="Deltager ikke i sagen.")


def _priority_claim_on_the_developer() -> None:
    """One applicant to R2 has claimed preferential access and must be called to an interview."""
    application = Application.objects.filter(case=made["R2"], state="INVITED").first()
    if application is not None:
        PriorityClaim.objects.create(application=application, state="INTERVIEW_DUE")


def _letter_on_paper_for_the_student() -> None:
    """R4: one of the eighteen came by post."""
    sender = {"given_name": "Ellen", "family_name": "Margrethe Bjergby", "phone": "+45 00 00 71 12"}
    medium = Medium.objects.get(code=ON_PAPER[1])
    registrar = Actor.person(person("Birthe Sulsted", "registerstyrelsen"))
    letter = ContentFile(cv_as_pdf({**sender, "email": ""}, random.Random(7)))  # noqa: S311 - invention, not secrecy
    register_manual(
        made["R4"].rounds.get(), actor=registrar, person=sender, channel=ReceiveChannel.PAPER,
        received_at=moment(-4, "11.30"), originals=[(letter, "Brev fra Ellen Margrethe Bjergby.pdf")], source_medium=medium, origin="EXTERNAL",
    )  # fmt: skip


def _somebody_has_applied_twice() -> None:
    """One applicant for the post as developer has written from the address at work as well; HR sees that they are alike."""
    rows = made["R2"].applications.filter(state="UNDER_REVIEW", channel="ONLINE", priority_claim__isnull=True)
    first, second = rows.select_related("candidate").order_by("-received_at", "pk")[:2]
    facts = ("given_name", "family_name", "phone", "address", "postal_code", "city")
    one = {name: getattr(first.candidate, name) for name in facts} | {
        "email": f"post.{second.reference.lower()}@arbejdsplads.example"
    }
    for name, value in one.items():
        setattr(second.candidate, name, value)
    second.candidate.save()
    about = second.draft["about"] | {name: [value] for name, value in one.items() if name in second.draft["about"]}
    second.draft["about"], second.draft["papers"] = about, first.draft["papers"]
    second.motivation_text = first.motivation_text
    second.save(update_fields=["draft", "motivation_text"])
    replaced = second.documents.all()
    OutboxItem.objects.filter(kind=OUTBOX_KIND, subject__in=[str(each.pk) for each in replaced]).delete()
    replaced.delete()
    attach_cv(second, one, random.Random(8), as_word=False)  # noqa: S311 - invention, not secrecy


def _somebody_has_begun() -> None:
    """A draft, so that the drafts' life can be seen."""
    round_ = made["R4"].rounds.get()
    text = text_in_force(round_.case.institution, LegalTextKind.PRIVACY_NOTICE, "da")
    if text is not None:
        begin(
            round_,
            notice=text,
            shown_text=filled_text(text, round_.case.institution),
            language="da",
            actor=Actor.person(None),
        )


def _reasons_wait_in_the_inbox() -> None:
    """An applicant who was interviewed has got the reasons: too personal for plain mail, so they are read after sign-in."""
    application = (
        Application.objects.filter(case__institution__slug="registerstyrelsen", state="REJECTED", stage_reached=Stage.INTERVIEWED)
        .select_related("case__institution", "round", "candidate").order_by("received_at").first()
    )  # fmt: skip
    if application is None:
        return
    person = application.candidate
    user = User.objects.create_user(
        person.email, first_name=person.given_name, last_name=person.family_name, language=application.language
    )
    claim_candidates(user)
    values = values_for(application) | {
        "rejection_factors_individual": "Andre ansøgere har mere erfaring med de opgaver, der fylder mest i stillingen.",
        "interview_feedback": "Du forklarede din case roligt og klart, og panelet hæftede sig ved, at du spurgte til brugerne først.",
    }
    send(
        "REJECTION_AFTER_INTERVIEW_REASONED", to=person, institution=application.case.institution, values=values,
        key=f"demo-reasons:{application.pk}", language=application.language, about=application,
    )  # fmt: skip
