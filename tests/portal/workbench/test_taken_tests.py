"""Tests that applicants took: few see them, and none stands alone (INV-28)."""

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from recruitment.access.roles import Role
from recruitment.assessments.exports.binding import Folder
from recruitment.documents.models import Document
from recruitment.interviews.records import TestResult
from recruitment.people.actor import Actor
from tests.factories.interviews import invited, set_table
from tests.portal.workbench.test_matrix import read
from tests.recruitment.documents.makers import blank_pdf, saved

APPLICANT = Actor.person(None)


def address(name: str, case, *more) -> str:
    return reverse(f"workbench:{name}", args=[case.pk, *more])


def times_typed(table, day, **more) -> dict:
    return {
        "days": day.strftime("%d-%m-%Y"), "opens": "09:00", "closes": "12:00", "lunch_from": "", "lunch_until": "",
        "rooms": [table.room.pk], "new_room": "", "directions": "", "people": [user.pk for user in table.panel], "most": 12, **more,
    }  # fmt: skip


TEST_TYPED = {
    "test_name": "Logisk test",
    "purpose": "Analytisk styrke",
    "used_in_interview": "Vi spørger til løsningerne.",
}


def test_a_test_is_kept_with_its_use_in_the_interview_and_seen_by_few(world, sign_in):
    table = set_table(world)
    application = invited(table).application
    page = address("tests_taken", table.case, application.pk)
    client = sign_in(Role.HR_CASEWORK)
    assert client.post(page, {**TEST_TYPED, "used_in_interview": ""}).status_code == 422
    client.post(page, {**TEST_TYPED, "file": SimpleUploadedFile("test.pdf", saved(blank_pdf()))})

    result = TestResult.objects.get()
    document = Document.objects.get(kind="TEST")
    Document.objects.filter(pk=document.pk).update(scan_state="CLEAN", render_state="READY")
    original = address("original", table.case, application.pk, document.pk)
    for role, status in (
        (Role.HR_CASEWORK, 200), (Role.HIRING_MANAGER, 200), (Role.HIRING_COMMITTEE, 403), (Role.ADMIN_SUPPORT, 403),
    ):  # fmt: skip
        client = sign_in(role)
        assert client.get(page).status_code == status, role
        reader = client.get(address("application", table.case, application.pk))
        shown = reader.status_code == 200 and "test.pdf" in reader.content.decode()
        assert shown == (status == 200), role
        answer = read(client.get(original))
        assert (answer.status_code == 200) == (status == 200), role
    assert result.used_in_interview == "Vi spørger til løsningerne."
    world.ours.case.members.filter(role=Role.HIRING_COMMITTEE).update(is_chair=True)
    assert sign_in(Role.HIRING_COMMITTEE).get(page).status_code == 200
    assert sign_in(Role.HIRING_COMMITTEE).post(page, TEST_TYPED).status_code == 403


@pytest.mark.parametrize(("role", "found"), [
    (Role.HIRING_MANAGER, {"TEST", "INTERVIEW_FORM", "OTHER"}), (Role.HIRING_COMMITTEE, {"INTERVIEW_FORM", "OTHER"}),
    (Role.ASSESSMENT_COMMITTEE, {"OTHER"}),
])  # fmt: skip
def test_the_folder_for_paper_holds_only_the_papers_that_its_maker_may_read(world, role, found):
    table = set_table(world)
    application = invited(table).application
    for kind, by in (("TEST", "STAFF"), ("INTERVIEW_FORM", "STAFF"), ("OTHER", "APPLICANT")):
        Document.objects.create(
            application=application, kind=kind, filename=f"{kind}.docx", mime="x", size=1, sha256="0" * 64, uploaded_by=by,
            render_state="READY", scan_state="CLEAN", text=f"Ord fra {kind}",
        )  # fmt: skip

    folder = Folder(table.case, "mærke", actor=world.ours.actor(role))
    folder.add(application)

    bound = folder.pdf.output()
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(bytes(bound))]
    assert {
        kind for kind in ("TEST", "INTERVIEW_FORM", "OTHER") if any(f"Ord fra {kind}" in page for page in pages)
    } == found


def test_a_test_belongs_to_somebody_who_is_called(world, sign_in):
    table = set_table(world)

    answer = sign_in(Role.HR_CASEWORK).post(address("tests_taken", table.case, table.applications[0].pk), TEST_TYPED)

    assert answer.status_code == 422
    assert not TestResult.objects.exists()
