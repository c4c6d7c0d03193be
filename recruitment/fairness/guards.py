"""GRD-12, GRD-13, GRD-16 and GRD-19: what fair treatment puts in the way of deciding and of closing.

Each takes the case or one application, so that the same guard stands before the decision and before the offer.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recruitment.applications.models import Application, ApplicationState, PriorityClaim
from recruitment.cases.models import RecruitmentCase
from recruitment.errors import Obstacle
from recruitment.fairness.claim_lifecycle import IN_NEGOTIATION, SETTLED
from recruitment.fairness.facts import notes_without_hearing
from recruitment.fairness.models import OPEN_STATES, FactNote, HearingState, PartyHearing
from recruitment.fairness.request_models import (
    AccessKind,
    AccessRequest,
    AccessState,
    ReasonsState,
    WrittenReasonsRequest,
)

Row = RecruitmentCase | Application
#: Rooms above say who has been chosen on a case before the offer is made. Filled by `wiring.py`.
chosen_by_rooms_above: list[Callable[[RecruitmentCase], Iterable[Any]]] = []
TAKEN_ON = (ApplicationState.OFFERED, ApplicationState.HIRED)
#: Nobody has to be waited for any more, only judged.
ANSWERED = {HearingState.RESPONDED, HearingState.DEADLINE_PASSED}
GONE = (ApplicationState.STARTED, ApplicationState.WITHDRAWN)


def _about(row: Row) -> Q:
    """Rows that hang on an application: of the whole case, or of this one."""
    return Q(application__case=row.pk) if isinstance(row, RecruitmentCase) else Q(application=row.pk)


def a_hearing_is_open(row: Row) -> Obstacle | None:
    """GRD-12, first part: nobody decides while somebody is being heard."""
    states = list(PartyHearing.objects.filter(_about(row), state__in=OPEN_STATES).values_list("state", flat=True))
    if not states:
        return None
    if set(states) <= ANSWERED:
        words = ngettext(
            "%d hearing waits to be evaluated: there is an answer, or its time has gone.",
            "%d hearings wait to be evaluated: there are answers, or their time has gone.",
            len(states),
        )
    else:
        words = ngettext(
            "%d hearing is open: wait for the answer, then evaluate it.",
            "%d hearings are open: wait for the answers, then evaluate them.",
            len(states),
        )
    return Obstacle("hearing_open", words % len(states), "fairness.hearings")


def a_fact_is_unheard(row: Row) -> Obstacle | None:
    """GRD-12, second part: of everything that counts against somebody it is decided whether they are heard."""
    number = notes_without_hearing(FactNote.objects.filter(_about(row))).count()
    if not number:
        return None
    words = ngettext(
        "%d note counts against an applicant: hold a hearing, or write why none is needed.",
        "%d notes count against applicants: hold a hearing, or write why none is needed.",
        number,
    )
    return Obstacle("fact_unheard", words % number, "fairness.hearings")


def somebody_is_not_heard(row: Row) -> list[Obstacle]:
    """GRD-12 as a whole."""
    return [found for found in (a_hearing_is_open(row), a_fact_is_unheard(row)) if found]


def claims_in_the_way(row: Row) -> QuerySet[PriorityClaim]:
    """Claims that must be settled before somebody else gets the post; that of the chosen one stands in nobody's way."""
    case_id = row.pk if isinstance(row, RecruitmentCase) else row.case_id
    rows = PriorityClaim.objects.filter(application__case=case_id).exclude(state__in=SETTLED)
    rows = rows.exclude(application__state__in=[*GONE, *TAKEN_ON])
    case = row if isinstance(row, RecruitmentCase) else row.case
    chosen = [key for tell in chosen_by_rooms_above for key in tell(case)]
    return rows.exclude(application__in=[*chosen, row.pk])


def a_claim_is_not_settled(row: Row) -> Obstacle | None:
    """GRD-13: cleared with the minutes of the negotiation, or not applicable."""
    states = set(claims_in_the_way(row).values_list("state", flat=True))
    if not states:
        return None
    if states & set(IN_NEGOTIATION):
        message = _(
            "An applicant has preferential access: the job centre must have the statement, the negotiation must be held, and its minutes be kept."
        )
    elif states == {"CLAIMED"}:
        message = _("An applicant claims preferential access: decide whether they have it.")
    else:
        message = _(
            "An applicant has preferential access: offer them the post, or turn them down and negotiate with the job centre."
        )
    return Obstacle("claim_not_settled", message, "fairness.priority")


def pending_access(row: Row) -> QuerySet[AccessRequest]:
    """Somebody whom the decision is about waits for their papers. Who has had an answer already, or has gone, does not count."""
    rows = AccessRequest.objects.filter(_about(row), kind=AccessKind.PARTY_ACCESS, overridden_at__isnull=True)
    rows = rows.exclude(state=AccessState.DELIVERED).exclude(application__state__in=GONE)
    return rows.filter(application__answer_delivered_at__isnull=True)


def access_is_pending(row: Row) -> Obstacle | None:
    """GRD-16: the decision waits until they have seen what they asked for; overridden with a reason by the one who decides."""
    number = pending_access(row).count()
    if not number:
        return None
    words = ngettext(
        "%d applicant waits to see their papers: deliver them first, or write why the decision does not wait.",
        "%d applicants wait to see their papers: deliver them first, or write why the decision does not wait.",
        number,
    )
    return Obstacle("access_pending", words % number, "fairness.access")


def something_is_owed(case: RecruitmentCase) -> list[Obstacle]:
    """GRD-19: no case is closed with an open hearing, a request that waits, or a negotiation that has not ended."""
    about = Q(application__case=case.pk)
    owed = (
        (
            "hearing_open", PartyHearing.objects.filter(about, state__in=OPEN_STATES), "fairness.hearings",
            _("A hearing is open."),
        ),
        (
            "access_pending", AccessRequest.objects.filter(about).exclude(state=AccessState.DELIVERED), "fairness.access",
            _("Somebody waits to see papers."),
        ),
        (
            "reasons_pending", WrittenReasonsRequest.objects.filter(about).exclude(state=ReasonsState.ANSWERED),
            "fairness.reasons", _("Somebody waits for reasons in writing."),
        ),
        (
            "negotiation_open", PriorityClaim.objects.filter(about, state__in=IN_NEGOTIATION), "fairness.priority",
            _("The negotiation with the job centre has not ended."),
        ),
    )  # fmt: skip
    return [Obstacle(code, message, place) for code, rows, place, message in owed if rows.exists()]


def reasons_to_leave_out(case: RecruitmentCase) -> dict[Any, list[Obstacle]]:
    """For sending answers to many: who must not be answered yet, by application (C2). Four queries, however many."""
    found: dict[Any, list[Obstacle]] = {}
    about = Q(application__case=case.pk)
    for code, rows, place, message in (
        (
            "hearing_open", PartyHearing.objects.filter(about, state__in=OPEN_STATES), "fairness.hearings",
            _("A hearing is open."),
        ),
        ("fact_unheard", notes_without_hearing(FactNote.objects.filter(about)), "fairness.hearings",
         _("Something counts against the applicant, and nobody has decided whether they are heard.")),
        ("claim_not_settled", PriorityClaim.objects.filter(about).exclude(state__in=SETTLED), "fairness.priority",
         _("Preferential access has not been settled.")),
        ("access_pending", pending_access(case), "fairness.access", _("The applicant waits to see their papers.")),
    ):  # fmt: skip
        for key in set(rows.values_list("application", flat=True)):
            found.setdefault(key, []).append(Obstacle(code, message, place))
    return found
