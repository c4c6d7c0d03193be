"""What merge fields are called where people choose among them, and where a letter says why it is confidential."""

from django.utils.translation import gettext_lazy

#: What each merge field is called where people choose among them.
LABELS = {
    "given_name": gettext_lazy("first name"), "institution": gettext_lazy("institution"), "job_title": gettext_lazy("job title"),
    "case_number": gettext_lazy("case number"), "reference": gettext_lazy("reference"), "deadline": gettext_lazy("application deadline"),
    "received_at": gettext_lazy("when it was received"), "contact_name": gettext_lazy("contact person"),
    "contact_phone": gettext_lazy("contact person's telephone"), "contact_email": gettext_lazy("contact person's e-mail"),
    "portal_link": gettext_lazy("link to my applications"), "resume_link": gettext_lazy("link to the draft"),
    "expected_answer_date": gettext_lazy("promised answer date"), "interview_date": gettext_lazy("time of the interview"),
    "interview_place": gettext_lazy("place of the interview"), "slot_link": gettext_lazy("link to answer the invitation"),
    "privacy_link": gettext_lazy("link to the privacy notice"), "decisive_factors_general": gettext_lazy("what weighed in general"),
    "deletion_rule": gettext_lazy("when data are deleted"), "panel_names": gettext_lazy("whom the applicant meets"),
    "interview_minutes": gettext_lazy("length of the interview"), "interview_programme": gettext_lazy("programme of the interview"),
    "interview_bring": gettext_lazy("what to bring"), "answer_by": gettext_lazy("answer at the latest"),
    "free_text": gettext_lazy("the sender's own words"), "rejection_factors_individual": gettext_lazy("what weighed against the applicant"),
    "interview_feedback": gettext_lazy("feedback on the interview"), "test_name": gettext_lazy("name of the test"),
    "reference_summary": gettext_lazy("what a referee said"), "hearing_facts": gettext_lazy("facts to be heard about"),
    "hearing_deadline": gettext_lazy("deadline of the hearing"), "referee_name": gettext_lazy("referee"),
    "referee_organisation": gettext_lazy("referee's workplace"), "decision_text": gettext_lazy("words of the decision"),
    "pay_offer": gettext_lazy("offer of pay"), "priority_claim_text": gettext_lazy("words on preferential access"),
    "health_text": gettext_lazy("words on health"), "criminal_record_text": gettext_lazy("words on a criminal record"),
    "task_list": gettext_lazy("list of tasks"), "calendar_link": gettext_lazy("link to the calendar"),
}  # fmt: skip


def label_of_field(name: str) -> str:
    """The field's name for people."""
    return str(LABELS.get(name, name)).capitalize()
