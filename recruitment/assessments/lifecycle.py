"""C9 for assessments, as data: written, handed in, checked, commented on, final."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recruitment import clock
from recruitment.access.permissions import Permission
from recruitment.applications.models import Application
from recruitment.assessments.statements import Assessment
from recruitment.assessments.statements import AssessmentState as S
from recruitment.errors import Obstacle
from recruitment.lifecycle import Move

#: Words that put applicants in an order, in the two languages assessments are written in.
_ORDER = re.compile(
    r"\b(?:nr\.?|nummer|number|no\.?)\s*\d+\s+(?:af|blandt|ud af|of|among)\b"
    r"|\brang(?:eres|eret|ordnes|ordnet)\b|\branked\b"
    r"|\b(?:bedste|stærkeste|svageste|best|strongest|weakest)\s+(?:ansøger|kandidat|applicant|candidate)"
    r"|\b(?:bedre|stærkere|svagere|better|stronger|weaker)\s+(?:end|than)\s+(?:de\s+)?(?:øvrige|andre|the\s+other)",
    re.IGNORECASE,
)


def it_is_not_whole(assessment: Assessment) -> list[Obstacle]:
    """Words and a conclusion."""
    found = []
    if not assessment.text.strip():
        found.append(Obstacle("text_missing", _("The assessment has no words."), "assessment.text"))
    if not assessment.conclusion:
        found.append(Obstacle("conclusion_missing", _("The conclusion is missing."), "assessment.conclusion"))
    return found


def it_compares_applicants(assessment: Assessment) -> list[Obstacle]:
    """INV-27: each is measured against the job, so no order and no other applicant's name stands in it."""
    found = []
    if match := _ORDER.search(assessment.text):
        message = _("“%s” compares applicants. Measure this one against the job.") % match[0]
        found.append(Obstacle("ranks", message, "assessment.text"))
    named = _("Another applicant is named: %s.")
    return [*found, *(Obstacle("names_another", named % name, "assessment.text") for name in _others_named(assessment))]


def _others_named(assessment: Assessment) -> list[str]:
    words = assessment.text.casefold()
    others = Application.objects.filter(case=assessment.application.case_id).exclude(pk=assessment.application_id)
    own = assessment.application.candidate.full_name.casefold()
    pairs = others.exclude(state="STARTED").values_list("candidate__given_name", "candidate__family_name")
    names = {f"{given} {family}".strip() for given, family in pairs}
    return sorted(name for name in names if len(name) > 3 and name.casefold() != own and name.casefold() in words)


def it_must_be_checked_first(assessment: Assessment) -> Obstacle | None:
    """Where the institution wants HR's check of legality, nothing goes to the applicant before it."""
    if assessment.state != S.SUBMITTED or not assessment.application.case.institution.settings.legality_check_required:
        return None
    return Obstacle("not_checked", _("HR has not checked the legality yet."))


def the_applicant_may_still_comment(assessment: Assessment) -> Obstacle | None:
    """The date has not passed, and no comment has come."""
    if assessment.commented_at or not assessment.comment_deadline or clock.today() > assessment.comment_deadline:
        return None
    return Obstacle("may_comment", _("The applicant may still comment on it."))


SUBMIT = Move(
    "submit",
    (S.DRAFT,),
    to=S.SUBMITTED,
    label=gettext_lazy("Hand in to HR"),
    needs=Permission.ASSESSMENT_SUBMIT,
    unless=(it_is_not_whole, it_compares_applicants),
)
RETURN = Move(
    "return",
    (S.SUBMITTED, S.LEGALITY_CHECKED),
    to=S.DRAFT,
    label=gettext_lazy("Send back to the committee"),
    needs=Permission.ASSESSMENT_CHECK,
    reason_required=True,
)
CHECK = Move(
    "check",
    (S.SUBMITTED,),
    to=S.LEGALITY_CHECKED,
    label=gettext_lazy("Legality checked"),
    needs=Permission.ASSESSMENT_CHECK,
    unless=(it_compares_applicants,),
)
SEND = Move(
    "send",
    (S.SUBMITTED, S.LEGALITY_CHECKED),
    to=S.SENT_FOR_COMMENT,
    label=gettext_lazy("Send to the applicant for comment"),
    needs=Permission.ASSESSMENT_CHECK,
    unless=(it_must_be_checked_first,),
)
FINISH = Move(
    "finish",
    (S.SENT_FOR_COMMENT,),
    to=S.FINAL,
    label=gettext_lazy("Make it final"),
    needs=Permission.ASSESSMENT_CHECK,
    unless=(the_applicant_may_still_comment,),
)
MOVES = (SUBMIT, CHECK, SEND, FINISH, RETURN)
