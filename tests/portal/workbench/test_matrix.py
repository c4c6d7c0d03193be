"""Every address of the workbench for every role of its institution: only what D2 grants. Others: tests/house/test_leaks.py."""

import pytest
from django.core.files.base import ContentFile

from portal.pages.layouts import AdLayout
from portal.pages.new_ad import begin_ad
from recruitment.access.roles import Role
from recruitment.documents.models import Document, DocumentPage
from recruitment.people.actions import make_api_client
from recruitment.people.models import Candidate
from recruitment.questions.models import ScreeningQuestion
from tests.factories.world import HOUSE
from tests.portal.workbench.addresses import OPEN_TO, POSTED, own_addresses


@pytest.fixture
def marked(declared):
    """Ours, with words that stand nowhere else."""
    ours = declared.ours
    ours.case.title = "Mærkværdig Kontorchef"
    ours.case.save()
    declared.application.candidate.family_name = "Søgerhemmelig"
    declared.application.candidate.save()
    for unit, name in ((ours.unit, "Lønlig Enhed"), (ours.sibling, "Skjult Enhed")):
        type(unit).objects.filter(pk=unit.pk).update(name_da=name)
    declared.page = begin_ad(ours.case, "da", actor=HOUSE)
    declared.layout = AdLayout.objects.create(name="Dulgt Layout", institution=ours.institution)
    declared.question = ScreeningQuestion.objects.create(
        form=ours.case.form, kind="FREE_TEXT", text_da="Gemt spørgsmål?"
    )
    declared.client, _secret = make_api_client("Tavs Klient", scopes=["cases:read"], institutions=[ours.institution])
    document = declared.application.documents.get()
    document.file.save("cv", ContentFile(b"%PDF-1.4 x"))
    Document.objects.filter(pk=document.pk).update(scan_state="NOT_SCANNED", render_state="READY")
    declared.document = document
    declared.document_page = DocumentPage(document=document, number=1, width=10, height=10)
    declared.document_page.image.save("page", ContentFile(b"RIFF"))
    return declared


def read(response):
    """To its end, so that a streamed file is closed."""
    response.body = b"".join(response.streaming_content) if response.streaming else response.content
    return response


def test_every_address_of_ours_has_a_line_in_the_table(marked):
    assert set(own_addresses(marked)) == set(OPEN_TO) | POSTED


@pytest.mark.gate
@pytest.mark.parametrize("role", list(Role))
def test_inside_an_institution_each_role_gets_what_d2_grants(marked, role, sign_in):
    client = sign_in(role)
    wrong = {}
    for name, address in own_addresses(marked).items():
        if name in POSTED:
            continue
        status = read(client.get(address)).status_code
        if status != 200 if role in OPEN_TO[name] else status not in {403, 404}:
            wrong[name] = status

    assert wrong == {}


def about_applicants(world) -> dict[str, str]:
    """Addresses of the case's field of applicants and of each of them, those that only take posts apart."""
    own = own_addresses(world).items()
    return {name: address for name, address in own if "/applications/" in address and name not in POSTED}


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.HIRING_COMMITTEE, "EXCLUDED"), (Role.HIRING_MANAGER, "DECLARED"), (Role.HR_EXTENDED, "DECLARED")],
)
def test_for_who_is_not_impartial_there_are_no_applicants(marked, role, status, sign_in):
    client, addresses = sign_in(role), about_applicants(marked)
    marked.ours.case.declarations.filter(user=marked.ours.staff[role]).update(status=status)

    found = {name: read(client.get(address)).status_code for name, address in addresses.items()}

    assert len(found) > 30
    assert {name: status for name, status in found.items() if status != 404} == {}


@pytest.mark.parametrize("role", [Role.HIRING_COMMITTEE, Role.HIRING_MANAGER, Role.HR_EXTENDED])
def test_who_has_applied_meets_neither_case_nor_applicants(marked, role, sign_in):
    client, addresses, case = sign_in(role), about_applicants(marked), own_addresses(marked)["case"]
    Candidate.objects.filter(pk=marked.application.candidate_id).update(email=marked.ours.staff[role].email)

    found = {name: read(client.get(address)).status_code for name, address in addresses.items()}

    assert {name: status for name, status in found.items() if status != 404} == {}
    assert client.get(case).status_code == 404
