"""Letters to many: a frozen list that is looked at first, a time in which it can be stopped, and then one letter to each."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, prefetch_related_objects
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.applications.models import Application
from recruitment.audit.record import record
from recruitment.cases.models import RecruitmentCase
from recruitment.errors import NotPossible, Obstacle
from recruitment.letters.lifecycle import CANCEL, START
from recruitment.letters.models import BulkLine, BulkSending, LineState, SendingState
from recruitment.lifecycle import make
from recruitment.mail.actions import template_in_force
from recruitment.mail.models import Channel, MessageClass, MessageTemplate
from recruitment.mail.render import class_of_letter
from recruitment.organisation.models import Institution
from recruitment.outbox.delivery import put_for_later
from recruitment.people.actor import Actor

OUTBOX_KIND = "bulk_line"


@dataclass(frozen=True)
class Line:
    """One letter that is to be written: to whom, which, and its values as ready words."""

    application: Application
    code: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class LeftOut:
    """Somebody who gets none, with the reason as a code for programs and a sentence for people."""

    application: Application
    code: str
    message: str


def key_of(line: BulkLine) -> str:
    """The key of the line's message: whatever is tried again, nobody gets two."""
    return f"bulk:{line.sending_id}:{line.application_id}"


@transaction.atomic
def prepare(
    case: RecruitmentCase, *, kind: str, lines: Iterable[Line], left_out: Iterable[LeftOut], actor: Actor
) -> BulkSending:
    """The list as it will be sent, with versions, classes and ways; nothing goes yet.

    Raises PermissionDenied where a letter is confidential and the actor may not send such, ValidationError for a letter
    that cannot be written, NotPossible for somebody who stands on the list twice or belongs to another case.
    """
    require(actor, Permission.MESSAGE_SEND_STANDARD, case)
    wanted, left = list(lines), list(left_out)
    _refuse_strangers(case, [*wanted, *left])
    sending = BulkSending.objects.create(case=case, kind=kind, made_by=actor.user, made_at=clock.now())
    prefetch_related_objects([line.application for line in wanted], "candidate")
    templates = _Templates(case)
    rows = [_row(sending, place, line, templates) for place, line in enumerate(wanted)]
    if any(row.message_class != MessageClass.STANDARD for row in rows):
        require(actor, Permission.MESSAGE_SEND_CONFIDENTIAL, case)
    rows += [
        BulkLine(
            sending=sending, position=len(wanted) + place, application=each.application, state=LineState.LEFT_OUT,
            left_code=each.code, left_words=each.message[:300], application_state=each.application.state,
        )
        for place, each in enumerate(left)
    ]  # fmt: skip
    BulkLine.objects.bulk_create(rows)
    record(actor, "sending.prepare", sending, kind=kind, lines=len(wanted), left_out=len(left))
    return sending


def _refuse_strangers(case: RecruitmentCase, named: list[Line | LeftOut]) -> None:
    times = Counter(each.application.pk for each in named)
    if any(count > 1 for count in times.values()):
        raise NotPossible([Obstacle("twice", _("Somebody stands on the list twice."))])
    if any(each.application.case_id != case.pk for each in named):
        raise NotPossible([Obstacle("other_case", _("Somebody on the list belongs to another case."))])


class _Templates:
    """The versions in force, each looked up once."""

    def __init__(self, case: RecruitmentCase) -> None:
        self.case = case
        self.found: dict[tuple[str, str], MessageTemplate] = {}

    def of(self, code: str, language: str) -> MessageTemplate:
        key = (code, language)
        if key not in self.found:
            self.found[key] = template_in_force(self.case.institution, code, language, unit=self.case.unit)
        return self.found[key]


def _row(sending: BulkSending, place: int, line: Line, templates: _Templates) -> BulkLine:
    template = templates.of(line.code, line.application.language)
    values = {name: str(value) for name, value in line.values.items()}
    message_class = class_of_letter(template, values)
    return BulkLine(
        sending=sending, position=place, application=line.application, code=line.code, template=template, values=values,
        message_class=message_class, channel=_way(line.application, message_class),
        application_state=line.application.state,
    )  # fmt: skip


def _way(application: Application, message_class: MessageClass) -> Channel:
    if not application.candidate.email:
        return Channel.LETTER
    return Channel.EMAIL if message_class == MessageClass.STANDARD else Channel.SECURE


@transaction.atomic
def start(sending: BulkSending, *, actor: Actor) -> BulkSending:
    """Let it go when the institution's time for second thoughts is over, at the institution's rate.

    Raises PermissionDenied or NotPossible; pressing twice starts it once.
    """
    if sending.lines.exclude(message_class__in=[MessageClass.STANDARD, ""]).exists():
        require(actor, Permission.MESSAGE_SEND_CONFIDENTIAL, sending.case)
    institution = Institution.objects.select_for_update().get(pk=sending.case.institution_id)
    begins = clock.now() + dt.timedelta(minutes=institution.settings.bulk_grace_minutes)
    started = make(START, sending, actor=actor, starts_at=begins)
    pace = dt.timedelta(minutes=1) / institution.settings.bulk_letters_a_minute
    due = max(begins, _last_due(institution) + pace)
    lines = list(started.lines.filter(state=LineState.WAITING))
    for line in lines:
        line.due_at = due
        due += pace
    BulkLine.objects.bulk_update(lines, ["due_at"], batch_size=500)
    put_for_later(OUTBOX_KIND, [(line.pk, key_of(line), line.due_at or begins) for line in lines])
    return started


def _last_due(institution: Institution) -> dt.datetime:
    """When the institution's last letter of another sending goes: two sendings share the rate."""
    waiting = BulkLine.objects.filter(
        sending__case__institution=institution, sending__state=SendingState.RUNNING, state=LineState.WAITING
    )
    last: dt.datetime | None = waiting.aggregate(last=Max("due_at"))["last"]
    return last or dt.datetime.min.replace(tzinfo=dt.UTC) + dt.timedelta(days=1)


@transaction.atomic
def cancel(sending: BulkSending, *, actor: Actor) -> BulkSending:
    """Stop it: in the time for second thoughts nobody gets a letter, later those whose letter has not been written."""
    stopped = make(CANCEL, sending, actor=actor, ended_at=clock.now())
    stopped.lines.filter(state=LineState.WAITING).update(state=LineState.CANCELLED)
    return stopped


@dataclass(frozen=True)
class Progress:
    """How far a sending is, in lines."""

    to_write: int
    written: int
    left_out: int
    cancelled: int
    failed: int

    @property
    def all(self) -> int:
        """Everybody who was to get a letter."""
        return self.to_write + self.written + self.cancelled + self.failed


def progress(sending: BulkSending) -> Progress:
    """Counted now; one query."""
    counts: dict[str, Any] = dict(sending.lines.order_by().values_list("state").annotate(n=Count("pk")))
    return Progress(
        to_write=counts.get(LineState.WAITING, 0), written=counts.get(LineState.WRITTEN, 0),
        left_out=counts.get(LineState.LEFT_OUT, 0), cancelled=counts.get(LineState.CANCELLED, 0),
        failed=counts.get(LineState.FAILED, 0),
    )  # fmt: skip


def is_in_grace(sending: BulkSending) -> bool:
    """Whether it has been started and nothing has gone yet."""
    return sending.state == SendingState.RUNNING and sending.starts_at is not None and clock.now() < sending.starts_at
