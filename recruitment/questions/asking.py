"""A stored question as the plain value its kind asks from, and the linter's remarks on it."""

from collections.abc import Mapping

from recruitment.questions.linter import Finding, lint
from recruitment.questions.models import ScreeningQuestion
from recruitment.questions.specification import Option, QuestionSpec


def spec_of(question: ScreeningQuestion) -> QuestionSpec:
    """The question as its kind wants it."""
    return QuestionSpec(
        key=f"q{question.position}-{str(question.pk)[-6:]}",
        kind=question.kind,
        text={"da": question.text_da, "en": question.text_en},
        help={"da": question.help_da, "en": question.help_en},
        required=question.required,
        options=[_option(line) for line in question.options],
        scale=[_option(line) for line in question.scale],
        allow_other=question.allow_other,
        **question.limits,
    )


def _option(line: Mapping[str, str]) -> Option:
    return Option(code=line["code"], label={"da": line.get("da", ""), "en": line.get("en", "")})


def remarks_on(question: ScreeningQuestion) -> list[Finding]:
    """What the linter says of it as it stands, the blocking remarks first."""
    is_linked = question.linked_requirement_id is not None or bool(question.justification.strip())
    return lint(spec_of(question), is_linked=is_linked)
