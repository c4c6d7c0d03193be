"""Answers of many applicants side by side, and what a list can be narrowed by (guide p. 15). An answer never rejects anybody (INV-25)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from recruitment.applications.models import Application
from recruitment.questions.asking import spec_of
from recruitment.questions.interface import Narrowing
from recruitment.questions.kinds import kind_of
from recruitment.questions.models import ScreeningAnswer, ScreeningQuestion


def questions_asked(case: Any) -> list[ScreeningQuestion]:
    """Every question that may have answers, in the order of the form; retired ones too."""
    return list(ScreeningQuestion.objects.filter(form__case=case).select_related("linked_requirement"))


def narrowings_of(question: ScreeningQuestion) -> list[Narrowing]:
    """What the list can be narrowed by on this question."""
    spec = spec_of(question)
    return kind_of(question.kind).narrowings(spec)


def answered(questions: Iterable[ScreeningQuestion], wanted: Mapping[str, str]) -> Q:
    """As a filter on applications: `wanted` says by the question's id which of its narrowings must hold; unknown ones do not narrow."""
    found = Q()
    for question in questions:
        code = wanted.get(str(question.pk), "")
        condition = (
            next((each.condition for each in narrowings_of(question) if each.code == code), None) if code else None
        )
        if condition is not None:
            answers = ScreeningAnswer.objects.filter(condition, application=OuterRef("pk"), question=question)
            found &= Q(Exists(answers))
    return found


def side_by_side(
    rows: Iterable[Application], questions: Iterable[ScreeningQuestion]
) -> dict[Any, dict[Any, str | list[str]]]:
    """By application and question: the answer in words. One query, however many rows."""
    asked = {question.pk: question for question in questions}
    answers: QuerySet[ScreeningAnswer] = ScreeningAnswer.objects.filter(
        application__in=[row.pk for row in rows], question__in=asked
    )
    found: dict[Any, dict[Any, str | list[str]]] = {}
    specs = {key: spec_of(question) for key, question in asked.items()}
    for answer in answers:
        spec = specs[answer.question_id]
        found.setdefault(answer.application_id, {})[answer.question_id] = kind_of(spec.kind).show(spec, answer.value)
    return found
