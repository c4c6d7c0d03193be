"""An application read back in words, block by block: as typed, for checking before it is sent; as it counts, afterwards."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from recruitment.applications.applicant_list import TICK, wants_discretion
from recruitment.applications.contents import PERSON
from recruitment.applications.models import Application, PriorityClaim
from recruitment.applications.steps import (
    ABOUT,
    PAPERS,
    QUESTIONS,
    as_typed,
    form_for,
    questions_of,
    spec_of,
    steps_of,
)
from recruitment.documents.discretion import of_the_application
from recruitment.questions.kinds import kind_of

TICKED = ("priority", TICK)


@dataclass(frozen=True)
class Line:
    """A question and its answer in words; lists are one entry each."""

    label: str
    value: str | list[str]

    @property
    def is_list(self) -> bool:
        """Whether the answer is several entries."""
        return isinstance(self.value, list)


@dataclass(frozen=True)
class Block:
    """One step's lines, with the step that changes them."""

    step: str
    title: str
    lines: list[Line]


def summary_of(application: Application) -> list[Block]:
    """What was typed, as the reader will see it."""
    blocks = [
        Block(ABOUT, _("About you"), _about(application)),
        Block(PAPERS, _("Application and CV"), _papers(application)),
    ]
    if QUESTIONS in steps_of(application):
        blocks.append(Block(QUESTIONS, _("Questions"), _answers(application)))
    return blocks


def summary_in_force(application: Application) -> list[Block]:
    """What counts: as it was handed in, and corrected by confirming. Corrections that are only typed are not in it."""
    answers = answers_in_force(application, application.language)
    questions = [Line(question, shown) for question, shown in answers]
    blocks = [
        Block(ABOUT, _("About you"), _about(application, _typed_in_force(application))),
        Block(PAPERS, _("Application and CV"), _papers(application, application.motivation_text)),
    ]
    return [*blocks, *([Block(QUESTIONS, _("Questions"), questions)] if questions else [])]


def _typed_in_force(application: Application) -> dict[str, Any]:
    person = application.candidate
    claimed = PriorityClaim.objects.filter(application=application).exists()
    return {
        **{name: getattr(person, name) for name in PERSON}, "origin": application.applicant_origin,
        "source": application.self_reported_source, "priority": "on" if claimed else "", TICK: "on" if wants_discretion(application) else "",
    }  # fmt: skip


def answers_in_force(application: Application, language: str | None = None) -> list[tuple[str, str | list[str]]]:
    """Questions and answers as they count, in words; with those that are not asked any more. In the reader's language or this."""
    answers = application.answers.select_related("question").order_by("question__position", "question_id")
    shown = []
    for answer in answers:
        spec = spec_of(answer.question)
        shown.append((answer.question.text, kind_of(spec.kind).show(spec, answer.value, language)))
    return shown


def has_unconfirmed_corrections(application: Application) -> bool:
    """Whether something has been typed since it was handed in that is not in force."""
    if application.is_draft:
        return False
    return _about_differs(application) or _papers_differ(application) or _answers_differ(application)


def _about_differs(application: Application) -> bool:
    if ABOUT not in application.draft:
        return False
    form = form_for(application, ABOUT, as_typed(application.draft[ABOUT]))
    counts = _typed_in_force(application)
    if form.errors:
        return True
    return any(value != (bool(counts[name]) if name in TICKED else counts[name])
               for name, value in form.cleaned_data.items())  # fmt: skip


def _papers_differ(application: Application) -> bool:
    if PAPERS not in application.draft:
        return False
    typed = as_typed(application.draft[PAPERS]).get("motivation") or ""
    return bool(typed != application.motivation_text)


def _answers_differ(application: Application) -> bool:
    if QUESTIONS not in application.draft:
        return False
    form = form_for(application, QUESTIONS, as_typed(application.draft[QUESTIONS]))
    counts = dict(application.answers.values_list("question", "value"))
    asked = questions_of(application)
    return bool(form.errors) or any(form.cleaned_data.get(f"answer:{q.pk}") != counts.get(q.pk) for q in asked)


def _about(application: Application, values: dict[str, Any] | None = None) -> list[Line]:
    typed = as_typed(application.draft.get(ABOUT, {}) if values is None else values)
    form = form_for(application, ABOUT, typed)
    lines = []
    for name, field in form.fields.items():
        value: Any = typed.get(name, "")
        choices = dict(getattr(field, "choices", []))
        if choices and value:
            value = choices.get(value, value)
        if name in TICKED:
            value = _("Yes") if value else _("No")
        lines.append(Line(str(field.label), str(value) or _("not answered")))
    return lines


def _papers(application: Application, words: str | None = None) -> list[Line]:
    typed = str(as_typed(application.draft.get(PAPERS, {})).get("motivation", "") or "") if words is None else words
    lines = [Line(_("Your application"), typed)] if typed.strip() else []
    by_kind: dict[str, list[str]] = {}
    for document in of_the_application(application.documents.filter(replaced_at__isnull=True)):
        by_kind.setdefault(str(document.get_kind_display()), []).append(document.filename)
    return [*lines, *(Line(kind.capitalize(), names) for kind, names in by_kind.items())]


def _answers(application: Application) -> list[Line]:
    typed = as_typed(application.draft.get(QUESTIONS, {}))
    lines = []
    for question in questions_of(application):
        spec = spec_of(question)
        kind = kind_of(spec.kind)
        try:
            value = kind.parse(spec, typed)
        except Exception:  # noqa: BLE001 - a fault is told at the step, here it is simply not answered
            value = None
        shown = kind.show(spec, value, application.language) if value is not None else _("not answered")
        lines.append(Line(question.text, shown))
    return lines
