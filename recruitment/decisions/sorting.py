"""Who is to be answered with which letter, and who is not yet, with the reason: looked at before anything is sent (C2)."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from recruitment.applications.models import (
    Application,
    ApplicationState,
    ApplicationStateChange,
    ClaimState,
    PriorityClaim,
)
from recruitment.cases.models import CaseState, RecruitmentCase
from recruitment.decisions import answers
from recruitment.decisions.answers import CallPurpose, FullerReasons, PhoneLog, ScreeningGrounds
from recruitment.decisions.models import DecisionKind, HiringDecision, Place
from recruitment.decisions.queries import decision_in_force, interviewed, is_filled
from recruitment.errors import Obstacle
from recruitment.fairness.guards import reasons_to_leave_out
from recruitment.letters.models import BulkLine, LineState
from recruitment.mail.models import Message, MessageState

S = ApplicationState
#: Still to be chosen among, as long as the post is not filled.
IN_PLAY = (S.RESERVE, S.SHORTLISTED, S.INVITED)
#: A letter in one of these has gone, or goes.
UNDER_WAY = (
    MessageState.QUEUED, MessageState.SENT, MessageState.DELIVERED, MessageState.UNCERTAIN, MessageState.POSTED,
    MessageState.NOTIFIED, MessageState.READ,
)  # fmt: skip


@dataclass(frozen=True)
class Planned:
    """Somebody who would get this letter."""

    application: Application
    code: str
    on_paper: bool = False


@dataclass(frozen=True)
class Held:
    """Somebody who would get none now: why, and where that is mended."""

    application: Application
    code: str
    message: str
    place: str = ""


@dataclass(frozen=True)
class Sorted:
    """The whole of it. `underway`: whose letter has gone already, and whom no bounce has taken it back from."""

    planned: list[Planned] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    underway: list[Application] = field(default_factory=list)

    def by_code(self) -> dict[str, list[Planned]]:
        """Grouped by letter, in the order of the letters."""
        order = [*answers.REJECTIONS, answers.LATE]
        return {code: rows for code in order if (rows := [each for each in self.planned if each.code == code])}


@dataclass(frozen=True)
class _Facts:
    """What is known of the case, read once."""

    decision: HiringDecision | None
    filled: bool
    state: str
    grounds: bool
    met: set[Any]
    reasons: dict[Any, FullerReasons]
    called: set[Any]
    claims: dict[Any, str]
    reserve: set[Any]
    letters: dict[Any, Message]
    listed: set[Any]  # on the list of a sending that is going out
    held: dict[Any, list[Obstacle]]  # GRD-12, GRD-13, GRD-16
    with_interviewed: bool

    @property
    def is_over(self) -> bool:
        """Nobody is hired: decided so, or the recruitment is to be cancelled."""
        return self.decision is not None and self.decision.kind != DecisionKind.HIRE

    @property
    def is_early(self) -> bool:
        """The post may still be filled by somebody who waits."""
        return not self.is_over and not self.filled


def sort_answers(
    case: RecruitmentCase, *, with_interviewed: bool = False, only: Any = None, ignoring: Any = None
) -> Sorted:
    """Everybody not hired and not answered. The same number of queries for few and for many.

    `with_interviewed`: also those who were interviewed while the post is not filled, after the warning (GRD-25).
    `only`: the key of the one application that is asked about; `ignoring`: of the sending that asks.
    """
    facts = _facts(case, with_interviewed=with_interviewed, ignoring=ignoring)
    rows = Application.objects.filter(case=case).exclude(state__in=[S.STARTED, S.WITHDRAWN, S.HIRED])
    rows = rows.select_related("candidate", "case__institution", "round").order_by("received_at", "pk")
    rows = rows if only is None else rows.filter(pk=only)
    planned: list[Planned] = []
    held: list[Held] = []
    underway: list[Application] = []
    for application in rows:
        if _has_answer(application, facts):
            continue
        letter = facts.letters.get(application.pk)
        if application.pk in facts.listed or (letter is not None and letter.state in UNDER_WAY):
            underway.append(application)
            continue
        stop = _stopped(application, letter, facts)
        if stop is not None:
            held.append(Held(application, stop.code, stop.message, stop.place))
        else:
            planned.append(Planned(application, _code(application, facts), not application.candidate.email))
    return Sorted(planned, held, underway)


def _facts(case: RecruitmentCase, *, with_interviewed: bool, ignoring: Any) -> _Facts:
    decision = decision_in_force(case)
    reserve = decision.names.filter(place=Place.RESERVE) if decision else None
    letters = Message.objects.filter(application__case=case, code__in=[*answers.REJECTIONS, answers.LATE])
    logs = PhoneLog.objects.filter(application__case=case, purpose=CallPurpose.REJECTION)
    again = _taken_up_again(case)
    listed = BulkLine.objects.filter(sending__case=case, sending__state="RUNNING", state=LineState.WAITING)
    return _Facts(
        decision=decision, filled=is_filled(case), state=case.state, grounds=ScreeningGrounds.objects.filter(case=case).exists(),
        met=interviewed(case), held=reasons_to_leave_out(case), with_interviewed=with_interviewed,
        reasons={row.application_id: row for row in FullerReasons.objects.filter(application__case=case)},
        called={pk for pk, at in logs.values_list("application", "logged_at") if pk not in again or at > again[pk]},
        listed=set(listed.exclude(sending=ignoring).values_list("application", flat=True)),
        claims=dict(PriorityClaim.objects.filter(application__case=case).values_list("application", "state")),
        reserve=set(reserve.values_list("application", flat=True)) if reserve is not None else set(),
        letters={
            letter.application_id: letter for letter in letters.defer("raw", "html", "text").order_by("created_at")
            if letter.application_id not in again or letter.created_at > again[letter.application_id]
        },
    )  # fmt: skip


def _taken_up_again(case: RecruitmentCase) -> dict[Any, dt.datetime]:
    """Since when an answer that was wrong no longer counts."""
    rows = ApplicationStateChange.objects.filter(application__case=case, move="reconsider")
    return dict(rows.order_by("at").values_list("application", "at"))


def _has_answer(application: Application, facts: _Facts) -> bool:
    """Answered; but who was rejected on the telephone still gets the short letter that confirms it."""
    if application.answer_delivered_at is None:
        return False
    waits_for_letter = application.state == S.REJECTED and application.pk in facts.called
    return not (waits_for_letter and application.pk not in facts.letters and application.pk in facts.met)


def _stopped(application: Application, letter: Message | None, facts: _Facts) -> Obstacle | None:
    """The first thing that stands in the way of an answer now."""
    checks = (_by_its_state, _by_a_letter_that_came_back, _by_others, _by_time, _by_words)
    for check in checks:
        if found := check(application, letter, facts):
            return found
    return None


def _by_its_state(application: Application, _letter: Message | None, facts: _Facts) -> Obstacle | None:
    if application.state == S.OFFERED:
        return Obstacle("offered", _("Has an offer to answer."), "decision")
    if facts.state in {CaseState.DRAFT, CaseState.READY, CaseState.ADVERTISED} and not facts.is_over:
        return Obstacle("deadline_ahead", _("The deadline has not passed."))
    if application.first_opened_at is None and application.state != S.LATE:
        return Obstacle("not_opened", _("Nobody has opened the application."), "applications.unassessed")
    return None


def _by_a_letter_that_came_back(application: Application, letter: Message | None, _facts_: _Facts) -> Obstacle | None:
    if letter is None or letter.state not in {MessageState.BOUNCED, MessageState.FAILED}:
        return None
    if application.state == S.REJECTED or letter.state == MessageState.BOUNCED:
        message = _("The letter came back: send it on paper, or call.")
        return Obstacle("bounced", message, f"answer:{application.pk}")
    return None


def _by_others(application: Application, _letter: Message | None, facts: _Facts) -> Obstacle | None:
    """Nobody is answered while they are heard, while their priority is dealt with, or while they wait to see their papers."""
    return next(iter(facts.held.get(application.pk, ())), None)


def _by_time(application: Application, _letter: Message | None, facts: _Facts) -> Obstacle | None:
    """What is too early while the post is not filled."""
    if not facts.is_early or application.state in {S.LATE, S.REJECTED}:
        return None
    if application.pk in facts.met or application.state in {S.INTERVIEWED, S.FINALIST}:
        if application.pk in facts.reserve:
            return Obstacle("in_reserve", _("Is on the reserve list, and the post is not filled."), "decision")
        if not facts.with_interviewed:
            message = _("Was interviewed, and the post is not filled: normally they wait until it is.")
            return Obstacle("interviewed_too_early", message)
        return None
    if application.state in IN_PLAY:
        return Obstacle("in_play", _("Is still in the running: %s.") % application.get_state_display())
    return None


def _by_words(application: Application, _letter: Message | None, facts: _Facts) -> Obstacle | None:
    """GRD-23, and GRD-18 for those who were interviewed."""
    code = _code(application, facts)
    place = f"answer:{application.pk}"
    if code == answers.PRIORITY and (row := facts.reasons.get(application.pk)) and not row.priority.strip():
        return Obstacle("priority_words_missing", _("Write about the preferential access."), place)
    if code == answers.PRIORITY and application.pk not in facts.reasons:
        return Obstacle("reasons_missing", _("Write the reasons, and about the preferential access."), place)
    if code == answers.SHORT and application.pk not in facts.called:
        message = _("Was interviewed: write fuller reasons, or call and note what was said.")
        return Obstacle("fuller_reasons_missing", message, place)
    if code == answers.EARLY and not facts.grounds:
        message = _("The grounds of the selection have not been written.")
        return Obstacle("no_reasons", message, "answers.grounds")
    return None


def _code(application: Application, facts: _Facts) -> str:
    """Which letter fits. A claimant's is the longest, a late one's the shortest."""
    if application.state == S.LATE:
        return answers.LATE
    claim = facts.claims.get(application.pk)
    if claim is not None and claim not in {ClaimState.NOT_ELIGIBLE, ClaimState.NOT_APPLICABLE}:
        return answers.PRIORITY
    if application.pk in facts.met:
        has_words = application.pk in facts.reasons and application.pk not in facts.called
        return answers.REASONED if has_words else answers.SHORT
    if facts.is_over:
        return answers.UNFILLED
    return answers.EARLY if facts.is_early else answers.NO_INTERVIEW
