"""The domain's closed sets as GraphQL enums; their descriptions are the domain's own English labels."""

from enum import Enum
from typing import Any

import strawberry
from django.db.models import Choices
from django.utils import translation

from recruitment.applications.models import ApplicationState, Origin, ReceiveChannel, Stage
from recruitment.cases import models as cases
from recruitment.advertising.models import MediumKind as Media
from recruitment.organisation.classification import Scheme
from recruitment.organisation.models import RemoteDegree as Remote
from recruitment.questions import models as questions
from recruitment.rows import Language as Languages


def _enum(name: str, source: type[Choices], description: str) -> Any:
    """The members of a Django choices class, without its blank one. Resolvers go on answering the stored value."""
    with translation.override("en"):
        members = {
            member.name: strawberry.enum_value(member.value, description=_sentence(str(member.label)))
            for member in source
            if member.value != ""
        }
    return strawberry.enum(Enum(name, members), description=description)  # type: ignore[arg-type]


def _sentence(label: str) -> str:
    return f"{label[:1].upper()}{label[1:]}."


CaseState = _enum("CaseState", cases.CaseState, "Where a recruitment case stands.")
CaseOutcome = _enum("CaseOutcome", cases.CaseOutcome, "How a closed case ended.")
JobKind = _enum("JobKind", cases.CaseType, "Vacancy, call for open applications, or a post for own staff only.")
EmploymentBasis = _enum("EmploymentBasis", cases.EmploymentBasis, "The legal ground of the employment.")
EmploymentDuration = _enum("EmploymentDuration", cases.EmploymentDuration, "How long the employment lasts.")
WorkingTime = _enum("WorkingTime", cases.WorkingTime, "Full or part time.")
RemoteDegree = _enum("RemoteDegree", Remote, "How much of the work can be done from home.")
Language = _enum("Language", Languages, "Languages that ads and applications are written in.")
ClassificationScheme = _enum("ClassificationScheme", Scheme, "Which code list a code belongs to.")
ApplicationStatus = _enum("ApplicationState", ApplicationState, "Where an application stands.")
ReachedStage = _enum("ApplicationStage", Stage, "The highest stage an application ever reached; a rejection keeps it.")
Channel = _enum("ReceiveChannel", ReceiveChannel, "How an application came.")
ApplicantOrigin = _enum("ApplicantOrigin", Origin, "Whether the applicant works at the institution, in their own words.")
DocumentKind = _enum("DocumentKind", questions.DocumentKind, "What a document is.")
QuestionKind = _enum("QuestionKind", questions.QuestionKind, "The six kinds of question.")
MediumKind = _enum("MediumKind", Media, "What sort of medium an ad is shown on.")


@strawberry.enum(description="Which way a list is sorted. Rows without a value come last both ways.")
class OrderDirection(Enum):
    ASC = strawberry.enum_value("ASC", description="Smallest or earliest first.")
    DESC = strawberry.enum_value("DESC", description="Largest or latest first.")


def values(chosen: Any) -> list[Any]:
    """The stored values of enum members given as an argument."""
    return [member.value for member in chosen]
