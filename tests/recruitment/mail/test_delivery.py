"""Getting a letter out: what the other side can have got decides what happens next (reliability F12)."""

import email
from email import policy

import pytest
from django.core.exceptions import ValidationError

from recruitment import clock
from recruitment.mail.actions import send
from recruitment.mail.delivery import as_bytes
from recruitment.mail.fields import CLASS_OF_FIELD
from recruitment.mail.models import Message, MessageClass, MessageState, MessageTemplate
from recruitment.mail.render import class_of, fields_used, render
from recruitment.organisation.legal import DataProtectionProfile
from recruitment.outbox.delivery import carry_out, claim, put, settle, try_again, waiting
from recruitment.outbox.models import ItemState, OutboxItem
from tests.factories.world import make_application
from tests.recruitment.mail.smtp_modes import Misbehaving


@pytest.fixture
def server(settings):
    made = Misbehaving()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", made.port
    yield made
    made.close()


@pytest.fixture
def letter(world):
    return Message.objects.get(application=make_application(world.ours.round))


def carry(letter: Message) -> ItemState | None:
    return carry_out(OutboxItem.objects.get(subject=str(letter.pk)).pk)


def make_due(letter: Message) -> None:
    OutboxItem.objects.filter(subject=str(letter.pk)).update(due_at=clock.now())


def test_a_letter_goes_out_whole_to_one_recipient(server, letter):
    assert carry(letter) == ItemState.DONE

    letter.refresh_from_db()
    parsed = email.message_from_bytes(server.accepted[0], policy=policy.default)
    assert (letter.state, parsed.defects) == (MessageState.SENT, [])
    assert parsed["To"] == "kirsten@ansoeger.example"
    assert parsed["Message-ID"] == letter.message_id
    assert parsed["Auto-Submitted"] == "auto-generated"
    assert {part.get_content_type() for part in parsed.walk()} == {"multipart/alternative", "text/plain", "text/html"}
    assert "src=" not in parsed.get_body(("html",)).get_content()


def test_each_mail_to_an_applicant_names_who_is_responsible_for_their_data(letter):
    DataProtectionProfile.objects.filter(institution=letter.institution).update(dpo_contact="dpo@styrelsen.example")

    parsed = email.message_from_bytes(as_bytes(letter), policy=policy.default)

    for kind in ("plain", "html"):
        words = parsed.get_body((kind,)).get_content()
        for told in ("dpo@styrelsen.example", letter.institution.name, f"/privatliv/{letter.institution.slug}/"):
            assert told in words.split("-- \n")[-1], kind
    letter.candidate = None
    assert "dpo@styrelsen.example" not in str(as_bytes(letter))


@pytest.mark.parametrize("mode", ["busy", "451-mail", "451-rcpt", "451-data", "reset-mail", "reset-rcpt"])
def test_what_cannot_have_arrived_is_tried_again_and_arrives_once(server, letter, mode):
    server.mode = mode
    assert carry(letter) == ItemState.QUEUED
    letter.refresh_from_db()
    assert (letter.state, server.accepted) == (MessageState.QUEUED, [])

    server.mode = "ok"
    make_due(letter)
    assert carry(letter) == ItemState.DONE

    assert len(server.accepted) == 1


def test_a_reset_in_the_middle_of_a_letter_is_repeated_until_it_arrives_once(server, letter):
    """A short letter is on the wire before the reset is seen, so it may count as ambiguous; either way it is repeated."""
    server.mode = "reset-before-dot"
    assert carry(letter) in {ItemState.QUEUED, ItemState.UNCERTAIN}

    server.mode = "ok"
    make_due(letter)
    assert carry(letter) == ItemState.DONE

    assert len(server.accepted) == 1


@pytest.mark.parametrize("mode", ["550-mail", "550-rcpt", "552-after-dot"])
def test_a_no_for_good_becomes_a_task_and_is_not_repeated(server, letter, mode):
    server.mode = mode

    assert carry(letter) == ItemState.FAILED

    letter.refresh_from_db()
    assert letter.state == MessageState.FAILED
    make_due(letter)
    assert carry(letter) is None


def test_after_the_final_dot_nobody_knows_one_repeat_with_the_same_number_then_a_person(server, letter):
    server.mode = "close-after-dot"
    assert carry(letter) == ItemState.UNCERTAIN
    make_due(letter)
    assert carry(letter) == ItemState.FAILED

    letter.refresh_from_db()
    numbers = {email.message_from_bytes(raw)["Message-ID"] for raw in server.accepted}
    assert (letter.state, len(server.accepted), numbers) == (MessageState.UNCERTAIN, 2, {letter.message_id})


def test_a_connection_closed_after_250_is_sent(server, letter):
    server.mode = "close-after-250"

    assert carry(letter) == ItemState.DONE


@pytest.mark.parametrize(("wished", "mode"), [(True, "requiretls"), (False, "requiretls"), (True, "ok")])
def test_a_relay_that_can_is_asked_to_hand_on_by_tls_or_not_at_all(world, server, letter, wished, mode):
    type(world.ours.institution.settings).objects.update(mail_needs_encryption=wished)
    server.mode = mode

    assert carry(letter) == ItemState.DONE

    begun = next(line for line in server.said if line.upper().startswith(b"MAIL"))
    assert (b"REQUIRETLS" in begun) == (wished and mode == "requiretls")


def test_the_notice_that_says_nothing_travels_as_it_can(world, server):
    type(world.ours.institution.settings).objects.update(mail_needs_encryption=True)
    server.mode = "requiretls"
    send(
        "PARTY_HEARING", to=world.application.candidate, institution=world.ours.institution, about=world.application,
        values={"given_name": "Kirsten", "hearing_facts": "x"}, key="h",
    )  # fmt: skip

    assert carry(Message.objects.get(code="SECURE_NOTICE")) == ItemState.DONE
    assert not any(b"REQUIRETLS" in line for line in server.said)


def test_bounces_go_to_the_mailbox_that_is_read(server, letter, settings):
    settings.BOUNCE_ADDRESS = "retur@portal.example"

    carry(letter)

    assert any(b"retur@portal.example" in line for line in server.said)
    assert (
        email.message_from_bytes(server.accepted[0], policy=policy.default)["From"].addresses[0].addr_spec
        != "retur@portal.example"
    )


def test_nobody_listening_is_tried_again(settings, letter):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    assert carry(letter) == ItemState.QUEUED


def test_a_letter_that_has_gone_is_never_sent_again(server, letter):
    carry(letter)
    OutboxItem.objects.filter(subject=str(letter.pk)).update(state=ItemState.QUEUED, due_at=clock.now())

    carry(letter)

    assert server.conversations == 1


def test_a_worker_that_ends_right_after_the_250_has_sent_the_letter(server, letter, monkeypatch):
    def killed(*_args: object, **_more: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("recruitment.mail.delivery.make", killed)
        with pytest.raises(KeyboardInterrupt):
            carry(letter)
    OutboxItem.objects.filter(subject=str(letter.pk)).update(lease_until=clock.now())

    assert carry(letter) == ItemState.DONE

    letter.refresh_from_db()
    assert (letter.state, server.conversations) == (MessageState.SENT, 1)


def test_the_plan_ends_after_about_three_days(letter):
    item = OutboxItem.objects.get(subject=str(letter.pk))
    waits = []
    for item.tries in range(1, 9):
        waits.append(try_again(item, "nej").again_after.total_seconds())
    item.tries = 9

    assert try_again(item, "nej").state == ItemState.FAILED
    assert 55 < sum(waits) / 3600 < 90


def test_the_same_key_is_one_item_and_a_claimed_item_is_nobody_elses(world):
    first, second = put("mail", 1, key="k"), put("mail", 1, key="k")
    assert first == second

    assert claim(first.pk) is not None
    assert claim(first.pk) is None


def test_a_lost_lease_is_found_by_the_sweeper(world, db):
    item = put("mail", 1, key="lease")
    claim(item.pk)
    OutboxItem.objects.filter(pk=item.pk).update(lease_until=clock.now())

    assert item.pk in waiting()


def test_whoever_lost_the_lease_cannot_settle(world):
    item = claim(put("mail", 1, key="late").pk)
    OutboxItem.objects.filter(pk=item.pk).update(lease_until=clock.now())
    again = claim(item.pk)

    settle(item, try_again(item, "for sent"))

    again.refresh_from_db()
    assert again.state == ItemState.WORKING


def test_a_confidential_letter_is_posted_and_the_mail_says_only_that_it_waits(world):
    application = make_application(world.ours.round)
    MessageTemplate.objects.create(
        code="PARTY_HEARING", language="da", name="Partshøring", subject="Partshøring", message_class="CONFIDENTIAL",
        body="Vi har modtaget: {{ hearing_facts }}", version=99,
    )  # fmt: skip

    posted = send(
        "PARTY_HEARING", to=application.candidate, institution=world.ours.institution, about=application, key="h",
        values={"hearing_facts": "En reference siger nej.", "given_name": "Kirsten", "portal_link": "https://x.example/mine/"},
    )  # fmt: skip

    notice = Message.objects.get(code="SECURE_NOTICE", application=application)
    assert (posted.channel, posted.state) == ("SECURE", "POSTED")
    assert notice.channel == "EMAIL"
    assert "reference" not in notice.subject + notice.text


@pytest.mark.parametrize(
    ("source", "free", "expected"),
    [
        ("Kære {{ given_name }}", "", MessageClass.STANDARD),
        ("{{ interview_feedback }}", "", MessageClass.CONFIDENTIAL),
        ("{{ health_text }}", "", MessageClass.SENSITIVE),
        ("Kære", "Dit helbred gør det svært.", MessageClass.CONFIDENTIAL),
        ("Kære", "Dit cpr-nummer er 010190-1234.", MessageClass.CONFIDENTIAL),
        ("Kære", "Vi glæder os til at se dig.", MessageClass.STANDARD),
    ],
)
def test_the_class_is_the_strictest_of_template_fields_and_free_text(source, free, expected):
    assert class_of("STANDARD", source, free_text=free) == expected


@pytest.mark.parametrize(
    "hostile",
    [
        "{% include 'passwd' %}",
        "{% render 'x' %}",
        "{{ user.password }}",
        "{{ given_name.__class__ }}x{{ secret }}",
        "{% if %}",
        "{{ 'a' }",
    ],
)
def test_a_template_reads_nothing_but_its_fields(hostile):
    with pytest.raises(ValidationError):
        fields_used(hostile)


def test_an_endless_template_is_stopped():
    with pytest.raises(ValidationError):
        render("x", "{% for i in (1..100000) %}x{% endfor %}", {}, template_class="STANDARD")


@pytest.mark.parametrize(
    ("source", "named"), [("Kære\n{% for x in y %}{% endfor %}", "for"), ("a\n{{ given_name | join: ',' }}", "join")]
)
def test_what_does_not_exist_in_letters_is_named_in_our_words(source, named):
    with pytest.raises(ValidationError, match=f"“{named}”"):
        render("x", source, {}, template_class="STANDARD")


@pytest.mark.parametrize("source", ["{{ given_name", "{% if %}x{% endif %}", "{% if given_name %}x", "{% endif %}"])
def test_what_is_not_whole_is_told_how_to_mend_without_the_parsers_words(source):
    with pytest.raises(ValidationError, match="“endif”"):
        render("x", source, {}, template_class="STANDARD")


def test_a_value_that_looks_like_a_tag_stays_what_it_is():
    letter = render(
        "Hej {{ given_name }}",
        "{{ given_name }}",
        {"given_name": "{{ health_text }}<b>\r\nBcc: x"},
        template_class="STANDARD",
    )

    assert "{{ health_text }}" in letter.text
    assert "<b>" not in letter.html
    assert "\n" not in letter.subject


def test_every_shipped_letter_can_be_written_with_its_fields(db):
    values = dict.fromkeys(CLASS_OF_FIELD, "x")
    for template in MessageTemplate.objects.filter(institution=None):
        letter = render(template.subject, template.body, values, template_class=template.message_class)
        assert letter.message_class == template.message_class, template.code
