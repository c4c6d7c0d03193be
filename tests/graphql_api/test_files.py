"""Applicants' files over the API: an address that lives five minutes and opens with the token that got it."""

import time

import pytest
from django.core.files.base import ContentFile

from graphql_api.console_tokens import mint
from graphql_api.oauth import Scope
from recruitment.access.roles import Role
from recruitment.audit.models import AuditEntry
from recruitment.documents.models import Document, ScanState
from tests.factories.world import declare_all
from tests.graphql_api.conftest import make_client, make_token, token_for

DOCUMENT = "{ applications { nodes { documents { url } } } }"
PDF = b"%PDF-1.4\n%small\n"


@pytest.fixture
def document(world):
    document = Document.objects.get(application=world.application)
    document.file.save("cv.pdf", ContentFile(PDF), save=False)
    document.scan_state = ScanState.CLEAN
    document.filename = "mit cv æøå.pdf"
    document.save()
    return document


@pytest.fixture
def address(document, data, world):
    """The path under which this token may fetch the file."""

    def address_for(token):
        url = data(DOCUMENT, token=token)["applications"]["nodes"][0]["documents"][0]["url"]
        return url and url.removeprefix("http://127.0.0.1:8000")

    return address_for


@pytest.fixture
def fetch(client):
    def fetching(address, token=None):
        response = client.get(address, headers={"Authorization": f"Bearer {token}"} if token else {})
        response.bytes = b"".join(response.streaming_content) if response.streaming else response.content
        return response

    return fetching


def test_the_holder_of_the_token_gets_the_file_as_an_attachment_and_the_trail_says_so(world, address, fetch, document):
    token = token_for(world.ours)

    response = fetch(address(token), token)

    assert (response.status_code, response.bytes) == (200, PDF)
    assert response["Content-Disposition"].startswith("attachment")
    assert (response["Cache-Control"], response["X-Content-Type-Options"]) == ("no-store", "nosniff")
    assert "sandbox" in response["Content-Security-Policy"]
    assert AuditEntry.objects.filter(action="document.download", object_id=str(document.pk)).count() == 1


def test_the_address_alone_opens_nothing_and_neither_does_another_token(world, address, fetch):
    token = token_for(world.ours)
    path = address(token)

    assert fetch(path).status_code == 404
    assert fetch(path, "nonsense").status_code == 401
    assert fetch(path, token_for(world.ours)).status_code == 404
    assert fetch(path, token_for(world.theirs)).status_code == 404


def test_the_address_dies_after_five_minutes(world, address, fetch, monkeypatch):
    token = token_for(world.ours)
    path, now = address(token), time.time()

    monkeypatch.setattr(time, "time", lambda: now + 302)

    assert fetch(path, token).status_code == 404


def test_a_token_without_the_scope_cannot_use_an_address_that_another_token_of_the_client_got(world, address, fetch):
    client = make_client(world.ours)
    path = address(make_token(client))

    assert fetch(path, make_token(client, [Scope.APPLICATIONS])).status_code == 404
    assert fetch(path, make_token(client)).status_code == 200


@pytest.mark.parametrize("state", [ScanState.PENDING, ScanState.INFECTED, ScanState.ERROR])
def test_what_the_scanner_has_not_passed_has_no_address(world, address, document, state):
    Document.objects.filter(pk=document.pk).update(scan_state=state)

    assert address(token_for(world.ours)) is None


def test_a_file_that_the_scanner_took_back_is_not_served_any_more(world, address, fetch, document):
    token = token_for(world.ours)
    path = address(token)

    Document.objects.filter(pk=document.pk).update(scan_state=ScanState.INFECTED)

    assert fetch(path, token).status_code == 404


def test_a_person_must_have_declared_first(world, client, data, address, fetch):
    token = mint(world.ours.staff[Role.HR_EXTENDED])
    declare_all(world.ours)
    path = address(token)
    assert fetch(path, token).status_code == 200

    world.ours.case.declarations.all().delete()

    assert fetch(path, token).status_code == 404


@pytest.mark.parametrize("claim", ["x", "x:y:z", "eyJkb2N1bWVudCI6MX0:1:2"])
def test_a_made_up_address_leads_nowhere(world, fetch, claim):
    assert fetch(f"/graphql/files/{claim}/", token_for(world.ours)).status_code == 404
