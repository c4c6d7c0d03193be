"""What an application says and holds: the person, the answers, the files."""

from typing import Annotated, Any

import strawberry
from strawberry import ID

from graphql_api.applications.files import file_address
from graphql_api.cohort import one
from graphql_api.context import Info
from graphql_api.enums import DocumentKind, Language, QuestionKind
from graphql_api.nodes import global_id
from graphql_api.organisation.types import PostalAddress, postal_address
from graphql_api.scalars import URL, EmailAddress
from recruitment.applications.steps import spec_of
from recruitment.questions.kinds import kind_of
from recruitment.questions.models import ScreeningQuestion


@strawberry.type(description="The person who applied.")
class Applicant:
    given_name: str = strawberry.field(description="Given names.")
    family_name: str = strawberry.field(description="Family name.")
    preferred_language: Language = strawberry.field(description="The language they want to be written to in.")
    protected_address: bool = strawberry.field(
        description="Whether the address is protected and must not be passed on."
    )

    @strawberry.field(description="E-mail address.")
    def email(self) -> EmailAddress | None:
        return self.email or None

    @strawberry.field(description="Telephone number.")
    def phone(self) -> str | None:
        return self.phone or None

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


InLanguage = Annotated[
    Language | None,
    strawberry.argument(description="In which language options are named; the request's own when not given."),
]


@strawberry.type(description="What an applicant answered to one question.")
class Answer:
    @strawberry.field(description="The question.")
    def question(self) -> Question:
        return _question(self)  # type: ignore[return-value]

    @strawberry.field(description="The answer in words, on one line.")
    def text(self, language: InLanguage = strawberry.UNSET) -> str:
        spec = spec_of(_question(self))
        return kind_of(spec.kind).export(spec, _value(self), language.value if language else None)

    @strawberry.field(description="The answer in words, a line for each thing chosen, in order where order counts.")
    def lines(self, language: InLanguage = strawberry.UNSET) -> list[str]:
        spec = spec_of(_question(self))
        shown = kind_of(spec.kind).show(spec, _value(self), language.value if language else None)
        return [shown] if isinstance(shown, str) else shown

    @strawberry.field(description="The answer to a yes-or-no question; null for every other.")
    def yes(self) -> bool | None:
        value = _value(self)
        return value if isinstance(value, bool) else None


def _question(answer: Any) -> ScreeningQuestion:
    question: ScreeningQuestion = one(answer, "question", ScreeningQuestion.objects.all)
    return question


def _value(answer: Any) -> Any:
    return answer.value


@strawberry.type(description="A file of an application.")
class File:
    size: int = strawberry.field(description="Its size in bytes.")

    @strawberry.field(description="The file's name as the applicant gave it.")
    def name(self) -> str:
        return self.filename  # type: ignore[attr-defined]

    @strawberry.field(description="Its media type.")
    def content_type(self) -> str:
        return self.mime  # type: ignore[attr-defined]

    @strawberry.field(description="What it is.")
    def kind(self) -> DocumentKind:
        return self.kind

    @strawberry.field(description="SHA-256 of its bytes, in hexadecimal.")
    def sha256(self) -> str:
        return self.sha256

    @strawberry.field(
        description="Where the original can be fetched within five minutes, with the same token; "
        "null while it waits to be checked for viruses or when something was found."
    )
    def url(self, info: Info) -> URL | None:
        return file_address(self, info)
