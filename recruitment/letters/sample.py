"""A made-up applicant, for looking at a letter: words only, no row of any table."""

from recruitment.mail.fields import CLASS_OF_FIELD

_DANISH = {
    "given_name": "Kirsten", "institution": "Styrelsen for Eksempler", "job_title": "Fuldmægtig", "case_number": "26-0123",
    "reference": "7K2M-9QTX", "deadline": "torsdag den 26. november 2026 kl. 23.59", "received_at": "12. november 2026 kl. 10.14",
    "contact_name": "Anders Høgsbro", "contact_phone": "+45 00 00 00 02", "contact_email": "anders@styrelsen.example",
    "portal_link": "https://portal.example/mine/", "resume_link": "https://portal.example/soeg/fortsaet/",
    "expected_answer_date": "12. december 2026", "interview_date": "onsdag den 2. december 2026 kl. 9.00",
    "interview_place": "Mødelokale 2, Torvet 1, Viborg", "slot_link": "https://portal.example/mine/samtale/",
    "privacy_link": "https://portal.example/privatliv/", "decisive_factors_general": "erfaring med tilsyn og klar skriftlig formidling",
    "deletion_rule": "6 måneder efter rekrutteringen er afsluttet", "panel_names": "Anders Høgsbro (kontorchef) og Lise Ørum",
    "task_list": "– 1. december: læs 4 ansøgninger", "calendar_link": "https://portal.example/kalender/", "interview_minutes": "45",
    "interview_programme": "Kort præsentation, spørgsmål, din tur", "interview_bring": "eksamensbevis", "answer_by": "fredag den 27. november",
    "free_text": "Her står de ord, som afsenderen selv skriver.",
    "rejection_factors_individual": "Vi savnede erfaring med afgørelser", "interview_feedback": "Du svarede klart og roligt",
    "test_name": "Navn på test", "reference_summary": "Resumé af en reference", "hearing_facts": "En oplysning, som du kan udtale dig om",
    "hearing_deadline": "4. december 2026", "referee_name": "Navn på reference", "referee_organisation": "Referencens arbejdsplads",
    "decision_text": "Afgørelsens ord", "pay_offer": "Løntilbud", "priority_claim_text": "Ord om fortrinsadgang", "health_text": "Ord om helbred",
    "criminal_record_text": "Ord om straffeattest",
}  # fmt: skip
_ENGLISH = {
    "institution": "Agency for Examples", "job_title": "Head of section", "deadline": "Thursday 26 November 2026 at 23:59",
    "received_at": "12 November 2026 at 10:14", "expected_answer_date": "12 December 2026",
    "interview_date": "Wednesday 2 December 2026 at 9:00", "interview_place": "Meeting room 2, Torvet 1, Viborg",
    "decisive_factors_general": "experience with supervision and clear writing", "deletion_rule": "6 months after the recruitment has ended",
    "panel_names": "Anders Høgsbro (head of unit) and Lise Ørum", "task_list": "– 1 December: read 4 applications",
    "interview_programme": "A short introduction, questions, your turn", "interview_bring": "your diploma", "answer_by": "Friday 27 November",
    "free_text": "Here stand the words that the sender writes.",
    "rejection_factors_individual": "We missed experience with decisions", "interview_feedback": "You answered clearly and calmly",
    "test_name": "Name of a test", "reference_summary": "Summary of a reference", "hearing_facts": "A fact that you may comment on",
    "hearing_deadline": "4 December 2026", "referee_name": "Name of a referee", "referee_organisation": "The referee's workplace",
    "decision_text": "Words of the decision", "pay_offer": "Offer of pay", "priority_claim_text": "Words on preferential access",
    "health_text": "Words on health", "criminal_record_text": "Words on a criminal record",
}  # fmt: skip


def sample_values(language: str) -> dict[str, str]:
    """Every merge field with a plausible value in the language; a field without one stands as its name."""
    known = {**_DANISH, **_ENGLISH} if language == "en" else _DANISH
    return {name: known.get(name, name) for name in CLASS_OF_FIELD}
