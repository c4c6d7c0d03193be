"""An application read back in words, block by block: for checking before it is sent, and for looking at afterwards."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from recruitment.applications.models import Application
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
from recruitment.questions.kinds import kind_of


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


def _about(application: Application) -> list[Line]:
    typed = as_typed(application.draft.get(ABOUT, {}))
    form = form_for(application, ABOUT, typed)
    lines = []
    for name, field in form.fields.items():
        value: Any = typed.get(name, "")
        choices = dict(getattr(field, "choices", []))
        if choices and value:
            value = choices.get(value, value)
        if name == "priority":
            value = _("Yes") if value else _("No")
        lines.append(Line(str(field.label), str(value) or _("not answered")))
    return lines


def _papers(application: Application) -> list[Line]:
    typed = str(as_typed(application.draft.get(PAPERS, {})).get("motivation", "") or "")
    lines = [Line(_("Your application"), typed)] if typed.strip() else []
    by_kind: dict[str, list[str]] = {}
    for document in application.documents.filter(replaced_at__isnull=True):
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
