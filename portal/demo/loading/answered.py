"""Answers of the demo's decided cases: by telephone, in the secure inbox, by plain mail, and one that came back and went on paper."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from portal.demo.loading.calendar import moment
from recruitment.applications.models import Application, Stage
from recruitment.cases.models import RecruitmentCase
from recruitment.decisions import answers
from recruitment.decisions.answers import FullerReasons, PhoneLog, Rejection
from recruitment.decisions.letters import Merging
from recruitment.decisions.models import HiringDecision
from recruitment.decisions.sorting import Planned
from recruitment.mail.actions import template_in_force
from recruitment.mail.models import Channel, Message, MessageClass, MessageState, Settled
from recruitment.mail.render import render
from recruitment.people.models import User
from recruitment.rows import uuid7

INDIVIDUAL = (
    "Andre ansøgere har mere erfaring med de opgaver, der fylder mest i stillingen.",
    "Den valgte har arbejdet længere med fagområdet og kunne give flere egne eksempler.",
    "Vi lagde mest vægt på den skriftlige opgave, hvor andre nåede længere.",
)
FEEDBACK = (
    "Du forklarede din case roligt og klart, og panelet hæftede sig ved, at du spurgte til brugerne først.",
    "Du var godt forberedt. Fortæl næste gang mere om, hvad du selv gjorde, og hvad I gjorde sammen.",
    "Vi var glade for din åbenhed om det, du gerne vil lære.",
)
SAID = (
    "Ringede og gav afslaget. Uddybede, at den valgte har flere års erfaring med opgaverne. Ansøgeren takkede for opkaldet.",
    "Talte om samtalen i ti minutter. Ansøgeren spurgte til, hvad der kunne styrke en ny ansøgning, og fik to råd.",
)
PRIORITY_WORDS = (
    "Vi har sendt en redegørelse til jobcentret og forhandlet med det, før vi besatte stillingerne. Vi vurderer, at du ikke er lige så "
    "kvalificeret som de valgte, og jobcentret havde ingen indvendinger."
)


@dataclass
class Table:
    """A case with its people and days, and what is gathered to be written at once."""

    key: str
    case: RecruitmentCase
    manager: User
    hr: User
    decided: dt.datetime
    decision: HiringDecision | None = None
    letters: list[Message] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)

    def after(self, days: int) -> dt.datetime:
        """So many days after the decision, and never ahead of us."""
        return min(self.decided + dt.timedelta(days=days), moment(-1, "15.00"))


def answer_all(table: Table) -> None:
    """Those who were interviewed by turns on the telephone and in writing, the others by the letter that fits."""
    rows = table.case.applications.filter(state="REJECTED").order_by("received_at", "pk")
    merging = Merging(table.case)
    claimant = rows.order_by("-stage_reached", "received_at").values_list("pk", flat=True).first()
    for number, row in enumerate(rows.select_related("candidate", "case__institution", "case__unit", "round")):
        if row.stage_reached < Stage.INTERVIEWED:
            _by_letter(table, row, merging)
        elif table.key == "R5" and row.pk == claimant:
            _to_the_claimant(table, row, merging)
        elif number % 2 == 0 and table.key != "K3":
            _by_phone(table, row, merging, SAID[number // 2 % len(SAID)])
        else:
            _in_writing(table, row, merging, number)
    Message.objects.bulk_create(table.letters)
    Rejection.objects.bulk_create(table.rejections)


def _by_letter(table: Table, row: Application, merging: Merging) -> None:
    """In K2 the first letter comes back, and goes on paper two days later."""
    is_over = table.decision is not None and table.decision.kind == "UNFILLED"
    code = answers.UNFILLED if is_over else answers.NO_INTERVIEW
    values, at = merging.values(Planned(row, code)), table.after(6)
    came_back = table.key == "K2" and not any(letter.state == MessageState.BOUNCED for letter in table.letters)
    letter = written(
        table, row, code, values, at=at, state=MessageState.BOUNCED if came_back else MessageState.DELIVERED
    )
    table.letters.append(letter)
    if came_back:
        letter.last_error, letter.settled_at = "550 5.1.1 No such user", table.after(8)
        letter.settled_by, letter.settled_how = table.hr, Settled.PAPER
        paper = written(table, row, code, values, at=table.after(8), state=MessageState.SENT, on_paper=True)
        paper.replaces = letter
        table.letters.append(paper)
        Application.objects.filter(pk=row.pk).update(answer_delivered_at=paper.sent_at)
    _rejected(table, row, merging, at=at, code=code, message=letter)


def _by_phone(table: Table, row: Application, merging: Merging, said: str) -> None:
    at = table.after(5)
    log = PhoneLog.objects.create(
        application=row, purpose="REJECTION", called_at=at, said=said, by_user=table.manager, caller=str(table.manager),
        logged_at=at + dt.timedelta(minutes=20),
    )  # fmt: skip
    values = merging.values(Planned(row, answers.SHORT))
    letter = written(table, row, answers.SHORT, values, at=table.after(6), state=MessageState.DELIVERED)
    table.letters.append(letter)
    _rejected(table, row, merging, at=at, way="PHONE", phone_log=log, is_elaborated=True, individual=said)
    Application.objects.filter(pk=row.pk).update(answer_delivered_at=at)


def _in_writing(table: Table, row: Application, merging: Merging, number: int) -> None:
    factors, feedback, at = INDIVIDUAL[number % len(INDIVIDUAL)], FEEDBACK[number % len(FEEDBACK)], table.after(6)
    merging.reasons[row.pk] = FullerReasons.objects.create(
        application=row, factors=factors, feedback=feedback, by_user=table.hr, written_at=at
    )
    letter = Message.objects.filter(application=row, code=answers.REASONED).first()
    if letter is None:
        values = merging.values(Planned(row, answers.REASONED))
        letter = written(table, row, answers.REASONED, values, at=at, state=MessageState.READ)
        table.letters.append(letter)
    _rejected(
        table, row, merging, at=at, code=answers.REASONED, message=letter, is_elaborated=True, individual=factors, feedback=feedback
    )  # fmt: skip


def _to_the_claimant(table: Table, row: Application, merging: Merging) -> None:
    """R5: whoever has preferential access (the claim is dealt with in `fairness`) is told how, and where to complain."""
    at = table.after(6)
    merging.reasons[row.pk] = FullerReasons.objects.create(
        application=row, factors=INDIVIDUAL[1], feedback=FEEDBACK[0], priority=PRIORITY_WORDS, by_user=table.hr, written_at=at
    )  # fmt: skip
    values = merging.values(Planned(row, answers.PRIORITY))
    letter = written(table, row, answers.PRIORITY, values, at=at, state=MessageState.READ)
    table.letters.append(letter)
    _rejected(
        table, row, merging, at=at, code=answers.PRIORITY, message=letter, is_elaborated=True, individual=INDIVIDUAL[1], feedback=FEEDBACK[0]
    )  # fmt: skip


def _rejected(table: Table, row: Application, merging: Merging, **more: Any) -> None:
    general = merging.general(answers.NO_INTERVIEW, row.language)
    told = {"way": "LETTER", "by_user": table.hr, "general": general, **more}
    table.rejections.append(Rejection(application=row, decision=table.decision, **told))


def written(
    table: Table, row: Application, code: str, values: dict[str, str], *, at: dt.datetime, state: str, on_paper: bool = False
) -> Message:  # fmt: skip
    """As a sending would have left it; not saved."""
    institution, person = table.case.institution, row.candidate
    template = template_in_force(institution, code, row.language, unit=table.case.unit)
    common = {"given_name": person.given_name, "job_title": table.case.title, "institution": institution.name}
    letter = render(template.subject, template.body, {**common, **values}, template_class=template.message_class)
    plain = Channel.EMAIL if letter.message_class == MessageClass.STANDARD else Channel.SECURE
    return Message(
        institution=institution, application=row, candidate=person, template=template, code=code, sent_by=table.hr,
        key=f"demo:{code}:{row.pk}:{on_paper}", recipient=person.email, language=row.language, subject=letter.subject, text=letter.text,
        html=letter.html, message_class=letter.message_class, state=state, channel=Channel.LETTER if on_paper else plain,
        message_id=f"<{uuid7().hex}@demo.example>", created_at=at, sent_at=at,
        read_at=at + dt.timedelta(hours=5) if state == MessageState.READ else None,
        delivered_at=at + dt.timedelta(days=1) if state == MessageState.DELIVERED else None,
    )  # fmt: skip
