"""Looking at a letter while it is written: what it is called, what class it has and why, how it reads, what is wrong."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recruitment.letters.classing import Reason, reasons_of
from recruitment.letters.composing import keeps_paragraphs
from recruitment.letters.sample import sample_values
from recruitment.mail.fields import CLASS_OF_FIELD, highest
from recruitment.mail.models import MessageClass, MessageTemplate
from recruitment.mail.render import Rendered, as_html, fields_used, render, telling_words

#: What each merge field is called where people choose among them.
LABELS = {
    "given_name": gettext_lazy("first name"), "institution": gettext_lazy("institution"), "job_title": gettext_lazy("job title"),
    "case_number": gettext_lazy("case number"), "reference": gettext_lazy("reference"), "deadline": gettext_lazy("application deadline"),
    "received_at": gettext_lazy("when it was received"), "contact_name": gettext_lazy("contact person"),
    "contact_phone": gettext_lazy("contact person's telephone"), "contact_email": gettext_lazy("contact person's e-mail"),
    "portal_link": gettext_lazy("link to my applications"), "resume_link": gettext_lazy("link to the draft"),
    "expected_answer_date": gettext_lazy("promised answer date"), "interview_date": gettext_lazy("time of the interview"),
    "interview_place": gettext_lazy("place of the interview"), "slot_link": gettext_lazy("link to answer the invitation"),
    "privacy_link": gettext_lazy("link to the privacy notice"), "decisive_factors_general": gettext_lazy("what weighed in general"),
    "deletion_rule": gettext_lazy("when data are deleted"), "panel_names": gettext_lazy("whom the applicant meets"),
    "interview_minutes": gettext_lazy("length of the interview"), "interview_programme": gettext_lazy("programme of the interview"),
    "interview_bring": gettext_lazy("what to bring"), "answer_by": gettext_lazy("answer at the latest"),
    "free_text": gettext_lazy("the sender's own words"), "rejection_factors_individual": gettext_lazy("what weighed against the applicant"),
    "interview_feedback": gettext_lazy("feedback on the interview"), "test_name": gettext_lazy("name of the test"),
    "reference_summary": gettext_lazy("what a referee said"), "hearing_facts": gettext_lazy("facts to be heard about"),
    "hearing_deadline": gettext_lazy("deadline of the hearing"), "referee_name": gettext_lazy("referee"),
    "referee_organisation": gettext_lazy("referee's workplace"), "decision_text": gettext_lazy("words of the decision"),
    "pay_offer": gettext_lazy("offer of pay"), "priority_claim_text": gettext_lazy("words on preferential access"),
    "health_text": gettext_lazy("words on health"), "criminal_record_text": gettext_lazy("words on a criminal record"),
    "task_list": gettext_lazy("list of tasks"), "calendar_link": gettext_lazy("link to the calendar"),
}  # fmt: skip


def label_of_field(name: str) -> str:
    """The field's name for people."""
    return str(LABELS.get(name, name)).capitalize()


@dataclass(frozen=True)
class Words:
    """One language of a letter, as somebody typed it."""

    subject: str
    body: str


@dataclass(frozen=True)
class Looked:
    """How a text would do: its class and why, and how it reads; or what is wrong with it."""

    message_class: MessageClass
    reasons: list[Reason]
    letter: Rendered | None
    faults: list[str]


def look_at(words: Words, *, language: str, template_class: str, above: MessageTemplate | None = None) -> Looked:
    """The letter as the sample applicant would read it. `above` is the version whose paragraphs are locked."""
    draft = MessageTemplate(
        subject=words.subject, body=words.body, message_class=template_class, language=language, code="draft"
    )
    faults = faults_of(words)
    if faults:
        return Looked(MessageClass(template_class), [], None, faults)
    changed = above is not None and not keeps_paragraphs(above.body, words.body)
    try:
        letter = render(words.subject, words.body, sample_values(language), template_class=template_class)
    except ValidationError as refused:
        return Looked(MessageClass(template_class), [], None, list(refused.messages))
    reasons = reasons_of(draft, free_text=_own_words(words.body), changed=changed)
    shown = highest(template_class, *(reason.message_class for reason in reasons))
    return Looked(shown, reasons, Rendered(letter.subject, letter.text, as_html(letter.text), shown), [])


def _own_words(body: str) -> str:
    """The text without its tags: what is looked at for words that tell too much."""
    return body.replace("{{", " ").replace("}}", " ")


def faults_of(words: Words) -> list[str]:
    """What keeps the words from being a letter, with the line where there is one; a subject must bear being seen on a lock screen."""
    found: list[str] = []
    for name, source in ((_("Subject"), words.subject), (_("Text"), words.body)):
        if not source.strip():
            found.append(_("%s: write something.") % name)
            continue
        try:
            fields_used(source)
        except ValidationError as refused:
            found += [f"{name}: {message}" for message in refused.messages]
    if not found:
        found += _faults_of_subject(words.subject)
    return found


def _faults_of_subject(subject: str) -> list[str]:
    telling = [name for name in sorted(fields_used(subject)) if CLASS_OF_FIELD[name] != MessageClass.STANDARD]
    telling += telling_words(subject)
    if not telling:
        return []
    return [_("Subject: others see it on a lock screen, so it may not say “%s”.") % telling[0]]


def tidy(body: str) -> str:
    """The body as it is kept."""
    return body.replace("\r\n", "\n").strip() + "\n"
