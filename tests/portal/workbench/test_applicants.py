"""The list of applicants, the reader, the declaration, and what is registered by hand."""

import datetime as dt
import io
import re

import pytest
from django.core.files.base import ContentFile

from recruitment import clock
from recruitment.access.roles import Role
from recruitment.applications.models import Application, PriorityClaim
from recruitment.audit.models import AuditEntry
from recruitment.documents.models import Document, DocumentPage
from recruitment.questions.models import ScreeningAnswer, ScreeningQuestion
from tests.factories.world import advertise, begin_draft, declare_all, fill_draft, make_application, make_case


def address(world, application=None, more="") -> str:
    application = application or world.application
    return f"/admin/cases/{world.ours.case.pk}/applications/{application.pk}/{more}"


@pytest.fixture
def cv(world):
    document = world.application.documents.get()
    document.file.save("cv", ContentFile(b"%PDF-1.4 den rigtige"))
    Document.objects.filter(pk=document.pk).update(scan_state="NOT_SCANNED", render_state="READY", text="Mine ord")
    page = DocumentPage(document=document, number=1, width=10, height=20)
    page.image.save("page", ContentFile(b"RIFFbillede"))
    return document


def test_an_application_is_opened_only_after_the_declaration(world, sign_in):
    client = sign_in(Role.HIRING_COMMITTEE)
    asked = client.get(address(world))
    assert asked.headers["Location"].startswith(f"/admin/cases/{world.ours.case.pk}/declare/?next=")
    assert "Kirsten Holm" in client.get(asked.headers["Location"]).content.decode()

    onward = client.post(asked.headers["Location"], {"has_conflict": "no", "is_confidential": "on"})

    assert onward.headers["Location"] == address(world)
    assert client.get(address(world)).status_code == 200


def test_who_declares_a_conflict_is_shut_out(world, sign_in):
    client = sign_in(Role.HIRING_COMMITTEE)
    declare = f"/admin/cases/{world.ours.case.pk}/declare/"
    assert client.post(declare, {"has_conflict": "yes", "relation_text": " "}).status_code == 422
    assert client.post(declare, {}).status_code == 422

    client.post(declare, {"has_conflict": "yes", "relation_text": "Min fætter"})

    assert client.get(address(world)).status_code in {403, 404}
    assert "Kirsten" not in client.get(f"/admin/cases/{world.ours.case.pk}/applications/").content.decode()


def test_the_declaration_leads_nowhere_else(world, sign_in):
    response = sign_in(Role.HIRING_COMMITTEE).post(
        f"/admin/cases/{world.ours.case.pk}/declare/?next=https://ond.example/",
        {"has_conflict": "no", "is_confidential": "on"},
    )
    assert response.headers["Location"].startswith("/admin/cases/")


def test_opening_is_noted_once_and_counts_as_read(declared, sign_in):
    client = sign_in(Role.HR_CASEWORK)
    client.get(address(declared))

    assert AuditEntry.objects.filter(action="Application.open", application_id=declared.application.pk).count() == 1
    declared.application.refresh_from_db()
    assert declared.application.first_opened_at is not None


def test_what_is_new_is_new_for_each(declared, sign_in):
    """One has opened it; the other's list still marks it, and each narrows to what is new to them."""
    listed = f"/admin/cases/{declared.ours.case.pk}/applications/"
    sign_in(Role.HIRING_COMMITTEE).get(address(declared))
    member = sign_in(Role.HIRING_COMMITTEE)
    assert "workbench-new" not in member.get(listed).content.decode()
    assert "data-rate" not in member.get(f"{listed}?unread=on").content.decode()
    assert f'href="{listed}?unread=on"' not in member.get("/admin/").content.decode()

    manager = sign_in(Role.HIRING_MANAGER)
    assert "workbench-new" in manager.get(listed).content.decode()
    assert "data-rate" in manager.get(f"{listed}?unread=on").content.decode()
    assert "data-rate" not in manager.get(f"{listed}?unread=nobody").content.decode()
    assert f'href="{listed}?unread=on"' in manager.get("/admin/").content.decode()

    support = sign_in(Role.ADMIN_SUPPORT).get(f"/admin/cases/{declared.ours.case.pk}/").content.decode()
    assert "ikke åbnet" not in support  # who may not open anything is not told that something waits to be opened
    assert f"{listed}?unread" not in sign_in(Role.HR_CASEWORK).get("/admin/").content.decode()


def test_the_reader_shows_pages_words_answers_and_facts(declared, cv, sign_in):
    question = ScreeningQuestion.objects.create(
        form=declared.ours.case.form, kind="YES_NO", text_da="Har du kørekort?", justification="x"
    )
    ScreeningAnswer.objects.create(application=declared.application, question=question, value=True)

    shown = sign_in(Role.HIRING_COMMITTEE).get(address(declared)).content.decode()

    for words in (
        "Jeg vil gerne føre tilsyn.",
        "Har du kørekort?",
        "Mine ord",
        f"pages/{cv.pages.get().pk}/",
        declared.application.reference,
    ):
        assert words in shown


def test_pages_are_served_to_readers_and_kept_by_nobody(declared, cv, sign_in):
    response = sign_in(Role.HIRING_COMMITTEE).get(address(declared, more=f"pages/{cv.pages.get().pk}/"))

    assert b"".join(response.streaming_content) == b"RIFFbillede"
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"


def test_the_original_is_an_attachment_in_a_sandbox_and_noted(declared, cv, sign_in):
    response = sign_in(Role.HR_EXTENDED).get(address(declared, more=f"documents/{cv.pk}/"))

    assert b"".join(response.streaming_content) == b"%PDF-1.4 den rigtige"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert AuditEntry.objects.filter(action="document.download", object_id=str(cv.pk)).count() == 1


@pytest.mark.parametrize("state", ["PENDING", "INFECTED", "ERROR"])
def test_an_original_that_a_scanner_has_not_passed_stays_here(declared, cv, sign_in, state):
    Document.objects.filter(pk=cv.pk).update(scan_state=state)
    client = sign_in(Role.HR_EXTENDED)

    assert client.get(address(declared, more=f"documents/{cv.pk}/")).status_code == 302
    assert f"documents/{cv.pk}/" not in client.get(address(declared)).content.decode()


@pytest.mark.parametrize("role", [Role.ADMIN_SUPPORT, Role.COMMUNICATIONS, Role.ADMINISTRATOR])
def test_who_may_not_read_documents_opens_nothing(declared, cv, sign_in, role):
    client = sign_in(role)
    for more in ("", f"documents/{cv.pk}/", f"pages/{cv.pages.get().pk}/"):
        assert client.get(address(declared, more=more)).status_code == 403
    assert client.post(address(declared, more="cpr/")).status_code == 403


def test_a_replaced_file_and_a_file_of_another_application_are_not_there(declared, cv, sign_in):
    other = make_application(declared.ours.round, email="x@y.example", given_name="Anden")
    client = sign_in(Role.HR_EXTENDED)
    assert client.get(address(declared, other, f"documents/{cv.pk}/")).status_code == 404

    Document.objects.filter(pk=cv.pk).update(replaced_at=clock.now())
    assert client.get(address(declared, more=f"documents/{cv.pk}/")).status_code == 404
    assert client.get(address(declared, more=f"pages/{cv.pages.get().pk}/")).status_code == 404


@pytest.mark.parametrize(
    ("role", "sees"), [(Role.HR_CASEWORK, True), (Role.HIRING_MANAGER, True), (Role.HIRING_COMMITTEE, False)]
)
def test_a_claim_to_preferential_access_is_seen_by_few(declared, sign_in, role, sees):
    PriorityClaim.objects.create(application=declared.application)
    shown = sign_in(role).get(address(declared)).context

    assert (shown["claim"] is not None) is sees


@pytest.mark.parametrize(
    ("role", "sees"), [(Role.HR_CASEWORK, True), (Role.HIRING_MANAGER, True), (Role.HIRING_COMMITTEE, False)]
)
def test_other_applications_are_shown_to_hr_and_the_manager(declared, sign_in, role, sees):
    other = make_case(declared.ours, title="Helt andet job")
    make_application(advertise(other))

    assert ("Helt andet job" in sign_in(role).get(address(declared)).content.decode()) is sees


def test_a_cpr_number_is_a_task_until_somebody_has_dealt_with_it(declared, sign_in):
    Application.objects.filter(pk=declared.application.pk).update(has_cpr_number=True)
    client = sign_in(Role.HR_CASEWORK)
    assert "/cpr/" in client.get(address(declared)).content.decode()
    assert declared.application.reference in client.get("/admin/").content.decode()

    client.post(address(declared, more="cpr/"))

    declared.application.refresh_from_db()
    assert declared.application.cpr_handled_at is not None
    assert "/cpr/" not in client.get(address(declared)).content.decode()
    assert sign_in(Role.HIRING_COMMITTEE).post(address(declared, more="cpr/")).status_code == 403


def test_the_reader_goes_through_the_list_as_it_was_filtered_and_sorted(declared, sign_in):
    for name in ("Anna", "Bo", "Carl"):
        make_application(declared.ours.round, given_name=name, family_name=f"{name}sen", email=f"{name}@x.example")
    client = sign_in(Role.HR_CASEWORK)
    rows = list(client.get(f"/admin/cases/{declared.ours.case.pk}/applications/?order=name&q=sen").context["page"])
    assert [row.candidate.given_name for row in rows] == ["Anna", "Bo", "Carl"]

    shown = client.get(address(declared, rows[1]) + "?order=name&q=sen").context

    assert (shown["place"], shown["count"]) == (2, 3)
    assert shown["previous"] == address(declared, rows[0]) + "?order=name&q=sen"
    assert shown["next"] == address(declared, rows[2]) + "?order=name&q=sen"


def test_support_sees_name_contact_and_state_and_nothing_else(declared, sign_in):
    shown = sign_in(Role.ADMIN_SUPPORT).get(f"/admin/cases/{declared.ours.case.pk}/applications/").content.decode()

    assert "Kirsten Holm" in shown
    assert "kirsten@ansoeger.example" in shown
    assert str(declared.application.pk) not in shown


@pytest.mark.parametrize(
    ("role", "columns"),
    [(Role.HR_CASEWORK, (True, True)), (Role.HIRING_MANAGER, (False, True)), (Role.HIRING_COMMITTEE, (False, False))],
)
def test_letters_and_other_applications_are_columns_for_those_with_the_right(declared, sign_in, role, columns):
    shown = sign_in(role).get(f"/admin/cases/{declared.ours.case.pk}/applications/").context

    assert (shown["sees_letters"], shown["sees_others"]) == columns


def test_drafts_are_not_in_the_list_and_open_for_nobody(declared, sign_in):
    draft = fill_draft(begin_draft(declared.ours.round), given_name="Ufærdig")
    client = sign_in(Role.HR_EXTENDED)

    assert client.get(address(declared, draft)).status_code == 404
    assert client.get(f"/admin/cases/{declared.ours.case.pk}/applications/").context["page"].paginator.count == 1


def test_the_list_costs_the_same_for_one_applicant_and_for_many(declared, sign_in, count_queries):
    sign_in(Role.HR_CASEWORK)
    one = f"/admin/cases/{declared.ours.case.pk}/applications/"
    before = count_queries(one)
    for n in range(5):
        make_application(declared.ours.round, given_name=f"N{n}", email=f"n{n}@x.example")

    assert count_queries(one) == before


def paper(**changes) -> dict:
    return {
        "given_name": "Gerda", "family_name": "Brevskriver", "channel": "PAPER", "origin": "EXTERNAL",
        "received_at": f"{clock.now().astimezone(clock.COPENHAGEN):%Y-%m-%dT%H:%M}",
        "originals": io.BytesIO("Kære styrelse, jeg søger stillingen.".encode()), **changes,
    }  # fmt: skip


@pytest.fixture
def letter():
    file = io.BytesIO("Kære styrelse, jeg søger stillingen.".encode())
    file.name = "brev.txt"
    return file


def test_a_letter_is_registered_with_its_papers(declared, letter, sign_in):
    opened = declared.ours.round
    type(opened).objects.filter(pk=opened.pk).update(opens_at=clock.now() - dt.timedelta(days=1))
    response = sign_in(Role.HR_CASEWORK).post(
        f"/admin/cases/{declared.ours.case.pk}/register/", paper(originals=letter)
    )

    made = Application.objects.get(candidate__given_name="Gerda")
    assert response.headers["Location"] == address(declared, made)
    assert (made.state, made.channel, made.documents.get().kind) == ("SUBMITTED", "PAPER", "ORIGINAL")


def test_a_letter_that_came_too_late_is_registered_as_late(declared, letter, sign_in):
    opened = declared.ours.round
    type(opened).objects.filter(pk=opened.pk).update(
        opens_at=clock.now() - dt.timedelta(days=30), application_deadline=clock.now() - dt.timedelta(days=1)
    )
    sign_in(Role.ADMIN_SUPPORT).post(f"/admin/cases/{declared.ours.case.pk}/register/", paper(originals=letter))

    assert Application.objects.get(candidate__given_name="Gerda").state == "LATE"


@pytest.mark.parametrize(
    "changes",
    [{"received_at": "2099-01-01T10:00"}, {"received_at": "i går"}, {"channel": "ONLINE"}, {"given_name": ""}],
)
def test_bad_registration_is_refused_and_the_words_stay(declared, letter, sign_in, changes):
    response = sign_in(Role.HR_CASEWORK).post(
        f"/admin/cases/{declared.ours.case.pk}/register/", paper(originals=letter) | changes
    )

    assert response.status_code == 422
    assert "Brevskriver" in response.content.decode()
    assert not Application.objects.filter(candidate__family_name="Brevskriver").exists()


def test_nothing_is_registered_without_the_papers(declared, sign_in):
    typed = paper()
    del typed["originals"]
    assert sign_in(Role.HR_CASEWORK).post(f"/admin/cases/{declared.ours.case.pk}/register/", typed).status_code == 422


def test_the_committee_registers_nothing(declared, letter, sign_in):
    assert (
        sign_in(Role.HIRING_COMMITTEE)
        .post(f"/admin/cases/{declared.ours.case.pk}/register/", paper(originals=letter))
        .status_code
        == 403
    )


@pytest.mark.parametrize("words", ["kirsten holm", "Holm", "00001122", "kirsten@ansoeger.example"])
def test_somebody_phones_and_is_found(declared, sign_in, words):
    hits = sign_in(Role.HR_CASEWORK).get("/admin/search-applications/", {"q": words}).context["hits"]

    assert hits == [declared.application]


def test_the_reference_finds_it_too_and_others_find_nothing(declared, sign_in):
    words = {"q": declared.application.reference.lower()}

    assert sign_in(Role.HR_CASEWORK).get("/admin/search-applications/", words).context["hits"] == [declared.application]
    assert sign_in(Role.HR_CASEWORK, declared.theirs).get("/admin/search-applications/", words).context["hits"] == []
    assert sign_in(Role.COMMUNICATIONS).get("/admin/search-applications/", words).status_code == 403


def test_who_applies_to_the_case_loses_it_as_staff(declared, sign_in):
    user = declared.ours.staff[Role.HR_CASEWORK]
    make_application(declared.ours.round, email=user.email)
    declare_all(declared.ours)
    client = sign_in(Role.HR_CASEWORK)

    assert client.get(address(declared)).status_code == 404
    assert client.get("/admin/search-applications/", {"q": "Holm"}).context["hits"] == []
    assert declared.ours.case.title not in client.get("/admin/cases/").content.decode()


@pytest.mark.parametrize(("is_cut", "page_count"), [(True, 84), (True, 0), (False, 1)])
def test_the_reader_says_when_not_all_of_a_document_is_shown(declared, cv, sign_in, is_cut, page_count):
    Document.objects.filter(pk=cv.pk).update(is_cut=is_cut, page_count=page_count)

    shown = sign_in(Role.HR_CASEWORK).get(address(declared)).content.decode()

    assert ("help-warning" in shown) == is_cut
    assert bool(re.search(r"\b84\b", shown)) == (page_count == 84)


def test_the_list_and_the_way_through_it_can_be_narrowed_to_the_chosen(declared, sign_in):
    second = make_application(declared.ours.round, email="to@ansoeger.example")
    third = make_application(declared.ours.round, email="tre@ansoeger.example")
    client = sign_in(Role.HR_CASEWORK)
    query = f"?only={declared.application.reference}&only={third.reference}"

    page = client.get(f"/admin/cases/{declared.ours.case.pk}/applications/{query}").context["page"]
    reader = client.get(address(declared, declared.application) + query).context

    assert [application.pk for application in page] == [declared.application.pk, third.pk]
    assert (reader["count"], reader["next"]) == (2, address(declared, third) + query)
    assert second.reference not in reader["next"]
