"""A recruitment case as the institution's own systems see it. Every way here goes through `visible_cases`."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

import strawberry
from django.db.models import Count

from graphql_api.advertising.terms import workplaces_of
from graphql_api.applications.filters import ApplicationFilter, ApplicationOrder, narrowed
from graphql_api.applications.rows import visible_applications
from graphql_api.arguments import ChosenOrder, ChosenRows, keys_of
from graphql_api.cases.rounds import CaseRound
from graphql_api.cohort import for_each, linked, many, one
from graphql_api.columns import needs
from graphql_api.connection import Connection, Listing, Paged
from graphql_api.context import Info
from graphql_api.enums import (
    CaseOutcome,
    CaseState,
    EmploymentBasis,
    EmploymentDuration,
    JobKind,
    Language,
    WorkingTime,
)
from graphql_api.nodes import Node
from graphql_api.oauth import Scope
from graphql_api.organisation.types import Classification, Institution, OrganisationalUnit, Workplace
from graphql_api.scopes import Requires
from graphql_api.seek import Key
from recruitment.cases import models
from recruitment.cases.profile import AdvertisementRound
from recruitment.organisation import models as organisation
from recruitment.organisation.classification import Classification as Code
from recruitment.people.models import User

if TYPE_CHECKING:
    from graphql_api.applications.types import Application

LazyApplication = Annotated["Application", strawberry.lazy("graphql_api.applications.types")]


@strawberry.type(description="Somebody who works for the institution.")
class StaffMember:
    @strawberry.field(description="Name.")
    def name(self) -> str:
        return self.get_full_name()  # type: ignore[attr-defined]

    @strawberry.field(description="Job title.")
    def title(self) -> str | None:
        return self.title or None

    email: str = strawberry.field(description="E-mail address at work.")


@strawberry.type(description="The instants of a case.")
class CaseTimestamps:
    created_at: dt.datetime = strawberry.field(description="When it was created.")
    updated_at: dt.datetime = strawberry.field(description="When it was last changed.")
    advertised_at: dt.datetime | None = strawberry.field(description="When it was first advertised.")
    deadline_passed_at: dt.datetime | None = strawberry.field(description="When its deadline passed.")
    decided_at: dt.datetime | None = strawberry.field(description="When it was decided whom to hire.")
    closed_at: dt.datetime | None = strawberry.field(description="When it was closed.")


@strawberry.type(description="How many applications a case has.")
class CaseCounts:
    applications: int = strawberry.field(description="Handed in, whatever became of them.")


@strawberry.type(description="One recruitment of one or more people.")
class RecruitmentCase(Node):
    model = models.RecruitmentCase

    title: str = strawberry.field(description="The job title.")
    positions_count: int = strawberry.field(description="How many people are to be hired.")
    state: CaseState = strawberry.field(description="Where the case stands.")
    language: Language = strawberry.field(description="The language of the case.")
    employment_basis: EmploymentBasis = strawberry.field(description="Legal ground of the employment.")
    working_time: WorkingTime = strawberry.field(description="Full or part time.")
    start_date: dt.date | None = strawberry.field(description="The first day at work.")
    interview_dates: list[dt.date] = strawberry.field(description="Days on which interviews are planned.")

    @strawberry.field(description="The case number, unique within its institution.", metadata=needs("case_number"))
    def reference(self) -> str:
        return self.case_number  # type: ignore[attr-defined]

    @strawberry.field(description="The number in the institution's records system.")
    def records_reference(self) -> str | None:
        return self.records_reference or None

    @strawberry.field(
        description="Vacancy, call for open applications, or a post for own staff only.", metadata=needs("case_type")
    )
    def kind(self) -> JobKind:
        return self.case_type  # type: ignore[attr-defined]

    @strawberry.field(description="Permanent or for a time.", metadata=needs("employment_duration"))
    def duration(self) -> EmploymentDuration:
        return self.employment_duration  # type: ignore[attr-defined]

    @strawberry.field(description="How it ended, once closed.")
    def outcome(self) -> CaseOutcome | None:
        return self.outcome or None

    @strawberry.field(description="The employer.")
    def institution(self) -> Institution:
        return one(self, "institution", organisation.Institution.objects.all)

    @strawberry.field(description="The part of the institution.")
    def unit(self) -> OrganisationalUnit:
        return one(self, "unit", organisation.OrganisationalUnit.objects.all)

    @strawberry.field(description="Field of work.", metadata=needs("position_category"))
    def category(self) -> Classification | None:
        return one(self, "position_category", Code.objects.all)

    @strawberry.field(description="Staff group.")
    def staff_group(self) -> Classification | None:
        return one(self, "staff_group", Code.objects.all)

    @strawberry.field(description="Collective agreements that may apply.", metadata=needs())
    def agreements(self) -> list[Classification]:
        through = models.RecruitmentCase.collective_agreements.through
        return linked(self, "agreements", through, Code.objects.all, near="recruitmentcase", far="classification")

    @strawberry.field(description="Where the work is done.", metadata=needs())
    def workplaces(self) -> list[Workplace]:
        return workplaces_of(self)  # type: ignore[arg-type, return-value]

    @strawberry.field(description="The manager who hires.")
    def hiring_manager(self) -> StaffMember | None:
        return one(self, "hiring_manager", User.objects.all)

    @strawberry.field(description="Who runs the case in HR.")
    def hr_responsible(self) -> StaffMember | None:
        return one(self, "hr_responsible", User.objects.all)

    @strawberry.field(
        description="The instants of the case.",
        metadata=needs("created_at", "updated_at", "advertised_at", "deadline_passed_at", "decided_at", "closed_at"),
    )
    def timestamps(self) -> CaseTimestamps:
        return self  # type: ignore[return-value]

    @strawberry.field(
        description="Its calls for applications: one, or more when it was advertised again.", metadata=needs()
    )
    def rounds(self) -> list[CaseRound]:
        return many(self, "rounds", AdvertisementRound.objects.all, by="case")

    @strawberry.field(
        extensions=[Requires(Scope.APPLICATIONS)], description="How many applications it has.", metadata=needs()
    )
    def counts(self, info: Info) -> CaseCounts | None:
        def fetch(cohort: list[Any]) -> dict[Any, int]:
            rows = visible_applications(info).filter(case__in=[member.pk for member in cohort])
            return dict(rows.order_by().values_list("case").annotate(Count("pk")))

        return CaseCounts(applications=for_each(self, "application count", fetch) or 0)

    @strawberry.field(
        graphql_type=Connection[LazyApplication] | None,
        extensions=[Paged(), Requires(Scope.APPLICATIONS)],
        description="Its applications, in the order they were received.",
        metadata=needs(),
    )
    def applications(
        self,
        info: Info,
        chosen: Annotated[ApplicationFilter | None, ChosenRows] = strawberry.UNSET,
        order_by: Annotated[list[ApplicationOrder] | None, ChosenOrder] = strawberry.UNSET,
    ) -> Listing:
        rows = visible_applications(info)
        rows = narrowed(rows, chosen) if chosen else rows
        order = keys_of(order_by, [Key("received_at")])
        return Listing(rows, order, parent="case", shown=info.context.reads.note)
