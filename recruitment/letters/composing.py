"""Writing to one applicant: always from a template, with words of one's own in its free area, and the class said at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from recruitment.access.decide import may, require
from recruitment.access.permissions import Permission
from recruitment.applications.letters import values_for
from recruitment.applications.models import Application
from recruitment.audit.record import record
from recruitment.errors import NotPossible, Obstacle
from recruitment.letters.classing import Reason, reasons_of
from recruitment.letters.queries import INTERVIEW
from recruitment.mail.actions import send_written, template_in_force
from recruitment.mail.fields import CLASS_OF_FIELD, highest
from recruitment.mail.models import Message, MessageClass, MessageTemplate
from recruitment.mail.render import Rendered, as_html, fields_used, render
from recruitment.people.actor import Actor

#: Letters that a person may begin with. What has a screen and a decision of its own (rejections, invitations, hearings,
#: consents) is not among them.
LETTERS = (
    "LETTER", "PROCESS_DELAYED", "INTERVIEW_MESSAGE", "INTERVIEW_REMINDER", "TEST_INFO", "OFFER_FOLLOWUP", "APPLICATION_RECEIPT",
    "MANUAL_REGISTERED", "LATE_NOT_CONSIDERED", "SHORTLIST_INFO_VIP", "PRIVACY_REQUEST_ANSWER", "CONFIDENTIAL_LETTER",
)  # fmt: skip
OWN_WORDS = "free_text"
#: Rooms above say which values they have for an applicant's letters (interviews). Filled by `wiring.py`.
more_values: list[Callable[[Application], Mapping[str, str]]] = []


@dataclass(frozen=True)
class Composed:
    """A letter as it would go, with its class and why."""

    template: MessageTemplate
    letter: Rendered
    reasons: list[Reason] = field(default_factory=list)
    is_unsaid: bool = False  # it has own words, and their writer has not said whether they tell of the applicant

    @property
    def message_class(self) -> MessageClass:
        """The strictest of its reasons."""
        return self.letter.message_class


def letters_for(actor: Actor, application: Application) -> list[MessageTemplate]:
    """The versions in force that the person may begin with: support standard ones, a manager those about interviews."""
    standard = may(actor, Permission.MESSAGE_SEND_STANDARD, application)
    confidential = may(actor, Permission.MESSAGE_SEND_CONFIDENTIAL, application)
    interviews = may(actor, Permission.MESSAGE_SEND_INTERVIEW, application)
    found = []
    for code in LETTERS:
        try:
            template = template_of(application, code)
        except MessageTemplate.DoesNotExist:
            continue
        is_plain = template.message_class == MessageClass.STANDARD
        if (standard and (is_plain or confidential)) or (interviews and code.startswith(INTERVIEW)):
            found.append(template)
    return found


def template_of(application: Application, code: str) -> MessageTemplate:
    """The version in force for the application's institution, unit and language."""
    case = application.case
    return template_in_force(case.institution, code, application.language, unit=case.unit)


def known_values(application: Application) -> dict[str, str]:
    """What the house can fill in by itself."""
    found = values_for(application)
    for ask in more_values:
        found.update(ask(application))
    return {name: value for name, value in found.items() if value}


def fields_to_fill(template: MessageTemplate, known: Mapping[str, str]) -> list[str]:
    """Merge fields of the letter that somebody must type, in the order of the list."""
    used = fields_used(template.subject, template.body) - {OWN_WORDS}
    return [name for name in CLASS_OF_FIELD if name in used and not known.get(name)]


def compose(
    application: Application,
    code: str,
    *,
    typed: Mapping[str, str],
    own_words: str = "",
    wording: str = "",
    private: bool | None = None,
) -> Composed:
    """The letter as it would go. Raises ValidationError for what cannot be written.

    `wording` is the whole text where somebody has changed it: a paragraph of the template that is not there any more
    makes the letter confidential (C4). `private` is the writer's word whether own words tell of the
    applicant as a person, so that only they may read it; None while it has not been said.
    """
    template = template_of(application, code)
    known = known_values(application)
    filled = {name: words.strip() for name, words in typed.items() if name in fields_to_fill(template, known)}
    values = {**known, **filled}
    as_written = _words(template, values)
    base = _tidy(wording) or as_written
    text = _with_own_words(template, values, base, own_words.strip(), is_as_written=base == as_written)
    free = "\n".join([own_words, *filled.values(), *_added(as_written, base)])
    reasons = reasons_of(
        template, free_text=free, changed=not keeps_paragraphs(as_written, base), private=bool(private)
    )
    letter = render(template.subject, "", values, template_class=template.message_class)
    message_class = highest(template.message_class, *(reason.message_class for reason in reasons))
    is_unsaid = bool(free.strip()) and private is None and message_class == MessageClass.STANDARD
    return Composed(template, Rendered(letter.subject, text, as_html(text), message_class), reasons, is_unsaid)


def _words(template: MessageTemplate, values: Mapping[str, str]) -> str:
    return render(template.subject, template.body, values, template_class=template.message_class).text


def _with_own_words(
    template: MessageTemplate, values: Mapping[str, str], base: str, own: str, *, is_as_written: bool
) -> str:
    """Own words at the template's mark, else before its last paragraph (the greeting)."""
    if not own:
        return base
    if is_as_written and OWN_WORDS in fields_used(template.body):
        return _words(template, {**values, OWN_WORDS: own})
    paragraphs = _paragraphs(base)
    return "\n\n".join([*paragraphs[:-1], own, *paragraphs[-1:]]) + "\n"


def keeps_paragraphs(template_words: str, text: str) -> bool:
    """Whether every paragraph of the template stands in the text as it is, apart from white space."""
    there = {_plain(each) for each in _paragraphs(text)}
    return all(_plain(each) in there for each in _paragraphs(template_words))


def _added(template_words: str, text: str) -> list[str]:
    known = {_plain(each) for each in _paragraphs(template_words)}
    return [each for each in _paragraphs(text) if _plain(each) not in known]


def _paragraphs(text: str) -> list[str]:
    return [block.strip() for block in _tidy(text).split("\n\n") if block.strip()]


def _tidy(text: str) -> str:
    tidy = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return f"{tidy}\n" if tidy else ""


def _plain(words: str) -> str:
    return " ".join(words.split())


@transaction.atomic
def write_to(
    application: Application, composed: Composed, *, key: str, actor: Actor, answers: Message | None = None
) -> Message:
    """Send it the way that its class asks for; the same key, the same letter.

    Raises PermissionDenied for a letter that is not the actor's to send, NotPossible where the class is beyond them, or
    where nobody has said whether own words tell of the applicant as a person.
    """
    _ask(application, composed, actor)
    message = send_written(
        composed.letter, composed.template, to=application.candidate, institution=application.case.institution, key=key,
        about=application, actor=actor, given_name=application.candidate.given_name, in_reply_to=answers,
    )  # fmt: skip
    record(actor, "letter.write", message, code=message.code, message_class=message.message_class)
    return message


def _ask(application: Application, composed: Composed, actor: Actor) -> None:
    if composed.template.code not in LETTERS:
        raise PermissionDenied
    is_about_interviews = composed.template.code.startswith(INTERVIEW)
    require(
        actor,
        Permission.MESSAGE_SEND_INTERVIEW if is_about_interviews else Permission.MESSAGE_SEND_STANDARD,
        application,
    )
    if composed.message_class != MessageClass.STANDARD and not may(
        actor, Permission.MESSAGE_SEND_CONFIDENTIAL, application
    ):
        words = _("This letter is confidential, and you may send standard ones only. Ask HR to send it.")
        raise NotPossible([Obstacle("confidential", words, OWN_WORDS)])
    if composed.is_unsaid:
        words = _("Say whether it tells anything of the applicant as a person.")
        raise NotPossible([Obstacle("unsaid", words, "about_person")])
