"""Taking the list out and ordering folders, on screens."""

import pytest

from recruitment.access.roles import Role
from recruitment.applications.joining import join
from recruitment.applications.models import Application
from recruitment.assessments.exports.folder import build
from recruitment.assessments.exports.models import ApplicantExport
from recruitment.outbox.models import OutboxItem
from tests.factories.assessing import to_assessment


@pytest.fixture
def field(world):
    return to_assessment(world, more=2)


def address(world, more) -> str:
    return f"/admin/cases/{world.ours.case.pk}/applications/{more}"


def test_the_chosen_are_taken_out_for_a_purpose(field, sign_in):
    client, only = sign_in(Role.HR_EXTENDED), [field.application.reference]
    assert client.post(address(field, "export/"), {"only": only, "purpose": "", "kind": "CSV"}).status_code == 422
    answer = client.post(address(field, "export/"), {"only": only, "purpose": "Møde", "kind": "CSV"})
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]
    assert "Kirsten Holm" in answer.content.decode("utf-8-sig")
    assert ApplicantExport.objects.get().references == only


def test_without_a_choice_it_is_what_the_list_shows(field, sign_in):
    page = sign_in(Role.HR_EXTENDED).get(address(field, "export/?q=Holm"))
    assert [row.pk for row in page.context["chosen"]] == [field.application.pk]


@pytest.mark.parametrize("role", [Role.HR_CASEWORK, Role.HIRING_MANAGER, Role.HIRING_COMMITTEE, Role.ADMIN_SUPPORT])
def test_nobody_else_takes_the_list_out(field, sign_in, role):
    sent = {"only": [field.application.reference], "purpose": "x", "kind": "CSV"}
    assert sign_in(role).post(address(field, "export/"), sent).status_code == 403
    assert address(field, "export/") not in sign_in(role).get(address(field, "")).content.decode()


def test_a_folder_is_ordered_counted_and_fetched_by_its_maker(field, sign_in):
    Application.objects.filter(pk=field.application.pk).update(state="SHORTLISTED")
    client = sign_in(Role.HIRING_MANAGER)
    page = client.get(address(field, "folder/"))
    assert [row.pk for row in page.context["chosen"]] == [field.application.pk]
    assert (
        client.post(address(field, "folder/"), {"only": [field.application.reference], "purpose": " "}).status_code
        == 422
    )
    place = client.post(
        address(field, "folder/"), {"only": [field.application.reference], "purpose": "Samtaler"}
    ).headers["Location"]
    told = client.get(place, HTTP_ACCEPT="application/json").json()
    assert (told["state"], told["done"]) == ("QUEUED", 0)
    assert client.get(f"{place}file/").status_code == 302

    build(OutboxItem.objects.get(kind="folder"))

    assert client.get(place, HTTP_ACCEPT="application/json").json()["state"] == "READY"
    answer = client.get(f"{place}file/")
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert "no-store" in answer["Cache-Control"]
    for role in (Role.HR_EXTENDED, Role.HIRING_COMMITTEE):
        assert sign_in(role).get(f"{place}file/").status_code in {403, 404}


def test_members_bind_no_folder(field, sign_in):
    assert sign_in(Role.HIRING_COMMITTEE).get(address(field, "folder/")).status_code == 403


@pytest.mark.parametrize(("ticked", "bound"), [({"beside": "on"}, 2), ({}, 1)])
def test_what_is_handled_as_one_is_offered_beside_the_chosen_one(field, sign_in, ticked, bound):
    kept = field.others[0]
    join(kept, field.application, reason="Spurgt i telefonen.", actor=field.ours.actor(Role.HR_EXTENDED))
    client = sign_in(Role.HIRING_MANAGER)

    page = client.get(address(field, "folder/"), {"only": [kept.reference]})
    assert page.context["aside"] == [field.application]
    assert page.context["form"]["beside"].value() is True
    client.post(address(field, "folder/"), {"only": [kept.reference], "purpose": "Samtaler", **ticked})

    assert len(ApplicantExport.objects.get(kind="FOLDER").references) == bound


def test_nothing_is_asked_where_everybody_stands_alone(field, sign_in):
    page = sign_in(Role.HIRING_MANAGER).get(address(field, "folder/"), {"only": [field.application.reference]})

    assert "beside" not in page.context["form"].fields
