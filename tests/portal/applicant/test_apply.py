"""The applicant's way, as a browser without JavaScript sends it."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from recruitment import clock
from recruitment.applications.letters import resume_token
from recruitment.applications.models import Application, ApplicationState
from recruitment.documents.models import Document
from recruitment.mail.models import Message
from recruitment.questions.models import ScreeningQuestion
from tests.factories.world import make_application

FILES = Path(__file__).parents[2] / "fixtures" / "documents"
ABOUT = {"given_name": "Kirsten", "family_name": "Holm", "email": "kirsten@ansoeger.example", "phone": "12 34 56 78",
         "origin": "EXTERNAL", "source": "", "button": "next"}  # fmt: skip


def a_pdf() -> SimpleUploadedFile:
    path = next(iter(sorted(FILES.glob("*.pdf"))))
    return SimpleUploadedFile("mit cv.pdf", path.read_bytes(), "application/pdf")


@pytest.fixture
def round_(world):
    return world.ours.round


def begin(client, round_) -> Application:
    response = client.post(f"/soeg/{round_.pk}/", {"accept": "on"})
    assert response.status_code == 302
    return Application.objects.get(state="STARTED")


def test_nothing_is_stored_before_the_notice_is_accepted(client, round_):
    shown = client.get(f"/soeg/{round_.pk}/")
    refused = client.post(f"/soeg/{round_.pk}/", {})

    assert (shown.status_code, refused.status_code) == (200, 422)
    assert not Application.objects.filter(state="STARTED").exists()


def test_the_gate_says_what_will_be_asked(client, round_):
    page = client.get(f"/soeg/{round_.pk}/").content.decode()

    assert "Driftsselskabet" in page
    assert str(round_.case.contacts.get().name) in page


def test_from_the_gate_to_the_receipt(client, round_):
    draft = begin(client, round_)
    step = f"/soeg/ansoegning/{draft.pk}"

    about = client.post(f"{step}/about/", ABOUT)
    papers = client.post(f"{step}/papers/", {"motivation": "Jeg vil gerne.", "button": "next", "document-CV": a_pdf()})
    check = client.get(f"{step}/tjek/")
    sent = client.post(f"{step}/tjek/")
    receipt = client.get(sent.headers["Location"])

    assert about.headers["Location"] == f"{step}/papers/"
    assert papers.headers["Location"] == f"{step}/tjek/"
    assert "mit cv.pdf" in check.content.decode()
    draft.refresh_from_db()
    assert draft.state == ApplicationState.SUBMITTED
    assert draft.reference in receipt.content.decode()
    assert Message.objects.get(application=draft).recipient == "kirsten@ansoeger.example"


def test_a_step_with_faults_says_them_and_keeps_everything(client, round_):
    draft = begin(client, round_)

    response = client.post(f"/soeg/ansoegning/{draft.pk}/about/", {**ABOUT, "email": "forkert", "family_name": ""})

    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="forkert"' in page
    assert 'href="#id_family_name"' in page
    assert 'aria-invalid="true"' in page


def test_a_wrong_file_is_refused_in_plain_words_and_the_rest_is_kept(client, round_):
    draft = begin(client, round_)
    hostile = SimpleUploadedFile("cv.pdf", b"MZ\x90\x00" + b"x" * 500, "application/pdf")

    response = client.post(
        f"/soeg/ansoegning/{draft.pk}/papers/", {"motivation": "Bevares.", "button": "next", "document-CV": hostile}
    )

    assert response.status_code == 422
    assert "Bevares." in response.content.decode()
    assert not Document.objects.filter(application=draft).exists()


def test_a_second_cv_replaces_the_first(client, round_):
    draft = begin(client, round_)
    address = f"/soeg/ansoegning/{draft.pk}/papers/"
    client.post(address, {"button": "upload", "document-CV": a_pdf()})
    text = SimpleUploadedFile("nyt cv.txt", "Jeg har arbejdet med tilsyn i mange år.".encode(), "text/plain")

    client.post(address, {"button": "upload", "document-CV": text})

    assert [d.filename for d in draft.documents.filter(replaced_at=None)] == ["nyt cv.txt"]
    assert draft.documents.count() == 2


def test_a_file_can_be_removed(client, round_):
    draft = begin(client, round_)
    address = f"/soeg/ansoegning/{draft.pk}/papers/"
    client.post(address, {"button": "upload", "document-CV": a_pdf()})

    client.post(address, {"remove": str(draft.documents.get().pk), "motivation": "Med ord."})

    assert not draft.documents.filter(replaced_at=None).exists()
    draft.refresh_from_db()
    assert draft.draft["papers"]["motivation"] == ["Med ord."]


def test_sending_one_second_after_the_deadline_loses_nothing(client, round_):
    draft = begin(client, round_)
    client.post(f"/soeg/ansoegning/{draft.pk}/about/", ABOUT)
    client.post(
        f"/soeg/ansoegning/{draft.pk}/papers/", {"motivation": "Sent.", "button": "next", "document-CV": a_pdf()}
    )

    with clock.shifted(dt.timedelta(days=22)):
        response = client.post(f"/soeg/ansoegning/{draft.pk}/tjek/")

    assert response.status_code == 409
    draft.refresh_from_db()
    assert (draft.state, draft.draft["papers"]["motivation"]) == (ApplicationState.STARTED, ["Sent."])


def test_after_the_deadline_the_gate_says_so(client, round_):
    with clock.shifted(dt.timedelta(days=22)):
        assert client.get(f"/soeg/{round_.pk}/").status_code == 410


def test_another_browser_does_not_reach_the_draft(client, round_):
    draft = begin(client, round_)

    for path in ("about/", "papers/", "tjek/", "kvittering/", "senere/", "slet/"):
        assert Client().get(f"/soeg/ansoegning/{draft.pk}/{path}").status_code == 404
    assert Client().get(f"/mine/{draft.pk}/").status_code == 404


def test_the_mailed_link_hands_the_draft_over_by_a_button_only(client, round_):
    draft, elsewhere = begin(client, round_), Client()
    address = f"/soeg/fortsaet/{resume_token(draft)}/"

    assert elsewhere.get(address).status_code == 200
    assert elsewhere.get(f"/soeg/ansoegning/{draft.pk}/about/").status_code == 404
    elsewhere.post(address)
    assert elsewhere.get(f"/soeg/ansoegning/{draft.pk}/about/").status_code == 200


def test_a_broken_link_says_so(client, db):
    assert client.get("/soeg/fortsaet/noget-andet/").status_code == 410


def test_the_link_is_mailed_once_an_hour_however_often_it_is_asked_for(client, round_):
    draft = begin(client, round_)
    client.post(f"/soeg/ansoegning/{draft.pk}/about/", ABOUT)

    for _ in range(3):
        client.post(f"/soeg/ansoegning/{draft.pk}/senere/")

    assert Message.objects.filter(code="APPLICATION_STARTED_LINK").count() == 1


def test_autosave_answers_with_the_time(client, round_):
    draft = begin(client, round_)

    answer = client.post(f"/soeg/ansoegning/{draft.pk}/about/gem/", {"given_name": "Kir"})

    assert "message" in answer.json()
    draft.refresh_from_db()
    assert draft.draft["about"]["given_name"] == ["Kir"]


def test_the_six_kinds_of_question_are_asked_and_kept(client, round_):
    form = round_.case.form
    options = [{"code": c, "da": c.upper(), "en": c.upper()} for c in ("a", "b", "c")]
    common = {"form": form, "text_da": "Spørgsmål?", "justification": "prøve"}
    kinds = {
        "YES_NO": {}, "FREE_TEXT": {}, "SINGLE": {"options": options}, "MULTIPLE": {"options": options},
        "PRIORITISED": {"options": options}, "CLASSIFIED": {"options": options, "scale": [
            {"code": "1", "da": "lidt", "en": "a little"}, {"code": "2", "da": "meget", "en": "much"}]},
    }  # fmt: skip
    for position, (kind, more) in enumerate(kinds.items()):
        ScreeningQuestion.objects.create(kind=kind, position=position, **common, **more)
    draft = begin(client, round_)
    client.post(f"/soeg/ansoegning/{draft.pk}/about/", ABOUT)
    client.post(f"/soeg/ansoegning/{draft.pk}/papers/", {"motivation": "Ja.", "button": "next", "document-CV": a_pdf()})
    page = client.get(f"/soeg/ansoegning/{draft.pk}/questions/")
    typed = _answers(page.context["form"])

    done = client.post(f"/soeg/ansoegning/{draft.pk}/questions/", {**typed, "button": "next"})
    client.post(f"/soeg/ansoegning/{draft.pk}/tjek/")

    assert done.status_code == 302, done.context["faults"]
    draft.refresh_from_db()
    assert draft.state == "SUBMITTED"
    assert draft.answers.count() == 6


def _answers(form) -> dict[str, str]:
    typed, rank = {}, 0
    for name, field in form.fields.items():
        choices = [str(value) for value, _label in getattr(field, "choices", []) if str(value)]
        if "a" in choices or "yes" in choices or not choices:
            typed[name] = choices[0] if choices else "Et svar."
        elif {"1", "2", "3"} <= set(choices):
            rank += 1
            typed[name] = str(rank)
        else:
            typed[name] = choices[0]
    return typed


def test_withdrawing_asks_first(client, world):
    draft = begin(client, world.ours.round)
    session = client.session
    received = make_application(world.ours.round)
    session["applications"] = [str(received.pk)]
    session.save()

    assert client.get(f"/mine/{received.pk}/traek/").status_code == 200
    received.refresh_from_db()
    assert received.state == "SUBMITTED"
    client.post(f"/mine/{received.pk}/traek/")
    received.refresh_from_db()
    assert (received.state, draft.state) == ("WITHDRAWN", "STARTED")


def test_a_received_application_can_be_corrected_until_the_deadline(client, world):
    received = make_application(world.ours.round)
    session = client.session
    session["applications"] = [str(received.pk)]
    session.save()
    step = f"/soeg/ansoegning/{received.pk}"

    client.post(f"{step}/papers/", {"motivation": "Rettet.", "button": "next"})
    received.refresh_from_db()
    assert received.motivation_text == "Jeg vil gerne føre tilsyn."
    client.post(f"{step}/tjek/", {"correct": "1"})

    received.refresh_from_db()
    assert received.motivation_text == "Rettet."


def test_my_applications_cost_the_same_for_one_and_for_many(client, world, django_assert_max_num_queries):
    received = [make_application(world.ours.round) for _ in range(4)]
    counts = []
    for held in (received[:1], received):
        session = client.session
        session["applications"] = [str(a.pk) for a in held]
        session.save()
        with django_assert_max_num_queries(30) as captured:
            client.get("/mine/")
        counts.append(len(captured))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/job/",
        "/en/",
        "/en/job/",
        "/mine/",
        "/privatliv/",
        "/tilgaengelighed/",
        "/konto/login/",
        "/konto/login/code/",
        "/ours/",
        "/en/ours/",
    ],
)
def test_every_public_page_answers(client, world, address):
    assert client.get(address).status_code == 200


def test_a_late_autosave_never_puts_back_older_words(client, round_):
    draft = begin(client, round_)
    step = f"/soeg/ansoegning/{draft.pk}/papers/"
    shown = client.get(step).context["application"].draft_version
    client.post(step, {"motivation": "Nye ord.", "button": "later"})

    late = client.post(f"{step}gem/", {"motivation": "Gamle ord.", "version": str(shown)})
    draft.refresh_from_db()
    following = client.post(f"{step}gem/", {"motivation": "Nyere ord.", "version": str(draft.draft_version)})

    assert (late.status_code, draft.draft["papers"]["motivation"]) == (409, ["Nye ord."])
    assert following.json()["version"] == draft.draft_version + 1


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 5000, "\u0663"])
def test_a_strange_version_breaks_nothing(client, round_, version):
    draft = begin(client, round_)

    answer = client.post(f"/soeg/ansoegning/{draft.pk}/about/gem/", {"given_name": "Kir", "version": version})

    assert answer.status_code == 200


def test_more_text_than_can_be_kept_is_given_back(client, round_):
    draft = begin(client, round_)
    words = "Jeg vil gerne. " * 20_000

    response = client.post(f"/soeg/ansoegning/{draft.pk}/papers/", {"motivation": words, "button": "next"})

    assert response.status_code == 422
    assert words.strip() in response.content.decode()


def test_a_correction_that_came_too_late_is_refused_and_given_back(client, world):
    received = make_application(world.ours.round)
    session = client.session
    session["applications"] = [str(received.pk)]
    session.save()
    address = f"/soeg/ansoegning/{received.pk}/papers/"

    with clock.shifted(dt.timedelta(days=22)):
        response = client.post(address, {"motivation": "En sen rettelse.", "button": "next"})

    received.refresh_from_db()
    assert response.status_code == 409
    assert "En sen rettelse." in response.content.decode()
    assert received.motivation_text == "Jeg vil gerne føre tilsyn."


@pytest.mark.parametrize("address", ["/job/?ord=%00", "/job/?felt=a%00", "/soeg/1/?kilde=%00", "/admin/?q=%00"])
def test_an_address_that_nothing_can_answer_is_a_bad_request(client, db, address):
    assert client.get(address).status_code == 400


@pytest.mark.parametrize("key", ["x", "x" * 36, "\x00", "00000000-0000-0000-0000-000000000000"])
def test_removing_what_is_not_there_changes_nothing(client, round_, key):
    draft = begin(client, round_)
    address = f"/soeg/ansoegning/{draft.pk}/papers/"
    client.post(address, {"button": "upload", "document-CV": a_pdf()})

    response = client.post(address, {"remove": key, "motivation": "Med ord."})

    assert response.status_code == 302
    assert draft.documents.filter(replaced_at=None).count() == 1


def test_a_strange_source_breaks_nothing(client, round_):
    response = client.post(f"/soeg/{round_.pk}/", {"accept": "on", "kilde": "a\x00b"})

    assert response.status_code == 302
