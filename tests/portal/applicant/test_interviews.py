"""The applicant's page of an interview: shown to its owner, answered once, never lost to somebody else's change."""

import zipfile

import icalendar
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from recruitment.access.roles import Role
from recruitment.advertising.calendar import make_feed
from recruitment.applications.own_data import own_data, package
from recruitment.documents.models import Document
from recruitment.interviews import answering
from recruitment.interviews.guides import guide_of, share_out
from recruitment.interviews.inviting import Call, invite, reschedule
from recruitment.interviews.models import InterviewInvitation, InterviewSlot
from recruitment.interviews.records import RoleTask
from recruitment.interviews.results import record_test
from recruitment.people.actor import Actor
from tests.factories.interviews import invited, set_table
from tests.factories.world import HOUSE, make_user
from tests.portal.applicant.test_inbox import person_of

APPLICANT = Actor.person(None)


def page_of(invitation, name="interview") -> str:
    return reverse(f"applicant:{name}", args=[invitation.application_id, invitation.pk])


def holder(application) -> Client:
    """The browser that the application was sent from."""
    client = Client()
    session = client.session
    session["applications"] = [str(application.pk)]
    session.save()
    return client


@pytest.fixture
def table(world):
    return set_table(world, programme="Velkomst\nSpørgsmål", bring="En afgørelse")


def test_the_page_says_when_where_with_whom_and_what_to_bring(table):
    invitation = invited(table)
    share_out(guide_of(table.round), {RoleTask.WELCOME: table.panel[0]}, actor=HOUSE)

    page = holder(invitation.application).get(page_of(invitation))

    words = page.content.decode()
    assert [(user, len(tasks)) for user, tasks in page.context["people"]] == [(user, user == table.panel[0]) for user in sorted(table.panel, key=str)]  # fmt: skip
    for told in ("Møderum 2", "Torvet 1, 2. sal", str(table.panel[0]), "Velkomst", "En afgørelse"):
        assert told in words
    assert page.headers["Cache-Control"] == "no-store"


def test_a_stranger_is_led_to_sign_in_or_told_that_there_is_nothing(table):
    invitation = invited(table)
    stranger = Client()
    assert "login" in stranger.get(page_of(invitation)).url or "code" in stranger.get(page_of(invitation)).url
    assert stranger.get(page_of(invitation, "interview_entry")).status_code == 404
    stranger.force_login(make_user("ude@ansoeger.example"))
    assert stranger.get(page_of(invitation)).status_code == 404
    assert stranger.post(page_of(invitation), {"button": "accept", "version": 1}).status_code == 404
    colleague = Client()
    colleague.force_login(table.panel[0])
    assert colleague.get(page_of(invitation)).status_code == 404
    assert InterviewInvitation.objects.get().state == "SENT"


def test_another_applicants_invitation_is_not_reached_through_ones_own_application(table):
    first, second = invite(
        table.round, [Call(a, s) for a, s in zip(table.applications, table.slots, strict=False)], actor=HOUSE
    )

    mixed = reverse("applicant:interview", args=[first.application_id, second.pk])

    assert holder(first.application).get(mixed).status_code == 404


def test_yes_from_the_mail_after_signing_in(table):
    invitation = invited(table)
    client = Client()
    client.force_login(person_of(invitation.application))

    client.post(page_of(invitation), {"button": "accept", "version": invitation.version})

    assert InterviewInvitation.objects.get().state == "ACCEPTED"
    assert client.get("/mine/").status_code == 200


@pytest.mark.parametrize(("typed", "state"), [
    ({"button": "decline", "words": "Har fået job."}, "DECLINED"), ({"button": "other", "words": "Efter kl. 12."}, "NEW_TIME_REQUESTED"),
])  # fmt: skip
def test_other_answers(table, typed, state):
    invitation = invited(table)

    holder(invitation.application).post(page_of(invitation), {**typed, "version": invitation.version})

    assert (InterviewInvitation.objects.get().state, InterviewInvitation.objects.get().answer_note) == (
        state,
        typed["words"],
    )


def test_a_free_time_is_chosen_and_one_that_went_meanwhile_is_told_of(table):
    first, second = invite(table.round, [Call(a) for a in table.applications], actor=HOUSE)
    client = holder(second.application)
    assert client.get(page_of(second)).context["free"] == table.slots
    answering.pick(first, table.slots[0], actor=APPLICANT)

    late = client.post(page_of(second), {"button": "pick", "slot": table.slots[0].pk, "version": second.version})
    assert late.status_code == 409
    assert late.context["free"] == table.slots[1:]
    client.post(page_of(second), {"button": "pick", "slot": table.slots[1].pk, "version": second.version})

    second.refresh_from_db()
    assert (second.state, second.slot) == ("ACCEPTED", table.slots[1])


def test_an_answer_to_an_old_page_shows_the_new_time_and_keeps_the_words(table):
    invitation = invited(table)
    client = holder(invitation.application)
    reschedule(invitation, table.slots[1], actor=HOUSE)

    answer = client.post(
        page_of(invitation), {"button": "other", "words": "Efter kl. 12.", "version": invitation.version}
    )

    assert (answer.status_code, answer.context["words"]) == (409, "Efter kl. 12.")
    assert InterviewInvitation.objects.get().state == "RESCHEDULED"


@pytest.mark.parametrize("typed", [
    {}, {"button": "nonsense", "version": 1}, {"button": "pick", "slot": "x", "version": 1}, {"button": "other", "words": "", "version": 1},
    {"button": "decline", "words": "x" * 2001, "version": 1},
    {"button": "accept"}, {"button": "accept", "version": "²"}, {"button": "pick", "version": 1, "slot": "01900000-0000-7000-8000-000000000000"},
])  # fmt: skip
def test_what_is_no_answer_gets_a_clear_word_and_changes_nothing(table, typed):
    invitation = invited(table)

    answer = holder(invitation.application).post(page_of(invitation), typed)

    assert answer.status_code in {409, 422}
    assert answer.context["faults"]
    assert InterviewInvitation.objects.get().state == "SENT"


def test_the_applicants_list_asks_for_the_answer(table):
    invitation = invited(table)
    client = holder(invitation.application)

    assert page_of(invitation) in client.get("/mine/").content.decode()
    assert (
        page_of(invitation) in client.get(reverse("applicant:one", args=[invitation.application_id])).content.decode()
    )


def test_the_file_for_the_calendar_is_read_strictly_and_names_nobody(table):
    invitation = answering.accept(invited(table), actor=APPLICANT)

    file = holder(invitation.application).get(page_of(invitation, "interview_entry"))

    calendar = icalendar.Calendar.from_ical(file.content)
    [event] = calendar.walk("VEVENT")
    assert calendar.errors == event.errors == []
    assert (str(calendar["method"]), str(event["status"]), int(event["sequence"])) == ("PUBLISH", "CONFIRMED", 2)
    assert "attendee" not in event


def test_a_panel_member_has_the_times_in_their_own_calendar_and_loses_them_with_the_seat(world, table):
    invitation = answering.accept(invited(table), actor=APPLICANT)
    user = world.ours.staff[Role.HIRING_COMMITTEE]
    address = f"/kalender/{make_feed(user, actor=Actor.person(user))}.ics"

    def events() -> dict[str, str]:
        calendar = icalendar.Calendar.from_ical(Client().get(address).content)
        assert all(part.errors == [] for part in calendar.walk())
        found = [e for e in calendar.walk("VEVENT") if str(e["uid"]).startswith("slot-")]
        assert all(str(event["class"]) == "PRIVATE" for event in found)
        words = b"".join(event.to_ical() for event in found).decode()
        assert invitation.application.candidate.family_name not in words
        return {str(event["uid"]): str(event["status"]) for event in found}

    assert list(events().values()) == ["CONFIRMED", "TENTATIVE", "TENTATIVE"]
    InterviewSlot.objects.filter(pk=table.slots[2].pk).update(state="BLOCKED")
    assert len(events()) == 2
    table.case.declarations.filter(user=user).update(status="EXCLUDED")
    assert events() == {}


def test_what_the_staff_wrote_is_on_none_of_the_applicants_pages_and_its_existence_is_told(world, table):
    invitation = invited(table)
    application = invitation.application
    for kind in ("TEST", "INTERVIEW_FORM"):
        paper = Document(
            application=application, kind=kind, filename=f"{kind}-xyzpapir.pdf", mime="application/pdf", size=3, sha256="1" * 64,
            uploaded_by="STAFF", scan_state="CLEAN",
        )  # fmt: skip
        paper.file.save("x", ContentFile(b"abc"))
    record_test(
        application, actor=HOUSE, test_name="Logisk test", purpose="Analyse", used_in_interview="Brug: xyzpapir."
    )
    client = Client()
    client.force_login(person_of(application))

    pages = [client.get(reverse(f"applicant:{name}", args=[application.pk])) for name in ("one", "kept")]
    files = [client.get(reverse("applicant:download", args=[application.pk, paper.pk])).status_code for paper in application.documents.filter(uploaded_by="STAFF")]  # fmt: skip
    told = own_data(application)

    assert not any("xyzpapir" in page.content.decode() for page in pages)
    assert files == [404, 404]
    assert {paper["kind"] for paper in told["papers_of_the_staff"]} == {"TEST", "INTERVIEW_FORM"}
    assert ([test["name"] for test in told["tests"]], len(told["interviews"])) == (["Logisk test"], 1)
    assert "xyzpapir" not in str(told)
    with package(application, actor=HOUSE) as made, zipfile.ZipFile(made) as bundle:
        assert not any("xyzpapir" in name for name in bundle.namelist())
