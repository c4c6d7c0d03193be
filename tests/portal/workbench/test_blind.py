"""Blind screening: one mask for every face, until somebody is shortlisted."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile

from recruitment.access.roles import Role
from recruitment.applications.blind import RedactedVersion
from recruitment.applications.blinding import check_redacted, save_redacted, suggestion_for, switch_off, switch_on
from recruitment.applications.masking import hidden_from, without_identity
from recruitment.applications.models import Application, PriorityClaim
from recruitment.applications.moving import move_many
from recruitment.documents.models import Document, DocumentPage
from recruitment.errors import NotPossible
from recruitment.questions.models import ScreeningAnswer, ScreeningQuestion
from tests.factories.assessing import to_assessment
from tests.factories.world import make_application

ASSESSORS = [Role.HIRING_MANAGER, Role.HIRING_COMMITTEE, Role.ASSESSMENT_COMMITTEE]
OTHERS = [Role.HR_EXTENDED, Role.HR_CASEWORK, Role.HR_LIMITED]
SECRETS = ("Kirsten", "Holm", "kirsten@ansoeger.example", "00 11 22", "Holm.pdf", "Mine egne ord")


@pytest.fixture
def blind(world):
    """Ours, screened without names, with the person's name wherever an applicant can put it."""
    to_assessment(world, more=1)
    application = world.application
    question = ScreeningQuestion.objects.create(
        form=world.ours.case.form, kind="FREE_TEXT", text_da="Hvem?", justification="x", required=False
    )
    ScreeningAnswer.objects.create(
        application=application, question=question, value="Jeg hedder Kirsten Holm og er klar."
    )
    world.question = question
    Application.objects.filter(pk=application.pk).update(motivation_text="Mine egne ord, Kirsten Holm")
    PriorityClaim.objects.create(application=application, state="INTERVIEW_DUE")
    document = application.documents.get()
    document.file.save("cv", ContentFile(b"%PDF-1.4 x"))
    Document.objects.filter(pk=document.pk).update(
        scan_state="CLEAN", render_state="READY", filename="CV Holm.pdf", text="Mine egne ord om 12 34 56 78"
    )
    page = DocumentPage(document=document, number=1, width=1, height=1)
    page.image.save("page", ContentFile(b"RIFF"))
    world.document, world.document_page = document, page
    switch_on(world.ours.case, actor=world.ours.actor(Role.HR_EXTENDED))
    application.refresh_from_db()
    return world


def pages(world):
    """Every screen on which an applicant of the case stands, with what could narrow to a name."""
    case, one = f"/admin/cases/{world.ours.case.pk}/applications/", f"{world.application.pk}/"
    only = f"?only={world.application.reference}"
    return [
        case, f"{case}?col=a_{world.question.pk}&col=source", f"{case}?order=name", f"{case}{one}", f"{case}committee/", f"{case}progress/",
        f"{case}move/shortlist/{only}", f"{case}together/{only}", f"{case}assessments/", f"{case}{one}assessment/",
        f"/admin/cases/{world.ours.case.pk}/interviews/", f"/admin/cases/{world.ours.case.pk}/plan/", f"/admin/cases/{world.ours.case.pk}/applications/folder/{only}",
        "/admin/", "/admin/search-applications/?q=Kirsten", f"/admin/cases/{world.ours.case.pk}/",
    ]  # fmt: skip


@pytest.mark.parametrize("role", ASSESSORS)
def test_who_assesses_meets_the_person_nowhere(blind, sign_in, role):
    client = sign_in(role)
    found = {}
    for address in pages(blind):
        shown = client.get(address).content.decode().replace("q=Kirsten", "").replace('value="Kirsten"', "")
        found |= {(address, word): True for word in SECRETS if word in shown}
    assert found == {}


@pytest.mark.parametrize("role", OTHERS)
def test_hr_knows_them(blind, sign_in, role):
    client = sign_in(role)
    assert "Kirsten Holm" in client.get(pages(blind)[0]).content.decode()
    assert "Mine egne ord" in client.get(pages(blind)[3]).content.decode()


def test_support_knows_whom_it_writes_to(blind, sign_in):
    assert "Kirsten Holm" in sign_in(Role.ADMIN_SUPPORT).get(pages(blind)[0]).content.decode()


def test_nobody_is_found_by_a_hidden_name(blind, sign_in):
    client, case = sign_in(Role.HIRING_COMMITTEE), pages(blind)[0]
    number = blind.application.blind_number
    assert client.get(f"{case}?q=Holm").context["page"].paginator.count == 0
    assert [row.pk for row in client.get(f"{case}?q={number}").context["page"].object_list] == [blind.application.pk]
    assert client.get("/admin/search-applications/?q=Holm").content.decode().count(str(blind.application.pk)) == 0
    assert sign_in(Role.HR_CASEWORK).get(f"{case}?q=Holm").context["page"].paginator.count == 1


def test_files_are_closed_until_shortlisting_and_open_then(blind, sign_in):
    client, one = sign_in(Role.HIRING_MANAGER), pages(blind)[3]
    addresses = (f"{one}documents/{blind.document.pk}/", f"{one}pages/{blind.document_page.pk}/")
    assert [client.get(address).status_code for address in addresses] == [404, 404]

    manager = blind.ours.actor(Role.HIRING_MANAGER)
    move_many(blind.ours.case, "shortlist", [blind.application], actor=manager, reason="Opfylder kravene")

    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200
        b"".join(response.streaming_content)
    assert "Kirsten Holm" in client.get(one).content.decode()


def test_a_redacted_version_is_read_once_it_has_been_checked(blind, sign_in):
    hr, client, one = blind.ours.actor(Role.HR_CASEWORK), sign_in(Role.HIRING_COMMITTEE), pages(blind)[3]
    suggestion = suggestion_for(blind.application)
    assert "Kirsten" not in suggestion
    assert "12 34 56 78" not in suggestion
    version = save_redacted(blind.application, suggestion + "\nEn rettet linje", actor=hr)
    assert "En rettet linje" not in client.get(one).content.decode()

    check_redacted(version, actor=hr)
    assert "En rettet linje" in client.get(one).content.decode()
    save_redacted(blind.application, "Nye ord", actor=hr)
    assert "Nye ord" not in client.get(one).content.decode()


def test_a_version_that_still_names_the_person_is_not_checked(blind):
    hr = blind.ours.actor(Role.HR_CASEWORK)
    with pytest.raises(NotPossible):
        check_redacted(save_redacted(blind.application, "Jeg er kirsten.", actor=hr), actor=hr)
    assert RedactedVersion.objects.get().checked_at is None


@pytest.mark.parametrize("role", [*ASSESSORS, Role.ADMIN_SUPPORT])
def test_only_hr_redacts_and_only_who_edits_the_case_switches(blind, role):
    with pytest.raises(PermissionDenied):
        save_redacted(blind.application, "x", actor=blind.ours.actor(role))
    with pytest.raises(PermissionDenied):
        switch_on(blind.ours.case, actor=blind.ours.actor(role))


def test_numbers_are_each_ones_own_and_new_ones_are_given_on_receipt(blind):
    type(blind.ours.case).objects.filter(pk=blind.ours.case.pk).update(state="ADVERTISED")
    blind.ours.case.refresh_from_db()
    late = make_application(blind.ours.round, email="sen@ansoeger.example", given_name="Sen")
    late.refresh_from_db()
    numbers = list(Application.objects.filter(case=blind.ours.case).values_list("blind_number", flat=True))
    assert late.blind_number
    assert len(set(numbers)) == len(numbers) == 3


def test_the_declaration_shows_names_and_nothing_that_leads_to_a_number(blind, sign_in):
    shown = sign_in(Role.HIRING_COMMITTEE).get(f"/admin/cases/{blind.ours.case.pk}/declare/").content.decode()
    assert "Kirsten Holm" in shown
    assert str(blind.application.pk) not in shown
    assert blind.application.reference not in shown


def test_switching_off_needs_a_reason_and_shows_names(blind, sign_in):
    hr = blind.ours.actor(Role.HR_EXTENDED)
    with pytest.raises(NotPossible):
        switch_off(blind.ours.case, actor=hr, reason=" ")
    client, address = sign_in(Role.HR_EXTENDED), f"{pages(blind)[0]}blind/"
    assert client.post(address, {"blind": "off", "reason": ""}).status_code == 422
    client.post(address, {"blind": "off", "reason": "Få ansøgere"})
    assert "Kirsten Holm" in sign_in(Role.HIRING_COMMITTEE).get(pages(blind)[0]).content.decode()


def test_a_case_with_interviews_is_not_made_blind(world):
    to_assessment(world)
    type(world.ours.case).objects.filter(pk=world.ours.case.pk).update(state="INTERVIEWING")
    world.ours.case.refresh_from_db()
    with pytest.raises(NotPossible):
        switch_on(world.ours.case, actor=world.ours.actor(Role.HR_EXTENDED))


def test_other_cases_are_as_they_were(blind):
    actor = blind.theirs.actor(Role.HIRING_COMMITTEE)
    assert not hidden_from(actor, Application.objects.filter(case=blind.theirs.case)).exists()


@pytest.mark.parametrize(
    ("text", "kept"),
    [("Bo er 12 år", True), ("2019 2023", True), ("ring 12345678", False), ("010190-1234", False), ("se www.mig.example/x", False), ("KIRSTEN", False)],
)  # fmt: skip
def test_what_tells_who_it_is(world, text, kept):
    assert (without_identity(text, world.application.candidate) == text) is kept


def test_hr_redacts_on_a_screen(blind, sign_in):
    client, address = sign_in(Role.HR_LIMITED), f"{pages(blind)[3]}redact/"
    shown = client.get(address).content.decode()
    assert "Kirsten" not in shown.split("<textarea")[1].split("</textarea>")[0]
    assert client.post(address, {"text": "Jeg er Kirsten", "button": "check"}).status_code == 422
    client.post(address, {"text": "Jeg fører tilsyn", "button": "check"})
    assert RedactedVersion.objects.get().checked_at


def test_commenting_works_on_a_number_and_the_person_stays_in_the_row(blind, sign_in):
    sent = {"key": str(uuid.uuid4()), "text": "Stærk", "visibility": "COMMITTEE"}
    sign_in(Role.HIRING_COMMITTEE).post(f"{pages(blind)[3]}comment/", sent)
    stored = Application.objects.select_related("candidate").get(pk=blind.application.pk)
    assert stored.comments.get().text == "Stærk"
    assert (stored.candidate.family_name, stored.motivation_text) == ("Holm", "Mine egne ord, Kirsten Holm")
