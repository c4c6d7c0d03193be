"""Screens for the interview itself: guide, holding, comparing, tests; and one time."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from recruitment import clock
from recruitment.access.roles import Role
from recruitment.applications.models import Application
from recruitment.interviews import answering
from recruitment.interviews.guides import guide_of
from recruitment.interviews.inviting import Call, invite
from recruitment.interviews.models import InterviewInvitation, InterviewSlot
from recruitment.interviews.records import Finding, GuideTemplate, Interview
from recruitment.people.actor import Actor
from tests.factories.interviews import invited, make_room, set_table
from tests.recruitment.documents.makers import blank_pdf, saved

APPLICANT = Actor.person(None)


def address(name: str, case, *more) -> str:
    return reverse(f"workbench:{name}", args=[case.pk, *more])


def times_typed(table, day, **more) -> dict:
    return {
        "days": day.strftime("%d-%m-%Y"), "opens": "09:00", "closes": "12:00", "lunch_from": "", "lunch_until": "",
        "rooms": [table.room.pk], "new_room": "", "directions": "", "people": [user.pk for user in table.panel], "most": 12, **more,
    }  # fmt: skip


def test_the_guide_begins_with_five_sections_and_a_question_for_each_competence(world, sign_in):
    table = set_table(world)

    page = sign_in(Role.HIRING_COMMITTEE).get(address("interview_guide", table.case, table.round.pk))

    assert [section.code for section in page.context["sections"]] == [
        "PROFESSIONAL",
        "PERSONAL",
        "MOTIVATION",
        "FUTURE",
        "PAY",
    ]
    competences = [q.competence.name_da for s in page.context["sections"] for q in s.questions.all() if q.competence]
    assert competences == ["Forvaltningsret", "Klar formidling"]


def guide_typed(guide, without=()) -> dict:
    typed: dict = {
        "version": guide.version,
        "welcome": "Velkommen",
        "farewell": "Tak",
        "section": [],
        "title": [],
        "remove": [],
    }
    for place, section in enumerate(guide.sections.all()):
        typed["section"].append(str(section.pk))
        typed["title"].append(section.title)
        if section.code in without:
            typed["remove"].append(str(section.pk))
        questions = list(section.questions.all())
        typed[f"s{place}-id"] = [str(q.pk) for q in questions] + [""]
        typed[f"s{place}-text"] = [q.text for q in questions] + ["Et nyt spørgsmål?" if place == 0 else ""]
        typed[f"s{place}-competence"] = [str(q.competence_id or "") for q in questions] + [""]
    return typed


def test_leaving_out_one_of_the_five_sections_asks_first(world, sign_in):
    table = set_table(world)
    guide = guide_of(table.round)
    client, page = sign_in(Role.HIRING_MANAGER), address("interview_guide_edit", table.case, table.round.pk)

    asked = client.post(page, guide_typed(guide, without=("PAY",)))
    assert (asked.status_code, asked.context["asks"], guide.sections.count()) == (422, True, 5)
    assert "Et nyt spørgsmål?" in asked.content.decode()
    client.post(page, {**guide_typed(guide, without=("PAY",)), "confirmed": "1", "role-TIME": table.panel[1].pk})

    assert guide.sections.count() == 4
    assert guide.sections.first().questions.filter(text="Et nyt spørgsmål?").exists()
    assert guide.roles.get().user == table.panel[1]


@pytest.mark.parametrize("wrong", [
    {"welcome": "x" * 4001}, {"title": ["x" * 121]}, {"section": ["no-uuid"], "title": ["Nyt"]}, {"s0-text": ["x" * 401], "s0-id": [""], "s0-competence": [""]},
])  # fmt: skip
def test_what_the_guide_cannot_hold_is_told_and_nothing_is_cut(world, sign_in, wrong):
    table = set_table(world)
    guide = guide_of(table.round)
    before = [(s.title, [q.text for q in s.questions.all()]) for s in guide.sections.all()]
    client = sign_in(Role.HIRING_MANAGER)

    answer = client.post(address("interview_guide_edit", table.case, table.round.pk), {**guide_typed(guide), **wrong})

    assert answer.status_code == 422
    assert [(s.title, [q.text for q in s.questions.all()]) for s in guide.sections.all()] == before
    assert client.post(address("interview_guide_edit", table.case, table.round.pk), {**guide_typed(guide), "welcome": "Vel\x00kommen"}).status_code == 302  # fmt: skip


def test_what_has_been_asked_stays_in_the_guide_and_two_editors_do_not_overwrite_each_other(world, sign_in):
    table = set_table(world)
    invitation = answering.accept(invited(table), actor=APPLICANT)
    guide = guide_of(table.round)
    client = sign_in(Role.HIRING_MANAGER)
    motivation = guide.sections.get(code="MOTIVATION").questions.first()
    client.post(address("interview_conduct", table.case, invitation.pk), {"button": "asked", "asked": [motivation.pk]})

    page = address("interview_guide_edit", table.case, table.round.pk)
    kept = client.post(page, {**guide_typed(guide, without=("MOTIVATION",)), "confirmed": "1"})
    assert (kept.status_code, guide.sections.count()) == (422, 5)
    assert client.post(page, guide_typed(guide)).status_code == 302
    assert client.post(page, guide_typed(guide)).status_code == 409


def test_the_next_case_begins_from_the_saved_guide(world, sign_in):
    table = set_table(world)
    guide = guide_of(table.round)
    client = sign_in(Role.HR_EXTENDED)
    client.post(address("interview_guide_edit", table.case, table.round.pk), guide_typed(guide))
    client.post(address("interview_guide_template", table.case, table.round.pk))

    kept = GuideTemplate.objects.get()
    assert kept.institution == world.ours.institution
    assert kept.content["welcome"] == "Velkommen"
    assert not any("Forvaltningsret" in text for section in kept.content["sections"] for text in section["questions"])


def held(world, table, client):
    """The first interview has been agreed to, and its time has come."""
    invitation = answering.accept(invited(table), actor=APPLICANT)
    day = clock.now() - dt.timedelta(hours=1)
    InterviewSlot.objects.filter(pk=table.slots[0].pk).update(starts_at=day, ends_at=day + dt.timedelta(minutes=45))
    return invitation, address("interview_conduct", table.case, invitation.pk)


def test_an_interview_is_held_with_marks_notes_debrief_and_form(world, sign_in):
    table = set_table(world)
    client = sign_in(Role.HIRING_MANAGER)
    invitation, page = held(world, table, client)
    questions = [str(q.pk) for s in client.get(page).context["sections"] for q in s.questions.all()]
    competence = table.case.profile.competences.first()

    client.post(page, {"button": "asked", "asked": questions[:3]})
    client.post(page, {"button": "notes", "notes": "Rolig og klar."})
    client.post(page, {
        "button": "debrief", "version": 0, "impression": "God samtale.", "outcome": "RECOMMEND", "do_better": "Hold tiden.",
        f"level-{competence.pk}": "4", f"words-{competence.pk}": "Gav et eksempel.",
    })  # fmt: skip
    client.post(page, {"button": "paper", "file": SimpleUploadedFile("skema.pdf", saved(blank_pdf()))})
    client.post(page, {"button": "held"})

    interview = Interview.objects.get()
    assert (interview.asked.count(), interview.outcome, interview.do_better) == (3, "RECOMMEND", "Hold tiden.")
    assert interview.notes.get().author == world.ours.staff[Role.HIRING_MANAGER]
    assert Finding.objects.get().level == 4
    assert (interview.form_document.kind, interview.form_document.uploaded_by) == ("INTERVIEW_FORM", "STAFF")
    assert set(interview.participants.all()) == set(table.panel)
    application = Application.objects.get(pk=invitation.application_id)
    assert (application.state, application.stage_reached) == ("INTERVIEWED", 40)


def test_an_interview_is_not_held_before_its_time(world, sign_in):
    table = set_table(world)
    invitation = answering.accept(invited(table), actor=APPLICANT)

    answer = sign_in(Role.HIRING_MANAGER).post(
        address("interview_conduct", table.case, invitation.pk), {"button": "held"}
    )

    assert answer.status_code == 422
    assert InterviewInvitation.objects.get().state == "ACCEPTED"


def test_two_debriefs_at_once_lose_nothing(world, sign_in):
    table = set_table(world)
    client = sign_in(Role.HIRING_MANAGER)
    _invitation, page = held(world, table, client)
    typed = {"button": "debrief", "version": 0, "impression": "Først.", "outcome": "", "do_better": ""}
    client.post(page, typed)

    late = client.post(page, {**typed, "impression": "Sidst."})

    assert late.status_code == 409
    assert late.context["forms"]["debrief"]["impression"].value() == "Sidst."
    assert Interview.objects.get().impression == "Først."


def test_notes_are_for_those_who_hold_interviews_and_have_declared(world, sign_in):
    table = set_table(world)
    invitation = invited(table)
    page = address("interview_conduct", table.case, invitation.pk)

    assert sign_in(Role.ADMIN_SUPPORT).get(page).status_code == 403
    assert sign_in(Role.ASSESSMENT_COMMITTEE).get(page).status_code == 403
    table.case.declarations.filter(user=world.ours.staff[Role.HIRING_COMMITTEE]).delete()
    assert "/declare/" in sign_in(Role.HIRING_COMMITTEE).get(page).url
    table.case.declarations.create(user=world.ours.staff[Role.HIRING_COMMITTEE], status="EXCLUDED")
    assert sign_in(Role.HIRING_COMMITTEE).get(page).status_code in {403, 404}


def test_applicants_are_compared_competence_by_competence_with_gaps_marked(world, sign_in):
    table = set_table(world, applicants=2)
    made = invite(
        table.round,
        [Call(a, s) for a, s in zip(table.applications, table.slots, strict=False)],
        actor=Actor.house("test"),
    )
    first, second = [answering.accept(row, actor=APPLICANT) for row in made]
    client = sign_in(Role.HIRING_COMMITTEE)
    page = address("interview_conduct", table.case, first.pk)
    questions = [str(q.pk) for s in client.get(page).context["sections"] for q in s.questions.all()]
    competence = table.case.profile.competences.first()
    client.post(page, {"button": "asked", "asked": questions})
    client.post(
        page, {"button": "debrief", "version": 0, f"level-{competence.pk}": "5", f"words-{competence.pk}": "Sikker."}
    )

    assert [column.is_to_come for column in client.get(address("interview_compare", table.case)).context["found"].columns] == [False, True]  # fmt: skip
    client.post(address("interview_conduct", table.case, second.pk), {"button": "notes", "notes": "Vi nåede det ikke."})

    found = client.get(address("interview_compare", table.case)).context["found"]

    assert [(cell.level, cell.is_gap) for cell in found.columns[0].cells] == [(5, False), (None, True)]
    assert [(cell.asked, cell.questions, cell.is_gap) for cell in found.columns[1].cells] == [(0, 1, True)] * 2
    assert [column.gaps for column in found.columns] == [1, 2]


@pytest.mark.parametrize("name", ["interviews", "interview_compare"])
def test_the_plan_and_the_comparison_cost_the_same_however_many_come(world, sign_in, count_queries, name):
    table = set_table(world, applicants=6, times=6)
    client = sign_in(Role.HR_EXTENDED)
    made = invite(table.round, [Call(table.applications[0], table.slots[0])], actor=Actor.house("test"))
    answering.accept(made[0], actor=APPLICANT)
    guide_of(table.round)
    few = count_queries(address(name, table.case))

    rest = [Call(a, s) for a, s in zip(table.applications[1:], table.slots[1:], strict=True)]
    for row in invite(table.round, rest, actor=Actor.house("test")):
        answering.accept(row, actor=APPLICANT)

    assert client.get(address(name, table.case)).status_code == 200
    assert count_queries(address(name, table.case)) == few


def test_a_time_nobody_has_is_changed_blocked_and_removed(world, sign_in):
    table = set_table(world)
    client, page = sign_in(Role.ADMIN_SUPPORT), address("interview_time", table.case, table.round.pk, table.slots[2].pk)
    other = make_room(world.ours, "Møderum 9")
    typed = {"button": "save", "starts_at": "2031-03-03T10:00", "minutes": "60", "room": other.pk, "people": [u.pk for u in table.panel], "note": ""}  # fmt: skip

    assert client.post(page, typed).status_code == 422
    client.post(page, {**typed, "note": "Ansøgeren har tolk med."})
    assert InterviewSlot.objects.get(pk=table.slots[2].pk).room == other
    client.post(page, {"button": "block"})
    assert InterviewSlot.objects.get(pk=table.slots[2].pk).state == "BLOCKED"
    client.post(page, {"button": "remove"})
    assert not InterviewSlot.objects.filter(pk=table.slots[2].pk).exists()
    invited(table)
    taken = address("interview_time", table.case, table.round.pk, table.slots[0].pk)
    assert client.post(taken, {"button": "remove"}).status_code == 422
