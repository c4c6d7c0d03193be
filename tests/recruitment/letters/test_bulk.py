"""Letters to many: a frozen list, a time for second thoughts, one letter to each, and no second one whatever happens."""

import datetime as dt
import itertools

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recruitment import clock
from recruitment.access.roles import Role
from recruitment.applications.letters import write
from recruitment.applications.models import Application
from recruitment.errors import NotPossible
from recruitment.letters import carrying
from recruitment.letters.bulk import LeftOut, Line, cancel, is_in_grace, prepare, progress, start
from recruitment.letters.models import LineState, SendingState
from recruitment.mail.models import Channel, Message, MessageState, MessageTemplate
from recruitment.outbox.delivery import carry_out, waiting
from recruitment.outbox.models import ItemState, OutboxItem
from tests.recruitment.letters.conftest import lines_for, pass_grace, sweep


@pytest.fixture
def sending(world, hr, applicants):
    return prepare(world.ours.case, kind="delay", lines=lines_for(applicants), left_out=(), actor=hr)


def letters_of(sending):
    return Message.objects.filter(key__startswith=f"bulk:{sending.pk}:")


def test_a_prepared_sending_sends_nothing(sending):
    assert progress(sending).to_write == 3
    assert not letters_of(sending).exists()
    assert not OutboxItem.objects.filter(kind="bulk_line").exists()


def test_it_goes_after_the_time_for_second_thoughts_to_each_once(sending, hr):
    started = start(sending, actor=hr)

    assert is_in_grace(started)
    assert sweep() == 0
    pass_grace()
    assert sweep() == 3
    assert letters_of(sending).count() == 3
    sending.refresh_from_db()
    assert (sending.state, progress(sending).written) == (SendingState.DONE, 3)
    OutboxItem.objects.filter(kind="bulk_line").update(state=ItemState.QUEUED)
    sweep()
    assert letters_of(sending).count() == 3


def test_pressing_twice_starts_it_once(sending, hr):
    start(sending, actor=hr)

    with pytest.raises(NotPossible):
        start(sending, actor=hr)
    assert OutboxItem.objects.filter(kind="bulk_line").count() == 3


def test_the_institution_decides_how_long_and_how_fast(world, sending, hr):
    world.ours.institution.settings.bulk_grace_minutes = 5
    world.ours.institution.settings.bulk_letters_a_minute = 2
    world.ours.institution.settings.save()

    before = clock.now()
    started = start(sending, actor=hr)

    wait = started.starts_at - before
    assert dt.timedelta(minutes=5) <= wait < dt.timedelta(minutes=6)
    due = list(sending.lines.values_list("due_at", flat=True))
    assert [later - earlier for earlier, later in itertools.pairwise(due)] == [dt.timedelta(seconds=30)] * 2


def test_a_second_sending_of_the_institution_waits_its_turn(world, sending, hr, applicants):
    start(sending, actor=hr)
    second = prepare(world.ours.case, kind="delay", lines=lines_for(applicants), left_out=(), actor=hr)

    start(second, actor=hr)

    assert second.lines.first().due_at > sending.lines.last().due_at


def test_it_can_be_stopped_while_nothing_has_gone(sending, hr):
    start(sending, actor=hr)

    stopped = cancel(sending, actor=hr)
    pass_grace()
    sweep()

    assert (stopped.state, progress(stopped).cancelled) == (SendingState.CANCELLED, 3)
    assert not letters_of(sending).exists()


def test_stopping_later_stops_those_that_have_not_been_written(sending, hr):
    start(sending, actor=hr)
    pass_grace()
    carry_out(waiting_line(sending))

    cancel(sending, actor=hr)
    sweep()

    assert letters_of(sending).count() == 1
    assert (progress(sending).written, progress(sending).cancelled) == (1, 2)


def waiting_line(sending) -> int:
    line = sending.lines.filter(state=LineState.WAITING).first()
    return OutboxItem.objects.get(kind="bulk_line", subject=str(line.pk)).pk


def test_who_has_moved_on_since_is_left_out_and_told_why(sending, hr, applicants):
    start(sending, actor=hr)
    Application.objects.filter(pk=applicants[1].pk).update(state="HIRED")
    pass_grace()

    sweep()

    line = sending.lines.get(application=applicants[1])
    assert (line.state, line.left_code, line.message) == (LineState.LEFT_OUT, "changed", None)
    assert letters_of(sending).count() == 2


def test_a_room_above_may_say_that_a_line_does_not_fit_any_more(sending, hr, monkeypatch):
    monkeypatch.setitem(
        carrying.still_fits, "delay", [lambda line: ("no_more", "Nej.") if line.position == 0 else None]
    )
    start(sending, actor=hr)
    pass_grace()

    sweep()

    assert sending.lines.first().left_code == "no_more"
    assert progress(sending).written == 2


def test_who_is_left_out_from_the_start_stands_on_the_list(world, hr, applicants):
    left = [LeftOut(applicants[2], "not_read", "Nobody has opened it.")]

    sending = prepare(world.ours.case, kind="delay", lines=lines_for(applicants[:2]), left_out=left, actor=hr)

    assert progress(sending).left_out == 1
    assert sending.lines.get(state=LineState.LEFT_OUT).left_code == "not_read"


def test_the_version_is_frozen_when_the_list_is_made(world, sending, hr):
    frozen = sending.lines.first().template
    MessageTemplate.objects.create(
        institution=world.ours.institution, code="PROCESS_DELAYED", language="da", version=9, name="Ny",
        subject="Ny", body="Ny tekst",
    )  # fmt: skip
    start(sending, actor=hr)
    pass_grace()
    sweep()

    assert {letter.template for letter in letters_of(sending)} == {frozen}


def test_a_confidential_value_goes_to_the_inbox_and_needs_the_right(world, hr, applicants):
    lines = lines_for(applicants[:1], "REJECTION_NO_INTERVIEW", decisive_factors_general="Din sygdom vejede tungt.")

    sending = prepare(world.ours.case, kind="reject", lines=lines, left_out=(), actor=hr)

    assert sending.lines.get().channel == Channel.SECURE
    with pytest.raises(PermissionDenied):
        prepare(world.ours.case, kind="reject", lines=lines, left_out=(), actor=world.ours.actor(Role.ADMIN_SUPPORT))


@pytest.mark.parametrize("role", [Role.HIRING_MANAGER, Role.HIRING_COMMITTEE, Role.ADMINISTRATOR])
def test_who_may_not_send_may_neither_prepare_nor_start_nor_stop(world, sending, applicants, role):
    actor = world.ours.actor(role)

    for deed in (
        lambda: prepare(world.ours.case, kind="delay", lines=lines_for(applicants), left_out=(), actor=actor),
        lambda: start(sending, actor=actor),
        lambda: cancel(sending, actor=actor),
    ):
        with pytest.raises(PermissionDenied):
            deed()


def test_nobody_of_another_institution_may(world, sending):
    with pytest.raises(PermissionDenied):
        start(sending, actor=world.theirs.actor(Role.HR_EXTENDED))


def test_a_list_with_somebody_twice_or_from_another_case_is_refused(world, hr, applicants):
    twice = [*lines_for(applicants), *lines_for(applicants[:1])]
    for lines in (twice, lines_for([world.their_application])):
        with pytest.raises(NotPossible):
            prepare(world.ours.case, kind="delay", lines=lines, left_out=(), actor=hr)


def test_an_empty_list_does_not_start(world, hr):
    sending = prepare(world.ours.case, kind="delay", lines=[], left_out=(), actor=hr)

    with pytest.raises(NotPossible):
        start(sending, actor=hr)


def test_somebody_without_an_address_gets_a_letter_on_paper_as_a_task(world, hr, applicants):
    applicants[0].candidate.email = ""
    applicants[0].candidate.save()
    sending = prepare(world.ours.case, kind="delay", lines=lines_for(applicants[:1]), left_out=(), actor=hr)
    start(sending, actor=hr)
    pass_grace()
    sweep()

    letter = letters_of(sending).get()
    assert (letter.channel, letter.state) == (Channel.LETTER, MessageState.QUEUED)
    assert not OutboxItem.objects.filter(subject=str(letter.pk)).exists()


def test_a_letter_that_cannot_be_written_fails_alone(world, hr, applicants, monkeypatch):
    sending = prepare(world.ours.case, kind="delay", lines=lines_for(applicants), left_out=(), actor=hr)
    start(sending, actor=hr)
    pass_grace()
    real = carrying.send

    def refuse_one(code, *, to, **rest):
        if to.given_name == "Bo":
            raise ValidationError("Nej.")
        return real(code, to=to, **rest)

    monkeypatch.setattr(carrying, "send", refuse_one)
    sweep()

    sending.refresh_from_db()
    assert (progress(sending).written, progress(sending).failed, sending.state) == (2, 1, SendingState.DONE)


def test_a_worker_that_dies_in_between_leaves_nothing_half_done(sending, hr, monkeypatch):
    start(sending, actor=hr)
    pass_grace()
    number = waiting_line(sending)

    def dies(*_args, **_rest):
        raise RuntimeError("power cut")

    with monkeypatch.context() as patched:
        patched.setattr(carrying, "_finish_if_last", dies)
        assert carry_out(number) == ItemState.QUEUED
    assert not letters_of(sending).exists()
    OutboxItem.objects.filter(pk=number).update(due_at=clock.now())

    assert carry_out(number) == ItemState.DONE
    assert letters_of(sending).count() == 1


def test_receipts_go_before_letters_to_many(world, sending, hr, applicants):
    OutboxItem.objects.filter(kind="mail").update(state=ItemState.DONE)
    start(sending, actor=hr)
    pass_grace()
    sweep()
    many = set(OutboxItem.objects.filter(kind="mail", state=ItemState.QUEUED).values_list("pk", flat=True))
    receipt = write("APPLICATION_RECEIPT", applicants[0], key="receipt again")
    one = OutboxItem.objects.get(subject=str(receipt.pk)).pk

    order = [number for number in waiting() if number in many | {one}]

    assert (len(order), order[0]) == (4, one)


def test_many_lines_are_prepared_with_as_many_queries_as_one(world, hr, applicants):
    values = lines_for(applicants[:1])[0].values

    def asked(count):
        rows = list(Application.objects.filter(pk__in=[each.pk for each in applicants[:count]]))
        lines = [Line(row, "PROCESS_DELAYED", values) for row in rows]
        with CaptureQueriesContext(connection) as queries:
            prepare(world.ours.case, kind="delay", lines=lines, left_out=(), actor=hr)
        return len(queries)

    asked(1)
    assert asked(3) == asked(1)
