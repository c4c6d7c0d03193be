"""The local SMTP sink: everything accepted is on the disk, as it came, and read as a recipient would read it."""

import smtplib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage

import pytest

from portal.platform import mailbox
from tests.portal.platform.test_embedded import wait_until
from tests.tools import ROOT, free_port


@pytest.fixture
def sink(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    port = free_port()
    command = [sys.executable, "-m", "portal.platform.sink", "--port", str(port), "--folder", str(tmp_path / "mail")]
    process = subprocess.Popen(command, cwd=ROOT)
    wait_until(lambda: listens(port))
    yield port
    process.terminate()
    assert process.wait(10) == 0


def listens(port: int) -> bool:
    try:
        smtplib.SMTP("127.0.0.1", port, timeout=2).quit()
    except OSError:
        return False
    return True


def letter(subject: str = "Kvittering for din ansøgning") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Opslag <opslag@example.dk>"
    message["To"] = "Åse Østergård <aase@example.dk>"
    message["Subject"] = subject
    message["Date"] = "Mon, 23 Nov 2026 12:00:00 +0100"
    message.set_content("Kære Åse\n\nVi har modtaget din ansøgning.\n")
    message.add_alternative("<p>Kære Åse</p>", subtype="html")
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="Ansøgning.pdf")
    return message


def send(port: int, message: EmailMessage, to: list[str]) -> None:
    with smtplib.SMTP("127.0.0.1", port, timeout=10) as server:
        server.send_message(message, from_addr="bounce@example.dk", to_addrs=to)


def test_a_mail_is_read_as_its_recipient_sees_it(sink):
    send(sink, letter(), ["aase@example.dk"])

    (mail,) = mailbox.newest_first()

    assert mail.recipients == ["aase@example.dk"]
    assert (mail.subject, mail.sender) == ("Kvittering for din ansøgning", "Opslag <opslag@example.dk>")
    assert mail.sent_at.isoformat() == "2026-11-23T12:00:00+01:00"
    assert mail.text.replace("\r\n", "\n") == "Kære Åse\n\nVi har modtaget din ansøgning.\n"
    assert mail.html.strip() == "<p>Kære Åse</p>"
    assert mail.attachments == [mailbox.Attachment("Ansøgning.pdf", "application/pdf", b"%PDF-1.7")]


def test_the_envelope_decides_who_got_it(sink):
    send(sink, letter(), ["hidden@example.dk", "other@example.dk"])

    assert mailbox.newest_first()[0].recipients == ["hidden@example.dk", "other@example.dk"]


def test_the_newest_stands_first_and_none_is_lost_in_a_crowd(sink):
    with ThreadPoolExecutor(8) as crowd:
        list(crowd.map(lambda number: send(sink, letter(f"Nr. {number}"), ["a@example.dk"]), range(40)))
    send(sink, letter("Den sidste"), ["a@example.dk"])

    caught = mailbox.newest_first()

    assert caught[0].subject == "Den sidste"
    assert {mail.subject for mail in caught[1:]} == {f"Nr. {number}" for number in range(40)}


def test_a_mail_is_found_by_its_key_and_nothing_else_is(sink, tmp_path):
    send(sink, letter(), ["a@example.dk"])
    (tmp_path / "secret.eml").write_bytes(b"Subject: secret\r\n\r\n")
    key = mailbox.newest_first()[0].key

    assert mailbox.by_key(key).subject == "Kvittering for din ansøgning"
    assert mailbox.by_key("../secret") is None


def test_a_half_written_mail_is_not_shown(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "20261123T120000000000Z-00.part").write_bytes(b"Subject: half")

    assert mailbox.newest_first() == []


def test_a_broken_mail_does_not_hide_the_others(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    broken = b"Subject: =?utf-8?q?=ff?=\r\nDate: not a date\r\nContent-Type: multipart/mixed\r\n\r\nrest"
    mailbox.keep(broken, sender="a@example.dk", recipients=["b@example.dk"], into=tmp_path / "mail")

    (mail,) = mailbox.newest_first()

    assert (mail.recipients, mail.sent_at, mail.html) == (["b@example.dk"], None, "")
