"""Looking at a letter while it is written: what it is called, what class it has and why, how it reads, what is wrong."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from recruitment.letters.classing import Reason, reasons_of
from recruitment.letters.composing import keeps_paragraphs
from recruitment.letters.sample import sample_values
from recruitment.mail.fields import CLASS_OF_FIELD, highest
from recruitment.mail.models import MessageClass, MessageTemplate
from recruitment.mail.render import Rendered, as_html, fields_used, render


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
    reasons = reasons_of(draft, free_text=_own_words(f"{words.subject}\n{words.body}"), changed=changed)
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
    if not telling:
        return []
    return [_("Subject: others see it on a lock screen, so it may not say “%s”.") % telling[0]]


def tidy(body: str) -> str:
    """The body as it is kept."""
    return body.replace("\r\n", "\n").strip() + "\n"
