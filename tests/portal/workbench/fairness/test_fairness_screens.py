"""HR's way through references, hearings, claims, papers and reasons, as pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from recruitment import clock
from recruitment.access.roles import Role
from recruitment.applications.models import Application, PriorityClaim
from recruitment.audit.models import AuditEntry
from recruitment.fairness import access_requests as access
from recruitment.fairness import reasons
from recruitment.fairness.facts import supplement
from recruitment.fairness.hearings import respond
from recruitment.fairness.models import FactNote, PartyHearing
from recruitment.fairness.request_models import AccessRequest, WrittenReasonsRequest
from recruitment.references.models import ReferenceCheck
from recruitment.references.referees import answer_consent
from tests.factories.fairness import REFEREE, adverse_note, hearing_on, late_stage, named
from tests.factories.world import HOUSE, make_application


@pytest.fixture
def late(declared):
    return late_stage(declared)


def of(late, name, *more) -> str:
    return reverse(f"workbench:{name}", args=[late.case.pk, late.application.pk, *more])


def file(name="referat.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"Referat af samtalen.")


def test_a_reference_from_the_name_to_its_result(late, sign_in):
    client = sign_in(Role.HIRING_MANAGER)
    assert client.post(of(late, "references"), {"button": "ask"}).status_code == 302
    refused = client.post(of(late, "references"), {"button": "note", **REFEREE})
    assert refused.status_code == 422
    assert "Bodil" in refused.content.decode()
    client.post(of(late, "references"), {"button": "note", "noted_how": "Telefon i dag", **REFEREE})
    check = ReferenceCheck.objects.get()
    page = of(late, "reference", check.pk)
    assert REFEREE["phone"] not in client.get(page).content.decode()

    client.post(page, {"button": "ask_consent"})
    assert client.post(page, {"button": "begin"}).status_code == 422
    answer_consent(ReferenceCheck.objects.get(), actor=late.applicant, is_given=True)
    assert REFEREE["phone"] in client.get(page).content.decode()
    client.post(page, {"button": "begin"})
    assert "Hvordan kender du ansøgeren" in client.get(page).content.decode()
    client.post(page, {"button": "write", "answer": ["Chef i tre år", "", "Godt"], "remarks": ""})
    assert client.post(page, {"button": "complete_adverse", "summary": ""}).status_code == 422
    client.post(page, {"button": "complete_adverse", "summary": "Kom ofte for sent."})

    assert ReferenceCheck.objects.get().state == "ADVERSE"
    assert FactNote.objects.get().is_adverse
    assert client.get(page).status_code == 200


def test_a_hearing_from_the_fact_to_its_evaluation(late, sign_in):
    client = sign_in(Role.HR_CASEWORK)
    web = {"button": "fact", "fact_text": "Et opslag om en sag.", "source": "WEB", "is_adverse": "on"}
    assert client.post(of(late, "facts"), web).status_code == 422
    assert client.post(of(late, "facts"), {**web, "address": "https://avisen.example/sag"}).status_code == 302
    note = FactNote.objects.get()
    client.post(of(late, "facts"), {"button": "supplement", "note": note.pk, "reason": "Fra 2019."})
    client.post(of(late, "facts"), {"button": "hear", "note": note.pk})
    hearing = PartyHearing.objects.get()
    assert hearing.trigger == "WEB_SEARCH"
    assert "https://avisen.example/sag" in hearing.facts_text
    page = of(late, "hearing", hearing.pk)
    assert client.post(page, {"button": "send", "facts_text": "", "deadline": ""}).status_code == 422
    client.post(page, {"button": "send", "facts_text": "Vi har fundet dette.", "deadline": ""})
    assert client.post(page, {"button": "evaluate", "evaluation": "For tidligt."}).status_code == 422
    respond(PartyHearing.objects.get(), "Det var en anden.", actor=late.applicant)
    assert "Det var en anden." in client.get(page).content.decode()
    client.post(page, {"button": "evaluate", "evaluation": "Vi lægger svaret til grund."})
    client.post(page, {"button": "close"})

    assert PartyHearing.objects.get().state == "CLOSED"
    assert client.post(page, {"button": "fly"}).status_code == 404


def test_no_hearing_is_spared_without_words(late, sign_in):
    client, note = sign_in(Role.HR_EXTENDED), adverse_note(late)
    assert client.post(of(late, "facts"), {"button": "spare", "note": note.pk, "reason": " "}).status_code == 422
    client.post(of(late, "facts"), {"button": "spare", "note": note.pk, "reason": "Kendt."})
    assert note.no_hearing.reason == "Kendt."
    assert client.post(of(late, "facts"), {"button": "spare", "note": "intet", "reason": "x"}).status_code == 404


def test_a_claim_from_the_decision_to_the_minutes(late, sign_in):
    client, page = sign_in(Role.HR_EXTENDED), of(late, "claim")
    Application.objects.filter(pk=late.application.pk).update(state="INTERVIEWED")
    client.post(page, {"button": "register", "via": "APPLICANT"})
    assert client.post(page, {"button": "find_eligible"}).status_code == 422
    client.post(page, {"button": "find_eligible", "formal_education_met": "no"})
    assert client.post(page, {"button": "turn_down", "reason": ""}).status_code == 422
    client.post(page, {"button": "turn_down", "reason": "En anden er bedre kvalificeret."})
    client.post(page, {"button": "write", "job_centre": "Jobcenter Viborg", "statement_text": "Ti års erfaring."})
    letter = client.get(of(late, "claim_statement")).content.decode()
    assert "Ti års erfaring." in letter
    client.post(page, {"button": "send_statement", "way": "PRINTED"})
    assert (
        client.post(page, {"button": "negotiate", "negotiated_on": "", "form": "PHONE", "outcome": "x"}).status_code
        == 422
    )
    client.post(
        page, {"button": "negotiate", "negotiated_on": str(clock.today()), "form": "PHONE", "outcome": "Enige."}
    )
    assert client.post(page, {"button": "clear"}).status_code == 422
    client.post(page, {"button": "minutes", "file": file()})
    client.post(page, {"button": "clear"})

    assert PriorityClaim.objects.get().state == "CLEARED"
    assert client.get(page).status_code == 200


def test_a_claim_is_seen_by_few_and_looking_is_noted(late, sign_in, world):
    PriorityClaim.objects.create(application=late.application)
    for role in (
        Role.HIRING_COMMITTEE,
        Role.ASSESSMENT_COMMITTEE,
        Role.ADMIN_SUPPORT,
        Role.COMMUNICATIONS,
        Role.ADMINISTRATOR,
    ):
        assert sign_in(role).get(of(late, "claim")).status_code in {403, 404}, role
    assert sign_in(Role.HR_EXTENDED, world.theirs).get(of(late, "claim")).status_code == 404
    client = sign_in(Role.HIRING_MANAGER)
    assert client.get(of(late, "claim")).status_code == 200
    assert client.post(of(late, "claim"), {"button": "find_not_eligible", "reason": "x"}).status_code == 403
    assert AuditEntry.objects.filter(action="PriorityClaim.open").count() == 1
    log = reverse("workbench:log", args=[late.case.pk])
    assert "PriorityClaim.open" in sign_in(Role.HR_EXTENDED).get(log).content.decode()
    assert "PriorityClaim" not in sign_in(Role.ADMINISTRATOR).get(log).content.decode()


def test_papers_are_collected_chosen_decided_and_delivered(late, sign_in):
    client = sign_in(Role.HR_CASEWORK)
    client.post(of(late, "access_requests"), {"button": "note", "kind": "PARTY_ACCESS", "words": "Alt om mig."})
    asked = AccessRequest.objects.get()
    page = of(late, "access_request", asked.pk)
    client.post(page, {"button": "collect"})
    first, *rest = asked.items.all()
    choices = {f"give-{first.pk}": "no"}
    refused = client.post(page, {"button": "choose", **choices})
    assert refused.status_code == 422
    assert [item.is_given for item in refused.context["items"]] == [False, *[None] * len(rest)]
    client.post(page, {"button": "choose", **choices, f"reason-{first.pk}": "Internt."})
    assert client.post(page, {"button": "decide", "decision": "Du får det hele."}).status_code == 422
    client.post(page, {"button": "choose_rest", **choices, f"reason-{first.pk}": "Internt."})
    assert client.post(page, {"button": "decide", "decision": ""}).status_code == 422
    client.post(page, {"button": "decide", "decision": "Du får det meste."})
    client.post(page, {"button": "deliver"})

    asked.refresh_from_db()
    assert (asked.state, asked.items.filter(is_given=True).count()) == ("DELIVERED", len(rest))
    assert client.get(page).status_code == 200


def test_the_decider_says_why_the_decision_does_not_wait(late, sign_in):
    asked = access.ask_access(late.application, actor=late.applicant)
    address = of(late, "access_override", asked.pk)
    sign_in(Role.HR_CASEWORK).post(address, {"reason": "Haster."})
    assert AccessRequest.objects.get().overridden_at is None
    client = sign_in(Role.HIRING_MANAGER)
    assert address in client.get(reverse("workbench:fairness", args=[late.case.pk])).content.decode()
    client.post(address, {"reason": "Uden betydning for afgørelsen."})
    assert AccessRequest.objects.get().override_reason == "Uden betydning for afgørelsen."


def test_reasons_are_written_saved_and_sent(late, sign_in):
    Application.objects.filter(pk=late.application.pk).update(state="REJECTED", answer_delivered_at=clock.now())
    client, page = sign_in(Role.HR_LIMITED), of(late, "reasons")
    client.post(page, {"button": "note", "received_on": ""})
    assert (
        client.post(page, {"button": "answer", "decision_text": "Vi valgte en anden.", "factors": ""}).status_code
        == 422
    )
    client.post(page, {"button": "save", "decision_text": "Vi valgte en anden.", "factors": "Erfaring."})
    assert "Erfaring." in client.get(page).content.decode()
    client.post(page, {"button": "answer", "decision_text": "Vi valgte en anden.", "factors": "Erfaring med tilsyn."})
    assert WrittenReasonsRequest.objects.get().state == "ANSWERED"


def test_what_waits_stands_on_the_desk_with_its_limit(late, sign_in):
    hearing = hearing_on(late, sent=False)
    asked = access.ask_access(late.application, actor=late.applicant)
    PriorityClaim.objects.create(application=late.application)
    Application.objects.filter(pk=late.application.pk).update(state="REJECTED", answer_delivered_at=clock.now())
    late.application.refresh_from_db()
    reasons.ask_reasons(late.application, actor=late.applicant)
    expected = [
        of(late, "hearing", hearing.pk),
        of(late, "access_request", asked.pk),
        of(late, "claim"),
        of(late, "reasons"),
    ]

    desk = sign_in(Role.HR_EXTENDED).get("/admin/").content.decode()

    assert all(address in desk for address in expected)
    others = sign_in(Role.HIRING_COMMITTEE).get("/admin/").content.decode()
    assert not any(address in others for address in expected)


def test_the_tab_costs_the_same_for_one_and_for_many(late, sign_in, count_queries):
    sign_in(Role.HR_EXTENDED)
    address = reverse("workbench:fairness", args=[late.case.pk])
    named(late)
    hearing_on(late)
    access.ask_access(late.application, actor=late.applicant)
    few = count_queries(address)
    for number in range(3):
        more = make_application_late(late, number)
        hearing_on(more)
        access.note_access(more.application, actor=HOUSE)
        PriorityClaim.objects.create(application=more.application)
    assert count_queries(address) == few


def make_application_late(late, number):
    """One more applicant as far as ours."""
    case_state, late.case.state = late.case.state, "ADVERTISED"
    type(late.case).objects.filter(pk=late.case.pk).update(state="ADVERTISED")
    made = make_application(late.case.rounds.get(), given_name=f"Bo{number}", email=f"bo{number}@ansoeger.example")
    type(late.case).objects.filter(pk=late.case.pk).update(state=case_state)
    late.case.state = case_state
    Application.objects.filter(pk=made.pk).update(state="FINALIST")
    return type(late)(case=late.case, application=Application.objects.get(pk=made.pk))


def test_the_guide_is_the_institutions_own(world, sign_in):
    address = reverse("workbench:reference_guide", args=[world.ours.institution.pk])
    client = sign_in(Role.HR_EXTENDED)
    assert client.post(address, {"questions": "Er du gravid?"}).status_code == 422
    assert client.post(address, {"questions": "Hvad kan ansøgeren?"}).status_code == 302
    assert "Hvad kan ansøgeren?" in client.get(address).content.decode()
    assert sign_in(Role.ADMINISTRATOR, world.theirs).get(address).status_code == 404


def test_undeclared_hr_is_asked_first(world, sign_in):
    late = late_stage(world)
    for name in ("references", "facts", "access_requests", "reasons"):
        answer = sign_in(Role.HR_EXTENDED).get(of(late, name))
        assert answer.status_code == 302
        assert "declare" in answer.headers["Location"]


def test_a_shared_reference_stands_beside_the_application(late, sign_in):
    check = named(late)
    page, reader = of(late, "reference", check.pk), of(late, "application")
    manager = sign_in(Role.HIRING_MANAGER)
    manager.post(page, {"button": "ask_consent"})
    answer_consent(ReferenceCheck.objects.get(), actor=late.applicant, is_given=True)
    for sent in ({"button": "begin"}, {"button": "write", "remarks": "Godt"}):
        manager.post(page, sent)
    manager.post(page, {"button": "share"})  # too early: said, and nothing shared
    manager.post(page, {"button": "complete", "summary": "Omhyggelig og rolig."})
    member = sign_in(Role.HIRING_COMMITTEE)
    assert "Omhyggelig og rolig." not in member.get(reader).content.decode()

    sign_in(Role.HIRING_MANAGER).post(page, {"button": "share"})

    supplement(FactNote.objects.get(), "Det gælder de sidste to år.", actor=HOUSE)
    shown = sign_in(Role.HIRING_COMMITTEE).get(reader).content.decode()
    assert "Omhyggelig og rolig." in shown
    assert "Det gælder de sidste to år." in shown
    assert REFEREE["name"] not in shown
    assert member.post(page, {"button": "unshare"}).status_code == 403
