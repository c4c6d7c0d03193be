"""A mailed code alone opens no confidential letter; what does, what is offered, and paper for who has nothing."""

import io
import re
from types import SimpleNamespace

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from portal.proof import ENROLLED
from recruitment.access.roles import Role
from recruitment.applications.letters import write
from recruitment.mail.models import Channel, Direction, Message, MessageState
from tests.portal.applicant.test_inbox import FACTS, person_of, post


@pytest.fixture(autouse=True)
def wanted(settings):
    settings.SECURE_INBOX_MFA_REQUIRED = True


@pytest.fixture
def letter(world):
    return post(world.application)


def signed_in(user, *methods, **session) -> Client:
    client = Client()
    client.force_login(user)
    held = client.session
    for method in methods:
        record_authentication(SimpleNamespace(session=held), user, method)
    held.update(session)
    held.save()
    return client


def is_asked_for_more(answer) -> bool:
    return answer.status_code == 302 and answer.headers["Location"].startswith("/mine/sikkerhed/")


def test_a_mailed_code_alone_opens_the_list_and_no_confidential_letter(world, letter):
    client = signed_in(person_of(world.application), "code")

    assert letter.subject in client.get("/mine/beskeder/").content.decode()
    assert is_asked_for_more(client.get(f"/mine/beskeder/{letter.pk}/"))
    letter.refresh_from_db()
    assert letter.state == MessageState.POSTED


@pytest.mark.parametrize("method", ["mfa", "socialaccount"])
def test_a_passkey_an_app_or_an_identity_provider_opens_it(world, letter, method):
    client = signed_in(person_of(world.application), "code", method)

    assert FACTS in client.get(f"/mine/beskeder/{letter.pk}/").content.decode()


def test_who_makes_one_now_has_it_now_and_nobody_elses_counts(world, letter):
    user = person_of(world.application)

    assert signed_in(user, "code", **{ENROLLED: user.pk}).get(f"/mine/beskeder/{letter.pk}/").status_code == 200
    assert is_asked_for_more(signed_in(user, "code", **{ENROLLED: user.pk + 1}).get(f"/mine/beskeder/{letter.pk}/"))


@pytest.mark.parametrize("more", ["oplysninger/", "bedoemmelse/", "referencer/"])
def test_no_other_page_shows_the_words_either(world, letter, more):
    client = signed_in(person_of(world.application), "code")

    assert is_asked_for_more(client.get(f"/mine/{world.application.pk}/{more}"))


def test_the_package_is_not_made_either(world, letter):
    client = signed_in(person_of(world.application), "code")

    assert is_asked_for_more(client.post(f"/mine/{world.application.pk}/oplysninger/hent/"))


def test_without_confidential_letters_the_code_is_enough_for_ones_data(world):
    client = signed_in(person_of(world.application), "code")

    assert client.get(f"/mine/{world.application.pk}/oplysninger/").status_code == 200


def test_what_can_be_made_is_offered_and_who_has_one_shows_it(world, letter):
    user = person_of(world.application)
    client = signed_in(user, "code")
    place = client.get(f"/mine/beskeder/{letter.pk}/").headers["Location"]

    offered = client.get(place).content.decode()
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    shown = client.get(place).content.decode()

    assert "/konto/2fa/webauthn/add/" in offered
    assert "/konto/2fa/totp/activate/" in offered
    assert "/konto/2fa/reauthenticate/" in shown
    assert "/konto/2fa/totp/activate/" not in shown


def test_the_way_back_leads_nowhere_else(world):
    client = signed_in(person_of(world.application), "code", "mfa")

    assert client.get("/mine/sikkerhed/?next=https://ond.example/").headers["Location"] == "/mine/beskeder/"
    assert client.get("/mine/sikkerhed/?next=//ond.example/").headers["Location"] == "/mine/beskeder/"


def test_who_has_nothing_gets_it_on_paper_once(world, letter):
    client = signed_in(person_of(world.application), "code")

    client.post("/mine/sikkerhed/", {"letter": str(letter.pk)})
    client.post("/mine/sikkerhed/", {"letter": str(letter.pk)})

    assert Message.objects.filter(replaces=letter, channel=Channel.LETTER).count() == 1
    waiting = Client()
    waiting.force_login(world.ours.staff[Role.HR_EXTENDED])
    paper = Message.objects.get(replaces=letter)
    assert f"/letters/{paper.pk}/" in waiting.get("/admin/").content.decode()


def test_nobody_gets_anothers_letter_on_paper(world, letter):
    client = signed_in(person_of(world.their_application), "code")

    assert client.post("/mine/sikkerhed/", {"letter": str(letter.pk)}).status_code == 404
    assert client.post("/mine/sikkerhed/", {"letter": "x"}).status_code == 404


def test_the_receipt_and_the_inbox_offer_it_beforehand(world):
    client = signed_in(person_of(world.application), "code")
    session = client.session
    session["applications"] = [str(world.application.pk)]
    session.save()

    assert "/mine/sikkerhed/" in client.get("/mine/beskeder/").content.decode()
    assert "/mine/sikkerhed/" in client.get(f"/soeg/ansoegning/{world.application.pk}/kvittering/").content.decode()


def test_an_answer_with_a_file_reaches_hr_as_a_task(world, letter):
    client = signed_in(person_of(world.application), "mfa")
    address = f"/mine/beskeder/{letter.pk}/"
    key = str(client.get(address).context["form"].initial["key"])
    file = io.BytesIO(b"Mine ord om sagen.")
    file.name = "svar.txt"

    assert client.post(address, {"text": "Det passer ikke.", "key": key, "files": file}).status_code == 302
    client.post(address, {"text": "Det passer ikke.", "key": key})

    answer = Message.objects.get(direction=Direction.INCOMING)
    assert answer.attachments.get().filename == "svar.txt"
    page = client.get(address).content.decode()
    assert "Det passer ikke." in page
    assert f"/mine/beskeder/{letter.pk}/fil/{answer.attachments.get().pk}/" in page
    hr = Client()
    hr.force_login(world.ours.staff[Role.HR_EXTENDED])
    assert f"/letters/{answer.pk}/" in hr.get("/admin/").content.decode()
    assert "svar.txt" in hr.get(f"/admin/cases/{world.ours.case.pk}/letters/{answer.pk}/").content.decode()


@pytest.mark.parametrize("sent", [{"text": ""}, {"text": "  "}, {"text": "Ja", "key": "x"}])
def test_an_empty_answer_is_refused_and_nothing_is_kept(world, letter, sent):
    client = signed_in(person_of(world.application), "mfa")
    key = str(client.get(f"/mine/beskeder/{letter.pk}/").context["form"].initial["key"])

    answer = client.post(f"/mine/beskeder/{letter.pk}/", {"key": key, **sent})

    assert answer.status_code == 422
    assert not Message.objects.filter(direction=Direction.INCOMING).exists()


def test_hrs_answer_stands_in_the_thread_and_makes_it_unread(world, letter):
    client = signed_in(person_of(world.application), "mfa")
    client.get(f"/mine/beskeder/{letter.pk}/")
    assert "data-unread" not in client.get("/mine/beskeder/").content.decode()

    post(world.application, "second")
    Message.objects.filter(key="second").update(in_reply_to=letter, text="Tak for dit svar.")

    listed = client.get("/mine/beskeder/")
    assert [shown.pk for shown in listed.context["letters"]] == [letter.pk]
    assert "data-unread" in listed.content.decode()
    assert "Tak for dit svar." in client.get(f"/mine/beskeder/{letter.pk}/").content.decode()
    assert "data-unread" not in client.get("/mine/beskeder/").content.decode()


def test_nobody_else_fetches_an_attachment(world, letter):
    owner = signed_in(person_of(world.application), "mfa")
    key = str(owner.get(f"/mine/beskeder/{letter.pk}/").context["form"].initial["key"])
    file = io.BytesIO(b"Bilag")
    file.name = "b.txt"
    owner.post(f"/mine/beskeder/{letter.pk}/", {"text": "Ja", "key": key, "files": file})
    document = Message.objects.get(direction=Direction.INCOMING).attachments.get()
    document.scan_state = "CLEAN"
    document.save()
    address = f"/mine/beskeder/{letter.pk}/fil/{document.pk}/"

    fetched = owner.get(address)
    assert b"".join(fetched.streaming_content).strip() == b"Bilag"
    assert is_asked_for_more(signed_in(person_of(world.application), "code").get(address))
    assert signed_in(person_of(world.their_application), "mfa").get(address).status_code == 404


def test_what_is_standard_still_comes_by_mail(world):
    assert write("PROCESS_DELAYED", world.application, key="x").channel == Channel.EMAIL


def test_somebody_with_a_mailed_code_makes_an_app_the_factor_and_is_asked_for_it_next_time(
    world, letter, mailoutbox, monkeypatch
):
    monkeypatch.setattr("allauth.mfa.totp.internal.flows.transaction.on_commit", lambda told: told())
    client, address = Client(), f"/mine/beskeder/{letter.pk}/"
    enter_by_code(client, world.application.candidate.email, mailoutbox, address)
    assert is_asked_for_more(client.get(address))
    client.get(client.get(address).headers["Location"])
    secret = client.get("/konto/2fa/totp/activate/").context["form"].secret

    made = client.post("/konto/2fa/totp/activate/", {"code": code_of(secret)})
    assert made.status_code == 302
    assert address in client.get(made.headers["Location"]).content.decode()
    assert FACTS in client.get(address).content.decode()
    assert Authenticator.objects.filter(user__email=world.application.candidate.email, type="recovery_codes").exists()
    assert mailoutbox[-1].to == [world.application.candidate.email]

    again = Client()
    place = enter_by_code(again, world.application.candidate.email, mailoutbox, address)
    assert "/2fa/authenticate/" in place
    assert again.get(address).status_code == 302


def enter_by_code(client, email, mailoutbox, address) -> str:
    asked = client.get(address).headers["Location"]
    sent = client.post(asked, {"email": email, "next": address})
    client.get(sent.headers["Location"])
    code = [found for mail in mailoutbox if (found := re.search(r"^[A-Z0-9-]{6,9}$", mail.body, re.MULTILINE))][-1]
    return client.post("/konto/login/code/confirm/", {"code": code.group(), "next": address}).headers["Location"]


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
