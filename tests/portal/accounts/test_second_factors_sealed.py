"""What an authenticator app and we share lies sealed in the database, and opens for nobody without the key."""

import importlib
import logging

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.apps import apps

from portal.accounts.second_factors import SealedSecrets
from tests.factories.world import make_user

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def person(db):
    return make_user("kirsten@ansoeger.example")


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_an_app_is_made_sealed_and_its_codes_still_fit(person):
    TOTP.activate(person, SECRET)

    kept = Authenticator.objects.get()
    assert SECRET not in str(kept.data)
    assert TOTP(kept).validate_code(code_of(SECRET))


def test_recovery_codes_rest_on_a_seed_that_is_sealed_too(person):
    codes = RecoveryCodes.activate(person).generate_codes()

    kept = Authenticator.objects.get()
    assert kept.data["seed"].startswith("sealed:")
    assert RecoveryCodes(kept).generate_codes() == codes


def test_what_was_kept_before_still_opens_and_the_migration_seals_it(person):
    kept = Authenticator.objects.create(user=person, type="totp", data={"secret": SECRET})
    assert TOTP(kept).validate_code(code_of(SECRET))
    passkey = Authenticator.objects.create(user=person, type="webauthn", data={"credential": {}})
    move = importlib.import_module("recruitment.migrations.0020_shared_references_proposals_sealed_factors")

    move.seal_all(apps, None)
    move.seal_all(apps, None)

    kept.refresh_from_db()
    assert SECRET not in str(kept.data)
    assert SealedSecrets().decrypt(kept.data["secret"]) == SECRET
    passkey.refresh_from_db()
    assert passkey.data == {"credential": {}}
    move.open_all(apps, None)
    kept.refresh_from_db()
    assert kept.data["secret"] == SECRET


def test_an_older_key_still_opens_and_a_lost_one_lets_no_code_fit(person, settings, caplog):
    kept = TOTP.activate(person, SECRET).instance
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 50, [settings.SECRET_KEY]
    assert SealedSecrets().decrypt(kept.data["secret"]) == SECRET

    settings.SECRET_KEY_FALLBACKS = []
    with caplog.at_level(logging.ERROR):
        assert not TOTP(kept).validate_code(code_of(SECRET))
    assert "sealed with a key that is no longer there" in caplog.text
    assert SealedSecrets().decrypt(kept.data["secret"]) != SealedSecrets().decrypt(kept.data["secret"])
