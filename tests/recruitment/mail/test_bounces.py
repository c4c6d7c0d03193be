"""What comes back: notices by the book, plain ones, and whatever else lies in the mailbox."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recruitment import clock
from recruitment.mail.bounces import Fate, read_maildir, read_reports, take_in
from recruitment.mail.delivery import call_delivered
from recruitment.mail.models import Channel, Message, MessageState
from tests.factories.world import make_application

NOTICE = """From: MAILER-DAEMON@relay.example
To: opslag@portal.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

This is the mail system. I could not deliver your message.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example

Final-Recipient: rfc822; kirsten@ansoeger.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {words}

--b
Content-Type: text/rfc822-headers

From: hr@styrelsen.example
Message-ID: {number}
Subject: x

--b--
"""
PLAIN = """From: {sender}
Return-Path: {path}
Subject: {subject}
Auto-Submitted: {told}

{words}

----- Original -----
Message-ID: {number}
"""


@pytest.fixture
def letter(world):
    made = Message.objects.get(application=make_application(world.ours.round))
    Message.objects.filter(pk=made.pk).update(state=MessageState.SENT, sent_at=clock.now())
    made.refresh_from_db()
    return made


def notice(letter, action="failed", status="5.1.1", words="550 5.1.1 unknown user") -> bytes:
    return NOTICE.format(number=letter.message_id, action=action, status=status, words=words).encode()


def plain(letter, **changes) -> bytes:
    usual = {
        "sender": "Mail Delivery Subsystem <postmaster@x.example>", "path": "<>", "subject": "failure", "told": "auto-replied",
        "words": "550 5.1.1 no such user", "number": letter.message_id,
    }  # fmt: skip
    return PLAIN.format(**{**usual, **changes}).encode()


def state_after(raw: bytes, letter) -> str:
    for report in read_reports(raw):
        take_in(report)
    letter.refresh_from_db()
    return letter.state


def test_a_notice_of_failure_marks_the_letter_with_its_reason(letter):
    assert state_after(notice(letter), letter) == MessageState.BOUNCED
    assert "5.1.1" in letter.last_error


def test_a_bounce_comes_also_after_the_letter_counted_as_delivered(letter):
    Message.objects.filter(pk=letter.pk).update(state=MessageState.DELIVERED)

    assert state_after(notice(letter), letter) == MessageState.BOUNCED


def test_a_notice_of_delivery_marks_it_delivered(letter):
    assert state_after(notice(letter, "delivered", "2.0.0", "250 ok"), letter) == MessageState.DELIVERED
    assert letter.delivered_at


@pytest.mark.parametrize("action", ["delayed", "relayed", "expanded", "", "FAILED?"])
def test_what_is_not_over_changes_nothing(letter, action):
    assert state_after(notice(letter, action), letter) == MessageState.SENT


def test_a_plain_bounce_with_our_number_counts(letter):
    assert state_after(plain(letter), letter) == MessageState.BOUNCED


@pytest.mark.parametrize(
    "changes",
    [
        {"sender": "Kirsten <kirsten@ansoeger.example>", "path": "<kirsten@ansoeger.example>"},
        {
            "sender": "Kirsten <kirsten@ansoeger.example>",
            "path": "<kirsten@ansoeger.example>",
            "words": "Jeg er på ferie.",
        },
        {"words": "Delivery is delayed, we will try again."},
        {"number": "<0123456789abcdef0123456789abcdef@elsewhere.example>"},
    ],
)
def test_a_reply_a_holiday_a_delay_or_a_strange_number_changes_nothing(letter, changes):
    assert state_after(plain(letter, **changes), letter) == MessageState.SENT


def test_the_same_bounce_twice_counts_once(letter):
    state_after(notice(letter), letter)

    assert state_after(notice(letter), letter) == MessageState.BOUNCED
    assert letter.history.filter(move="bounce").count() == 1


def test_a_letter_refused_for_want_of_encryption_is_posted_in_the_inbox_where_that_is_wished(world, letter):
    world.ours.institution.settings.mail_needs_encryption = True
    world.ours.institution.settings.save()

    state_after(notice(letter, status="5.7.4", words="TLS is required, but was not offered by host"), letter)

    posted = Message.objects.get(replaces=letter)
    assert (posted.channel, posted.text, letter.settled_how) == (Channel.SECURE, letter.text, "AGAIN")
    assert Message.objects.filter(announces=posted, channel=Channel.EMAIL).exists()


def test_without_the_wish_it_is_a_task_like_any_other(letter):
    state_after(notice(letter, status="5.7.4", words="TLS is required, but was not offered by host"), letter)

    assert not Message.objects.filter(replaces=letter).exists()
    assert letter.settled_at is None


def test_a_day_without_a_bounce_is_delivery_by_the_databases_clock(letter):
    assert call_delivered(clock.now()) == 0

    with clock.shifted(dt.timedelta(hours=25)):
        assert call_delivered(clock.now()) == 1

    letter.refresh_from_db()
    assert letter.state == MessageState.DELIVERED


def test_a_maildir_is_read_once_and_strange_mail_stays(tmp_path, letter):
    for folder in ("new", "cur", "tmp"):
        (tmp_path / folder).mkdir()
    (tmp_path / "new" / "1.host").write_bytes(notice(letter))
    (tmp_path / "new" / "2.host").write_bytes(b"\xff\xfe not a mail at all")

    assert read_maildir(tmp_path) == 1
    assert read_maildir(tmp_path) == 0
    assert sorted(each.name for each in (tmp_path / "cur").iterdir()) == ["1.host:2,S", "2.host:2,S"]


def test_the_command_reads_a_maildir_and_refuses_anything_else(tmp_path, letter, capsys):
    with pytest.raises(CommandError):
        call_command("read_bounces", tmp_path)
    for folder in ("new", "cur"):
        (tmp_path / folder).mkdir()
    (tmp_path / "new" / "1.host").write_bytes(notice(letter))

    call_command("read_bounces", tmp_path)

    letter.refresh_from_db()
    assert letter.state == MessageState.BOUNCED


HOSTILE = [
    b"", b"\x00" * 50, b"Content-Type: multipart/report; boundary=\n\n--", b"Content-Type: message/rfc822\n\n" * 400,
    b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n--b--",
    b"From: MAILER-DAEMON@x\nContent-Type: text/plain; charset=nonsense\nContent-Transfer-Encoding: base64\n\n!!!!",
    b"Subject: =?utf-8?b?////?=\nFrom: =?x?q?" + b"a" * 5000,
]  # fmt: skip


@pytest.mark.parametrize("raw", HOSTILE)
def test_hostile_mail_tells_nothing_and_breaks_nothing(raw):
    assert read_reports(raw) == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=300), st.integers(0, 900))
def test_a_notice_with_anything_in_the_middle_breaks_nothing(noise, place):
    number = "<0123456789abcdef0123456789abcdef@portal.example>"
    whole = NOTICE.format(number=number, action="failed", status="5.0.0", words="no").encode()

    reports = read_reports(whole[:place] + noise + whole[place:])

    assert all(report.fate in Fate and len(report.words) <= 300 for report in reports)
