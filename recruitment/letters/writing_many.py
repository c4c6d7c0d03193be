"""The same letter to everybody in some states of a case: who would get it, who would not and why, and then a sending."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.applications.letters import STILL_STANDING, values_for_all
from recruitment.applications.models import Application, ApplicationState
from recruitment.cases.models import RecruitmentCase
from recruitment.errors import NotPossible, Obstacle
from recruitment.letters.bulk import LeftOut, Line, prepare, start
from recruitment.letters.composing import LETTERS, OWN_WORDS, fields_to_fill, known_values, template_of
from recruitment.letters.models import BulkSending
from recruitment.mail.models import MessageClass, MessageTemplate
from recruitment.mail.render import class_of_letter, fields_used
from recruitment.people.actor import Actor

KIND = "letter"
#: Whom a letter can be written to in one go: those whose application stands.
TO_MANY = STILL_STANDING


@dataclass(frozen=True)
class Planned:
    """A dry run: nothing is kept."""

    lines: list[Line]
    left_out: list[LeftOut]
    template: MessageTemplate | None
    message_class: MessageClass


def letters_for_many(case: RecruitmentCase) -> list[MessageTemplate]:
    """Standard letters that the house can fill in for everybody, in the case's institution and unit."""
    sample = _standing(case, TO_MANY).first()
    if sample is None:
        return []
    known, found = known_values(sample), []
    for code in LETTERS:
        try:
            template = template_of(sample, code)
        except MessageTemplate.DoesNotExist:
            continue
        if template.message_class == MessageClass.STANDARD and not fields_to_fill(template, known):
            found.append(template)
    return found


def _standing(case: RecruitmentCase, states: Iterable[str]) -> QuerySet[Application]:
    rows = Application.objects.filter(case=case, state__in=set(states) & set(TO_MANY))
    return rows.select_related("candidate", "case__institution", "case__unit", "round").order_by("received_at")


def plan(case: RecruitmentCase, code: str, *, states: Sequence[str], own_words: str) -> Planned:
    """Who would get the letter and who would not. Raises ValidationError for a letter or words that do not fit."""
    if code not in {template.code for template in letters_for_many(case)}:
        raise ValidationError(_("Choose a letter from the list."), code="letter")
    rows = list(_standing(case, states))
    if not rows:
        raise ValidationError(_("Nobody is in these states."), code="nobody")
    _refuse_words(template_of(rows[0], code), own_words)
    waiting = [row for row in rows if row.answer_delivered_at is None]
    left = [
        LeftOut(row, "answered", _("Has had the answer already."))
        for row in rows
        if row.answer_delivered_at is not None
    ]
    lines = [Line(row, code, {**values, OWN_WORDS: own_words.strip()}) for row, values in values_for_all(waiting)]
    template = template_of(rows[0], code)
    message_class = class_of_letter(template, {OWN_WORDS: own_words})
    return Planned(lines, left, template, message_class)


def _refuse_words(template: MessageTemplate, own_words: str) -> None:
    has_place = OWN_WORDS in fields_used(template.body)
    if own_words.strip() and not has_place:
        raise ValidationError(
            {"own_words": _("This letter has no free area. Choose another, or leave your words out.")}
        )
    if has_place and not own_words.strip():
        raise ValidationError({"own_words": _("Write what the letter is to say.")})


def send_to_many(
    case: RecruitmentCase, code: str, *, states: Sequence[str], own_words: str, expected: int, actor: Actor
) -> BulkSending:
    """Start what was looked at. Raises NotPossible where it would be another number of letters than was shown."""
    require(actor, Permission.MESSAGE_SEND_STANDARD, case)
    planned = plan(case, code, states=states, own_words=own_words)
    if len(planned.lines) != expected:
        raise NotPossible([Obstacle("changed", _("The list has changed since you looked at it. Look at it again."))])
    sending = prepare(case, kind=KIND, lines=planned.lines, left_out=planned.left_out, actor=actor)
    return start(sending, actor=actor)


def states_of(case: RecruitmentCase) -> list[tuple[str, str, int]]:
    """The states in which somebody stands, with how many; one query."""
    counts: dict[str, int] = {}
    for state in _standing(case, TO_MANY).order_by().values_list("state", flat=True):
        counts[state] = counts.get(state, 0) + 1
    return [(state, str(ApplicationState(state).label), counts[state]) for state in TO_MANY if state in counts]
