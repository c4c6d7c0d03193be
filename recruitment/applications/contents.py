"""From what was typed to what counts: candidate, answers, claim and source; and back to a snapshot."""

from typing import Any

from recruitment import clock
from recruitment.applications.applicant_list import TICK, keep_wish
from recruitment.applications.models import Application, PriorityClaim
from recruitment.applications.steps import (
    ABOUT,
    PAPERS,
    QUESTIONS,
    as_typed,
    form_for,
    questions_of,
    steps_of,
)
from recruitment.documents.cpr import find_cpr_numbers
from recruitment.questions.models import ScreeningAnswer

PERSON = ("given_name", "family_name", "email", "phone", "address", "postal_code", "city")


def apply_draft(application: Application) -> None:
    """Put a complete, checked draft into its rows. Sets fields on `application` without saving it; saves the others."""
    about = form_for(application, ABOUT, as_typed(application.draft.get(ABOUT, {})))
    about.is_valid()
    _apply_person(application, about.cleaned_data)
    papers = application.draft.get(PAPERS, {})
    application.motivation_text = (papers.get("motivation") or [""])[0]
    application.applicant_origin = about.cleaned_data.get("origin", "")
    application.self_reported_source = about.cleaned_data.get("source", "")
    _apply_claim(application, claimed=bool(about.cleaned_data.get("priority")))
    keep_wish(application, wished=bool(about.cleaned_data.get(TICK)))
    words = [application.motivation_text]
    if QUESTIONS in steps_of(application):
        words += _apply_answers(application)
    application.has_cpr_number = any(find_cpr_numbers(text) for text in words)
    application.save()


def _apply_person(application: Application, cleaned: dict[str, Any]) -> None:
    candidate = application.candidate
    for name in PERSON:
        if name in cleaned:
            setattr(candidate, name, cleaned[name])
    candidate.save()


def _apply_claim(application: Application, *, claimed: bool) -> None:
    if claimed:
        PriorityClaim.objects.get_or_create(application=application, defaults={"claimed_at": clock.now()})
    else:
        PriorityClaim.objects.filter(application=application, state="CLAIMED").delete()


def _apply_answers(application: Application) -> list[str]:
    """Save every answer; returns the texts, to be looked through for CPR numbers."""
    form = form_for(application, QUESTIONS, as_typed(application.draft.get(QUESTIONS, {})))
    form.is_valid()
    texts = []
    for question in questions_of(application):
        value = form.cleaned_data.get(f"answer:{question.pk}")
        if value is None:
            ScreeningAnswer.objects.filter(application=application, question=question).delete()
            continue
        ScreeningAnswer.objects.update_or_create(
            application=application, question=question, defaults={"value": value, "answered_at": clock.now()}
        )
        texts.append(str(value))
    return texts


def snapshot(application: Application) -> dict[str, Any]:
    """What counts now, as plain values."""
    candidate = application.candidate
    return {
        "person": {name: getattr(candidate, name) for name in PERSON},
        "motivation": application.motivation_text,
        "origin": application.applicant_origin,
        "source": application.self_reported_source,
        "answers": {str(a.question_id): a.value for a in application.answers.all()},
        "documents": [str(d.pk) for d in application.documents.filter(replaced_at__isnull=True)],
    }
