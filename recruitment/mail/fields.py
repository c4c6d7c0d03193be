"""The closed list of merge fields and the class of each (domain F.6). What is not here cannot be written in a letter."""

from recruitment.mail.models import MessageClass

ORDINARY_FIELDS = (
    "given_name", "institution", "job_title", "case_number", "reference", "deadline", "received_at", "contact_name",
    "contact_phone", "contact_email", "portal_link", "resume_link", "expected_answer_date", "interview_date",
    "interview_place", "slot_link", "privacy_link", "decisive_factors_general", "deletion_rule", "panel_names", "task_list", "calendar_link",
    "interview_minutes", "interview_programme", "interview_bring", "answer_by", "free_text",
)  # fmt: skip
CONFIDENTIAL_FIELDS = (
    "rejection_factors_individual", "interview_feedback", "test_name", "reference_summary", "hearing_facts",
    "hearing_deadline", "referee_name", "referee_organisation", "decision_text", "pay_offer",
)  # fmt: skip
SENSITIVE_FIELDS = ("priority_claim_text", "health_text", "criminal_record_text")

#: Fields whose words somebody typed: looked at as free text is (GRD-24).
TYPED_FIELDS = ("decisive_factors_general", "free_text")

CLASS_OF_FIELD: dict[str, MessageClass] = {
    **dict.fromkeys(ORDINARY_FIELDS, MessageClass.STANDARD),
    **dict.fromkeys(CONFIDENTIAL_FIELDS, MessageClass.CONFIDENTIAL),
    **dict.fromkeys(SENSITIVE_FIELDS, MessageClass.SENSITIVE),
}
_ORDER = [MessageClass.STANDARD, MessageClass.CONFIDENTIAL, MessageClass.SENSITIVE]


def highest(*classes: MessageClass | str) -> MessageClass:
    """The strictest of them; STANDARD of none."""
    return max((MessageClass(c) for c in classes), key=_ORDER.index, default=MessageClass.STANDARD)
