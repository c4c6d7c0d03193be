"""Everything that can be permitted: the rows of the rights matrix (domain D2)."""

from enum import StrEnum


class Permission(StrEnum):
    """A right, named as in the matrix."""

    USER_CREATE_ANY = "user.create_any"
    USER_CREATE_CASE_BOUND = "user.create_case_bound"
    ROLE_ASSIGN_DEPUTY_ADMIN = "role.assign_deputy_admin"
    INSTITUTION_EDIT_MASTER_DATA = "institution.edit_master_data"
    DATAPROTECTION_EDIT = "dataprotection.edit"
    MEDIALIST_EDIT = "medialist.edit"
    API_CLIENT_EDIT = "api_client.edit"
    ICONS_SCALES_EDIT = "icons_scales.edit"
    LAYOUT_EDIT = "layout.edit"
    CONTENT_TEMPLATE_EDIT = "content_template.edit"
    MESSAGE_TEMPLATE_EDIT = "message_template.edit"
    MESSAGE_TEMPLATE_PROPOSE = "message_template.propose"
    MESSAGE_TEMPLATE_APPROVE_CLASS = "message_template.approve_class"
    CAREERSITE_EDIT = "careersite.edit"
    CAREERSITE_VIEW = "careersite.view"
    TALENTPOOL_CREATE = "talentpool.create"
    CASE_TEMPLATE_EDIT = "case_template.edit"
    CASE_CREATE = "case.create"
    CASE_EDIT = "case.edit"
    CASE_PROPOSE_PROFILE = "case.propose_profile"
    CASE_VIEW = "case.view"
    CASE_CLOSE = "case.close"
    CASE_CANCEL_RUNNING = "case.cancel_running"
    CASE_REOPEN = "case.reopen"
    CASE_BEGIN_DECISION = "case.begin_decision"
    CASE_READ_AD_FACTS = "case.read_ad_facts"
    CONFLICT_DECIDE = "conflict.decide"
    AD_EDIT = "ad.edit"
    AD_PROPOSE = "ad.propose"
    AD_PUBLISH = "ad.publish"
    PUBLICATION_MANAGE = "publication.manage"
    APPLICATION_LIST = "application.list"
    APPLICATION_READ_DOCUMENTS = "application.read_documents"
    APPLICATION_REGISTER_MANUAL = "application.register_manual"
    APPLICATION_RATE = "application.rate"
    APPLICATION_COMMENT = "application.comment"
    APPLICATION_FINAL_RANK = "application.final_rank"
    APPLICATION_FOLDER = "application.folder"
    ASSESSMENT_WRITE = "assessment.write"
    ASSESSMENT_SUBMIT = "assessment.submit"
    ASSESSMENT_CHECK = "assessment.check"
    APPLICATION_CHANGE_STATE = "application.change_state"
    APPLICATION_SHORTLIST = "application.shortlist"
    APPLICATION_COPY_TO_CASE = "application.copy_to_case"
    APPLICATION_SEE_OTHERS = "application.see_other_applications"
    INTERVIEW_PLAN_SLOTS = "interview.plan_slots"
    INTERVIEW_VIEW_SLOTS = "interview.view_slots"
    INTERVIEW_INVITE = "interview.invite"
    INTERVIEW_EDIT_GUIDE = "interview.edit_guide"
    INTERVIEW_CONDUCT = "interview.conduct"
    TEST_RECORD = "test.record"
    TEST_VIEW = "test.view"
    MESSAGE_SEND_STANDARD = "message.send_standard"
    MESSAGE_SEND_INTERVIEW = "message.send_interview"
    MESSAGE_SEND_CONFIDENTIAL = "message.send_confidential"
    REJECT = "reject"
    REJECT_LOG_PHONE = "reject.log_phone"
    REFERENCE_MANAGE = "reference.manage"
    REFERENCE_SEE_SHARED = "reference.see_shared"
    REFERENCE_GUIDE_EDIT = "reference.edit_guide"
    HEARING_MANAGE = "hearing.manage"
    HEARING_VIEW = "hearing.view"
    ACCESS_DECIDE = "access.decide"
    PRIORITY_MANAGE = "priority.manage"
    PRIORITY_VIEW = "priority.view"
    DECISION_RECORD = "decision.record"
    TALENTPOOL_ADD_MEMBER = "talentpool.add_member"
    TALENTPOOL_PROPOSE = "talentpool.propose_member"
    TALENTPOOL_SEARCH = "talentpool.search"
    STATS_CASE = "stats.case"
    STATS_INSTITUTION = "stats.institution"
    STATS_MEDIA_AGGREGATED = "stats.media_aggregated"
    STATS_EQUALITY = "stats.equality"
    EXPORT_APPLICANTS = "export.applicants"
    EXPORT_INSTITUTION_FULL = "export.institution_full"
    AUDIT_VIEW = "audit.view"


#: Opening an application's contents: what a conflict of interest must be declared for first (INV-7).
OPENS_APPLICATIONS = frozenset(
    {
        Permission.APPLICATION_READ_DOCUMENTS,
        Permission.APPLICATION_RATE,
        Permission.APPLICATION_COMMENT,
        Permission.APPLICATION_FINAL_RANK,
        Permission.APPLICATION_FOLDER,
        Permission.ASSESSMENT_WRITE,
        Permission.ASSESSMENT_SUBMIT,
        Permission.ASSESSMENT_CHECK,
        Permission.APPLICATION_CHANGE_STATE,
        Permission.APPLICATION_SHORTLIST,
        Permission.INTERVIEW_CONDUCT,
        Permission.TEST_RECORD,
        Permission.TEST_VIEW,
        Permission.PRIORITY_VIEW,
        Permission.PRIORITY_MANAGE,
        Permission.REFERENCE_MANAGE,
        Permission.REFERENCE_SEE_SHARED,
        Permission.HEARING_MANAGE,
        Permission.HEARING_VIEW,
        Permission.ACCESS_DECIDE,
        Permission.DECISION_RECORD,
        Permission.REJECT,
    }
)

#: Everything that concerns applicants: lost on a case one has applied to (INV-31) or is excluded from (INV-7).
CONCERNS_APPLICANTS = OPENS_APPLICATIONS | frozenset(
    {
        Permission.APPLICATION_LIST,
        Permission.APPLICATION_REGISTER_MANUAL,
        Permission.APPLICATION_COPY_TO_CASE,
        Permission.APPLICATION_SEE_OTHERS,
        Permission.INTERVIEW_PLAN_SLOTS,
        Permission.INTERVIEW_VIEW_SLOTS,
        Permission.INTERVIEW_INVITE,
        Permission.MESSAGE_SEND_STANDARD,
        Permission.MESSAGE_SEND_INTERVIEW,
        Permission.MESSAGE_SEND_CONFIDENTIAL,
        Permission.REJECT_LOG_PHONE,
        Permission.TALENTPOOL_ADD_MEMBER,
        Permission.TALENTPOOL_PROPOSE,
        Permission.EXPORT_APPLICANTS,
    }
)

#: Kept from a committee until the deadline, on a case whose committee does not read applications as they arrive.
READS_APPLICATIONS = OPENS_APPLICATIONS | {Permission.APPLICATION_LIST}
