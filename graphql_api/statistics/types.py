"""Media response and its cost."""

import datetime as dt

import strawberry

from graphql_api.advertising.media import Medium
from graphql_api.money import Money, money_from_ore
from recruitment.statistics import media


@strawberry.type(description="What one medium brought, and what that cost without VAT. A dash on paper is null here.")
class MediaResponseRow:
    line: strawberry.Private[media.Line]
    report: strawberry.Private[media.MediaResponse]

    @strawberry.field(description="The medium; null for applications of unknown source, and for the total.")
    def medium(self) -> Medium | None:
        return self.line.medium  # type: ignore[return-value]

    @strawberry.field(description="Applications received in time.")
    def received(self) -> int:
        return self.line.received

    @strawberry.field(description="Of those, the ones that came through screening.")
    def screened(self) -> int:
        return self.line.screened

    @strawberry.field(description="Of those, the ones called to an interview.")
    def invited(self) -> int:
        return self.line.invited

    @strawberry.field(description="Of those, the ones interviewed.")
    def interviewed(self) -> int:
        return self.line.interviewed

    @strawberry.field(description="Of those, the ones hired.")
    def hired(self) -> int:
        return self.line.hired

    @strawberry.field(description="What was paid.")
    def cost(self) -> Money:
        return _paid(self.line.cost)

    @strawberry.field(
        description="How many publications have no cost typed yet; while there are any, the costs are too low."
    )
    def untyped_costs(self) -> int:
        return self.line.untyped_costs

    @strawberry.field(description="Cost for each application received.")
    def cost_per_received(self) -> Money | None:
        return money_from_ore(self.line.cost_per("received"))

    @strawberry.field(description="Cost for each application through screening.")
    def cost_per_screened(self) -> Money | None:
        return money_from_ore(self.line.cost_per("screened"))

    @strawberry.field(description="Cost for each applicant interviewed.")
    def cost_per_interviewed(self) -> Money | None:
        return money_from_ore(self.line.cost_per("interviewed"))

    @strawberry.field(description="Cost for each person hired.")
    def cost_per_hired(self) -> Money | None:
        return money_from_ore(self.line.cost_per("hired"))

    @strawberry.field(description="Its part of all that was paid, from 0 to 1.")
    def cost_share(self) -> float | None:
        return self.report.cost_share(self.line)

    @strawberry.field(description="Its part of all who were hired, from 0 to 1.")
    def hire_share(self) -> float | None:
        return self.report.hire_share(self.line)


@strawberry.type(description="Applications and costs by medium. The period is counted by the application deadline.")
class MediaResponse:
    report: strawberry.Private[media.MediaResponse]
    at: strawberry.Private[dt.datetime]

    @strawberry.field(description="A row for each medium: own media first, unknown source last.")
    def rows(self) -> list[MediaResponseRow]:
        return [MediaResponseRow(line=line, report=self.report) for line in self.report.lines]

    @strawberry.field(description="The sum, which also pays for media that brought nobody.")
    def total(self) -> MediaResponseRow:
        return MediaResponseRow(line=self.report.total, report=self.report)

    @strawberry.field(description="When the figures were made.")
    def generated_at(self) -> dt.datetime:
        return self.at


def _paid(ore: int) -> Money:
    paid = money_from_ore(ore)
    if paid is None:
        raise TypeError("a cost is a number")
    return paid
