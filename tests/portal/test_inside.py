"""Ads for own staff are seen from the employer's networks, or after signing in with the employer, and by nobody else."""

from types import SimpleNamespace

import pytest
from allauth.core.exceptions import ImmediateHttpResponse
from django.test import RequestFactory

from portal.accounts.adapter import WorkAccountAdapter
from portal.inside import KEY
from recruitment.access.roles import Role
from recruitment.organisation.models import InstitutionSettings
from recruitment.people.models import User
from tests.factories.world import advertise, make_case

NETWORK = "203.0.113.0/24"


@pytest.fixture
def internal(world):
    """A job for own staff, on the intranet."""
    return advertise(make_case(world.ours, title="Kun for os", case_type="INTERNAL_ONLY"))


def own(world, **fields) -> None:
    InstitutionSettings.objects.filter(institution=world.ours.institution).update(**fields)


def page(client, **more) -> str:
    return client.get("/internt/ours/", **more).content.decode()


def test_from_the_employers_network_the_list_is_open(world, internal, client):
    assert "Kun for os" not in page(client, REMOTE_ADDR="203.0.113.7")
    own(world, internal_networks=[NETWORK])

    assert "Kun for os" in page(client, REMOTE_ADDR="203.0.113.7")
    assert "Kun for os" not in page(client, REMOTE_ADDR="198.51.100.7")
    assert "Kun for os" not in client.get("/internt/theirs/", REMOTE_ADDR="203.0.113.7").content.decode()


def test_the_list_is_kept_by_no_store_on_the_way(world, internal, client):
    assert "no-store" in client.get("/internt/ours/").headers["Cache-Control"]


def test_a_sign_in_with_the_employer_lets_in_and_keeps_no_person(world, internal, client, rf):
    own(world, sign_in_provider="styrelsen")
    before = User.objects.count()
    request = rf.get("/")
    request.session = client.session
    newcomer = SimpleNamespace(
        is_existing=False,
        account=SimpleNamespace(provider="styrelsen"),
        get_redirect_url=lambda _request: "/internt/ours/",
    )

    with pytest.raises(ImmediateHttpResponse) as led:
        WorkAccountAdapter().pre_social_login(request, newcomer)

    assert led.value.response.url == "/internt/ours/"
    assert request.session[KEY] == "styrelsen"
    assert User.objects.count() == before


def test_another_employers_provider_or_a_colleague_with_an_account_goes_the_usual_way(world, rf, client):
    own(world, sign_in_provider="styrelsen")
    request = rf.get("/")
    request.session = client.session
    for provider, is_existing in (("fremmed", False), ("styrelsen", True)):
        login = SimpleNamespace(is_existing=is_existing, account=SimpleNamespace(provider=provider))
        WorkAccountAdapter().pre_social_login(request, login)
    assert KEY not in request.session


def test_whoever_was_let_in_sees_this_employers_ads_only(world, internal, client):
    own(world, sign_in_provider="styrelsen")
    session = client.session
    session[KEY] = "styrelsen"
    session.save()
    client.cookies["sessionid"] = session.session_key

    assert "Kun for os" in page(client)
    own(world, sign_in_provider="")
    assert "Kun for os" not in page(client)


def test_outsiders_are_offered_the_sign_in_that_the_installation_knows(world, client, settings):
    assert "/styrelsen/login/" not in page(client)
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [{
        "provider_id": "styrelsen", "name": "Styrelsen", "client_id": "x", "secret": "y", "settings": {"server_url": "https://id.example"},
    }]}}  # fmt: skip
    own(world, sign_in_provider="styrelsen")

    assert "/styrelsen/login/" in page(client)


def test_the_administrator_writes_networks_and_a_slip_is_refused(world, client):
    client.force_login(world.ours.staff[Role.ADMINISTRATOR])
    address = f"/admin/setup/{world.ours.institution.pk}/institution/"
    typed = {
        "name_da": "Styrelsen", "support_email": "hr@ours.example", "min_application_days": 14, "expected_answer_days": 42,
        "retention_trigger": "CASE_CLOSED", "retention_months": 6, "hearing_workdays": 5, "access_workdays": 7,
        "bulk_grace_minutes": 10, "bulk_letters_a_minute": 60,
    }  # fmt: skip
    for slip in ("0.0.0.0/0", "ikke et net", "::/0"):
        assert client.post(address, typed | {"internal_networks": slip}).status_code == 422

    client.post(address, typed | {"internal_networks": "203.0.113.7/24\n2001:db8::/32"})

    kept = InstitutionSettings.objects.get(institution=world.ours.institution).internal_networks
    assert kept == ["203.0.113.0/24", "2001:db8::/32"]


@pytest.fixture
def rf() -> RequestFactory:
    return RequestFactory()
