"""Letters of the demo: receipts, a sending to many with what came back, paper, an answer, a filed mail, and own templates."""

import datetime as dt
from collections.abc import Iterable

from portal.demo.loading.cases import made
from portal.demo.loading.people import person
from recruitment import clock
from recruitment.applications.letters import values_for_all
from recruitment.applications.models import Application
from recruitment.cases.models import RecruitmentCase
from recruitment.letters.filing import Read, file_mail
from recruitment.letters.library import Place, save_version
from recruitment.letters.looking import Words
from recruitment.letters.models import BulkLine, BulkSending, LineState, SendingState
from recruitment.letters.replies import reply
from recruitment.mail.actions import open_message, template_in_force
from recruitment.mail.models import Channel, Message, MessageState, MessageTemplate
from recruitment.mail.render import render
from recruitment.people.actor import Actor
from recruitment.rows import uuid7

WROTE = "Kære {{ given_name }}\n\nVi er lidt forsinkede med stillingen som {{ job_title }}. Du hører fra os senest {{ expected_answer_date }}.\n\nVenlig hilsen\n{{ institution }}\n"
WROTE_ENGLISH = "Dear {{ given_name }}\n\nWe are a little late with the position as {{ job_title }}. You will hear from us no later than {{ expected_answer_date }}.\n\nKind regards\n{{ institution }}\n"
ANSWER = "Tak for begrundelsen. Må jeg ringe til jer på torsdag og høre lidt mere om, hvad I lagde vægt på?"
BY_MAIL = "Kære Birthe\n\nJeg har fået nyt telefonnummer: +45 00 00 71 99. Hvornår regner I med at holde samtalerne?\n\nMange hilsner"


def write_letters() -> None:
    """What the portal and HR have written so far."""
    everybody = Application.objects.exclude(received_at=None).exclude(candidate__email="")
    rows = everybody.select_related("case__institution", "case__unit", "round", "candidate").order_by(
        "case", "received_at"
    )
    Message.objects.bulk_create(_receipts(rows))
    _tell_of_the_delay(made["R3"])
    _an_answer_in_the_inbox()
    _a_mail_that_was_filed(made["R4"])
    _own_templates(made["R3"])


def _receipts(rows: Iterable[Application]) -> Iterable[Message]:
    templates: dict[tuple[object, str], MessageTemplate] = {}
    for application, values in values_for_all(rows):
        key = (application.case_id, application.language)
        if key not in templates:
            templates[key] = template_in_force(
                application.case.institution, "APPLICATION_RECEIPT", application.language
            )
        yield _letter(
            application, templates[key], values, at=application.received_at, key=f"demo-receipt:{application.pk}"
        )


def _letter(
    application: Application, template: MessageTemplate, values: dict[str, str], *, at: dt.datetime | None, key: str,
    state: MessageState = MessageState.DELIVERED,
) -> Message:  # fmt: skip
    """A letter by mail as it would be kept; it is not sent."""
    words = render(template.subject, template.body, values, template_class=template.message_class)
    moment = at or clock.now()
    return Message(
        institution=application.case.institution, application=application, candidate=application.candidate, template=template,
        code=template.code, key=key, recipient=application.candidate.email, language=template.language, subject=words.subject,
        text=words.text, html=words.html, message_class=words.message_class, channel=Channel.EMAIL, state=state,
        message_id=f"<{uuid7().hex}@demo.example>", created_at=moment, sent_at=moment, attempts=1,
        delivered_at=moment + dt.timedelta(days=1) if state == MessageState.DELIVERED else None,
        last_error="5.1.1 550 user unknown" if state == MessageState.BOUNCED else "",
    )  # fmt: skip


def _tell_of_the_delay(case: RecruitmentCase) -> None:
    """R3: everybody who waits was told; one address was wrong, and one had withdrawn."""
    sender = case.hr_responsible
    at = clock.now() - dt.timedelta(days=2, hours=3)
    sending = BulkSending.objects.create(
        case=case, kind="delay", state=SendingState.DONE, made_by=sender, made_at=at, starts_at=at + dt.timedelta(minutes=10),
        ended_at=at + dt.timedelta(minutes=12),
    )  # fmt: skip
    rows = Application.objects.filter(case=case, state="UNDER_REVIEW").exclude(candidate__email="")
    waiting = list(rows.select_related("case__institution", "case__unit", "round", "candidate").order_by("received_at"))
    template = template_in_force(case.institution, "PROCESS_DELAYED", "da")
    letters, lines = [], []
    for place, (application, values) in enumerate(values_for_all(waiting)):
        line = BulkLine(
            sending=sending, application=application, position=place, code=template.code, template=template, values=values,
            message_class="STANDARD", channel=Channel.EMAIL, state=LineState.WRITTEN, application_state=application.state,
        )  # fmt: skip
        if place == len(waiting) - 1:
            line.state, line.left_code, line.left_words = (
                LineState.LEFT_OUT,
                "changed",
                "Er ringet op og har fået besked.",
            )
        else:
            state = MessageState.BOUNCED if place == 4 else MessageState.DELIVERED
            line.message = _letter(
                application,
                template,
                values,
                at=at + dt.timedelta(minutes=11),
                key=f"bulk:{sending.pk}:{application.pk}",
                state=state,
            )
            letters.append(line.message)
        lines.append(line)
    Message.objects.bulk_create(letters)
    BulkLine.objects.bulk_create(lines)


def _an_answer_in_the_inbox() -> None:
    """Who has got the reasons writes back: a task for HR."""
    letter = (
        Message.objects.filter(code="REJECTION_AFTER_INTERVIEW_REASONED", candidate__user__isnull=False)
        .select_related("candidate__user").first()
    )  # fmt: skip
    if letter is not None and letter.candidate is not None:
        applicant = Actor.person(letter.candidate.user)
        open_message(letter, actor=applicant)
        reply(letter, ANSWER, actor=applicant, key="demo")


def _a_mail_that_was_filed(case: RecruitmentCase) -> None:
    """R4: an applicant wrote to a colleague's own mailbox."""
    application = (
        Application.objects.filter(case=case, state="SUBMITTED").exclude(candidate__email="")
        .select_related("case__institution", "candidate").order_by("received_at").first()
    )  # fmt: skip
    if application is not None:
        mail = Read(
            application.candidate.email, "Nyt telefonnummer", BY_MAIL, sent_at=clock.now() - dt.timedelta(days=1)
        )
        file_mail(application, mail, actor=Actor.person(person("Birthe Sulsted", "registerstyrelsen")))


def _own_templates(case: RecruitmentCase) -> None:
    """The authority's own words for a delay, and a proposal from HR of one unit."""
    texts = {
        "da": Words("Vi er lidt forsinkede – {{ job_title }}", WROTE),
        "en": Words("A little late – {{ job_title }}", WROTE_ENGLISH),
    }
    save_version(
        Place(case.institution, "PROCESS_DELAYED"), texts=texts, message_class="STANDARD", actor=Actor.house("demo")
    )
    unit = case.unit
    if case.hr_responsible is None or unit.depth == 1:
        return
    place = Place(case.institution, "INTERVIEW_MESSAGE", unit)
    current = place.in_force("da"), place.in_force("en")
    if current[0] is not None and current[1] is not None:
        added = current[0].body.replace(
            "Har du spørgsmål", "Tag gerne cyklen: der er parkering i gården.\n\nHar du spørgsmål"
        )
        words = {"da": Words(current[0].subject, added), "en": Words(current[1].subject, current[1].body)}
        save_version(place, texts=words, message_class="STANDARD", actor=Actor.person(case.hr_responsible))
