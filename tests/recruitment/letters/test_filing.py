"""Mails to somebody's own mailbox, kept on the application; and answers in the secure inbox."""

import io
from email.message import EmailMessage

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recruitment.access.roles import Role
from recruitment.documents.models import DocumentKind
from recruitment.errors import NotPossible
from recruitment.letters.filing import Read, file_mail, read_mail
from recruitment.letters.replies import reply, thread_of
from recruitment.mail.actions import send
from recruitment.mail.models import Channel, Direction, Message, MessageState
from recruitment.mail.queries import letters_in_doubt, replies_to_read
from recruitment.people.actor import Actor
from tests.factories.world import make_user


def mail(text="Jeg vil gerne høre, hvordan det går.", attached=(), markup="") -> bytes:
    made = EmailMessage()
    made["From"] = "Kirsten Holm <kirsten@ansoeger.example>"
    made["To"] = "anders@styrelsen.example"
    made["Subject"] = "Spørgsmål om stillingen æøå"
    made["Date"] = "Mon, 02 Nov 2026 10:00:00 +0100"
    made.set_content(text)
    if markup:
        made.add_alternative(markup, subtype="html")
    for name, content in attached:
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return bytes(made)


def test_a_saved_mail_is_kept_on_the_application_with_its_bytes(world, hr):
    filed = file_mail(world.application, read_mail(mail()), actor=hr)

    kept = filed.message
    assert (kept.direction, kept.channel, kept.state) == (Direction.INCOMING, Channel.EMAIL, MessageState.RECEIVED)
    assert (kept.sender, kept.subject) == ("kirsten@ansoeger.example", "Spørgsmål om stillingen æøå")
    assert bytes(kept.raw) == mail()
    assert kept not in replies_to_read(hr)
    assert kept not in letters_in_doubt(hr)


def test_the_same_mail_is_kept_once(world, hr):
    first = file_mail(world.application, read_mail(mail()), actor=hr)

    assert file_mail(world.application, read_mail(mail()), actor=hr).message == first.message


def test_files_go_through_the_gate_and_refused_ones_are_named(world, hr):
    attached = [("brev.txt", "Kære alle".encode()), ("virus.exe", b"MZ\x90\x00")]

    filed = file_mail(world.application, read_mail(mail(attached=attached)), actor=hr)

    assert [document.kind for document in filed.message.attachments.all()] == [DocumentKind.MESSAGE]
    assert len(filed.refused) == 1
    assert filed.refused[0].startswith("virus.exe")


def test_a_mail_of_markup_only_keeps_its_words():
    made = EmailMessage()
    made["From"] = "a@b.example"
    made.set_content("<style>p{}</style><p>Hej <b>med</b> jer</p><script>alert(1)</script>", subtype="html")

    words = read_mail(bytes(made)).text

    assert "Hej med jer" in words
    assert "alert" not in words


def test_pasted_words_are_kept_too_and_nothing_is_not(world, hr):
    pasted = Read(sender="kirsten@ansoeger.example", subject="", text="Hvornår hører jeg?")
    assert file_mail(world.application, pasted, actor=hr).message.text == "Hvornår hører jeg?"
    with pytest.raises(ValidationError):
        file_mail(world.application, Read("", "", "  "), actor=hr)


@pytest.mark.parametrize("raw", [b"", b"   ", b"x" * 15_000_001])
def test_what_is_no_mail_is_refused(raw):
    with pytest.raises(ValidationError):
        read_mail(raw)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=200), st.integers(0, 400))
def test_a_broken_mail_is_read_or_refused_and_never_worse(noise, place):
    whole = mail(attached=[("a.txt", b"abc")], markup="<p>x</p>")
    try:
        found = read_mail(whole[:place] + noise + whole[place:])
    except ValidationError:
        return
    assert "\x00" not in found.text + found.subject


@pytest.mark.parametrize("role", [Role.HIRING_MANAGER, Role.HIRING_COMMITTEE, Role.ADMINISTRATOR])
def test_others_file_nothing(world, role):
    with pytest.raises(PermissionDenied):
        file_mail(world.application, read_mail(mail()), actor=world.ours.actor(role))


@pytest.fixture
def secure(world):
    letter = send(
        "PARTY_HEARING", to=world.application.candidate, institution=world.ours.institution, about=world.application,
        values={"given_name": "Kirsten", "hearing_facts": "En oplysning."}, key="hearing",
    )  # fmt: skip
    letter.candidate.user = make_user("kirsten@ansoeger.example")
    letter.candidate.save()
    return letter


@pytest.fixture
def kirsten(secure):
    return Actor.person(secure.candidate.user)


def test_a_reply_with_a_file_is_a_task_and_stands_in_the_thread(secure, kirsten, hr):
    written = reply(secure, "Det er ikke rigtigt.", actor=kirsten, key="1", files=[(io.BytesIO(b"Bilag"), "bilag.txt")])

    assert written in replies_to_read(hr)
    assert [each.pk for each in thread_of(written)] == [secure.pk, written.pk]
    assert written.attachments.get().kind == DocumentKind.MESSAGE
    assert written.message_class == secure.message_class


def test_the_same_reply_twice_is_one(secure, kirsten):
    assert reply(secure, "Ja", actor=kirsten, key="1") == reply(secure, "Ja", actor=kirsten, key="1")
    assert Message.objects.filter(code="REPLY").count() == 1


def test_nobody_else_replies(world, secure, hr):
    for actor in (hr, Actor.person(None), Actor.person(make_user("anden@ansoeger.example"))):
        with pytest.raises(PermissionDenied):
            reply(secure, "Ja", actor=actor, key="1")


def test_a_refused_file_keeps_nothing(secure, kirsten):
    with pytest.raises(ValidationError):
        reply(secure, "Se her", actor=kirsten, key="1", files=[(io.BytesIO(b"MZ\x90"), "x.exe")])

    assert not Message.objects.filter(code="REPLY").exists()


def test_no_words_and_too_many_replies_are_refused(secure, kirsten):
    with pytest.raises(ValidationError):
        reply(secure, "  ", actor=kirsten, key="0")
    for number in range(20):
        reply(secure, f"Nummer {number}", actor=kirsten, key=f"n{number}")
    with pytest.raises(NotPossible):
        reply(secure, "En til", actor=kirsten, key="sidste")
