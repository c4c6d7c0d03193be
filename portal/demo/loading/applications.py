"""372 applications whose counts by medium and stage are exactly the fixture's, with real files and an answered form."""

import datetime as dt
import random
from hashlib import sha256
from typing import Any

from django.core.files.base import ContentFile

from portal.demo.loading.calendar import moment
from portal.demo.loading.cases import made
from portal.demo.loading.catalogue import BY_KEY, DemoCase
from portal.demo.loading.counts import STAGES, counts
from portal.demo.loading.names import MOTIVATIONS, cv_as_docx, cv_as_pdf, invent
from recruitment import clock
from recruitment.advertising.models import Medium
from recruitment.applications.models import Application, ApplicationState, ApplicationStateChange, Stage
from recruitment.applications.reference import new_reference
from recruitment.cases.models import CaseState, RecruitmentCase
from recruitment.consents.models import Consent
from recruitment.documents.actions import OUTBOX_KIND
from recruitment.documents.models import Document
from recruitment.organisation.legal import LegalTextKind
from recruitment.organisation.queries import filled_text, text_in_force
from recruitment.outbox.models import OutboxItem
from recruitment.people.models import Candidate
from recruitment.questions.models import ScreeningAnswer

#: One of the eighteen to R4 came by post and is registered by hand in `scenes`.
ON_PAPER = ("R4", "SITE", 0)
STAGE_OF = dict(
    zip(STAGES, (Stage.RECEIVED, Stage.SCREENED, Stage.INVITED, Stage.INTERVIEWED, Stage.HIRED), strict=True)
)
WHY_CHOSEN = "Opfylder de nødvendige krav i jobprofilen og viser det med konkrete eksempler."
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def apply_to_everything() -> None:
    """Case after case, so that the same dice give the same people on every load."""
    dice, number = random.Random(20130201), 0  # noqa: S311 - invention, not secrecy
    for key, by_medium in counts().items():
        case = made[key]
        for code, numbers in by_medium.items():
            medium = Medium.objects.get(code=code)
            for index in range(numbers["received"]):
                number += 1
                if (key, code, index) == ON_PAPER:
                    continue
                reached = _reached(numbers, index)
                _apply(BY_KEY[key], case, medium, reached, dice=dice, number=number)


def _reached(numbers: dict[str, int], index: int) -> Stage:
    """The first of a medium's applications got furthest."""
    return max((STAGE_OF[stage] for stage in STAGES if index < numbers[stage]), default=Stage.RECEIVED)


def state_of(plan: DemoCase, reached: Stage) -> ApplicationState:
    """Where somebody who got so far stands in a case in this state."""
    if plan.state == CaseState.ADVERTISED:
        return ApplicationState.SUBMITTED
    if reached == Stage.HIRED:
        return ApplicationState.HIRED
    if plan.state in {CaseState.CLOSED, CaseState.CONCLUDING}:
        return ApplicationState.REJECTED
    by_stage = {
        Stage.RECEIVED: ApplicationState.UNDER_REVIEW, Stage.SCREENED: ApplicationState.SHORTLISTED,
        Stage.INVITED: ApplicationState.INVITED, Stage.INTERVIEWED: ApplicationState.INTERVIEWED,
    }  # fmt: skip
    return by_stage[reached]


def _apply(
    plan: DemoCase, case: RecruitmentCase, medium: Medium, reached: Stage, *, dice: random.Random, number: int
) -> None:
    person = invent(dice, number)
    candidate = Candidate.objects.create(**person)
    received = _when(plan, dice, hired=reached == Stage.HIRED)
    internal = medium.code == "INTRA"
    state = state_of(plan, reached)
    motivation = dice.choice(MOTIVATIONS)
    application = Application.objects.create(
        reference=new_reference(), candidate=candidate, case=case, round=case.rounds.get(), language=plan.language,
        state=state, stage_reached=reached, motivation_text=motivation, received_at=received, started_at=received,
        applicant_origin="INTERNAL" if internal else "EXTERNAL", source_medium=medium, self_reported_source=medium.code,
        answer_delivered_at=moment(plan.decided + 7) if state == ApplicationState.REJECTED and plan.decided else None,
        first_opened_at=moment(plan.deadline[0] + 1) if plan.deadline[0] < -3 else None,
        draft={"about": {name: [value] for name, value in person.items()} | {"origin": ["INTERNAL" if internal else "EXTERNAL"], "source": [medium.code]},
               "papers": {"motivation": [motivation]}},
    )  # fmt: skip
    _history(application, received, plan)
    _accept_notice(application, received)
    _answer(application, dice)
    attach_cv(application, person, dice, as_word=number % 3 == 0)


def _when(plan: DemoCase, dice: random.Random, *, hired: bool) -> dt.datetime:
    """Between the ad and the deadline, most near its end; never in the future."""
    first, last = (plan.out or -10), min(plan.deadline[0], -1)
    if hired:
        return moment(last - 2, "14.12")
    share = max(dice.random(), dice.random())
    on = first + int(share * max(last - first, 1))
    hour = dice.choice([8, 9, 11, 13, 16, 19, 21, 22]) if on < plan.deadline[0] else 9
    return moment(min(on, last), f"{hour:02d}.{dice.randint(0, 59):02d}")


def _history(application: Application, received: dt.datetime, plan: DemoCase) -> None:
    rows = [("STARTED", "SUBMITTED", "submit", received)]
    if application.state != ApplicationState.SUBMITTED:
        rows.append(("SUBMITTED", "UNDER_REVIEW", "review", moment(*plan.deadline)))
    if application.state not in {ApplicationState.SUBMITTED, ApplicationState.UNDER_REVIEW}:
        at = moment(plan.decided) if plan.decided else moment(min(plan.deadline[0] + 4, -1))
        rows.append(
            ("UNDER_REVIEW", application.state, "shortlist" if application.state == "SHORTLISTED" else "imported", at)
        )
    ApplicationStateChange.objects.bulk_create(
        [
            ApplicationStateChange(
                application=application,
                from_state=a,
                to_state=b,
                move=move,
                at=at,
                by="house: demo",
                reason=WHY_CHOSEN if move == "shortlist" else "",
            )
            for a, b, move, at in rows
        ]
    )


_notices: dict[Any, Any] = {}


def _accept_notice(application: Application, at: dt.datetime) -> None:
    institution = application.case.institution
    if institution.pk not in _notices:
        text = text_in_force(institution, LegalTextKind.PRIVACY_NOTICE, "da")
        _notices[institution.pk] = (text, filled_text(text, institution)) if text else None
    text, shown = _notices[institution.pk]
    Consent.objects.create(
        candidate=application.candidate, application=application, kind="APPLICATION_PROCESSING", state="GIVEN", text=text,
        shown_text=shown, language="da", given_at=at,
    )  # fmt: skip


def _answer(application: Application, dice: random.Random) -> None:
    for question in application.case.form.questions.all():
        codes = [option["code"] for option in question.options]
        value: Any = {
            "YES_NO": dice.random() < 0.8,
            "FREE_TEXT": "Jeg skrev en afgørelse om indsigt i et register og lærte, hvor meget et klart resultat i første linje betyder.",
            "SINGLE": codes[0] if codes else "", "MULTIPLE": codes[:2],
            "PRIORITISED": dice.sample(codes, len(codes)),
            "CLASSIFIED": {code: dice.choice(question.scale)["code"] for code in codes} if question.scale else {},
        }[question.kind]  # fmt: skip
        ScreeningAnswer.objects.create(application=application, question=question, value=value)


def attach_cv(application: Application, person: dict[str, str], dice: random.Random, *, as_word: bool) -> None:
    """Written for the person; a worker draws its pages."""
    content = cv_as_docx(person, dice) if as_word else cv_as_pdf(person, dice)
    name = f"CV {person['given_name']} {person['family_name']}.{'docx' if as_word else 'pdf'}"
    document = Document(
        application=application, kind="CV", filename=name, mime=DOCX if as_word else PDF, size=len(content),
        sha256=sha256(content).hexdigest(), created_at=application.received_at,
    )  # fmt: skip
    document.file.save(name, ContentFile(content), save=False)
    document.save()
    OutboxItem.objects.create(
        kind=OUTBOX_KIND, subject=str(document.pk), key=f"document:{document.pk}", due_at=clock.now()
    )
