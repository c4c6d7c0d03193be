"""C1 as data, from the first draft to a closed case. Guards of rooms above are contributed in `wiring.py`."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from recruitment import clock
from recruitment.access.permissions import Permission
from recruitment.cases.models import CaseState as S
from recruitment.cases.models import CaseType, RecruitmentCase
from recruitment.cases.profile import AdvertisementRound
from recruitment.errors import Obstacle
from recruitment.lifecycle import Move
from recruitment.organisation.legal import LegalTextKind, ProfileStatus
from recruitment.organisation.queries import text_in_force
from recruitment.questions.linter import blocking_findings


def current_round(case: RecruitmentCase) -> AdvertisementRound | None:
    """The round that takes or will take applications; None for a case without one."""
    return case.rounds.filter(closed_at__isnull=True).order_by("-number").first()


def frame_is_incomplete(case: RecruitmentCase) -> list[Obstacle]:
    """GRD-1: profile with tasks, competences, workplace and hours; category, people and a public contact."""
    profile = getattr(case, "profile", None)
    checks = (
        (profile and profile.tasks.strip(), "tasks", _("The job profile has no tasks."), "profile.tasks"),
        (
            profile and profile.competences.exists(),
            "competences",
            _("The job profile has no competences."),
            "profile.competences",
        ),
        (case.workplaces.exists(), "workplace", _("The workplace is missing."), "case.workplaces"),
        (case.weekly_hours_max, "hours", _("The weekly hours are missing."), "case.weekly_hours_max"),
        (case.position_category_id, "category", _("The field of work is missing."), "case.position_category"),
        (case.hr_responsible_id, "hr_responsible", _("Nobody in HR is responsible."), "case.hr_responsible"),
        (case.hiring_manager_id, "hiring_manager", _("The hiring manager is missing."), "case.hiring_manager"),
        (
            case.contacts.filter(publish_in_ad=True).exists(),
            "contact",
            _("A contact person for applicants is missing."),
            "case.contacts",
        ),
    )
    return [Obstacle(code, str(message), place) for present, code, message, place in checks if not present]


def form_is_not_valid(case: RecruitmentCase) -> list[Obstacle]:
    """GRD-3: a form, a notice to read before it, and every question tied to a requirement (INV-23) and asking nothing forbidden (INV-24)."""
    form = getattr(case, "form", None)
    if form is None:
        return [Obstacle("form", str(_("The application form is missing.")), "form")]
    found = []
    if any(text_in_force(case.institution, LegalTextKind.PRIVACY_NOTICE, each) is None for each in form.languages):
        found.append(Obstacle("notice_missing", str(_("The notice that applicants read first is missing.")), "texts"))
    for question in form.questions.filter(retired_at__isnull=True):
        if question.linked_requirement_id is None and not question.justification.strip():
            found.append(
                Obstacle(
                    "question_not_linked",
                    str(_("A question is tied to no requirement: “%s”.") % question.text),
                    "form.questions",
                )
            )
        findings = blocking_findings(*question.all_words(), kind=question.kind)
        found += [Obstacle(f.code, str(f.message), "form.questions") for f in findings]
    return found


def data_class_is_not_covered(case: RecruitmentCase) -> Obstacle | None:
    """GRD-30: sensitive fields, questions or documents need an approved profile that allows them, with its own text."""
    form = getattr(case, "form", None)
    asks = form is not None and form.questions.filter(retired_at__isnull=True, data_class="SENSITIVE").exists()
    if case.data_class != "SENSITIVE" and not asks:
        return None
    profile = getattr(case.institution, "data_protection", None)
    if profile and profile.status == ProfileStatus.APPROVED and profile.sensitive_processing_enabled:
        return None
    return Obstacle(
        "sensitive_not_allowed",
        str(_("Sensitive data may not be asked for until the institution's data-protection profile allows it.")),
        "dataprotection",
    )


def jobnet_is_not_planned(case: RecruitmentCase) -> Obstacle | None:
    """GRD-4: what must be advertised is planned on Jobnet."""
    round_ = current_round(case)
    if not case.advertising_required or case.case_type != CaseType.RECRUITMENT or round_ is None:
        return None
    if round_.publications.filter(medium__is_mandatory_public=True).exclude(state="WITHDRAWN").exists():
        return None
    return Obstacle("jobnet", str(_("The ad must be planned on Jobnet.")), "media")


def deadline_is_not_ahead(case: RecruitmentCase) -> Obstacle | None:
    """A round opens before its deadline. A call for open applications may have none."""
    round_ = current_round(case)
    if case.case_type == CaseType.OPEN_APPLICATION and round_ is not None and round_.application_deadline is None:
        return None
    if round_ is None or round_.application_deadline is None:
        return Obstacle("deadline", str(_("The deadline is missing: date and time.")), "case.deadline")
    if round_.application_deadline <= clock.now():
        return Obstacle("deadline_passed", str(_("The deadline has passed.")), "case.deadline")
    return None


def too_short_a_period(round_: AdvertisementRound, begins: dt.datetime | None = None) -> Obstacle | None:
    """GRD-5: fewer than 14 days (or the institution's own number) from publication to deadline need a written reason.

    `begins` is the first public day where the ad is not out yet; otherwise now.
    """
    if round_.application_deadline is None or round_.short_period_reason.strip():
        return None
    days = round_.case.institution.settings.min_application_days
    begins = begins or round_.opens_at or clock.now()
    if round_.application_deadline - begins >= dt.timedelta(days=days) - dt.timedelta(minutes=1):
        return None
    message = _("The deadline is less than %d days away: move it, or write why.") % days
    return Obstacle("short_period", str(message), "case.short_period_reason")


def period_is_too_short(case: RecruitmentCase) -> Obstacle | None:
    """GRD-5 for the case's open round."""
    round_ = current_round(case)
    return too_short_a_period(round_) if round_ else None


def has_applications(case: RecruitmentCase) -> Obstacle | None:
    """A case that has received something is not called back or cancelled silently."""
    if case.applications.exclude(state__in=["STARTED", "WITHDRAWN"]).exists():
        return Obstacle("has_applications", str(_("Applications have been received.")))
    return None


def advertising_is_required(case: RecruitmentCase) -> Obstacle | None:
    """GRD-6: who is not advertised for is exempt, and a reason is written."""
    if not case.advertising_required and case.advertising_exemption and case.advertising_exemption_reason.strip():
        return None
    message = _("The post must be advertised. Where an exemption holds, say so with its reason.")
    return Obstacle("advertising_required", str(message), "case.advertising_exemption")


def nothing_was_received(case: RecruitmentCase) -> Obstacle | None:
    """Without applications of an earlier round there is nothing to go back to."""
    if case.rounds.filter(closed_at__isnull=False, opens_at__isnull=False).exists():
        return None
    return Obstacle("not_advertised", str(_("The case has not been advertised before.")))


APPROVE = Move(
    "approve",
    (S.DRAFT,),
    to=S.READY,
    label=_("Approve"),
    needs=Permission.CASE_EDIT,
    unless=(frame_is_incomplete, form_is_not_valid, data_class_is_not_covered),
)
REOPEN_DRAFT = Move("reopen_draft", (S.READY,), to=S.DRAFT, label=_("Back to draft"), needs=Permission.CASE_EDIT)
ADVERTISE = Move(
    "advertise",
    (S.READY,),
    to=S.ADVERTISED,
    label=_("Advertise"),
    needs=Permission.AD_PUBLISH,
    unless=(deadline_is_not_ahead, jobnet_is_not_planned, period_is_too_short, data_class_is_not_covered),
)
CALL_BACK = Move(
    "call_back",
    (S.ADVERTISED,),
    to=S.READY,
    label=_("Call the ad back"),
    needs=Permission.CASE_EDIT,
    unless=(has_applications,),
)
BEGIN_ASSESSMENT = Move("begin_assessment", (S.ADVERTISED,), to=S.ASSESSING)
CANCEL = Move(
    "cancel",
    (S.DRAFT, S.READY),
    to=S.CLOSED,
    label=_("Cancel the case"),
    needs=Permission.CASE_CLOSE,
    unless=(has_applications,),
    reason_required=True,
)
#: GRD-7: the reason here, the new deadline in the deed. By way of READY, so that the same guards hold as for the first ad.
READVERTISE = Move(
    "readvertise",
    (S.ASSESSING, S.INTERVIEWING, S.DECIDING),
    to=S.READY,
    label=_("Advertise again"),
    needs=Permission.CASE_EDIT,
    reason_required=True,
)
DROP_READVERTISING = Move(
    "drop_readvertising",
    (S.READY,),
    to=S.ASSESSING,
    label=_("Do not advertise again after all"),
    needs=Permission.CASE_EDIT,
    unless=(nothing_was_received,),
)
ASSESS_WITHOUT_ADVERTISING = Move(
    "assess_without_advertising",
    (S.READY,),
    to=S.ASSESSING,
    label=_("Go on without advertising"),
    needs=Permission.CASE_EDIT,
    unless=(advertising_is_required,),
)
#: Rooms above say who has had no answer yet (GRD-17).
CANCEL_RUNNING = Move(
    "cancel_running",
    (S.READY, S.ADVERTISED, S.ASSESSING, S.INTERVIEWING, S.DECIDING),
    to=S.CLOSED,
    label=_("Cancel the recruitment"),
    needs=Permission.CASE_CANCEL_RUNNING,
    reason_required=True,
)
#: The house makes it when the first invitation is sent.
BEGIN_INTERVIEWS = Move("begin_interviews", (S.ASSESSING,), to=S.INTERVIEWING, label=_("Call to interviews"))
BEGIN_DECISION = Move(
    "begin_decision",
    (S.INTERVIEWING,),
    to=S.DECIDING,
    label=_("Go on to the decision"),
    needs=Permission.CASE_BEGIN_DECISION,
)
DECIDE_WITHOUT_INTERVIEWS = Move(
    "decide_without_interviews",
    (S.ASSESSING,),
    to=S.DECIDING,
    label=_("Decide without interviews"),
    needs=Permission.CASE_BEGIN_DECISION,
    reason_required=True,
)
#: Who is hired is decided (GRD-10 to GRD-16 are contributed by the rooms that know).
CONCLUDE = Move(
    "conclude", (S.DECIDING,), to=S.CONCLUDING, label=_("Record the decision"), needs=Permission.DECISION_RECORD
)
CONCLUDE_UNFILLED = Move(
    "conclude_unfilled",
    (S.DECIDING,),
    to=S.CONCLUDING,
    label=_("Nobody is hired"),
    needs=Permission.CASE_CLOSE,
    reason_required=True,
)
#: An offer was declined, or somebody hired withdrew before the first day.
DECIDE_AGAIN = Move(
    "decide_again",
    (S.CONCLUDING,),
    to=S.DECIDING,
    label=_("Decide again"),
    needs=Permission.CASE_BEGIN_DECISION,
    reason_required=True,
)
CLOSE = Move("close", (S.CONCLUDING,), to=S.CLOSED, label=_("Close the case"), needs=Permission.CASE_CLOSE)
REOPEN = Move(
    "reopen", (S.CLOSED,), to=S.CONCLUDING, label=_("Open the case again"), needs=Permission.CASE_REOPEN,
    reason_required=True,
)  # fmt: skip
MOVES = (
    APPROVE,
    REOPEN_DRAFT,
    ADVERTISE,
    CALL_BACK,
    BEGIN_ASSESSMENT,
    BEGIN_INTERVIEWS,
    BEGIN_DECISION,
    DECIDE_WITHOUT_INTERVIEWS,
    ASSESS_WITHOUT_ADVERTISING,
    READVERTISE,
    DROP_READVERTISING,
    CANCEL,
    CANCEL_RUNNING,
    CONCLUDE,
    CONCLUDE_UNFILLED,
    DECIDE_AGAIN,
    CLOSE,
    REOPEN,
)
