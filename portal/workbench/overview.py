"""What the first page of a case says: the next step, what blocks it, further moves, people and dates."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.workbench.places import Blocker, ad_address, blockers
from recruitment.access.decide import may
from recruitment.access.permissions import Permission
from recruitment.advertising.models import JobAdvertisement
from recruitment.applications.queries import candidate_list, with_application_counts
from recruitment.cases.adapted import SubStage
from recruitment.cases.chain import no_longer_agrees
from recruitment.cases.lifecycle import (
    ADVERTISE,
    APPROVE,
    ASSESS_WITHOUT_ADVERTISING,
    CANCEL,
    CANCEL_RUNNING,
    CLOSE,
    CONCLUDE,
    DROP_READVERTISING,
    MOVES,
    current_round,
    nothing_was_received,
)
from recruitment.cases.models import CaseState, RecruitmentCase
from recruitment.decisions.queries import IN_PROGRESS, decision_in_force, unanswered
from recruitment.lifecycle import Move, is_open, obstacles
from recruitment.people.actor import Actor
from recruitment.planning.forecast import Ahead, forecast


@dataclass(frozen=True)
class NextStep:
    """The primary button. `blockers` are what the domain would refuse for, told before anybody tries."""

    label: str
    url: str
    explanation: str = ""
    blockers: list[Blocker] = field(default_factory=list)


@dataclass(frozen=True)
class AheadOfUs:
    """A later move that something will stop: when it is due, and what it is."""

    label: str
    days: int | None
    day: Any
    blockers: list[Blocker]


@dataclass(frozen=True)
class Overview:
    """Everything the page shows beside the case itself."""

    step: NextStep | None
    moves: list[tuple[str, str]]
    round: Any
    counts: dict[str, int] | None
    ads: list[JobAdvertisement]
    ad_url: str
    sees_people: bool
    ahead: list[AheadOfUs]
    step_days: int | None
    disagreements: list[Blocker]
    stages: list[SubStage]
    may_promise: bool


def overview_of(case: RecruitmentCase, actor: Actor) -> Overview:
    """For this person: nothing is shown that they may not do or know."""
    step, expected = next_step(case, actor), forecast(case, actor)
    now = NOW.get(case.state) if step else None
    return Overview(
        ahead=[_ahead(each, case) for each in expected if each.move is not now],
        step_days=next((each.days for each in expected if each.move is now), None),
        disagreements=blockers(no_longer_agrees(case), case) if may(actor, Permission.CASE_PROPOSE_PROFILE, case) else [],
        stages=stages_for(case) if may(actor, Permission.CASE_EDIT, case) else [],
        may_promise=case.state in IN_PROGRESS and may(actor, Permission.CASE_EDIT, case),
        step=step, moves=other_moves(case, actor), round=current_round(case),
        counts=application_counts(case, actor), ads=live_ads(case),
        ad_url=ad_address(case) if may(actor, Permission.AD_EDIT, case) else "",
        sees_people=may(actor, Permission.CASE_VIEW, case),
    )  # fmt: skip


#: Moves that need more words than a reason and have screens of their own.
TYPED_ELSEWHERE = {
    "readvertise": "readvertise", "conclude": "decision", "conclude_unfilled": "conclude_unfilled", "decide_again": "decide_again",
    "close": "closing", "reopen": "reopen",
}  # fmt: skip
#: The move that the next step of a state is about.
NOW = {
    CaseState.DRAFT: APPROVE, CaseState.READY: ADVERTISE, CaseState.DECIDING: CONCLUDE, CaseState.CONCLUDING: CLOSE,
}  # fmt: skip


def _ahead(expected: Ahead, case: RecruitmentCase) -> AheadOfUs:
    return AheadOfUs(str(expected.move.label), expected.days, expected.day, blockers(expected.obstacles, case))


def next_step(case: RecruitmentCase, actor: Actor) -> NextStep | None:
    """The one thing that brings the case on from its state; None where it is not this person's to do."""
    if case.state == CaseState.DRAFT and is_open(APPROVE, case, actor=actor):
        return NextStep(
            _("Approve the case"), move_address(case, APPROVE), _("Then the ad can be published."),
            blockers(obstacles(APPROVE, case), case),
        )  # fmt: skip
    if case.state == CaseState.READY and may(actor, Permission.AD_EDIT, case):
        return NextStep(
            _("Write the ad"), ad_address(case), _("The case is advertised when the ad is published."),
            blockers(obstacles(ADVERTISE, case), case),
        )  # fmt: skip
    if step := _later_steps(case, actor):
        return step
    if may(actor, Permission.APPLICATION_LIST, case) and case.state not in {CaseState.DRAFT, CaseState.READY}:
        address = reverse("workbench:applications", args=[case.pk])
        if candidate_list(actor, case).exists():
            return NextStep(_("Read the applications"), address)
        if case.state == CaseState.ADVERTISED:
            return NextStep(
                _("Wait for applications"), "", _("Nobody has applied yet. They stand on the desk as they come.")
            )
    return None


def _later_steps(case: RecruitmentCase, actor: Actor) -> NextStep | None:
    """From the interviews to the closed case, for those whose it is."""
    if case.state == CaseState.INTERVIEWING and may(actor, Permission.INTERVIEW_VIEW_SLOTS, case):
        return NextStep(_("See to the interviews"), reverse("workbench:interviews", args=[case.pk]))
    if case.state == CaseState.DECIDING and may(actor, Permission.DECISION_RECORD, case):
        return NextStep(
            _("Decide whom to hire"), reverse("workbench:decision", args=[case.pk]), "",
            blockers(obstacles(CONCLUDE, case), case),
        )  # fmt: skip
    if case.state != CaseState.CONCLUDING or not may(actor, Permission.REJECT, case):
        return None
    missing = blockers([each for each in obstacles(CLOSE, case) if each.code != "not_confirmed"], case)
    if unanswered(case).exists():
        return NextStep(_("Answer the applicants"), reverse("workbench:answers", args=[case.pk]), "", missing)
    return NextStep(_("Close the case"), reverse("workbench:closing", args=[case.pk]), "", missing)


def other_moves(case: RecruitmentCase, actor: Actor) -> list[tuple[str, str]]:
    """Label and address of what else this person can do with the case."""
    besides = {APPROVE.name, ADVERTISE.name, CONCLUDE.name, CLOSE.name}
    found = [
        (str(move.label), move_address(case, move))
        for move in MOVES
        if move.name not in besides and is_open(move, case, actor=actor) and _makes_sense(move, case)
    ]
    if may(actor, Permission.CASE_CREATE) and may(actor, Permission.CASE_VIEW, case):
        found.append((_("Make a new case like this"), f"{reverse('workbench:case_new')}?like={case.pk}"))
    if may(actor, Permission.CASE_TEMPLATE_EDIT) and may(actor, Permission.CASE_VIEW, case):
        found.append((_("Keep as a template"), reverse("workbench:case_keep", args=[case.pk])))
    return found


def _makes_sense(move: Move, case: RecruitmentCase) -> bool:
    """Ways that only some approved cases have are not offered to the others; what is offered may still be refused with its reason."""
    if move in {DROP_READVERTISING, ASSESS_WITHOUT_ADVERTISING, CANCEL, CANCEL_RUNNING}:
        was_out = nothing_was_received(case) is None
        exempt = not case.advertising_required
        return {
            DROP_READVERTISING: was_out, ASSESS_WITHOUT_ADVERTISING: exempt and not was_out,
            CANCEL: not was_out, CANCEL_RUNNING: was_out or case.state != CaseState.READY,
        }[move]  # fmt: skip
    return True


def move_address(case: RecruitmentCase, move: Move) -> str:
    """Where the move is confirmed, or where what it needs is typed."""
    if move.name in TYPED_ELSEWHERE:
        return reverse(f"workbench:{TYPED_ELSEWHERE[move.name]}", args=[case.pk])
    if move is CANCEL_RUNNING and unanswered(case).exists() and decision_in_force(case) is None:
        return reverse("workbench:decide_to_cancel", args=[case.pk])
    return reverse("workbench:move", args=["case", case.pk, move.name])


def application_counts(case: RecruitmentCase, actor: Actor) -> dict[str, int] | None:
    """How many were received and how many of them wait to be opened; None for who may not list them."""
    if not may(actor, Permission.APPLICATION_LIST, case):
        return None
    counted = with_application_counts(actor, RecruitmentCase.objects.filter(pk=case.pk)).values("received", "unread")
    return counted[0]


def stages_for(case: RecruitmentCase) -> list[SubStage]:
    """The institution's own stages inside the state that the case is in."""
    return list(SubStage.objects.filter(institution=case.institution_id, state=case.state))


def live_ads(case: RecruitmentCase) -> list[JobAdvertisement]:
    """The versions that are out now."""
    return list(
        JobAdvertisement.objects.filter(round__case=case, retired_at__isnull=True).defer("html", "text", "blocks")
    )
