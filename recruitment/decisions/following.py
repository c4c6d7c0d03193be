"""The state follows the letter by itself (guide p. 19): rejected when it has gone, answered when it has arrived, not when it came back."""

from typing import Any

from recruitment import clock
from recruitment.applications.lifecycle import REJECT
from recruitment.applications.models import Application, ApplicationState
from recruitment.audit.record import record
from recruitment.decisions import answers
from recruitment.decisions.answers import CallPurpose, PhoneLog, Rejection, RejectionWay
from recruitment.decisions.calls import log_call
from recruitment.decisions.letters import Merging
from recruitment.events import StateChanged
from recruitment.letters.outcomes import LetterSettled
from recruitment.lifecycle import make, obstacles
from recruitment.mail.models import Channel, Message, Settled
from recruitment.people.actor import Actor

HOUSE = Actor.house("the state follows the letter")
GONE = frozenset({"send", "notify", "post_letter", "confirm"})
CAME_BACK = frozenset({"bounce", "fail"})
ANSWERS = frozenset({*answers.REJECTIONS, answers.LATE})


def follow_letter(event: StateChanged) -> None:
    """Hear what became of a letter. What is heard here never stops the letter: it has gone, whatever we think of it."""
    letter = event.row
    if not isinstance(letter, Message):
        return
    if letter.announces_id is not None and event.move in CAME_BACK:
        letter = letter.announces
    if letter.application_id is None or letter.code not in ANSWERS:
        return
    application = Application.objects.select_for_update().get(pk=letter.application_id)
    if event.move in CAME_BACK:
        _take_back(application, letter)
        return
    if event.move in GONE and letter.code in answers.REJECTIONS:
        application = _reject(application, letter)
    if _has_arrived(letter, event.move):
        _note_answer(application, letter)


def _has_arrived(letter: Message, move: str) -> bool:
    """By plain mail when nothing has come back for a day; in the secure inbox when told of; on paper when posted."""
    if letter.channel == Channel.EMAIL:
        return move in {"deliver", "confirm"}
    return move in GONE or move == "read"


def _reject(application: Application, letter: Message) -> Application:
    """Move it, with the record of the decision. Where the door says no, a person must look: the desk shows it."""
    if application.state == ApplicationState.REJECTED:
        _record(application, letter)
        return application
    if obstacles(REJECT, application):
        record(HOUSE, "Rejection.not_followed", application, code=letter.code)
        return application
    _record(application, letter)
    return make(REJECT, application, actor=HOUSE)


def _record(application: Application, letter: Message) -> None:
    """The reasons as they stood when the letter went; the letter itself is kept word for word beside it."""
    if Rejection.objects.filter(message=letter).exists():
        return
    merging = Merging(application.case)
    row = merging.reasons.get(application.pk)
    told = row if letter.code in answers.ELABORATED else None
    Rejection.objects.create(
        application=application, decision=merging.decision, way=RejectionWay.LETTER, code=letter.code, message=letter,
        is_early=letter.code == answers.EARLY, is_elaborated=told is not None, at=clock.now(), by_user=letter.sent_by,
        general=merging.general(letter.code, application.language), individual=told.factors if told else "",
        feedback=told.feedback if told else "",
    )  # fmt: skip


def _note_answer(application: Application, letter: Message) -> None:
    is_answered = application.state in {ApplicationState.REJECTED, ApplicationState.LATE}
    if is_answered and application.answer_delivered_at is None:
        application.answer_delivered_at = clock.now()
        application.save(update_fields=["answer_delivered_at", "updated_at"])
        record(HOUSE, "Application.answered", application, code=letter.code)


def _take_back(application: Application, letter: Message) -> None:
    """A rejection that came back is no answer (C4.6), unless the applicant has been reached in another way."""
    if application.answer_delivered_at is None or _was_reached_otherwise(application, letter):
        return
    application.answer_delivered_at = None
    application.save(update_fields=["answer_delivered_at", "updated_at"])
    record(HOUSE, "Application.answer_came_back", application, code=letter.code)


def follow_settling(event: LetterSettled) -> None:
    """Somebody called about an answer that came back: that call is the answer, and its log is kept beside the others."""
    letter = event.message.announces or event.message
    if event.how != Settled.PHONE or letter.application_id is None or letter.code not in ANSWERS:
        return
    application = Application.objects.select_for_update().get(pk=letter.application_id)
    log_call(application, CallPurpose.REJECTION, said=event.note, called_at=clock.now(), actor=event.actor)
    _note_answer(application, letter)


def _was_reached_otherwise(application: Application, letter: Message) -> bool:
    others: Any = Message.objects.filter(application=application, code__in=ANSWERS).exclude(pk=letter.pk)
    arrived = others.filter(state__in=["DELIVERED", "NOTIFIED", "READ"]).exists()
    on_paper = others.filter(channel=Channel.LETTER, state="SENT").exists()
    return arrived or on_paper or PhoneLog.objects.filter(application=application, purpose="REJECTION").exists()
