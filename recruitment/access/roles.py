"""The nine roles and the one table of what each may do (domain D1, D2). A lawyer can read it."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from recruitment.access.permissions import Permission as P  # noqa: N817 - the table below must fit on a page


class Role(models.TextChoices):
    """The guide's nine roles (p. 21-22)."""

    ADMINISTRATOR = "ADMINISTRATOR", _("Administrator")
    COMMUNICATIONS = "COMMUNICATIONS", _("Communications staff")
    HR_EXTENDED = "HR_EXTENDED", _("HR with extended rights")
    HR_CASEWORK = "HR_CASEWORK", _("HR casework")
    HR_LIMITED = "HR_LIMITED", _("HR with limited rights")
    HIRING_MANAGER = "HIRING_MANAGER", _("Hiring manager")
    ASSESSMENT_COMMITTEE = "ASSESSMENT_COMMITTEE", _("Assessment committee")
    HIRING_COMMITTEE = "HIRING_COMMITTEE", _("Hiring committee")
    ADMIN_SUPPORT = "ADMIN_SUPPORT", _("Administrative support")


class Level(StrEnum):
    """How far a right reaches: the whole institution, a unit and below, own cases, or own cases as chair."""

    INSTITUTION = "I"
    UNIT = "U"
    CASE = "C"
    CHAIR = "C!"


#: Roles given at a level of the institution; the others are given on a case (INV-4).
LEVEL_ROLES = (Role.ADMINISTRATOR, Role.COMMUNICATIONS, Role.HR_EXTENDED, Role.HR_CASEWORK, Role.HR_LIMITED)
CASE_ROLES = (
    Role.HR_LIMITED,
    Role.HIRING_MANAGER,
    Role.ASSESSMENT_COMMITTEE,
    Role.HIRING_COMMITTEE,
    Role.ADMIN_SUPPORT,
)
#: Roles of those who use the portal now and then, for one case (guide p. 21): who has no other may enter by a mailed link.
OCCASIONAL_ROLES = tuple(role for role in CASE_ROLES if role != Role.HR_LIMITED)
HR_ROLES = (Role.HR_EXTENDED, Role.HR_CASEWORK, Role.HR_LIMITED)

_COLUMNS = (
    Role.ADMINISTRATOR,
    Role.COMMUNICATIONS,
    Role.HR_EXTENDED,
    Role.HR_CASEWORK,
    Role.HR_LIMITED,
    Role.HIRING_MANAGER,
    Role.ASSESSMENT_COMMITTEE,
    Role.HIRING_COMMITTEE,
    Role.ADMIN_SUPPORT,
)

#: One line a right: ADM COM HR_EXT HR_CASE HR_LIM HM AC HC SUP, as in domain D2.
_MATRIX: dict[P, str] = {
    P.USER_CREATE_ANY: "I - - - - - - - -",
    P.USER_CREATE_CASE_BOUND: "I - U U C - - - -",
    P.ROLE_ASSIGN_DEPUTY_ADMIN: "I - - - - - - - -",
    P.INSTITUTION_EDIT_MASTER_DATA: "I - - - - - - - -",
    P.DATAPROTECTION_EDIT: "I - - - - - - - -",
    P.MEDIALIST_EDIT: "I - - - - - - - -",
    P.API_CLIENT_EDIT: "I - - - - - - - -",
    P.ICONS_SCALES_EDIT: "I - U - - - - - -",
    P.LAYOUT_EDIT: "I I - - - - - - -",
    P.CONTENT_TEMPLATE_EDIT: "I I - - - - - - -",
    P.MESSAGE_TEMPLATE_EDIT: "I I - - - - - - -",
    P.MESSAGE_TEMPLATE_PROPOSE: "I I U - - - - - -",
    P.MESSAGE_TEMPLATE_APPROVE_CLASS: "I - - - - - - - -",
    P.CAREERSITE_EDIT: "- I - - - - - - -",
    P.CAREERSITE_VIEW: "I I - - - - - - -",
    P.TALENTPOOL_CREATE: "I - U - - - - - -",
    P.CASE_TEMPLATE_EDIT: "I - U - - - - - -",
    P.CASE_CREATE: "- - U - U - - - -",
    P.CASE_EDIT: "- - U - C - - - -",
    P.CASE_PROPOSE_PROFILE: "- - U - C C - - -",
    P.CASE_VIEW: "- - U U C C C C C",
    P.CASE_CLOSE: "- - U - C - - - -",
    P.CASE_CANCEL_RUNNING: "- - U - - - - - -",
    P.CASE_REOPEN: "- - U - - - - - -",
    P.CASE_BEGIN_DECISION: "- - U U C C - - -",
    P.CASE_READ_AD_FACTS: "I I U U C C C C C",
    P.CONFLICT_DECIDE: "- - U U C - - - -",
    P.AD_EDIT: "- I U - C - - - -",
    P.AD_PROPOSE: "- I U - C C - - -",
    P.AD_PUBLISH: "- I U - C - - - -",
    P.PUBLICATION_MANAGE: "- I U - C - - - -",
    P.APPLICATION_LIST: "- - U U C C C C C",
    P.APPLICATION_READ_DOCUMENTS: "- - U U C C C C -",
    P.APPLICATION_REGISTER_MANUAL: "- - U U C - - - C",
    P.APPLICATION_RATE: "- - U U C C C C -",
    P.APPLICATION_COMMENT: "- - U U C C C C -",
    P.APPLICATION_FINAL_RANK: "- - U U C C C! C! -",
    P.APPLICATION_FOLDER: "- - U U C C C! C! -",
    P.ASSESSMENT_WRITE: "- - - - - - C - -",
    P.ASSESSMENT_SUBMIT: "- - - - - - C! - -",
    P.ASSESSMENT_CHECK: "- - U U C - - - -",
    P.APPLICATION_CHANGE_STATE: "- - U U C - - - -",
    P.APPLICATION_SHORTLIST: "- - U U C C - - -",
    P.APPLICATION_COPY_TO_CASE: "- - U - C - - - -",
    P.APPLICATION_SEE_OTHERS: "- - U U C C - - -",
    P.INTERVIEW_PLAN_SLOTS: "- - U U C C - - C",
    P.INTERVIEW_VIEW_SLOTS: "- - U U C C - C C",
    P.INTERVIEW_INVITE: "- - U U C C - - C",
    P.INTERVIEW_EDIT_GUIDE: "- - U U C C - - -",
    P.INTERVIEW_CONDUCT: "- - U U C C - C -",
    P.TEST_RECORD: "- - U U C C - - -",
    P.TEST_VIEW: "- - U U C C C! C! -",
    P.MESSAGE_SEND_STANDARD: "- - U U C - - - C",
    P.MESSAGE_SEND_INTERVIEW: "- - U U C C - - C",
    P.MESSAGE_SEND_CONFIDENTIAL: "- - U U C C - - -",
    P.REJECT: "- - U U C - - - -",
    P.REJECT_LOG_PHONE: "- - U U C C - - -",
    P.REFERENCE_MANAGE: "- - U U C C - - -",
    P.REFERENCE_SEE_SHARED: "- - U U C C - C -",
    P.REFERENCE_GUIDE_EDIT: "I - U - - - - - -",
    P.HEARING_MANAGE: "- - U U C - - - -",
    P.HEARING_VIEW: "- - U U C C - - -",
    P.ACCESS_DECIDE: "- - U U C - - - -",
    P.PRIORITY_MANAGE: "- - U U C - - - -",
    P.PRIORITY_VIEW: "- - U U C C C! C! -",
    P.DECISION_RECORD: "- - U - C C - - -",
    P.TALENTPOOL_ADD_MEMBER: "- - U U C - - - -",
    P.TALENTPOOL_PROPOSE: "- - U U C C - - -",
    P.TALENTPOOL_SEARCH: "- - U U - - - - -",
    P.STATS_CASE: "- - U U C C - - -",
    P.STATS_INSTITUTION: "- - U U - - - - -",
    P.STATS_MEDIA_AGGREGATED: "I I U U - - - - -",
    P.STATS_EQUALITY: "I - U - - - - - -",
    P.EXPORT_APPLICANTS: "- - U - - - - - -",
    P.EXPORT_INSTITUTION_FULL: "I - - - - - - - -",
    P.AUDIT_VIEW: "I - U - - - - - -",
}

GRANTS: dict[Role, dict[P, Level]] = {
    role: {
        permission: Level(line.split()[column]) for permission, line in _MATRIX.items() if line.split()[column] != "-"
    }
    for column, role in enumerate(_COLUMNS)
}
