"""From the mail to the case: the link, the button, the second factor, and what the person says first."""

import email
import html
import logging
import re
from email import policy
from urllib.parse import urlencode

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.urls import reverse

from portal.accounts import entrance as face
from portal.platform.discreet import Discreet
from recruitment.access.actions import seat_member, unseat_member
from recruitment.access.entrances import bare_path, open_entrance, path_of
from recruitment.access.models import Entrance
from recruitment.access.roles import Role
from recruitment.allowances.actions import Bucket
from recruitment.mail.models import Message
from recruitment.outbox.delivery import carry_out
from recruitment.outbox.models import OutboxItem
from recruitment.people.models import User, UserStatus
from tests.factories.world import HOUSE, make_user
from tests.recruitment.mail.smtp_modes import Misbehaving


@pytest.fixture(autouse=True)
def wanted(settings):
    settings.STAFF_MFA_REQUIRED = True
    settings.SECURE_INBOX_MFA_REQUIRED = True


@pytest.fixture
def member(world):
    user = User.objects.create_user("udvalg@ours.example", status=UserStatus.INVITED)
    return seat_member(world.ours.case, user, Role.HIRING_COMMITTEE, actor=world.ours.actor(Role.HR_EXTENDED))


@pytest.fixture
def link(member):
    return path_of(Entrance.objects.get(member=member))


def start_of(case) -> str:
    """Before anything is opened the person says that they are impartial."""
    return f"{reverse('workbench:declare', args=[case.pk])}?{urlencode({'next': reverse('workbench:case', args=[case.pk])})}"


def make_factor(user) -> None:
    TOTP.activate(user, generate_totp_secret())


def make_factor_in(client: Client) -> str:
    """Tie an authenticator app to the account, as its page does; returns the page that is shown then."""
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    now = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    made = client.post(reverse("mfa_activate_totp"), {"code": now})
    return client.get(made.headers["Location"]).content.decode()


def test_the_letter_that_leaves_opens_the_case_and_the_one_that_is_kept_does_not(member, settings):
    server = Misbehaving()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    letter, entrance = Message.objects.get(recipient=member.user.email), Entrance.objects.get(member=member)
    try:
        carry_out(OutboxItem.objects.get(subject=str(letter.pk)).pk)
    finally:
        server.close()

    sent = email.message_from_bytes(server.accepted[0], policy=policy.default)
    for kind in ("plain", "html"):
        assert path_of(entrance) in sent.get_body((kind,)).get_content()
    letter.refresh_from_db()
    kept = email.message_from_bytes(bytes(letter.raw), policy=policy.default)
    for words in (
        letter.text,
        letter.html,
        kept.get_body(("plain",)).get_content(),
        kept.get_body(("html",)).get_content(),
    ):
        assert bare_path(entrance) in words
        assert path_of(entrance) not in words


def test_what_is_kept_of_the_letter_opens_nothing(client, member):
    assert client.get(bare_path(Entrance.objects.get(member=member))).status_code == 404


def test_opening_the_link_shows_a_button_and_signs_nobody_in(client, member, link):
    for _look in range(2):
        answer = client.get(link)
        assert (answer.status_code, answer.context["member"]) == (200, member)
    assert "no-store" in answer.headers["Cache-Control"]
    assert "_auth_user_id" not in client.session
    assert client.head(link).status_code == 200
    assert Entrance.objects.get(member=member).used_at is None


def test_the_first_time_a_second_factor_is_made_on_the_way_to_what_is_said_first(client, member, link, monkeypatch):
    monkeypatch.setattr("allauth.mfa.totp.internal.flows.transaction.on_commit", lambda told: told())
    answer = client.post(link)
    assert answer.headers["Location"] == start_of(member.case)
    asked = client.get(answer.headers["Location"])
    assert asked.headers["Location"].startswith(reverse("choose_factor"))
    offered = client.get(asked.headers["Location"])
    assert (offered.status_code, offered.context["has_one"]) == (200, False)

    shown = make_factor_in(client)

    assert html.escape(start_of(member.case)) in shown
    assert client.get(asked.headers["Location"]).headers["Location"] == start_of(member.case)
    assert client.get(start_of(member.case)).status_code == 200
    member.user.refresh_from_db()
    assert member.user.status == UserStatus.ACTIVE


def test_who_has_a_password_is_asked_for_it_before_a_second_factor_is_made(client, member, link):
    member.user.set_password("korrekt hest batteri")
    member.user.save()
    client.post(link)

    assert client.get(reverse("mfa_activate_totp")).headers["Location"].startswith(reverse("account_reauthenticate"))


@pytest.mark.parametrize("place", ["/admin/", "/admin/cases/", "/graphql/console/"])
def test_without_a_second_factor_no_case_is_open(client, member, link, place):
    client.post(link)

    assert client.get(place).headers["Location"].startswith(reverse("choose_factor"))


def test_who_has_a_second_factor_is_asked_for_it_before_they_are_signed_in(client, member, link):
    make_factor(member.user)
    codes = RecoveryCodes.activate(member.user)

    answer = client.post(link)
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    assert client.post(answer.headers["Location"], {"code": "000000"}).status_code == 200
    assert "_auth_user_id" not in client.session
    answer = client.post(reverse("mfa_authenticate"), {"code": codes.get_unused_codes()[0]})

    assert answer.headers["Location"] == start_of(member.case)
    assert client.get(start_of(member.case)).status_code == 200


def test_who_has_declared_comes_straight_to_the_case(client, member, link):
    client.force_login(member.user)
    client.post(reverse("workbench:declare", args=[member.case_id]), {"has_conflict": "no", "is_confidential": "on"})

    assert Client().post(link).headers["Location"] == reverse("workbench:case", args=[member.case_id])


def test_who_opens_no_applications_comes_straight_to_the_case(world, client):
    user = make_user("kontor@ours.example")
    member = seat_member(world.ours.case, user, Role.ADMIN_SUPPORT, actor=HOUSE)

    answer = client.post(path_of(open_entrance(member)))
    assert answer.headers["Location"] == reverse("workbench:case", args=[member.case_id])


def test_who_is_signed_in_already_uses_nothing_up(client, member, link):
    client.force_login(member.user)

    assert client.get(link).headers["Location"] == start_of(member.case)
    assert Entrance.objects.get(member=member).used_at is None


def test_somebody_else_who_sits_at_the_same_machine_is_signed_out_first(world, client, member, link):
    client.force_login(world.ours.staff[Role.HR_EXTENDED])
    client.post(link)

    assert client.session["_auth_user_id"] == str(member.user.pk)


def test_a_second_try_with_the_same_link_is_refused(client, member, link):
    client.post(link)

    for again in (Client().get(link), Client().post(link)):
        assert again.status_code == 404
    other = Client()
    other.post(link)
    assert "_auth_user_id" not in other.session


def test_a_seat_that_has_ended_opens_nothing(client, member, link):
    unseat_member(member, actor=HOUSE)

    assert (client.get(link).status_code, client.post(link).status_code) == (404, 404)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.HR_EXTENDED, Role.HR_LIMITED])
def test_no_account_of_hr_or_an_administrator_is_entered_even_by_a_signed_link(world, client, role):
    member = seat_member(world.ours.case, world.ours.staff[role], Role.HIRING_COMMITTEE, actor=HOUSE)
    link = path_of(open_entrance(member))

    assert (client.get(link).status_code, client.post(link).status_code) == (404, 404)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("token", ["x", "0" * 32, "0" * 32 + ":abc", "æ:ø"])
def test_what_is_no_link_is_told_so(client, world, token):
    assert client.get(f"/adgang/{token}/").status_code == 404


def test_tries_are_limited(client, member, link, monkeypatch):
    monkeypatch.setattr(face, "TRIES", Bucket(most=2, rate=0.001))

    assert [client.get(link).status_code for _try in range(3)] == [200, 200, 429]
    assert client.post(link).status_code == 429
    assert Entrance.objects.get(member=member).used_at is None


@pytest.mark.parametrize("line", ["Not Found: /adgang/abc:def/", 'GET "/en/adgang/abc:def/" 404'])
def test_no_log_holds_what_opens(line):
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "%s", (line,), None)

    assert Discreet().filter(record)
    assert "abc:def" not in record.getMessage()


@pytest.mark.parametrize("role", [Role.HIRING_COMMITTEE, Role.ASSESSMENT_COMMITTEE])
def test_a_committee_meets_cases_and_tasks_and_nothing_else(world, client, role):
    client.force_login(world.ours.staff[role])
    page = client.get("/admin/").content.decode()

    for open_to_them in ("cases", "tasks"):
        assert reverse(f"workbench:{open_to_them}") in page
    for other in ("calendar", "search_applications", "pools", "statistics", "setup", "templates", "hand_over"):
        assert reverse(f"workbench:{other}") not in page
    cases = client.get(reverse("workbench:cases")).content.decode()
    assert [str(each.case.pk) in cases for each in (world.ours, world.theirs)] == [True, False]


def test_who_came_by_a_mailed_code_alone_makes_a_second_factor_too(world, client, mailoutbox):
    user = world.ours.staff[Role.HIRING_COMMITTEE]
    client.post("/konto/login/code/", {"email": user.email})
    code = re.search(r"^[A-Z0-9-]{6,9}$", mailoutbox[-1].body, re.MULTILINE)
    client.post("/konto/login/code/confirm/", {"code": code.group()})

    assert client.get("/admin/").headers["Location"].startswith(reverse("choose_factor"))
