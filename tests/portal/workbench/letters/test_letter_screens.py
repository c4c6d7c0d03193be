"""Sendings, the log of a case, one letter with its ways out, writing, filing, and the library on screens."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recruitment.access.roles import Role
from recruitment.letters.bulk import prepare, start
from recruitment.letters.models import BulkSending
from recruitment.mail.models import Channel, Message, MessageState, MessageTemplate
from tests.factories.world import make_application
from tests.recruitment.letters.conftest import lines_for, pass_grace, sweep
from tests.recruitment.letters.test_filing import mail


@pytest.fixture
def many(world):
    return [make_application(world.ours.round, email=f"nr{number}@ansoeger.example") for number in range(3)]


@pytest.fixture
def sending(world, many):
    actor = world.ours.actor(Role.HR_EXTENDED)
    return start(prepare(world.ours.case, kind="delay", lines=lines_for(many), left_out=(), actor=actor), actor=actor)


def case_address(world, more="") -> str:
    return f"/admin/cases/{world.ours.case.pk}/{more}"


def test_a_sending_tells_how_far_it_is_and_is_stopped_after_asking(world, sending, sign_in):
    client, address = sign_in(Role.HR_EXTENDED), case_address(world, f"letters/sendings/{sending.pk}/")
    assert client.get(address, HTTP_ACCEPT="application/json").json()["state"] == "WORKING"

    asked = client.post(f"{address}stop/")
    assert asked.context["consequence"]
    sending.refresh_from_db()
    assert sending.state == "RUNNING"
    client.post(f"{address}stop/", {"confirmed": "1"})

    sending.refresh_from_db()
    assert sending.state == "CANCELLED"


def test_the_list_of_a_sending_is_narrowed_and_costs_the_same_for_many(world, sending, sign_in, count_queries):
    sign_in(Role.HR_EXTENDED)
    address = case_address(world, f"letters/sendings/{sending.pk}/")
    before = count_queries(address)
    pass_grace()
    sweep()

    assert count_queries(address) <= before + 1
    assert len(sign_in(Role.HR_EXTENDED).get(f"{address}?state=WAITING").context["page"].object_list) == 0
    assert len(sign_in(Role.HR_EXTENDED).get(f"{address}?delivery=QUEUED").context["page"].object_list) == 3


def test_the_log_is_narrowed_by_state_template_and_way(world, sign_in):
    client, address = sign_in(Role.HR_EXTENDED), case_address(world, "letters/")
    everything = client.get(address).context["page"].paginator.count
    assert everything

    assert client.get(f"{address}?code=APPLICATION_RECEIPT&channel=EMAIL&state=QUEUED").context["page"].paginator.count
    assert client.get(f"{address}?state=BOUNCED").context["page"].paginator.count == 0
    assert client.get(f"{address}?channel=nonsense").context["page"].paginator.count == everything


def test_the_log_costs_the_same_for_many(world, sign_in, count_queries):
    sign_in(Role.HR_EXTENDED)
    before = count_queries(case_address(world, "letters/"))
    for number in range(4):
        make_application(world.ours.round, email=f"flere{number}@ansoeger.example")

    assert count_queries(case_address(world, "letters/")) == before


def test_a_bounced_letter_is_sent_to_a_better_address_and_a_bad_one_loses_nothing(world, sign_in):
    letter = Message.objects.get(application=world.application, code="APPLICATION_RECEIPT")
    Message.objects.filter(pk=letter.pk).update(state=MessageState.BOUNCED)
    client, address = sign_in(Role.HR_EXTENDED), case_address(world, f"letters/{letter.pk}/")

    wrong = client.post(f"{address}again/", {"address": "nej"})
    assert wrong.status_code == 422
    assert 'value="nej"' in wrong.content.decode()
    assert client.post(f"{address}again/", {"address": "ny@ansoeger.example"}).status_code == 302
    assert Message.objects.get(replaces=letter).recipient == "ny@ansoeger.example"


def test_a_letter_on_paper_is_printed_and_ticked_off(world, sign_in):
    letter = Message.objects.get(application=world.application, code="APPLICATION_RECEIPT")
    Message.objects.filter(pk=letter.pk).update(state=MessageState.BOUNCED)
    client = sign_in(Role.HR_EXTENDED)
    place = client.post(case_address(world, f"letters/{letter.pk}/paper/")).headers["Location"]
    assert place in client.get("/admin/").content.decode()

    printed = client.get(f"{place}letter.pdf")
    assert printed.content.startswith(b"%PDF")
    assert "no-store" in printed.headers["Cache-Control"]
    client.post(f"{place}posted/")

    assert Message.objects.get(replaces=letter).state == MessageState.SENT


def test_an_unknown_way_out_is_not_found(world, sign_in):
    letter = Message.objects.get(application=world.application, code="APPLICATION_RECEIPT")

    assert sign_in(Role.HR_EXTENDED).post(case_address(world, f"letters/{letter.pk}/burn/")).status_code == 404


def test_a_letter_is_written_looked_at_and_sent(world, sign_in):
    client = sign_in(Role.HR_EXTENDED)
    address = case_address(world, f"applications/{world.application.pk}/write/LETTER/")
    key = str(client.get(address).context["form"].initial["key"])
    sent = {"own_words": "Vi vender tilbage.", "key": key, "button": "send"}

    first = client.post(address, sent)
    assert first.status_code == 422
    done = client.post(address, {**sent, "seen_class": "STANDARD"})
    client.post(address, {**sent, "seen_class": "STANDARD"})

    assert done.status_code == 302
    assert Message.objects.filter(code="LETTER", application=world.application).count() == 1


def test_a_letter_that_became_confidential_is_shown_again_before_it_goes(world, sign_in):
    client = sign_in(Role.HR_EXTENDED)
    address = case_address(world, f"applications/{world.application.pk}/write/LETTER/")
    key = str(client.get(address).context["form"].initial["key"])
    typed = {"own_words": "Din diagnose.", "key": key, "button": "send", "seen_class": "STANDARD"}

    shown = client.post(address, typed)

    assert (shown.status_code, shown.context["composed"].message_class) == (422, "CONFIDENTIAL")
    assert "Din diagnose." in shown.content.decode()
    assert client.post(address, {**typed, "seen_class": "CONFIDENTIAL"}).status_code == 302
    assert Message.objects.get(code="LETTER").channel == Channel.SECURE


def test_the_class_is_told_while_typing(world, sign_in):
    client = sign_in(Role.HR_EXTENDED)
    address = case_address(world, f"applications/{world.application.pk}/write/LETTER/")
    key = str(client.get(address).context["form"].initial["key"])

    told = client.post(f"{address}look/", {"own_words": "Din straffeattest.", "key": key})
    ticked = client.post(f"{address}look/", {"own_words": "Vi ses.", "key": key, "private": "on"})

    assert [answer.context["composed"].message_class for answer in (told, ticked)] == ["CONFIDENTIAL"] * 2


def test_a_manager_chooses_among_letters_about_interviews(world, sign_in):
    client = sign_in(Role.HIRING_MANAGER)
    address = case_address(world, f"applications/{world.application.pk}/write/")

    offered = client.get(address).context["offered"]
    assert {each.code for each, _subject in offered} == {"INTERVIEW_MESSAGE", "INTERVIEW_REMINDER"}
    assert all(world.ours.case.title in subject for _each, subject in offered)
    assert client.get(f"{address}LETTER/").status_code == 404


def test_a_mail_is_kept_from_a_file_or_pasted_and_an_empty_form_is_refused(world, sign_in):
    client = sign_in(Role.HR_EXTENDED)
    address = case_address(world, f"applications/{world.application.pk}/keep-mail/")
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"file": SimpleUploadedFile("x.eml", b"")}).status_code == 422

    done = client.post(address, {"file": SimpleUploadedFile("mail.eml", mail())})

    assert done.status_code == 302
    assert client.get(done.headers["Location"]).status_code == 200
    assert client.post(address, {"text": "Hvornår hører jeg?"}).status_code == 302


def library(world, more="") -> str:
    return f"/admin/setup/{world.ours.institution.pk}/letters/{more}"


def typed_template(**changes) -> dict:
    return {
        "message_class": "STANDARD", "subject_da": "Hej", "body_da": "Hej {{ given_name }}", "subject_en": "Hello",
        "body_en": "Hello {{ given_name }}", "button": "save", **changes,
    }  # fmt: skip


def test_an_administrator_puts_a_version_in_force_in_both_languages(world, sign_in):
    done = sign_in(Role.ADMINISTRATOR).post(library(world, "PROCESS_DELAYED/"), typed_template())

    assert done.status_code == 302
    made = MessageTemplate.objects.filter(institution=world.ours.institution, code="PROCESS_DELAYED")
    assert {(each.language, each.active) for each in made} == {("da", True), ("en", True)}


@pytest.mark.parametrize(
    "changes",
    [
        {"body_da": "Linje et\n{% for x in y %}"}, {"body_en": "{{ user.password }}"}, {"subject_da": "{{ health_text }}"},
        {"body_da": "Hej\n{% assign a = 1 %}"}, {"body_da": "{{ 'a' | replace: 'a', 'aa' }}"}, {"body_da": ""}, {"message_class": "SECRET"},
    ],
)  # fmt: skip
def test_a_hostile_or_broken_version_is_refused_and_nothing_is_lost(world, sign_in, changes):
    answer = sign_in(Role.ADMINISTRATOR).post(library(world, "PROCESS_DELAYED/"), typed_template(**changes))

    assert answer.status_code == 422
    assert "Hello {{ given_name }}" in answer.content.decode() or "body_en" in changes
    assert not MessageTemplate.objects.filter(institution=world.ours.institution).exists()


def test_hr_proposes_and_the_administrator_decides(world, sign_in):
    sign_in(Role.HR_EXTENDED).post(f"{library(world, 'PROCESS_DELAYED/')}?unit={world.ours.unit.pk}", typed_template())
    proposal = MessageTemplate.objects.get(unit=world.ours.unit, language="da")
    assert not proposal.active
    assert library(world) in sign_in(Role.ADMINISTRATOR).get("/admin/").content.decode()
    assert (
        sign_in(Role.HR_EXTENDED).post(library(world, f"versions/{proposal.pk}/"), {"answer": "yes"}).status_code == 404
    )

    sign_in(Role.ADMINISTRATOR).post(library(world, f"versions/{proposal.pk}/"), {"answer": "yes"})

    proposal.refresh_from_db()
    assert proposal.active


def test_the_class_and_the_preview_follow_while_typing(world, sign_in):
    answer = sign_in(Role.COMMUNICATIONS).post(
        library(world, "PROCESS_DELAYED/look/"),
        typed_template(body_da="{{ interview_feedback }}", body_en="\n\n{% if %}"),
    )
    danish, english = (one for _language, one in answer.context["looked"])

    assert (danish.message_class, danish.faults) == ("CONFIDENTIAL", [])
    assert "3" in english.faults[0]


def test_the_own_version_ends_after_asking(world, sign_in):
    client = sign_in(Role.ADMINISTRATOR)
    client.post(library(world, "PROCESS_DELAYED/"), typed_template())

    client.post(library(world, "PROCESS_DELAYED/end/"))
    assert MessageTemplate.objects.filter(institution=world.ours.institution, active=True).exists()
    client.post(library(world, "PROCESS_DELAYED/end/"), {"confirmed": "1"})

    assert not MessageTemplate.objects.filter(institution=world.ours.institution, active=True).exists()


@pytest.mark.parametrize("more", ["", "PROCESS_DELAYED/"])
def test_nobody_of_another_institution_reaches_the_library(world, sign_in, more):
    assert sign_in(Role.ADMINISTRATOR, world.theirs).get(library(world, more)).status_code == 404


def test_an_unknown_letter_and_a_strange_unit_are_not_found(world, sign_in):
    client = sign_in(Role.HR_EXTENDED)

    assert client.get(library(world, "NO_SUCH/")).status_code == 404
    assert client.get(f"{library(world, 'LETTER/')}?unit={world.theirs.unit.pk}").status_code == 404
    assert client.get(f"{library(world, 'LETTER/')}?unit=x").status_code == 404


def test_many_are_written_to_after_the_list_was_looked_at(world, many, sign_in):
    client, address = sign_in(Role.HR_EXTENDED), case_address(world, "letters/many/")
    typed = {"code": "LETTER", "states": ["SUBMITTED"], "own_words": "Vi er forsinkede."}

    looked = client.post(address, {**typed, "button": "look"})
    assert (looked.status_code, len(looked.context["planned"].lines)) == (200, 4)
    assert "Vi er forsinkede." in looked.content.decode()
    assert not BulkSending.objects.exists()
    make_application(world.ours.round, email="en.til@ansoeger.example")
    assert client.post(address, {**typed, "button": "send", "expected": "4"}).status_code == 422
    started = client.post(address, {**typed, "button": "send", "expected": "5"})

    sending = BulkSending.objects.get()
    assert started.headers["Location"] == case_address(world, f"letters/sendings/{sending.pk}/")
    pass_grace()
    sweep()
    assert Message.objects.filter(code="LETTER", text__contains="Vi er forsinkede.").count() == 5


def test_who_has_had_the_answer_is_left_out_and_told_why(world, many, sign_in):
    type(many[0]).objects.filter(pk=many[0].pk).update(answer_delivered_at=many[0].received_at)
    typed = {"code": "PROCESS_DELAYED", "states": ["SUBMITTED"], "button": "look"}

    planned = sign_in(Role.HR_EXTENDED).post(case_address(world, "letters/many/"), typed).context["planned"]

    assert [(each.application.pk, each.code) for each in planned.left_out] == [(many[0].pk, "answered")]


@pytest.mark.parametrize(
    "typed",
    [
        {}, {"code": "LETTER", "states": ["SUBMITTED"]}, {"code": "PROCESS_DELAYED", "states": ["SUBMITTED"], "own_words": "Hej"},
        {"code": "REJECTION_NO_INTERVIEW", "states": ["SUBMITTED"]}, {"code": "LETTER", "states": ["HIRED"], "own_words": "Hej"},
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_and_nothing_is_kept(world, many, sign_in, typed):
    answer = sign_in(Role.HR_EXTENDED).post(
        case_address(world, "letters/many/"), {**typed, "button": "send", "expected": "4"}
    )

    assert answer.status_code == 422
    assert not BulkSending.objects.exists()


def test_looking_costs_the_same_for_many(world, sign_in):
    client, address = sign_in(Role.HR_EXTENDED), case_address(world, "letters/many/")
    typed = {"code": "PROCESS_DELAYED", "states": ["SUBMITTED"], "button": "look"}

    def cost():
        client.post(address, typed)
        with CaptureQueriesContext(connection) as queries:
            client.post(address, typed)
        return len(queries)

    before = cost()
    for number in range(4):
        make_application(world.ours.round, email=f"flere{number}@ansoeger.example")
    assert cost() == before
