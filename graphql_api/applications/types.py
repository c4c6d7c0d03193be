"""An application. What concerns the person stands behind `applications:pii:read`, field by field."""

import datetime as dt

import strawberry

from graphql_api.advertising.media import Medium
from graphql_api.applications.contents import Answer, Applicant, File
from graphql_api.applications.rows import is_hidden, require_contents
from graphql_api.cases.rows import visible_cases
from graphql_api.cases.types import RecruitmentCase
from graphql_api.cohort import many, one
from graphql_api.columns import needs
from graphql_api.context import Info
from graphql_api.enums import ApplicantOrigin, ApplicationStage, ApplicationState, Language, ReceiveChannel
from graphql_api.nodes import Node
from graphql_api.oauth import Scope
from graphql_api.scopes import Requires
from recruitment.advertising.models import Medium as MediumRow
from recruitment.applications import models
from recruitment.documents.discretion import of_the_application
from recruitment.documents.models import Document
from recruitment.people.models import Candidate
from recruitment.questions.models import ScreeningAnswer


@strawberry.type(description="The instants of an application.")
class ApplicationTimestamps:
    received_at: dt.datetime | None = strawberry.field(description="When it was received, by the database's clock.")
    updated_at: dt.datetime = strawberry.field(description="When it was last changed.")
    withdrawn_at: dt.datetime | None = strawberry.field(description="When the applicant withdrew it.")
    answer_delivered_at: dt.datetime | None = strawberry.field(description="When the applicant got the answer.")


@strawberry.type(description="One person's application in one call for applications.")
class Application(Node):
    model = models.Application

    reference: str = strawberry.field(
        description="Its reference, such as K7PM-2XQ4: what applicants say on the telephone."
    )
    state: ApplicationState = strawberry.field(description="Where it stands.")
    stage_reached: ApplicationStage = strawberry.field(description="The furthest it ever got.")
    channel: ReceiveChannel = strawberry.field(description="How it came.")
    language: Language = strawberry.field(description="The language it was written in.")

    @strawberry.field(extensions=[Requires(Scope.CASES)], description="The case it belongs to.")
    def case(self, info: Info) -> RecruitmentCase | None:
        return one(self, "case", lambda: visible_cases(info))

    @strawberry.field(description="Whether the applicant works at the institution; null when they did not say.")
    def applicant_origin(self) -> ApplicantOrigin | None:
        return self.applicant_origin or None

    @strawberry.field(description="The medium that brought the applicant, as far as their way here shows it.")
    def source_medium(self) -> Medium | None:
        return one(self, "source_medium", MediumRow.objects.all)

    @strawberry.field(
        description="The instants of the application.",
        metadata=needs("received_at", "updated_at", "withdrawn_at", "answer_delivered_at"),
    )
    def timestamps(self) -> ApplicationTimestamps:
        return self  # type: ignore[return-value]

    @strawberry.field(extensions=[Requires(Scope.PERSONAL)], description="Who applied.", metadata=needs("candidate"))
    def applicant(self, info: Info) -> Applicant | None:
        if is_hidden(self, info):
            return None
        return one(self, "candidate", Candidate.objects.all)

    @strawberry.field(
        extensions=[Requires(Scope.PERSONAL)],
        description="The motivated application, where it was typed.",
        metadata=needs("motivation_text"),
    )
    def motivation(self, info: Info) -> str | None:
        require_contents(self, info)
        return self.motivation_text or None  # type: ignore[attr-defined]

    @strawberry.field(
        extensions=[Requires(Scope.PERSONAL)], description="Answers to the form's questions.", metadata=needs()
    )
    def answers(self, info: Info) -> list[Answer] | None:
        require_contents(self, info)
        rows = ScreeningAnswer.objects.order_by("question__position", "question_id")
        return many(self, "answers", rows.all, by="application")

    @strawberry.field(extensions=[Requires(Scope.PERSONAL)], description="The files handed in.", metadata=needs())
    def documents(self, info: Info) -> list[File] | None:
        require_contents(self, info)
        rows = of_the_application(Document.objects.filter(replaced_at__isnull=True)).defer("text", "html")
        return many(self, "documents", rows.all, by="application")
