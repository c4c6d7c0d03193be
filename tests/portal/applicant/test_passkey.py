"""A passkey in a real browser: made by somebody who came with a mailed code, it opens the confidential letter."""

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as configured

from tests.browser import watched
from tests.portal.applicant.test_inbox import FACTS, person_of, post
from tests.portal.applicant.test_second_factor import signed_in
from tests.tools import requires_tool

pytestmark = [pytest.mark.browser, requires_tool("chromium"), pytest.mark.django_db(transaction=True)]
KEY = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
    "automaticPresenceSimulation": True,
}  # fmt: skip


def test_a_passkey_is_made_and_opens_the_letter(live_server, chromium, settings, world):
    settings.SECURE_INBOX_MFA_REQUIRED = True
    letter = post(world.application)
    person = person_of(world.application)
    person.set_unusable_password()
    person.save()
    client = signed_in(person, "code")
    address = live_server.url.replace("127.0.0.1", "localhost")
    context = chromium.new_context(locale="da-DK")
    cookie = client.cookies[configured.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": configured.SESSION_COOKIE_NAME, "value": cookie, "url": address}])
    page = watched(context.new_page())
    devices = context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})

    page.goto(f"{address}/mine/beskeder/{letter.pk}/")
    page.locator("a[href*='/2fa/webauthn/add/']").click()
    page.locator("input[name=name]").fill("Min telefon")
    page.locator("main form button").first.click()
    page.get_by_role("link", name="Gå videre til din besked").click()

    assert FACTS in page.content()
    assert Authenticator.objects.filter(type="webauthn").count() == 1
    context.close()
