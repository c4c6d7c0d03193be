"""The domain's closed sets as GraphQL enums; their descriptions are the domain's own English labels."""

from enum import Enum
from typing import TYPE_CHECKING, Any

import strawberry
from django.db.models import Choices
from django.utils import translation

from recruitment import rows
from recruitment.advertising import models as advertising
from recruitment.applications import models as applications
from recruitment.cases import models as cases
from recruitment.documents import models as documents
from recruitment.organisation import classification
from recruitment.organisation import models as organisation
from recruitment.questions import models as questions

__all__ = [
    "ApplicantOrigin",
    "ApplicationStage",
    "ApplicationState",
    "CaseOutcome",
    "CaseState",
    "ClassificationScheme",
    "DocumentKind",
    "EmploymentBasis",
    "EmploymentDuration",
    "JobKind",
    "Language",
    "MediumKind",
    "OrderDirection",
    "PublicationState",
    "QuestionKind",
    "ReceiveChannel",
    "RemoteDegree",
    "WorkingTime",
    "values",
]


def _enum(name: str, source: type[Choices], description: str, *, by_value: bool = False) -> Any:
    """The members of a Django choices class, without its blank one. Resolvers go on answering the stored value.

    Members are called as in the class, or by their value in capitals.
    """
    with translation.override("en"):
        members = {
            (member.value.upper() if by_value else member.name): strawberry.enum_value(
                member.value, description=_sentence(str(member.label))
            )
            for member in source
            if member.value != ""
        }
    made: Any = Enum(name, members)  # type: ignore[misc]
    return strawberry.enum(made, description=description)


def _sentence(label: str) -> str:
    return f"{label[:1].upper()}{label[1:]}."


if TYPE_CHECKING:
    from recruitment.advertising.models import MediumKind, PublicationState
    from recruitment.applications.models import ApplicationState, ReceiveChannel
    from recruitment.applications.models import Origin as ApplicantOrigin
    from recruitment.applications.models import Stage as ApplicationStage
    from recruitment.cases.models import CaseOutcome, CaseState, EmploymentBasis, EmploymentDuration, WorkingTime
    from recruitment.cases.models import CaseType as JobKind
    from recruitment.documents.models import DocumentKind
    from recruitment.organisation.classification import Scheme as ClassificationScheme
    from recruitment.organisation.models import RemoteDegree
    from recruitment.questions.models import QuestionKind
    from recruitment.rows import Language
else:
    CaseState = _enum("CaseState", cases.CaseState, "Where a recruitment case stands.")
    CaseOutcome = _enum("CaseOutcome", cases.CaseOutcome, "How a closed case ended.")
    JobKind = _enum("JobKind", cases.CaseType, "Vacancy, call for open applications, or a post for own staff only.")
    EmploymentBasis = _enum("EmploymentBasis", cases.EmploymentBasis, "The legal ground of the employment.")
    EmploymentDuration = _enum("EmploymentDuration", cases.EmploymentDuration, "How long the employment lasts.")
    WorkingTime = _enum("WorkingTime", cases.WorkingTime, "Full or part time.")
    RemoteDegree = _enum("RemoteDegree", organisation.RemoteDegree, "How much of the work can be done from home.")
    Language = _enum("Language", rows.Language, "Languages of ads and applications, ISO 639-1.", by_value=True)
    ClassificationScheme = _enum("ClassificationScheme", classification.Scheme, "Which code list a code belongs to.")
    ApplicationState = _enum("ApplicationState", applications.ApplicationState, "Where an application stands.")
    ApplicationStage = _enum(
        "ApplicationStage", applications.Stage, "The highest stage an application ever reached; a rejection keeps it."
    )
    ReceiveChannel = _enum("ReceiveChannel", applications.ReceiveChannel, "How an application came.")
    ApplicantOrigin = _enum(
        "ApplicantOrigin", applications.Origin, "Whether the applicant works at the institution, in their own words."
    )
    DocumentKind = _enum("DocumentKind", documents.DocumentKind, "What a document is.")
    QuestionKind = _enum("QuestionKind", questions.QuestionKind, "The six kinds of question.")
    MediumKind = _enum("MediumKind", advertising.MediumKind, "What sort of medium an ad is shown on.")
    PublicationState = _enum("PublicationState", advertising.PublicationState, "Where an ad on a medium stands.")


@strawberry.enum(description="Which way a list is sorted. Rows without a value come last both ways.")
class OrderDirection(Enum):
    ASC = strawberry.enum_value("ASC", description="Smallest or earliest first.")
    DESC = strawberry.enum_value("DESC", description="Largest or latest first.")


def values(chosen: Any) -> list[Any]:
    """The stored values of enum members given as an argument."""
    return [member.value for member in chosen]
