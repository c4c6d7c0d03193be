"""The preview of bulk rejection, one applicant's answer, the promise, and the closing wizard on the screens."""

import datetime as dt

import pytest
from django.urls import reverse

from recruitment import clock
from recruitment.access.roles import Role
from recruitment.applications.models import Application, PriorityClaim
from recruitment.cases.models import RecruitmentCase
from recruitment.decisions.answers import FullerReasons, PhoneLog, ScreeningGrounds
from recruitment.decisions.rejecting import send_answers, write_reasons
from recruitment.letters.models import BulkLine, BulkSending
from recruitment.lifecycle import make
from recruitment.mail import lifecycle as mail
from recruitment.mail.models import Message
from tests.factories.assessing import apply_many
from tests.factories.deciding import FACTORS, filled, letter_to, to_decision
from tests.factories.world import HOUSE


@pytest.fixture
def table(world):
    return to_decision(world)


@pytest.fixture
def hr(client, table):
    client.force_login(table.hr.user)
    return client


def at(name, case, *more):
    return reverse(f"workbench:{name}", args=[case.pk, *more])


def now() -> str:
    return clock.now().astimezone(clock.COPENHAGEN).strftime("%Y-%m-%dT%H:%M")


class TestPreview:
    def test_it_shows_who_gets_what_who_is_left_out_and_the_letter(self, hr, table):
        filled(table)

        page = hr.get(at("answers", table.case))

        assert [(group["code"], len(group["lines"])) for group in page.context["groups"]] == [
            ("REJECTION_NO_INTERVIEW", 2)
        ]
        assert [(group["code"], group["rows"]) for group in page.context["left"]] == [
            ("fuller_reasons_missing", table.met[1:])
        ]
        assert at("answer", table.case, table.met[1].pk) in page.content.decode()
        assert FACTORS in page.content.decode()

    def test_every_letter_can_be_looked_at(self, hr, table):
        filled(table)
        write_reasons(table.met[1], factors="Andre har mere erfaring.", feedback="Klart.", actor=table.hr)

        page = hr.get(at("answers", table.case), {"letter": str(table.met[1].pk)})

        assert page.context["shown"]["is_secure"]
        assert "Andre har mere erfaring." in page.context["shown"]["letter"].text

    def test_looking_at_a_letter_keeps_who_was_unticked_and_the_number(self, hr, table):
        filled(table)
        first, second = (str(row.pk) for row in table.read)
        typed = {"listed": [first, second], "send": [first], "count": "1", "letter": second}

        page = hr.post(at("answers", table.case), typed)

        assert (page.status_code, page.context["total"]) == (200, 1)
        ticked = {str(each.application.pk): is_ticked for each, is_ticked in page.context["groups"][0]["lines"]}
        assert ticked == {first: True, second: False}
        assert page.context["form"]["count"].value() == "1"
        assert not BulkSending.objects.exists()

    def test_the_number_is_typed_and_the_letters_wait_for_second_thoughts(self, hr, table):
        filled(table)
        listed = {"listed": [str(row.pk) for row in table.read], "send": [str(row.pk) for row in table.read]}
        for wrong in ("", "3"):
            assert hr.post(at("answers", table.case), {**listed, "count": wrong, "button": "send"}).status_code == 422
        assert not BulkSending.objects.exists()

        answer = hr.post(at("answers", table.case), {**listed, "count": "2", "button": "send"})

        sending = BulkSending.objects.get()
        assert answer["Location"] == at("sending", table.case, sending.pk)
        assert sending.state == "RUNNING"
        assert {row.state for row in Application.objects.filter(pk__in=[r.pk for r in table.read])} == {"UNDER_REVIEW"}

    def test_unticked_ones_are_counted_out(self, hr, table):
        filled(table)
        listed = {"listed": [str(row.pk) for row in table.read], "send": [str(table.read[0].pk)]}

        counted = hr.post(at("answers", table.case), {**listed, "count": "", "button": "count"})
        hr.post(at("answers", table.case), {**listed, "count": "1", "button": "send"})

        assert (counted.status_code, counted.context["total"]) == (200, 1)
        assert set(BulkLine.objects.exclude(code="").values_list("application", flat=True)) == {table.read[0].pk}

    def test_support_does_not_see_why_somebody_gets_no_letter(self, client, table):
        filled(table)
        PriorityClaim.objects.create(application=table.read[0], state="ELIGIBLE")
        sending = send_answers(table.case, actor=table.hr, expected=1)
        shown = {}
        for role in (Role.HR_CASEWORK, Role.ADMIN_SUPPORT):
            client.force_login(table.ours.staff[role])
            page = client.get(at("sending", table.case, sending.pk))
            shown[role] = {line.application_id for line in page.context["page"]}

        assert shown[Role.ADMIN_SUPPORT] == {table.read[1].pk}
        assert shown[Role.HR_CASEWORK] == {table.met[1].pk, table.read[0].pk, table.read[1].pk}

    def test_what_is_no_number_of_an_application_is_passed_over(self, hr, table):
        filled(table)

        assert hr.post(at("answers", table.case), {"listed": ["x"], "count": "2", "button": "send"}).status_code == 302

    def test_the_manager_sees_who_waits_and_sends_nothing(self, client, table):
        filled(table)
        client.force_login(table.manager)

        page = client.get(at("answers", table.case))

        assert page.context["shown"] is None
        assert client.post(at("answers", table.case), {"count": "2", "button": "send"}).status_code == 403

    def test_it_costs_the_same_for_few_and_for_many(self, hr, table, count_queries):
        filled(table)
        before = count_queries(at("answers", table.case))
        apply_many(table.ours, 15)

        assert count_queries(at("answers", table.case)) == before

    def test_early_ones_need_their_grounds(self, hr, table):
        left = {group["code"]: group for group in hr.get(at("answers", table.case)).context["left"]}
        assert len(left["no_reasons"]["rows"]) == 2
        assert left["no_reasons"]["url"] == at("answer_grounds", table.case)
        assert hr.post(at("answer_grounds", table.case), {"words": " "}).status_code == 422

        hr.post(at("answer_grounds", table.case), {"words": "erfaring med tilsyn"})

        assert ScreeningGrounds.objects.get().words == "erfaring med tilsyn"
        assert [group["code"] for group in hr.get(at("answers", table.case)).context["groups"]] == ["REJECTION_EARLY"]


class TestOneAnswer:
    def test_reasons_are_written_and_kept(self, hr, table):
        filled(table)
        address = at("answer", table.case, table.met[1].pk)
        refused = hr.post(address, {"button": "reasons", "factors": "Andre har mere erfaring.", "feedback": ""})
        assert refused.status_code == 422
        assert "Andre har mere erfaring." in refused.content.decode()

        hr.post(address, {"button": "reasons", "factors": "Andre har mere erfaring.", "feedback": "Klart."})

        assert FullerReasons.objects.get().feedback == "Klart."

    def test_a_call_rejects_and_is_logged(self, client, table):
        filled(table)
        client.force_login(table.manager)

        answer = client.post(at("answer", table.case, table.met[1].pk), {
            "button": "phone", "called_at": now(), "caller": "Anders Høgsbro", "said": "Uddybet i ti minutter.",
        })  # fmt: skip

        assert answer.status_code == 302
        assert PhoneLog.objects.get().caller == "Anders Høgsbro"
        assert Application.objects.get(pk=table.met[1].pk).state == "REJECTED"

    def test_hr_sends_the_short_letter_with_the_call_or_afterwards(self, client, hr, table):
        filled(table)
        call = {"button": "phone", "called_at": now(), "caller": "Karen", "said": "Uddybet."}
        address = at("answer", table.case, table.met[1].pk)
        hr.post(address, call)
        assert not Message.objects.filter(code="REJECTION_AFTER_INTERVIEW_SHORT").exists()
        assert address in hr.get("/admin/").content.decode()
        assert 'value="short"' in hr.get(address).content.decode()

        hr.post(address, {"button": "short"})
        hr.post(address, {"button": "short"})

        assert Message.objects.filter(code="REJECTION_AFTER_INTERVIEW_SHORT").count() == 1
        assert 'value="short"' not in hr.get(address).content.decode()

    def test_in_one_act_with_the_call(self, hr, table):
        filled(table)
        hr.post(at("answer", table.case, table.met[1].pk), {
            "button": "phone", "called_at": now(), "caller": "Karen", "said": "Uddybet.", "short_letter": "on",
        })  # fmt: skip
        assert Message.objects.filter(code="REJECTION_AFTER_INTERVIEW_SHORT").count() == 1

    def test_the_manager_writes_no_reasons(self, client, table):
        filled(table)
        client.force_login(table.manager)

        answer = client.post(
            at("answer", table.case, table.met[1].pk), {"button": "reasons", "factors": "x", "feedback": "y"}
        )

        assert answer.status_code == 403
        assert not FullerReasons.objects.exists()

    def test_it_is_taken_up_again_with_a_reason(self, hr, table):
        filled(table)
        make(mail.SEND, letter_to(table.read[0], "REJECTION_NO_INTERVIEW"), actor=HOUSE)
        address = at("answer", table.case, table.read[0].pk)
        assert hr.post(address, {"button": "again", "reason": ""}).status_code == 422

        hr.post(address, {"button": "again", "reason": "Et bilag blev overset."})

        assert Application.objects.get(pk=table.read[0].pk).state == "UNDER_REVIEW"

    def test_another_case_s_applicant_does_not_exist_here(self, hr, table, world):
        assert hr.get(at("answer", table.case, world.their_application.pk)).status_code == 404
        assert hr.get(at("answer_letter", table.case, world.their_application.pk)).status_code == 404

    def test_it_does_not_exist_for_another_institution(self, client, table, world):
        client.force_login(world.theirs.staff[Role.HR_EXTENDED])
        for name, more in (("answers", ()), ("answer_grounds", ()), ("answer", (table.met[0].pk,)), ("answer_letter", (table.met[0].pk,)), ("closing", ()), ("reopen", ()), ("promise", ())):  # fmt: skip
            assert client.get(at(name, table.case, *more)).status_code == 404, name


class TestClosing:
    def test_red_points_lead_to_where_they_are_mended(self, hr, table):
        filled(table)

        page = hr.get(at("closing", table.case))

        points = {point.name: ([each.url for each in links], point.is_met) for point, links in page.context["points"]}
        assert points["answered"] == ([at("answers", table.case)], False)
        assert points["fuller"] == ([at("answers", table.case)], False)
        assert hr.post(at("closing", table.case), {"button": "confirm", "pool": "NOBODY"}).status_code == 422

    def test_confirmed_closed_and_opened_again(self, hr, table):
        filled(table)
        for row in (*table.met[1:], *table.read):
            hr.post(at("answer", table.case, row.pk), {
                "button": "phone", "called_at": now(), "caller": "HR", "said": "Talt sammen.",
            })  # fmt: skip

        hr.post(at("closing", table.case), {"button": "confirm", "pool": "NOBODY"})
        hr.post(at("closing", table.case), {"button": "close"})

        case = RecruitmentCase.objects.get(pk=table.case.pk)
        assert (case.state, case.outcome) == ("CLOSED", "FILLED")
        assert hr.get(at("closing", table.case)).status_code == 200
        assert hr.post(at("reopen", table.case), {"reason": ""}).status_code == 422
        hr.post(at("reopen", table.case), {"reason": "En ansøger har klaget."})
        assert RecruitmentCase.objects.get(pk=table.case.pk).state == "CONCLUDING"

    def test_casework_sees_the_points_and_closes_nothing(self, client, table):
        filled(table)
        client.force_login(table.ours.staff[Role.HR_CASEWORK])

        assert client.get(at("closing", table.case)).status_code == 200
        assert client.post(at("closing", table.case), {"button": "close"}).status_code == 403


class TestPromise:
    def test_the_day_is_moved_and_told(self, hr, table):
        day = (clock.today() + dt.timedelta(days=90)).isoformat()
        assert hr.post(at("promise", table.case), {"day": "2020-01-01"}).status_code == 422

        assert hr.post(at("promise", table.case), {"day": day}).status_code == 302

        assert RecruitmentCase.objects.get(pk=table.case.pk).expected_answer_date.isoformat() == day

    def test_the_list_costs_the_same_for_few_and_for_many(self, hr, table, count_queries):
        RecruitmentCase.objects.filter(pk=table.case.pk).update(
            expected_answer_date=clock.today() - dt.timedelta(days=3)
        )
        address = reverse("workbench:promises")
        before = count_queries(address)
        apply_many(table.ours, 5)

        assert count_queries(address) == before
