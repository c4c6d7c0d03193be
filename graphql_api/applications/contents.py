"""What an application says and holds: the person, the answers, the files."""

from collections.abc import Iterator
from typing import Any

import strawberry
from strawberry import ID

from graphql_api.applications.files import file_address
from graphql_api.cohort import one
from graphql_api.context import Info
from graphql_api.enums import DocumentKind, Language, QuestionKind
from graphql_api.nodes import global_id
from graphql_api.organisation.types import LocalisedText, PostalAddress, postal_address
from graphql_api.scalars import URL, EmailAddress
from recruitment.questions.models import ScreeningQuestion


@strawberry.type(description="The person who applied.")
class Applicant:
    given_name: str = strawberry.field(description="Given names.")
    family_name: str = strawberry.field(description="Family name.")
    preferred_language: Language = strawberry.field(description="The language they want to be written to in.")
    protected_address: bool = strawberry.field(description="Whether the address is protected and must not be passed on.")

    @strawberry.field(description="E-mail address.")
    def email(self) -> EmailAddress | None:
        return self.email or None  # type: ignore[attr-defined]

    @strawberry.field(description="Telephone number.")
    def phone(self) -> str | None:
        return self.phone or None  # type: ignore[attr-defined]

    @strawberry.field(description="Postal address; null when it is protected.")
    def address(self) -> PostalAddress | None:
        return None if self.protected_address else postal_address(self)


@strawberry.type(description="A question of the form.")
class Question:
    kind: QuestionKind = strawberry.field(description="What sort of answer it asks for.")
    required: bool = strawberry.field(description="Whether it had to be answered.")

    @strawberry.field(description="The question's id, the same in all answers to it.")
    def id(self) -> ID:
        return global_id("Question", self.pk)  # type: ignore[attr-defined]

    @strawberry.field(description="The question in Danish.")
    def text_da(self) -> str | None:
        return self.text_da or None

    @strawberry.field(description="The question in English.")
    def text_en(self) -> str | None:
        return self.text_en or None


@strawberry.type(description="What was chosen, in order where order counts.")
class Choice:
    code: str = strawberry.field(description="The option's code.")
    label: LocalisedText | None = strawberry.field(description="The option; null for an answer in the applicant's own words.")
    grade: LocalisedText | None = strawberry.field(description="The step on the scale, for classified questions.")


@strawberry.type(description="What an applicant answered to one question.")
class Answer:
    @strawberry.field(description="The question.")
    def question(self) -> Question:
        return one(self, "question", ScreeningQuestion.objects.all)  # type: ignore[no-any-return]

    @strawberry.field(description="The answer to a yes-or-no question.")
    def yes(self) -> bool | None:
        return self.value if isinstance(self.value, bool) else None  # type: ignore[attr-defined]

    @strawberry.field(description="The answer to a free-text question.")
    def text(self) -> str | None:
        return self.value if isinstance(self.value, str) and _kind(self) == "FREE_TEXT" else None  # type: ignore[attr-defined]

    @strawberry.field(description="What was chosen, for all other questions.")
    def choices(self) -> list[Choice]:
        question = one(self, "question", ScreeningQuestion.objects.all)
        if _kind(self) in {"YES_NO", "FREE_TEXT"}:
            return []
        return [_choice(question, code, grade) for code, grade in _chosen(self.value)]  # type: ignore[attr-defined]


def _kind(answer: Any) -> str:
    return str(one(answer, "question", ScreeningQuestion.objects.all).kind)


def _chosen(value: Any) -> Iterator[tuple[str, str | None]]:
    """Pairs of option and step: one code, a list of codes, or a step for each code."""
    if isinstance(value, dict):
        yield from ((code, str(grade)) for code, grade in value.items())
    else:
        yield from ((str(code), None) for code in (value if isinstance(value, list) else [value]))


def _choice(question: Any, code: str, grade: str | None) -> Choice:
    return Choice(code=code, label=_label(question.options, code), grade=_label(question.scale, grade))


def _label(options: list[dict[str, str]], code: str | None) -> LocalisedText | None:
    found = next((option for option in options if option["code"] == code), None)
    return LocalisedText(da=found.get("da", ""), en=found.get("en") or None) if found else None


@strawberry.type(description="A file of an application.")
class File:
    size: int = strawberry.field(description="Its size in bytes.")

    @strawberry.field(description="The file's name as the applicant gave it.")
    def name(self) -> str:
        return self.filename  # type: ignore[attr-defined, no-any-return]

    @strawberry.field(description="Its media type.")
    def content_type(self) -> str:
        return self.mime  # type: ignore[attr-defined, no-any-return]

    @strawberry.field(description="What it is.")
    def kind(self) -> DocumentKind:
        return self.kind

    @strawberry.field(description="SHA-256 of its bytes, in hexadecimal.")
    def sha256(self) -> str:
        return self.sha256  # type: ignore[return-value]

    @strawberry.field(
        description="Where the original can be fetched within five minutes, with the same token; "
        "null while it waits to be checked for viruses or when something was found."
    )
    def url(self, info: Info) -> URL | None:
        return file_address(self, info)
