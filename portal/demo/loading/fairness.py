"""Fair treatment in the demo: references and a hearing on R3, claims on R2 and R5, papers and reasons on R5 (domain F.3)."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone

from portal.demo.loading.calendar import day, on_day
from portal.demo.loading.cases import made
from recruitment import clock
from recruitment.applications.lifecycle import MAKE_FINALIST
from recruitment.applications.models import Application, PriorityClaim
from recruitment.fairness import access_requests, claims, hearings, reasons
from recruitment.fairness.claim_lifecycle import CALL_DUE, FIND_ELIGIBLE, MEET
from recruitment.fairness.facts import note_fact, spare_hearing
from recruitment.lifecycle import make
from recruitment.mail.actions import open_message
from recruitment.mail.models import Message
from recruitment.people.actions import claim_candidates
from recruitment.people.actor import Actor, ActorKind
from recruitment.people.models import User
from recruitment.references import referees, taking
from recruitment.references.models import ReferenceCheck
from recruitment.references.sharing import share

GOOD = (
    "Leder for ansøgeren fra 2018 til 2023.", "Drift og udvikling af et analyseteam på ni.", "Sikkert og til tiden, også da to systemer skulle lægges sammen.",
    "Afholdt af kolleger, god til at tage uenighed i opløbet.", "", "At gøre svært stof klart for direktionen.", "Kunne delegere mere.",
    "Et oplagt match.", "Ja, uden tøven.", "",
)  # fmt: skip
ADVERSE = (
    "Direktør; ansøgeren var kontorchef hos os i fire år.", "Et kontor med 22 medarbejdere.", "Fagligt stærk. Leverede det, der blev bestilt.",
    "Der var to klager over tonen i kontoret i det sidste år.", "Blev hurtigt utålmodig.", "Analyse og overblik.",
    "At lytte, før der bliver besluttet.", "Fagligt ja, men spørg til ledelsen.", "Jeg er i tvivl.", "",
)  # fmt: skip


def _by(name: str) -> Actor:
    """The deed bears the person's name; whether they have declared is not asked of what lies in the past."""
    first, last = name.split(" ")
    return Actor(ActorKind.HOUSE, user=User.objects.get(first_name=first, last_name=last), errand="demo")


@contextmanager
def _on(days: int, at: str) -> Iterator[None]:
    """What is done inside happens then; letters bear that day, too."""
    began = timezone.now()
    with clock.shifted(on_day(days, at)):
        yield
        Message.objects.filter(created_at__gte=began).update(created_at=clock.now())


def _opens_letters(applicant: Actor) -> None:
    for letter in Message.objects.filter(candidate__user=applicant.user, channel="SECURE", read_at=None):
        open_message(letter, actor=applicant)


def treat_fairly() -> None:
    """One story after the other, each deed on its day."""
    hr, manager = _by("Karen Lundbæk"), _by("Anders Høgsbro")
    first, second, third = Application.objects.filter(case=made["R3"], state="INTERVIEWED").order_by("received_at")[:3]
    _good_reference(_signed_up(first), manager)
    _adverse_reference(_signed_up(second), manager, hr)
    _found_on_the_web(third, hr)
    _claim_with_interview_due(hr)
    rejected = Application.objects.filter(case=made["R5"], state="REJECTED")
    claimant, curious = rejected.order_by("-stage_reached", "received_at")[:2]
    _claim_cleared(claimant, hr)
    _asks_for_papers_and_reasons(_signed_up(curious), hr)


def _whole(application: Application) -> Application:
    return Application.objects.select_related("case__institution__settings", "candidate", "round").get(
        pk=application.pk
    )


def _signed_up(application: Application) -> tuple[Application, Actor]:
    """The applicant has proved their address."""
    person = application.candidate
    if person.user is None:
        user = User.objects.create_user(
            person.email, first_name=person.given_name, last_name=person.family_name, language=application.language
        )
        claim_candidates(user)
    whole = _whole(application)
    return whole, Actor.person(whole.candidate.user)


def _named(person: tuple[Application, Actor], **details: object) -> ReferenceCheck:
    application, applicant = person
    return referees.name_referee(application, actor=applicant, **details)


def _taken(
    check: ReferenceCheck, applicant: Actor, manager: Actor, *, answers: tuple[str, ...], summary: str, is_adverse: bool
) -> ReferenceCheck:
    with _on(-8, "11.05"):
        check, _letter = referees.ask_consent(check, actor=manager)
    with _on(-8, "20.40"):
        _opens_letters(applicant)
        check = referees.answer_consent(check, actor=applicant, is_given=True)
    with _on(-7, "13.00"):
        check = taking.begin(check, actor=manager)
        taking.write_down(check, actor=manager, answers=answers)
        return taking.complete(check, actor=manager, summary=summary, is_adverse=is_adverse)


def _good_reference(person: tuple[Application, Actor], manager: Actor) -> None:
    """One taken and shared with the committee, one that waits for the applicant's yes."""
    application, applicant = person
    with _on(-9, "09.30"):
        make(MAKE_FINALIST, application, actor=manager)
        application.refresh_from_db()
        referees.ask_for_referees(application, actor=manager)
        one = _named(
            person,
            name="Vibeke Sandgrav",
            organisation="Statens Datakontor",
            relation="min leder 2018-2023",
            phone="+45 00 00 41 01",
        )
        other = _named(
            person, name="Troels Ejdrup", organisation="Registerstyrelsen Nord", relation="min leder i dag", phone="+45 00 00 41 02",
            is_current_employer=True,
        )  # fmt: skip
    taken = _taken(
        one,
        applicant,
        manager,
        answers=GOOD,
        summary="Anbefaler ansøgeren uden forbehold til stillingen.",
        is_adverse=False,
    )
    share(taken, actor=manager, with_committee=True)
    with _on(-1, "14.10"):
        referees.ask_consent(other, actor=manager)


def _adverse_reference(person: tuple[Application, Actor], manager: Actor, hr: Actor) -> None:
    """The hearing has been answered, and HR is to evaluate it."""
    application, applicant = person
    with _on(-9, "10.00"):
        make(MAKE_FINALIST, application, actor=manager)
        application.refresh_from_db()
        referees.ask_for_referees(application, actor=manager)
        check = _named(
            person,
            name="Preben Uldal",
            organisation="Kommunernes Analysehus",
            relation="min direktør 2019-2023",
            phone="+45 00 00 41 03",
        )
    summary = "Der var to klager over tonen i kontoret i ansøgerens sidste år som kontorchef."
    check = _taken(check, applicant, manager, answers=ADVERSE, summary=summary, is_adverse=True)
    with _on(-6, "10.15"):
        hearing = hearings.open_hearing(
            application, actor=hr, trigger="REFERENCE", notes=[check.fact] if check.fact else [],
            facts_text="En tidligere leder har oplyst, at der var to klager over tonen i dit kontor i dit sidste år som kontorchef (2023).",
        )  # fmt: skip
        hearing = hearings.send_hearing(hearing, actor=hr)
    with _on(-2, "21.10"):
        _opens_letters(applicant)
        hearings.respond(
            hearing, "Det er rigtigt, at der var to klager. De faldt i de uger, hvor vi flyttede 22 personer til nye opgaver. Begge blev "
            "afsluttet efter samtaler med tillidsrepræsentanten, og APV'en året efter lå over gennemsnittet. Jeg lægger den ved.",
            actor=applicant, files=[(io.BytesIO(b"APV 2024: tilfredshed med naermeste leder 4,2 af 5."), "APV 2024.txt")],
        )  # fmt: skip


def _found_on_the_web(application: Application, hr: Actor) -> None:
    """Something was found, and it does not count."""
    with _on(-4, "14.00"):
        note = note_fact(
            application.case, actor=hr, application=application, source="WEB", address="https://avisen.example/debat/registre",
            fact_text="Debatindlæg fra 2016, hvor ansøgeren kritiserer styrelsens daværende it-strategi.", is_adverse=True,
        )  # fmt: skip
        spare_hearing(
            note, "Indlægget er ti år gammelt, sagligt og uden betydning for stillingen. Det indgår ikke.", actor=hr
        )


def _claim_with_interview_due(hr: Actor) -> None:
    """R2: has preferential access, and the interview is still to come."""
    for claim in PriorityClaim.objects.filter(application__case=made["R2"]):
        PriorityClaim.objects.filter(pk=claim.pk).update(state="CLAIMED", claimed_at=claim.application.received_at)
        with _on(-7, "09.00"):
            claims.decide_claim(claim, actor=hr, is_eligible=True, formal_education_met=True)


def _claim_cleared(application: Application, hr: Actor) -> None:
    """R5: interviewed, others were better qualified, the job centre was heard, the minutes are there."""
    with _on(-37, "09.00"):
        claim = claims.register_claim(application, via="JOB_CENTRE", actor=hr)
        claim = make(FIND_ELIGIBLE, claim, actor=hr, duty_to_interview=True, decided_at=clock.now(), decided_by=hr.user)
        claim = make(CALL_DUE, claim, actor=hr)
    with _on(-28, "15.00"):
        claim = make(MEET, claim, actor=hr)
    with _on(-22, "10.00"):
        claim = claims.turn_down(claim, actor=hr, reason="De to valgte har flere års erfaring med telefonrådgivning.")
        claims.write_statement(
            claim, actor=hr, job_centre="Jobcenter Skive", municipality="Skive", is_neighbour=True, answer_by=day(-14),
            statement_text="Ansøgeren opfylder kravene til stillingen. De to, vi vil ansætte, har begge mere end fire års erfaring med "
            "telefonrådgivning af borgere, som opslaget lægger afgørende vægt på, og løste opgaven ved samtalen sikrere.",
        )  # fmt: skip
        claim = claims.send_statement(claim, actor=hr, way="SECURE")
    with _on(-15, "11.00"):
        claim = claims.note_negotiation(
            claim, actor=hr, negotiated_on=day(-15), form="PHONE",
            outcome="Jobcentret har ingen indvendinger. Ansøgeren tilbydes et praktikforløb i kundecentret til foråret.",
        )  # fmt: skip
        minutes = b"Referat af forhandling med Jobcenter Skive. Ingen indvendinger mod besaettelsen."
        claims.attach_minutes(claim, io.BytesIO(minutes), "Referat af forhandling.txt", actor=hr)
    with _on(-14, "09.00"):
        claims.clear(PriorityClaim.objects.get(pk=claim.pk), actor=hr)


def _asks_for_papers_and_reasons(person: tuple[Application, Actor], hr: Actor) -> None:
    """R5: wants to see the papers and to have the reasons in writing; both wait for HR."""
    application, applicant = person
    with _on(-3, "19.20"):
        asked = access_requests.ask_access(application, actor=applicant, words="Jeg vil gerne se noterne fra samtalen.")
        reasons.ask_reasons(application, actor=applicant)
    with _on(-1, "10.00"):
        access_requests.collect(asked, actor=hr)
