"""The applicant's own pages: referees, hearings, papers and reasons. By proved address, and nobody else's."""

import hashlib
import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from recruitment import clock
from recruitment.applications.models import Application, DiscretionWish
from recruitment.applications.own_data import own_data
from recruitment.audit.models import AuditEntry
from recruitment.cases.models import RecruitmentCase
from recruitment.fairness import access_requests as access
from recruitment.fairness.models import PartyHearing
from recruitment.fairness.request_models import AccessRequest, WrittenReasonsRequest
from recruitment.references.models import ReferenceCheck
from recruitment.references.referees import ask_consent, ask_for_referees
from tests.factories.fairness import REFEREE, hearing_on, late_stage, named
from tests.factories.world import HOUSE, make_user


@pytest.fixture
def late(world):
    return late_stage(world)


@pytest.fixture
def client(late) -> Client:
    client = Client()
    client.force_login(late.applicant.user)
    return client


@pytest.fixture
def stranger(db) -> Client:
    client = Client()
    client.force_login(make_user("fremmed@ansoeger.example"))
    return client


def page(late, name, *more) -> str:
    return reverse(f"applicant:{name}", args=[late.application.pk, *more])


def delivered(late) -> AccessRequest:
    asked = access.collect(access.ask_access(late.application, actor=late.applicant), actor=HOUSE)
    first, *rest = asked.items.all()
    access.choose(asked, {str(first.pk): (False, "Internt."), **{str(i.pk): (True, "") for i in rest}}, actor=HOUSE)
    return access.deliver(access.decide(asked, "Du får det meste.", actor=HOUSE), actor=HOUSE)


def test_what_waits_for_an_answer_stands_on_the_card_of_the_signed_in_applicant(late, client, stranger):
    cards = reverse("applicant:mine")
    ask_for_referees(late.application, actor=HOUSE)
    hearing = hearing_on(late)
    waiting = [page(late, "hearing", hearing.pk), page(late, "referees")]

    assert [each.url for each in client.get(cards).context["cards"][0][-1]] == waiting
    assert not stranger.get(cards).context["cards"]
    PartyHearing.objects.filter(pk=hearing.pk).update(state="RESPONDED")
    named(late)

    assert not client.get(cards).context["cards"][0][-1]


def test_referees_are_named_answered_and_taken_back(late, client):
    assert client.get(page(late, "referees")).status_code == 404
    ask_for_referees(late.application, actor=HOUSE)
    refused = client.post(page(late, "referees"), {**REFEREE, "phone": ""})
    assert refused.status_code == 422
    assert "Bodil" in refused.content.decode()
    client.post(page(late, "referees"), REFEREE)
    check, _letter = ask_consent(ReferenceCheck.objects.get(), actor=HOUSE)
    shown = client.get(page(late, "referees")).content.decode()
    assert "Bodil Stær, Havnekontoret" in shown
    assert " checked" not in shown
    client.post(page(late, "referee", check.pk), {"button": "yes"})
    assert ReferenceCheck.objects.get().state == "CONSENT_GIVEN"
    client.post(page(late, "referee", check.pk), {"button": "withdraw"})
    assert ReferenceCheck.objects.get().state == "ABORTED"


def test_a_name_can_be_removed_until_we_have_asked(late, client):
    check = named(late)
    client.post(page(late, "referee", check.pk), {"button": "remove"})
    assert not ReferenceCheck.objects.exists()


def test_a_hearing_is_answered_with_words_and_files(late, client):
    hearing = hearing_on(late)
    address = page(late, "hearing", hearing.pk)
    assert "Har fået en advarsel." in client.get(address).content.decode()
    assert client.post(address, {"text": " "}).status_code == 422
    file = SimpleUploadedFile("brev.txt", b"Advarslen blev trukket tilbage.")
    assert client.post(address, {"text": "Se brevet.", "files": [file]}).status_code == 302
    answered = PartyHearing.objects.get()
    assert (answered.state, answered.attachments.count()) == ("RESPONDED", 1)
    assert "brev.txt" in client.get(address).content.decode()
    assert client.post(address, {"text": "Igen."}).status_code == 422


def test_a_file_that_is_refused_loses_no_words(late, client):
    address = page(late, "hearing", hearing_on(late).pk)
    file = SimpleUploadedFile("virus.pdf", b"MZ ikke en pdf")
    refused = client.post(address, {"text": "Mine ord.", "files": [file]})
    assert refused.status_code == 422
    assert "Mine ord." in refused.content.decode()
    assert PartyHearing.objects.get().state == "SENT"


def test_a_hearing_that_has_not_been_sent_is_not_there(late, client):
    assert client.get(page(late, "hearing", hearing_on(late, sent=False).pk)).status_code == 404


def test_papers_are_asked_for_and_read_when_they_are_delivered(late, client):
    assert client.post(page(late, "access"), {"words": "Alt om mig."}).status_code == 302
    asked = AccessRequest.objects.get()
    assert client.get(page(late, "access_papers", asked.pk)).status_code == 404
    asked = delivered(late)
    shown = client.get(page(late, "access_papers", asked.pk)).content.decode()
    assert "Internt." in shown
    assert "Jeg vil gerne føre tilsyn." in shown
    held = asked.items.get(is_given=False)
    assert client.get(page(late, "access_paper", asked.pk, held.pk)).status_code == 404


def test_a_file_of_the_package_comes_as_an_attachment(late, client):
    document = late.application.documents.get()
    document.file.save("cv", SimpleUploadedFile("cv", b"%PDF-1.4 mit cv"))
    type(document).objects.filter(pk=document.pk).update(scan_state="CLEAN")
    asked = delivered(late)
    item = asked.items.get(document=document)
    answer = client.get(page(late, "access_paper", asked.pk, item.pk))
    assert b"".join(answer.streaming_content) == b"%PDF-1.4 mit cv"
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_all_that_was_given_comes_in_one_file_with_a_manifest(late, client):
    document = late.application.documents.get()
    document.file.save("cv", SimpleUploadedFile("cv", b"%PDF-1.4 mit cv"))
    type(document).objects.filter(pk=document.pk).update(scan_state="CLEAN")
    asked = delivered(late)
    assert client.get(page(late, "take_papers", asked.pk)).status_code == 405

    answer = client.post(page(late, "take_papers", asked.pk))

    bundle = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    manifest = json.loads(bundle.read("manifest.json"))
    assert (manifest["decision"], manifest["application"]) == ("Du får det meste.", late.application.reference)
    assert [line["reason"] for line in manifest["held_back"]] == ["Internt."]
    assert sorted(line["path"] for line in manifest["papers"]) == sorted(set(bundle.namelist()) - {"manifest.json"})
    for line in manifest["papers"]:
        content = bundle.read(line["path"])
        assert (hashlib.sha256(content).hexdigest(), len(content)) == (line["sha256"], line["bytes"])
    assert b"%PDF-1.4 mit cv" in [bundle.read(name) for name in bundle.namelist()]
    assert AuditEntry.objects.filter(action="AccessRequest.take_along").count() == 1


def test_a_file_that_is_held_back_by_the_scanner_is_named_and_left_out(late, client):
    type(late.application.documents.get()).objects.update(scan_state="INFECTED")
    asked = delivered(late)
    answer = client.post(page(late, "take_papers", asked.pk))
    bundle = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    left_out = [line for line in json.loads(bundle.read("manifest.json"))["papers"] if line["path"] is None]
    assert len(left_out) == 1
    assert len(bundle.namelist()) == asked.items.filter(is_given=True).count()


def test_discretion_is_offered_for_civil_servants_posts_only(late, client):
    assert "wished" not in client.get(page(late, "access")).content.decode()
    client.post(page(late, "discretion"), {"wished": "on"})
    assert not DiscretionWish.objects.exists()
    RecruitmentCase.objects.filter(pk=late.case.pk).update(employment_basis="CIVIL_SERVANT")
    assert "wished" in client.get(page(late, "access")).content.decode()
    client.post(page(late, "discretion"), {"wished": "on"})
    assert DiscretionWish.objects.exists()
    client.post(page(late, "discretion"), {})
    assert not DiscretionWish.objects.exists()


def test_reasons_can_be_asked_for_after_an_answer(late, client):
    assert client.get(page(late, "reasons")).status_code == 404
    Application.objects.filter(pk=late.application.pk).update(state="REJECTED", answer_delivered_at=clock.now())
    assert page(late, "reasons") in client.get(page(late, "one")).content.decode()
    assert client.post(page(late, "reasons")).status_code == 302
    assert WrittenReasonsRequest.objects.get().state == "RECEIVED"
    assert client.get(page(late, "reasons")).status_code == 200


def test_the_page_of_the_application_leads_to_what_waits(late, client):
    ask_for_referees(late.application, actor=HOUSE)
    hearing = hearing_on(late)
    shown = client.get(page(late, "one")).content.decode()
    for name, more in (("referees", ()), ("hearing", (hearing.pk,)), ("access", ())):
        assert page(late, name, *more) in shown


def test_nobody_else_finds_any_of_it(late, stranger):
    check, hearing, asked = named(late), hearing_on(late), delivered(late)
    Application.objects.filter(pk=late.application.pk).update(state="REJECTED", answer_delivered_at=clock.now())
    item = asked.items.first()
    for name, more in (
        ("referees", ()), ("hearing", (hearing.pk,)), ("access", ()), ("access_papers", (asked.pk,)), ("reasons", ()),
        ("access_paper", (asked.pk, item.pk)),
    ):  # fmt: skip
        assert stranger.get(page(late, name, *more)).status_code == 404, name
        assert Client().get(page(late, name, *more)).status_code == 302, name
    assert stranger.post(page(late, "take_papers", asked.pk)).status_code == 404
    assert Client().post(page(late, "take_papers", asked.pk)).status_code == 302
    assert stranger.post(page(late, "referee", check.pk), {"button": "remove"}).status_code == 404
    assert ReferenceCheck.objects.exists()


def test_it_stands_in_everything_that_is_kept(late):
    named(late)
    hearing_on(late)
    access.ask_access(late.application, actor=late.applicant)

    told = own_data(late.application)

    assert told["referees"][0]["name"] == "Bodil Stær"
    assert len(told["hearings"]) == len(told["asked_to_see"]) == 1
