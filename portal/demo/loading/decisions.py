"""The end of the demo's cases: recommended, decided, offered, accepted and closed as the screens would have done it (domain F.3)."""

import datetime as dt

from portal.demo.loading.answered import FEEDBACK, INDIVIDUAL, Table, answer_all, written
from portal.demo.loading.calendar import moment
from portal.demo.loading.cases import made
from portal.demo.loading.catalogue import BY_KEY
from portal.demo.loading.people import in_role
from recruitment.access.roles import Role
from recruitment.applications.models import Application, Stage
from recruitment.cases.models import RecruitmentCase
from recruitment.closing.models import ClosingConfirmation
from recruitment.decisions.answers import FullerReasons
from recruitment.decisions.models import (
    DecidedApplicant,
    HiringDecision,
    Offer,
    Place,
    Recommendation,
    RecommendedApplicant,
)
from recruitment.mail.models import MessageState

FACTORS = {
    "R1": "erfaring med tilsyn, sikker brug af forvaltningsretten og klar skriftlig formidling",
    "R5": "ro og overblik i samtaler, skriftlig klarhed og erfaring fra et kundecenter",
    "K2": "laboratorieerfaring med sediment og vand, feltarbejde og omhu med dokumentation",
    "L2": "en stærk kandidatgrad i energisystemer, programmering og god skriftlig formidling på engelsk",
}
IN_ENGLISH = {"L2": "a strong master's degree in energy systems, programming and clear written English"}
WHY_NOBODY = (
    "Ingen af de to, der var til samtale, har arbejdet med statens økonomisystemer i det omfang, stillingen kræver."
)
TERMS = "Løn efter overenskomsten med et tillæg, som vi har talt om. Fuld tid, første arbejdsdag den første i måneden."
RECOMMENDED = (
    "Har løst opgaver som disse før og viste det med egne eksempler ved samtalen.",
    "Fagligt lige så stærk, men har arbejdet kortere tid med området.",
)


def decide_and_answer() -> None:
    """Case after case, then the one that is only recommended so far."""
    for key in ("R1", "R5", "K2", "K3", "L2"):
        plan = BY_KEY[key]
        if plan.decided is None:
            continue
        case = made[key]
        manager, hr = in_role(plan.institution, Role.HIRING_MANAGER)[0], in_role(plan.institution, Role.HR_EXTENDED)[0]
        table = Table(key, case, manager, hr, moment(plan.decided))
        table.decision = _decide(table)
        if key == "R5":
            _leave_some_to_answer(table)
        answer_all(table)
        if plan.closed is not None:
            ClosingConfirmation.objects.create(
                case=case, pool="ASKED" if key in {"R1", "K2"} else "NOBODY", by_user=hr, confirmed_at=moment(plan.closed, "09.30"),
                counts={"received": case.applications.count(), "unanswered": 0, "without_fuller": 0},
            )  # fmt: skip
    _recommend(made["R3"], draft=True)


def _met(case: RecruitmentCase, *states: str) -> list[Application]:
    rows = case.applications.filter(stage_reached__gte=Stage.INTERVIEWED).select_related("candidate")
    return list((rows.filter(state__in=states) if states else rows).order_by("-stage_reached", "received_at"))


def _recommend(case: RecruitmentCase, *, draft: bool = False, at: dt.datetime | None = None) -> Recommendation:
    chair = case.members.filter(role=Role.HIRING_COMMITTEE, is_chair=True).first()
    names = _met(case)[:2]
    row = Recommendation.objects.create(
        case=case, version=1, by_user=chair.user if chair else None, made_at=at or moment(-3), on_behalf=chair is None,
        comparison="Begge opfylder kravene i profilen. Den første står stærkest på de opgaver, der fylder mest.",
    )  # fmt: skip
    RecommendedApplicant.objects.bulk_create(
        [
            RecommendedApplicant(recommendation=row, application=name, rank=rank, reason=RECOMMENDED[rank - 1])
            for rank, name in enumerate(names, 1)
        ]
    )
    if draft and len(names) > 1:
        decision = HiringDecision.objects.create(
            case=case, version=1, decider=case.hiring_manager, recommendation=row, factors="erfaring med at lede fagligt stærke medarbejdere gennem forandringer",
        )  # fmt: skip
        _name(decision, names[:1], names[1:])
    return row


def _name(decision: HiringDecision, chosen: list[Application], reserve: list[Application]) -> None:
    DecidedApplicant.objects.bulk_create(
        [
            DecidedApplicant(decision=decision, application=row, place=place, order=order)
            for place, rows in ((Place.CHOSEN, chosen), (Place.RESERVE, reserve))
            for order, row in enumerate(rows, 1)
        ]
    )


def _decide(table: Table) -> HiringDecision:
    hired, others = _met(table.case, "HIRED"), _met(table.case, "REJECTED")
    if not hired:
        return HiringDecision.objects.create(
            case=table.case, version=1, kind="UNFILLED", reason=WHY_NOBODY, decider=table.hr, by_user=table.hr, created_by=table.hr,
            created_at=table.decided, concluded_at=table.decided, factors="et indgående kendskab til statens økonomisystemer og formidling af tal",
        )  # fmt: skip
    recommendation = _recommend(table.case, at=table.decided - dt.timedelta(days=2))
    decision = HiringDecision.objects.create(
        case=table.case, version=1, decider=table.manager, factors=FACTORS[table.key], factors_en=IN_ENGLISH.get(table.key, ""),
        start_date=(table.decided + dt.timedelta(days=60)).date().replace(day=1), recommendation=recommendation, created_by=table.manager,
        created_at=table.decided - dt.timedelta(days=1),
        comparison="Den valgte har ført samtaler med borgere i fire år og skrev den klareste prøve. Ansøgeren med fortrinsadgang er ikke lige så kvalificeret på de to punkter." if table.key == "R5" else "",
    )  # fmt: skip
    _name(decision, hired, others[:1])
    decision.concluded_at, decision.by_user = table.decided, table.manager
    decision.save()
    for application in hired:
        _offer(table, decision, application)
    return decision


def _offer(table: Table, decision: HiringDecision, application: Application) -> None:
    answer_by = (table.decided + dt.timedelta(days=7)).date()
    values = {"pay_offer": TERMS, "deadline": f"{answer_by:%d-%m-%Y}"}
    letter = written(table, application, "OFFER_FOLLOWUP", values, at=table.decided, state=MessageState.READ)
    letter.save()
    Offer.objects.create(
        application=application, decision=decision, terms=TERMS, answer_by=answer_by, made_at=table.decided,
        by_user=table.manager, message=letter, answer="ACCEPTED", answered_at=table.after(2),
    )  # fmt: skip
    Application.objects.filter(pk=application.pk).update(answer_delivered_at=table.after(2))


def _leave_some_to_answer(table: Table) -> None:
    """R5 is about to conclude: who was not interviewed waits for the letter, and two who were; one of them has no reasons yet."""
    rows, met = table.case.applications.filter(state="REJECTED"), _met(table.case, "REJECTED")[-2:]
    rows.filter(pk__in=[row.pk for row in met]).update(state="INTERVIEWED", answer_delivered_at=None)
    rows.filter(stage_reached__lt=Stage.INTERVIEWED).update(state="UNDER_REVIEW", answer_delivered_at=None)
    FullerReasons.objects.create(
        application=met[0], factors=INDIVIDUAL[2], feedback=FEEDBACK[1], by_user=table.hr, written_at=moment(-1)
    )
