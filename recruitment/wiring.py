"""Who answers whom: the only file in which a low room learns of a room above it."""

from typing import Any

from django.db import transaction

from recruitment.access import decide
from recruitment.access.actions import SeatGiven, UserInvited
from recruitment.access.impartiality import ConflictDeclared
from recruitment.advertising.actions import AdChanged
from recruitment.advertising.agreement import ad_that_disagrees, is_in_new_words
from recruitment.advertising.taking_down import call_media_back
from recruitment.applications import own_data
from recruitment.applications.blinding import number_the_received
from recruitment.applications.letters import tell_of_readvertisement
from recruitment.applications.lifecycle import somebody_has_no_answer
from recruitment.applications.models import Application
from recruitment.applications.queries import arrived_at, cases_applied_to
from recruitment.assessments.exports import folder
from recruitment.assessments.guards import nobody_has_opened_it, somebody_is_not_assessed
from recruitment.cases import chain, letters
from recruitment.cases.actions import AnswerDateMoved, CaseMade, DeadlineMoved, PeopleChanged
from recruitment.cases.adapting import leave_stage
from recruitment.cases.models import RecruitmentCase
from recruitment.channels import delivery as media
from recruitment.channels import following, repeating
from recruitment.closing import guards as closing
from recruitment.closing import packaging
from recruitment.closing.actions import it_is_past_its_time
from recruitment.closing.handing_over import follow_hire
from recruitment.decisions import following as answers
from recruitment.decisions import guards as decisions
from recruitment.decisions.offering import follow_withdrawal
from recruitment.decisions.promises import tell_of_new_day
from recruitment.decisions.queries import chosen_on
from recruitment.decisions.rejecting import KIND as REJECTION
from recruitment.decisions.rejecting import does_not_fit_any_more
from recruitment.decisions.telling import pieces as pieces_of_decision
from recruitment.decisions.telling import told_to_applicant as told_of_decision
from recruitment.documents import actions as documents
from recruitment.events import ItemQueued, StateChanged, listen
from recruitment.fairness import collecting
from recruitment.fairness import following as fairness
from recruitment.fairness import guards as fair
from recruitment.fairness.facts import HearingSpared
from recruitment.fairness.hearings import HearingOpened
from recruitment.fairness.queries import told_to_applicant as told_of_fairness
from recruitment.interviews import guards as interviews
from recruitment.interviews.agreement import guide_that_disagrees
from recruitment.interviews.inviting import fall_away
from recruitment.interviews.letters import latest_values as interview_values
from recruitment.interviews.queries import told_to_applicant
from recruitment.letters import bulk, carrying, composing
from recruitment.letters.outcomes import LetterSettled
from recruitment.lifecycle import Guard, contributed
from recruitment.mail import actions as mail
from recruitment.mail import delivery as mail_delivery
from recruitment.outbox import delivery
from recruitment.outbox.nudging import Nudger
from recruitment.planning import following as plans
from recruitment.planning import forecast
from recruitment.references import queries as references
from recruitment.references import taking
from recruitment.talent import queries as talent
from recruitment.tasks import carry_out

workers = Nudger(lambda item_id: carry_out.apply_async([item_id], retry=False))


def connect() -> None:
    """Called once, when Django is ready."""
    carry_errands()
    let_rooms_hear()
    contribute("RecruitmentCase.cancel_running", somebody_has_no_answer)
    contribute("RecruitmentCase.close", somebody_has_no_answer)
    contribute(
        "RecruitmentCase.begin_decision",
        somebody_is_not_assessed,
        interviews.nobody_was_interviewed,
        interviews.claimants_wait,
    )
    contribute("RecruitmentCase.decide_without_interviews", somebody_is_not_assessed, interviews.claimants_wait)
    before_the_decision = (fair.somebody_is_not_heard, fair.a_claim_is_not_settled, fair.access_is_pending)
    contribute("RecruitmentCase.conclude", *before_the_decision)
    contribute("Application.offer", *before_the_decision)
    contribute("Application.reject_by_phone", fair.somebody_is_not_heard)
    contribute("RecruitmentCase.close", fair.something_is_owed)
    contribute("Application.reject", nobody_has_opened_it, decisions.there_are_no_reasons)
    contribute("Application.reject_by_phone", nobody_has_opened_it)
    guard_the_decision()
    answer(forecast.told_by_rooms_above, references.contacts_to_come)
    answer(chain.links, ad_that_disagrees)
    answer(chain.links, guide_that_disagrees)
    answer(decide.arrived_at, arrived_at)
    answer(decide.applied_to, cases_applied_to)
    answer(composing.more_values, interview_values)
    answer(mail_delivery.opens, letters.links_that_open)
    for told in (
        told_to_applicant,
        told_of_fairness,
        references.told_to_applicant,
        told_of_decision,
        talent.told_to_applicant,
    ):
        answer(own_data.told_by_rooms_above, told)
    for pieces in (references.pieces, pieces_of_decision):
        answer(collecting.kept_by_rooms_above, pieces)


def guard_the_decision() -> None:
    """From the decision to the closed case: GRD-10, GRD-14, GRD-15, GRD-18, GRD-20, GRD-21."""
    contribute(
        "RecruitmentCase.conclude",
        decisions.decision_is_not_whole,
        decisions.somebody_excluded_took_part,
        decisions.chosen_is_not_found_qualified,
    )
    contribute("RecruitmentCase.conclude_unfilled", decisions.somebody_has_the_job)
    contribute("RecruitmentCase.decide_again", decisions.an_offer_waits)
    contribute(
        "Application.offer",
        decisions.it_was_not_decided,
        decisions.an_excluded_person_rated_it,
        decisions.it_is_not_found_qualified,
    )
    contribute("Application.hire", decisions.the_offer_is_not_accepted, decisions.all_positions_are_filled)
    contribute(
        "RecruitmentCase.close",
        closing.somebody_lacks_a_fuller_answer,
        closing.outcome_does_not_fit,
        closing.checklist_is_not_confirmed,
    )
    contribute("RecruitmentCase.reopen", it_is_past_its_time)
    answer(fair.chosen_by_rooms_above, chosen_on)
    answer(carrying.still_fits.setdefault(REJECTION, []), does_not_fit_any_more)


def carry_errands() -> None:
    """Who carries out which kind of errand, and who ends it when it cannot be done."""
    delivery.carriers[mail.OUTBOX_KIND] = (mail_delivery.deliver, mail_delivery.give_up)
    delivery.carriers[bulk.OUTBOX_KIND] = (carrying.carry, carrying.give_up)
    delivery.carriers[documents.OUTBOX_KIND] = (documents.process, documents.give_up)
    delivery.carriers[packaging.OUTBOX_KIND] = (packaging.build, packaging.give_up)
    delivery.carriers[folder.OUTBOX_KIND] = (folder.build, folder.give_up)
    delivery.carriers[following.DELIVER] = (media.deliver, media.give_up)
    delivery.carriers[following.ASK] = (media.ask, media.give_up_asking)
    delivery.carriers[repeating.AGAIN] = (repeating.repeat, repeating.give_up)


def let_rooms_hear() -> None:
    """Who hears of what, in this order."""
    listen(ItemQueued, nudge_a_worker)
    listen(AdChanged, media_follow_the_ad)
    listen(AdChanged, profile_is_settled)
    listen(DeadlineMoved, media_follow_the_deadline)
    listen(StateChanged, following.follow_move)
    listen(StateChanged, media_follow_the_case)
    listen(StateChanged, number_the_received)
    listen(CaseMade, plans.plan_new_case)
    listen(StateChanged, plans.tick_off)
    listen(DeadlineMoved, plans.follow_deadline)
    listen(PeopleChanged, plans.follow_people)
    listen(SeatGiven, plans.follow_seat)
    listen(UserInvited, letters.welcome)
    listen(SeatGiven, letters.tell_of_seat)
    listen(ConflictDeclared, letters.tell_of_conflict)
    listen(StateChanged, applicants_hear_of_a_new_round)
    listen(StateChanged, case_leaves_its_stage)
    listen(StateChanged, interviews_follow_the_application)
    listen(StateChanged, fairness.follow_move)
    listen(HearingOpened, taking.follow_hearing)
    listen(HearingSpared, taking.follow_spared)
    listen(StateChanged, taking.follow_move)
    listen(StateChanged, follow_withdrawal)
    listen(StateChanged, follow_hire)
    listen(StateChanged, answers.follow_letter)
    listen(LetterSettled, answers.follow_settling)
    listen(AnswerDateMoved, tell_of_new_day)


def answer(asked: list[Any], by: Any) -> None:
    """A room above answers a question that one below asks, once."""
    if by not in asked:
        asked.append(by)


def contribute(move: str, *guards: Guard) -> None:
    """Guards of a higher room on a lower room's move, each once."""
    for guard in guards:
        answer(contributed.setdefault(move, []), guard)


def nudge_a_worker(event: ItemQueued) -> None:
    """After the commit, tell a worker, beside the request; what the broker does not take, the sweeper finds."""
    transaction.on_commit(lambda: workers.nudge(event.item_id), robust=True)


def media_follow_the_ad(event: AdChanged) -> None:
    """Other people's media are told of what goes out."""
    following.follow_ad(event.round, event.publication)


def profile_is_settled(event: AdChanged) -> None:
    """What hangs on the profile is compared with the profile that the ad was written from."""
    if event.publication is None and is_in_new_words(event.round):
        chain.settle(event.round.case)


def media_follow_the_deadline(event: DeadlineMoved) -> None:
    """Whoever shows the old date is told of the new one."""
    following.follow_ad(event.round, has_moved=True)


def media_follow_the_case(event: StateChanged) -> None:
    """A case that is called back or cancelled is shown nowhere."""
    if isinstance(event.row, RecruitmentCase) and event.move in {"call_back", "cancel_running"}:
        call_media_back(event.row)


def case_leaves_its_stage(event: StateChanged) -> None:
    """An institution's own stages lie inside the fixed states."""
    if isinstance(event.row, RecruitmentCase):
        leave_stage(event.row)


def applicants_hear_of_a_new_round(event: StateChanged) -> None:
    """When the job is out again, those who have applied are told that their applications stay."""
    if isinstance(event.row, RecruitmentCase) and event.move == "advertise":
        tell_of_readvertisement(event.row)


def interviews_follow_the_application(event: StateChanged) -> None:
    """Who has withdrawn, or has been answered, is waited for by nobody."""
    if isinstance(event.row, Application) and event.move in {
        "withdraw",
        "withdraw_for",
        "join",
        "reject",
        "reject_by_phone",
        "decline",
        "note_declined",
    }:
        fall_away(event.row)
