"""The terms of an advertised employment, and the dates of its advertising."""

import datetime as dt
from typing import Any

import strawberry

from graphql_api.advertising.postings import case_of
from graphql_api.cohort import linked, one
from graphql_api.enums import EmploymentBasis, EmploymentDuration, WorkingTime
from graphql_api.money import Money, money_from_kroner
from graphql_api.organisation.types import Classification, Workplace
from recruitment import clock
from recruitment.cases.models import RecruitmentCase
from recruitment.organisation import models as organisation
from recruitment.organisation.classification import Classification as Code


@strawberry.type(description="Pay a year, before tax.")
class PayRange:
    minimum: Money | None = strawberry.field(description="From.")
    maximum: Money | None = strawberry.field(description="To.")


@strawberry.type
class EmploymentTerms:
    @strawberry.field(description="How many people are to be hired.")
    def positions_count(self) -> int:
        return case_of(self).positions_count

    @strawberry.field(description="Field of work.")
    def category(self) -> Classification | None:
        return one(case_of(self), "position_category", Code.objects.all)

    @strawberry.field(description="Staff group.")
    def staff_group(self) -> Classification | None:
        return one(case_of(self), "staff_group", Code.objects.all)

    @strawberry.field(description="Occupation, DISCO-08.")
    def occupation(self) -> Classification | None:
        return one(case_of(self), "occupation", Code.objects.all)

    @strawberry.field(description="Legal ground of the employment.")
    def employment_basis(self) -> EmploymentBasis:
        return case_of(self).employment_basis  # type: ignore[return-value]

    @strawberry.field(description="Permanent or for a time.")
    def duration(self) -> EmploymentDuration:
        return case_of(self).employment_duration  # type: ignore[return-value]

    @strawberry.field(description="The last day of an employment for a time.")
    def duration_until(self) -> dt.date | None:
        return case_of(self).duration_until

    @strawberry.field(description="Full or part time.")
    def working_time(self) -> WorkingTime:
        return case_of(self).working_time  # type: ignore[return-value]

    @strawberry.field(description="Weekly hours, at least.")
    def weekly_hours_min(self) -> float | None:
        return _number(case_of(self).weekly_hours_min)

    @strawberry.field(description="Weekly hours, at most.")
    def weekly_hours_max(self) -> float | None:
        return _number(case_of(self).weekly_hours_max)

    @strawberry.field(description="Whether part time can be agreed.")
    def part_time_possible(self) -> bool:
        return case_of(self).part_time_possible

    @strawberry.field(description="Collective agreements that may apply.")
    def agreements(self) -> list[Classification]:
        through = RecruitmentCase.collective_agreements.through
        near, far = "recruitmentcase", "classification"
        return linked(case_of(self), "agreements", through, Code.objects.all, near=near, far=far)

    @strawberry.field(description="Pay and grading in words.")
    def pay_text(self) -> str | None:
        return case_of(self).pay_placement_text or None

    @strawberry.field(description="Pay a year, where the employer states it.")
    def pay_range(self) -> PayRange | None:
        low, high = case_of(self).pay_min, case_of(self).pay_max
        if low is None and high is None:
            return None
        return PayRange(minimum=money_from_kroner(low), maximum=money_from_kroner(high))

    @strawberry.field(description="Where the work is done.")
    def workplaces(self) -> list[Workplace]:
        return workplaces_of(case_of(self))  # type: ignore[return-value]

    @strawberry.field(description="The first day at work.")
    def start_date(self) -> dt.date | None:
        return case_of(self).start_date

    @strawberry.field(description="Whether the work begins as soon as possible.")
    def start_asap(self) -> bool:
        return case_of(self).start_asap


@strawberry.type
class PostingDates:
    published_at: dt.datetime | None = strawberry.field(description="When it was first published.")

    @strawberry.field(description="When its ad was last changed.")
    def updated_at(self) -> dt.datetime | None:
        return self.changed_at  # type: ignore[attr-defined]

    @strawberry.field(
        description="The deadline as people are told it: the last minute in which an application is in time."
    )
    def application_deadline(self) -> dt.datetime | None:
        deadline = _row(self).application_deadline
        return clock.shown(deadline) if deadline else None

    @strawberry.field(description="The instant at which the form closes: what is received before it is in time.")
    def closes_at(self) -> dt.datetime | None:
        return _row(self).application_deadline

    @strawberry.field(description="Days on which interviews are planned.")
    def interview_dates(self) -> list[dt.date]:
        return list(case_of(self).interview_dates)

    @strawberry.field(description="The day by which applicants are promised an answer.")
    def expected_answer_date(self) -> dt.date | None:
        return case_of(self).expected_answer_date


def workplaces_of(case: RecruitmentCase) -> list[organisation.Workplace]:
    """Where the work of the case is done."""
    through = RecruitmentCase.workplaces.through
    places = organisation.Workplace.objects.all
    return linked(case, "workplaces", through, places, near="recruitmentcase", far="workplace")


def _row(posting: Any) -> Any:
    return posting


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
