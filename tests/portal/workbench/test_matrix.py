"""Every address of the workbench for every role of its institution: only what D2 grants. Others: tests/house/test_leaks.py."""

import re

import pytest
from django.core.files.base import ContentFile

from portal.pages.layouts import AdLayout
from portal.pages.new_ad import begin_ad
from portal.workbench.urls import urlpatterns
from recruitment.access.models import CaseMember, RoleAssignment
from recruitment.access.roles import Role
from recruitment.documents.models import Document, DocumentPage
from recruitment.people.actions import make_api_client
from recruitment.questions.models import ScreeningQuestion
from tests.factories.world import HOUSE

HR = {Role.HR_EXTENDED, Role.HR_CASEWORK, Role.HR_LIMITED}
READERS = HR | {Role.HIRING_MANAGER, Role.ASSESSMENT_COMMITTEE, Role.HIRING_COMMITTEE}
ON_CASE = READERS | {Role.ADMIN_SUPPORT}
EDITORS = {Role.HR_EXTENDED, Role.HR_LIMITED}
ADMIN = {Role.ADMINISTRATOR}
COMMUNICATIONS = {Role.COMMUNICATIONS}

#: Address name to the roles of the same institution that get the screen (D2).
OPEN_TO = {
    "cases": set(Role), "case_new": EDITORS, "case": set(Role), "case_edit": EDITORS, "profile": EDITORS | {Role.HIRING_MANAGER},
    "form": EDITORS, "form_preview": EDITORS, "question_new": EDITORS, "question": EDITORS, "media": EDITORS | COMMUNICATIONS,
    "publication": EDITORS | COMMUNICATIONS, "members": ON_CASE, "declare": ON_CASE, "applications": ON_CASE,
    "application": READERS, "original": READERS, "page_image": READERS, "register": HR | {Role.ADMIN_SUPPORT},
    "case_statistics": HR | {Role.HIRING_MANAGER}, "log": ADMIN | {Role.HR_EXTENDED}, "search_applications": ON_CASE,
    "statistics": ADMIN | COMMUNICATIONS | HR | {Role.HIRING_MANAGER},
    "first_steps": ADMIN, "institution": ADMIN, "workplace_new": ADMIN, "workplace": ADMIN, "units": ADMIN, "unit": ADMIN,
    "unit_add": ADMIN, "users": ADMIN, "user_invite": ADMIN, "user": ADMIN, "data_protection": ADMIN, "texts": ADMIN,
    "text": ADMIN, "media_list": ADMIN, "media_entry": ADMIN, "api_clients": ADMIN, "api_client_new": ADMIN, "api_client": ADMIN,
}  # fmt: skip
#: Addresses that only take posts, or lead on: looked at by the leak test and by tests of their own.
POSTED = {
    "form_documents", "question_remarks", "question_move", "question_retire", "media_add", "member_end", "cpr_handled", "move",
    "setup", "user_leave", "role_revoke", "data_protection_approve", "api_client_rotate",
}  # fmt: skip


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


def values_of(world) -> dict:
    """Ids of ours by the name of the argument."""
    ours, page = world.ours, world.page
    return {
        "case_id": ours.case.pk, "question_id": world.question.pk, "publication_id": ours.round.publications.first().pk,
        "member_id": CaseMember.objects.filter(case=ours.case).first().pk, "application_id": world.application.pk,
        "document_id": world.document.pk, "page_id": page.pk, "institution_id": ours.institution.pk, "unit_id": ours.unit.pk,
        "parent_id": ours.unit.pk, "workplace_id": ours.workplace.pk, "user_id": ours.staff[Role.HR_EXTENDED].pk,
        "assignment_id": RoleAssignment.objects.filter(institution=ours.institution).first().pk,
        "entry_id": ours.institution.media_list.first().pk, "client_id": world.client.pk, "kind": "PRIVACY_NOTICE", "language": "da",
        "row_id": ours.case.pk, "name": "approve", "parent_page_id": page.get_parent().pk, "page_pk": page.pk,
        "parent_page_pk": page.get_parent().pk, "page_to_move_id": page.pk, "destination_id": page.get_parent().pk,
        "revision_id": page.latest_revision_id or 1, "revision_id_a": "earliest", "revision_id_b": "latest",
        "content_type_app_name": "pages", "content_type_model_name": "jobadpage", "app_label": "pages", "model_name": "jobadpage",
        "app_name": "pages", "action": "delete", "content_type_id": page.content_type_id, "object_id": page.pk, "slug": "x",
        "pk": world.layout.pk, "id": 1,
    }  # fmt: skip


def filled(route: str, values: dict, name: str | None) -> str:
    if name == "page_image" and "page_image" in values:
        values = {**values, "page_id": values["page_image"]}
    route = re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(values.get(match[1], 1)), route)
    route = route.replace("^", "").replace("$", "").replace("\\Z", "").replace("\\", "")
    return "" if "(" in route or "*" in route else route


def read(response):
    """To its end, so that a streamed file is closed."""
    response.body = b"".join(response.streaming_content) if response.streaming else response.content
    return response


def own_addresses(world) -> dict[str, str]:
    """The workbench's own, by name."""
    values = {**values_of(world), "page_image": world.document_page.pk}
    found = {}
    for pattern in urlpatterns:
        found[pattern.name] = "/admin/" + filled(str(pattern.pattern), values, pattern.name)
    return found


def test_every_address_of_ours_has_a_line_in_the_table(marked):
    assert set(own_addresses(marked)) == set(OPEN_TO) | POSTED


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
