"""The people of a case: asked before they read, decided on, and given the days of the case."""

import icalendar
import pytest

from recruitment.access.entrances import bare_path
from recruitment.access.models import CaseMember, ConflictOfInterestDeclaration, Entrance
from recruitment.access.roles import Role
from recruitment.mail.models import Message
from tests.factories.world import make_application


def declare_address(world) -> str:
    return f"/admin/cases/{world.ours.case.pk}/declare/"


def reader_address(world, application) -> str:
    return f"/admin/cases/{world.ours.case.pk}/applications/{application.pk}/"


def test_a_member_confirms_and_declares_once_and_comes_to_what_was_wanted(world, sign_in):
    client, wanted = sign_in(Role.HIRING_COMMITTEE), reader_address(world, world.application)
    asked = client.get(wanted)
    assert asked.headers["Location"].startswith(declare_address(world))

    assert client.post(asked.headers["Location"], {"has_conflict": "no"}).status_code == 422
    answer = client.post(asked.headers["Location"], {"has_conflict": "no", "is_confidential": "on"})

    assert answer.headers["Location"] == wanted
    assert client.get(wanted).status_code == 200
    assert (
        CaseMember.objects.get(case=world.ours.case, role=Role.HIRING_COMMITTEE).accepted_confidentiality_at is not None
    )


def test_nothing_is_confirmed_where_the_declaration_is_refused(world, sign_in):
    client = sign_in(Role.HIRING_COMMITTEE)
    answer = client.post(declare_address(world), {"has_conflict": "yes", "relation_text": "", "is_confidential": "on"})

    assert answer.status_code == 422
    assert not ConflictOfInterestDeclaration.objects.exists()
    assert CaseMember.objects.get(case=world.ours.case, role=Role.HIRING_COMMITTEE).accepted_confidentiality_at is None


def test_a_new_name_is_asked_about_and_marked(world, sign_in):
    client = sign_in(Role.HIRING_COMMITTEE)
    client.post(declare_address(world), {"has_conflict": "no", "is_confidential": "on"})
    new = make_application(world.ours.round, email="ny@ansoeger.example", family_name="Nysøger")

    assert client.get(reader_address(world, world.application)).status_code == 200
    asked = client.get(reader_address(world, new))
    assert asked.headers["Location"].startswith(declare_address(world))
    shown = client.get(declare_address(world)).content.decode()
    assert shown.index("Nysøger") < shown.index("Holm")

    client.post(declare_address(world), {"has_conflict": "no"})
    assert client.get(reader_address(world, new)).status_code == 200


def test_hr_decides_on_the_people_screen(world, sign_in):
    row = ConflictOfInterestDeclaration.objects.create(
        case=world.ours.case, user=world.ours.staff[Role.HIRING_COMMITTEE], status="DECLARED", relation_text="Min fætter har søgt."
    )  # fmt: skip
    address = f"/admin/cases/{world.ours.case.pk}/members/impartial/{row.pk}/"
    client = sign_in(Role.HR_EXTENDED)
    assert address in client.get("/admin/").content.decode()
    assert address in client.get(f"/admin/cases/{world.ours.case.pk}/members/").content.decode()

    assert client.post(address, {"outcome": "excluded", "decision": ""}).status_code == 422
    client.post(address, {"outcome": "excluded", "decision": "Fætre."})

    row.refresh_from_db()
    assert (row.status, row.decided_by) == ("EXCLUDED", world.ours.staff[Role.HR_EXTENDED])


@pytest.mark.parametrize("role", [Role.HIRING_MANAGER, Role.HIRING_COMMITTEE, Role.ADMIN_SUPPORT])
def test_what_somebody_declared_is_shown_to_hr_only(world, sign_in, role):
    row = ConflictOfInterestDeclaration.objects.create(
        case=world.ours.case, user=world.ours.staff[Role.HR_LIMITED], status="DECLARED", relation_text="Dybt privat."
    )  # fmt: skip
    client = sign_in(role)

    assert client.get(f"/admin/cases/{world.ours.case.pk}/members/impartial/{row.pk}/").status_code == 403
    assert str(row.pk) not in client.get(f"/admin/cases/{world.ours.case.pk}/members/").content.decode()


def test_an_invitation_leads_to_the_case_and_to_its_days(world, sign_in):
    case = world.ours.case
    case.interview_dates = ["2027-01-12", "2027-01-13"]
    case.save()
    client = sign_in(Role.HR_EXTENDED)
    client.post(
        f"/admin/cases/{case.pk}/members/",
        {"email": "ny@ours.example", "role": "HIRING_COMMITTEE", "function": "MEMBER"},
    )

    letter = Message.objects.get(code="STAFF_ACCESS_GIVEN", recipient="ny@ours.example")
    entrance = Entrance.objects.get(member__user__email="ny@ours.example")
    assert f"{bare_path(entrance)}\n" in letter.text
    assert f"/admin/cases/{case.pk}/dates.ics" in letter.text
    client.force_login(CaseMember.objects.get(user__email="ny@ours.example").user)
    calendar = icalendar.Calendar.from_ical(client.get(f"/admin/cases/{case.pk}/dates.ics").content)
    days = {event["dtstart"].dt.isoformat() for event in calendar.walk("VEVENT")}
    assert days == {"2027-01-12", "2027-01-13"}
    assert case.title not in client.get(f"/admin/cases/{case.pk}/dates.ics").content.decode()
