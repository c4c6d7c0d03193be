"""Offers: answered by the applicant or on the telephone, the next in reserve, and hired only after a yes."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connections, transaction

from recruitment import clock
from recruitment.access.roles import Role
from recruitment.applications.models import Application
from recruitment.cases.actions import edit_case
from recruitment.cases.models import RecruitmentCase
from recruitment.decisions.answers import PhoneLog
from recruitment.decisions.deciding import decide_again
from recruitment.decisions.models import Offer
from recruitment.decisions.offering import accept, decline, hire, make_offer, note_accepted, note_declined, offer_next
from recruitment.decisions.queries import next_in_reserve, offers_to_see_to, positions_of
from recruitment.errors import NotPossible, StaleRow
from recruitment.mail.models import Message
from recruitment.people.actor import Actor
from tests.factories.deciding import concluded
from tests.factories.world import HOUSE, make_user

SOON = dt.date(2099, 1, 1)


@pytest.fixture
def offered(table):
    """The first has an offer, the second stands in reserve; the first has proved their address."""
    decision = concluded(table, reserve=table.met[1:])
    person = make_user("kirsten@ansoeger.example")
    candidate = table.met[0].candidate
    candidate.user = person
    candidate.save()
    table.offer, table.decision, table.applicant = Offer.objects.get(), decision, Actor.person(person)
    return table


def state_of(application) -> str:
    return Application.objects.get(pk=application.pk).state


def refused(deed) -> set[str]:
    with pytest.raises(NotPossible) as refusal, transaction.atomic():
        deed()
    return {each.code for each in refusal.value.obstacles}


def at_once(deed, rows) -> list[str]:
    """What became of the deed for each row, all begun in the same moment on connections of their own."""
    barrier, outcomes = threading.Barrier(len(rows)), []

    def run(row):
        try:
            barrier.wait()
            deed(row)
            outcomes.append("done")
        except NotPossible as refusal:
            outcomes.append(refusal.obstacles[0].code)
        except IntegrityError:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[row]) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_a_yes_in_the_portal_waits_to_be_registered(offered):
    accept(offered.offer, actor=offered.applicant)
    accept(offered.offer, actor=offered.applicant)  # pressed twice

    assert state_of(offered.met[0]) == "OFFERED"
    assert [row.pk for row in offers_to_see_to(offered.hr)] == [offered.offer.pk]
    assert Message.objects.filter(code="OFFER_ANSWERED", channel="SECURE").count() == 1
    hire(Offer.objects.get(), actor=offered.hr)
    application = Application.objects.get(pk=offered.met[0].pk)
    assert (application.state, application.stage_reached) == ("HIRED", 50)
    assert application.answer_delivered_at is not None
    assert list(offers_to_see_to(offered.hr)) == []


def test_nobody_is_hired_who_has_not_said_yes(offered):
    assert refused(lambda: hire(offered.offer, actor=offered.hr)) == {"not_accepted"}


def test_only_the_applicant_answers_in_the_portal(offered):
    for other in (offered.hr, Actor.person(make_user("anden@ansoeger.example")), Actor.person(None)):
        for deed in (accept, decline):
            with pytest.raises(PermissionDenied):
                deed(offered.offer, actor=other)


def test_a_no_leads_to_the_next_in_reserve(offered):
    decline(offered.offer, words="Jeg har fået et andet job.", actor=offered.applicant)

    assert state_of(offered.met[0]) == "WITHDRAWN"
    assert next_in_reserve(offered.case) == offered.met[1]
    assert [row.pk for row in offers_to_see_to(offered.hr)] == [offered.offer.pk]
    made = offer_next(offered.case, terms="Kr. 41.000", answer_by=SOON, actor=offered.hr)
    assert (made.application, state_of(offered.met[1])) == (offered.met[1], "OFFERED")
    assert list(offers_to_see_to(offered.hr)) == []


def test_with_nobody_in_reserve_it_is_decided_again(offered):
    decline(offered.offer, actor=offered.applicant)
    Application.objects.filter(pk=offered.met[1].pk).update(state="WITHDRAWN")
    assert refused(lambda: offer_next(offered.case, terms="x", answer_by=SOON, actor=offered.hr)) == {
        "nobody_in_reserve"
    }

    decide_again(offered.case, reason="Reservelisten er tom.", actor=offered.hr)

    assert RecruitmentCase.objects.get(pk=offered.case.pk).state == "DECIDING"


def test_an_answer_after_the_answer_is_told_so(offered):
    decline(offered.offer, actor=offered.applicant)

    with pytest.raises(StaleRow):
        accept(offered.offer, actor=offered.applicant)


def test_a_yes_on_the_telephone_is_logged_and_hires(offered):
    note_accepted(offered.offer, said="Ja tak, starter den første.", called_at=clock.now(), actor=offered.hr)

    assert state_of(offered.met[0]) == "HIRED"
    assert PhoneLog.objects.get().purpose == "OFFER"
    assert positions_of(offered.case).hired == 1


def test_a_no_after_the_yes_and_before_the_first_day(offered):
    note_accepted(offered.offer, said="Ja tak.", called_at=clock.now(), actor=offered.hr)
    note_declined(offered.offer, said="Har fortrudt.", called_at=clock.now(), actor=offered.hr)

    assert state_of(offered.met[0]) == "WITHDRAWN"
    assert Offer.objects.get().answer == "LEFT"
    assert PhoneLog.objects.count() == 2
    assert offer_next(offered.case, terms="x", answer_by=SOON, actor=offered.hr).application == offered.met[1]


def test_a_call_has_words_and_has_been_made(offered):
    tomorrow = clock.now() + dt.timedelta(days=1)

    assert refused(lambda: note_declined(offered.offer, said=" ", called_at=tomorrow, actor=offered.hr)) == {
        "said_missing", "call_ahead"
    }  # fmt: skip


@pytest.mark.parametrize("role", [Role.HIRING_MANAGER, Role.HIRING_COMMITTEE, Role.ADMIN_SUPPORT])
def test_others_register_no_hire(offered, role):
    for deed in (note_accepted, note_declined):
        with pytest.raises(PermissionDenied):
            deed(offered.offer, said="Ja", called_at=clock.now(), actor=offered.ours.actor(role))


def test_an_offer_goes_only_to_somebody_the_decision_names_and_while_a_position_is_left(offered):
    Application.objects.filter(pk=offered.read[0].pk).update(state="SHORTLISTED")

    def offer(application):
        application.refresh_from_db()
        return refused(lambda: make_offer(application, offered.decision, terms="x", answer_by=SOON, actor=offered.hr))

    assert offer(offered.read[0]) == {"not_named"}
    assert offer(offered.met[1]) == {"no_position_left"}


def test_two_positions_two_hires(table):
    RecruitmentCase.objects.filter(pk=table.case.pk).update(positions_count=2)
    table.case.refresh_from_db()
    concluded(table, chosen=table.met)

    for offer in Offer.objects.all():
        note_accepted(offer, said="Ja", called_at=clock.now(), actor=table.hr)

    assert positions_of(table.case).are_filled


class TestPositions:
    """INV-9: nobody is hired to a position that somebody has."""

    def test_positions_are_not_fewer_than_those_who_have_one(self, offered):
        case = RecruitmentCase.objects.get(pk=offered.case.pk)
        edit_case(case, actor=offered.hr, frame={"positions_count": 2})
        offer_next(case, terms="Kr. 42.000", answer_by=SOON, actor=offered.hr)
        with pytest.raises(ValidationError) as refusal, transaction.atomic():
            edit_case(case, actor=offered.hr, frame={"positions_count": 1})
        assert refusal.value.error_dict["positions_count"][0].code == "fewer_than_taken"
        assert RecruitmentCase.objects.get(pk=case.pk).positions_count == 2

    def test_the_database_hires_nobody_past_the_positions(self, offered):
        hired = Application.objects.filter(pk__in=[row.pk for row in offered.met])

        with pytest.raises(IntegrityError, match="no_more_hired_than_positions"), transaction.atomic():
            hired.update(state="HIRED")

        RecruitmentCase.objects.filter(pk=offered.case.pk).update(positions_count=2)
        assert hired.update(state="HIRED") == 2

    def test_the_database_takes_no_position_from_somebody_hired(self, offered):
        case = RecruitmentCase.objects.filter(pk=offered.case.pk)
        case.update(positions_count=3)
        Application.objects.filter(pk__in=[row.pk for row in offered.met]).update(state="HIRED")

        case.update(positions_count=2)
        with pytest.raises(IntegrityError, match="no_more_hired_than_positions"), transaction.atomic():
            case.update(positions_count=1)

    @pytest.mark.django_db(transaction=True)
    def test_the_database_lets_one_of_two_at_the_same_moment_through(self, offered):
        outcomes = at_once(lambda row: Application.objects.filter(pk=row.pk).update(state="HIRED"), offered.met)

        assert sorted(outcomes) == ["done", "refused"]
        assert positions_of(offered.case).hired == 1

    @pytest.mark.django_db(transaction=True)
    def test_two_at_the_same_moment_do_not_both_get_the_last_one(self, offered):
        second = Offer.objects.create(
            application=offered.met[1],
            decision=offered.decision,
            terms="Kr. 42.000",
            answer_by=SOON,
            made_at=clock.now(),
        )
        Application.objects.filter(pk=offered.met[1].pk).update(state="OFFERED")
        Offer.objects.update(answer="ACCEPTED", answered_at=clock.now())
        outcomes = at_once(lambda offer: hire(offer, actor=HOUSE), [offered.offer, second])

        assert sorted(outcomes) == ["done", "no_position_left"]
        assert positions_of(offered.case).hired == 1
