"""The secure inbox: read after sign-in by the one it was written to, and by nobody else."""

import datetime as dt
import re

import pytest
from django.test import Client

from recruitment import clock
from recruitment.audit.models import AuditEntry
from recruitment.mail.actions import send
from recruitment.mail.models import Message
from recruitment.outbox.delivery import carry_out
from recruitment.outbox.models import OutboxItem
from recruitment.people.actions import claim_candidates
from recruitment.people.models import Candidate, User
from tests.factories.world import make_application
from tests.recruitment.mail.smtp_modes import Misbehaving

FACTS = "En reference siger, at du sjældent kom til tiden."


def post(application, key="hearing", **more) -> Message:
    """A confidential letter to the applicant."""
    letter = send(
        "PARTY_HEARING", to=application.candidate, institution=application.case.institution, about=application,
        key=key, values={"hearing_facts": FACTS, "given_name": "Kirsten", "job_title": "Fuldmægtig"}, **more,
    )  # fmt: skip
    assert letter is not None
    return letter


def person_of(application) -> User:
    """The applicant, having proved the address."""
    user, _made = User.objects.get_or_create(email=application.candidate.email)
    claim_candidates(user)
    return user


@pytest.fixture
def letter(world):
    return post(world.application)


@pytest.fixture
def server(settings):
    made = Misbehaving()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", made.port
    yield made
    made.close()


def send_notice(letter: Message) -> None:
    """The worker carries out the e-mail that says the letter is there."""
    carry_out(OutboxItem.objects.get(subject=str(letter.notices.get().pk)).pk)


def address_in(notice: Message) -> str:
    found = re.search(r"https?://[^/\s]+(/\S+)", notice.text)
    assert found is not None
    return found.group(1)


def test_the_notice_leads_to_the_letter_by_way_of_the_code(client, world, letter, mailoutbox):
    address = address_in(Message.objects.get(announces=letter))

    asked = client.get(address)
    code_page = asked.headers["Location"]
    sent = client.post(code_page, {"email": world.application.candidate.email, "next": address})
    code = re.search(r"^[A-Z0-9-]{6,9}$", mailoutbox[-1].body, re.MULTILINE)
    assert code is not None, mailoutbox[-1].body
    confirm = client.get(sent.headers["Location"]).content.decode()
    entered = client.post("/konto/login/code/confirm/", {"code": code.group(), "next": address})

    assert f'name="next" value="{address}"' in confirm
    assert (asked.status_code, entered.headers["Location"]) == (302, address)
    assert FACTS in client.get(address).content.decode()
    assert world.application.reference in client.get("/mine/").content.decode()


def test_the_letter_goes_from_posted_to_told_of_to_read_and_each_has_its_time(client, world, letter, server):
    send_notice(letter)
    letter.refresh_from_db()
    told_of = letter.state
    client.force_login(person_of(world.application))
    client.get(f"/mine/beskeder/{letter.pk}/")

    letter.refresh_from_db()
    assert (told_of, letter.state) == ("NOTIFIED", "READ")
    history = letter.history.values_list("move", "from_state", "to_state")
    assert list(history) == [("notify", "POSTED", "NOTIFIED"), ("read", "NOTIFIED", "READ")]
    assert clock.now() - letter.read_at < dt.timedelta(minutes=1)
    assert AuditEntry.objects.filter(action="Message.read", application_id=world.application.pk).count() == 1


def test_a_letter_read_before_its_notice_has_gone_stays_read(client, world, letter, server):
    client.force_login(person_of(world.application))
    client.get(f"/mine/beskeder/{letter.pk}/")

    send_notice(letter)

    letter.refresh_from_db()
    assert letter.state == "READ"


def test_the_first_opening_counts_and_the_letter_stays(client, world, letter):
    client.force_login(person_of(world.application))
    client.get(f"/mine/beskeder/{letter.pk}/")
    letter.refresh_from_db()
    first = letter.read_at

    again = client.get(f"/mine/beskeder/{letter.pk}/")

    letter.refresh_from_db()
    assert (again.status_code, letter.read_at, letter.history.count()) == (200, first, 1)
    assert letter.subject in client.get("/mine/beskeder/").content.decode()


def test_the_letter_says_whom_to_call_about_the_job_and_a_contact_who_is_not_in_the_ad_is_left_out(
    client, world, letter
):
    client.force_login(person_of(world.application))
    with_contact = client.get(f"/mine/beskeder/{letter.pk}/").content.decode()
    world.application.case.contacts.update(publish_in_ad=False)

    assert "tel:+4500000002" in with_contact
    assert "tel:+4500000002" not in client.get(f"/mine/beskeder/{letter.pk}/").content.decode()


def test_the_list_marks_what_is_unread(client, world, letter):
    other = post(world.application, "another")
    client.force_login(person_of(world.application))
    client.get(f"/mine/beskeder/{letter.pk}/")

    page = client.get("/mine/beskeder/")

    assert [(shown.pk, shown.is_unread) for shown in page.context["letters"]] == [(other.pk, True), (letter.pk, False)]
    assert page.content.decode().count("data-unread") == 1


def test_nobody_else_reads_it_not_even_the_browser_that_applied(client, world, letter):
    session = client.session
    session["applications"] = [str(world.application.pk)]
    session.save()
    address = f"/mine/beskeder/{letter.pk}/"
    stranger, applicant = Client(), Client()
    stranger.force_login(User.objects.create_user("nogen@anden.example"))
    applicant.force_login(person_of(world.their_application))

    holding = client.get(address)
    held = client.get(f"/mine/{world.application.pk}/").content.decode()

    assert (holding.status_code, FACTS in held, letter.subject in held) == (302, False, False)
    assert "/mine/beskeder/" in held
    assert (stranger.get(address).status_code, applicant.get(address).status_code) == (404, 404)
    assert list(applicant.get("/mine/beskeder/").context["letters"]) == []
    letter.refresh_from_db()
    assert letter.state == "POSTED"


@pytest.mark.parametrize("employer", ["ours", "theirs"])
def test_no_member_of_staff_reads_it_here(world, letter, employer):
    for user in getattr(world, employer).staff.values():
        client = Client()
        client.force_login(user)

        assert client.get(f"/mine/beskeder/{letter.pk}/").status_code == 404


def test_an_address_that_was_only_typed_gives_nothing(client, world, letter):
    somebody = User.objects.create_user(world.application.candidate.email)
    client.force_login(somebody)

    assert client.get(f"/mine/beskeder/{letter.pk}/").status_code == 404
    assert not Candidate.objects.filter(user=somebody).exists()


def test_an_application_sent_elsewhere_after_sign_in_is_theirs_too(client, world):
    user = person_of(world.application)
    user.emailaddress_set.create(email=user.email, verified=True)
    client.force_login(user)
    later = post(make_application(world.ours.round), "later")

    assert client.get(f"/mine/beskeder/{later.pk}/").status_code == 200


def test_the_head_of_the_letter_is_not_a_reading(client, world, letter):
    client.force_login(person_of(world.application))

    client.head(f"/mine/beskeder/{letter.pk}/")

    letter.refresh_from_db()
    assert letter.state == "POSTED"


def test_plain_letters_are_not_in_the_inbox(client, world):
    client.force_login(person_of(world.application))

    assert list(client.get("/mine/beskeder/").context["letters"]) == []
    receipt = Message.objects.get(application=world.application, code="APPLICATION_RECEIPT")
    assert client.get(f"/mine/beskeder/{receipt.pk}/").status_code == 404


@pytest.mark.parametrize("address", ["/mine/beskeder/", "/mine/", "/mine/{application}/"])
def test_one_letter_costs_what_many_cost(client, world, address, django_assert_max_num_queries):
    client.force_login(person_of(world.application))
    address = address.format(application=world.application.pk)
    counts = []
    for letters in (1, 5):
        for number in range(letters):
            post(world.application, f"{letters}-{number}")
        client.get(address)
        with django_assert_max_num_queries(60) as captured:
            client.get(address)
        counts.append(len(captured))

    assert counts[0] == counts[1]
