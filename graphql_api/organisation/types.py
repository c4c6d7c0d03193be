"""Institutions, units, workplaces and codes as everybody may see them."""

from typing import Any

import strawberry
from strawberry import ID

from graphql_api.cohort import one
from graphql_api.context import Info
from graphql_api.enums import ClassificationScheme, RemoteDegree
from graphql_api.nodes import Node, global_id, readable
from graphql_api.scalars import URL
from recruitment.organisation import models
from recruitment.organisation.classification import Classification as Code


@strawberry.type(description="A text in Danish and, where there is one, in English.")
class LocalisedText:
    da: str = strawberry.field(description="In Danish.")
    en: str | None = strawberry.field(description="In English.")


def localised(row: Any, name: str) -> LocalisedText:
    """The Danish and English columns of a row."""
    return LocalisedText(da=getattr(row, f"{name}_da"), en=getattr(row, f"{name}_en") or None)


@strawberry.type(description="A public employer that recruits here: the legal employer of those it hires.")
class Institution(Node):
    model = models.Institution

    slug: str = strawberry.field(description="Its short name in addresses and filters.")
    cvr_number: str = strawberry.field(description="Its number in the central business register, eight digits.")

    @strawberry.field(description="Its name.")
    def name(self) -> LocalisedText:
        return localised(self, "name")

    @strawberry.field(description="The ministry it belongs to.")
    def ministry_name(self) -> str | None:
        return self.ministry_name or None

    @strawberry.field(description="Its own website.")
    def website(self) -> URL | None:
        return self.website or None

    @strawberry.field(description="Its postal address.")
    def address(self) -> "PostalAddress":
        return postal_address(self)


@strawberry.type(description="Where a letter reaches somebody.")
class PostalAddress:
    street: str | None = strawberry.field(description="Street and number.")
    postal_code: str | None = strawberry.field(description="Postal code.")
    city: str | None = strawberry.field(description="Town.")


def postal_address(row: Any) -> PostalAddress:
    """The address columns of a row; empty ones as null."""
    return PostalAddress(street=row.address or None, postal_code=row.postal_code or None, city=row.city or None)


@strawberry.type(description="A level of an institution: department, agency, office.")
class OrganisationalUnit:
    @strawberry.field(description="The unit's id, for filters.")
    def id(self) -> ID:
        return global_id("OrganisationalUnit", self.pk)  # type: ignore[attr-defined]

    @strawberry.field(description="Its name.")
    def name(self) -> LocalisedText:
        return localised(self, "name")

    @strawberry.field(description="Its short name.")
    def short_name(self) -> str | None:
        return self.short_name or None

    @strawberry.field(description="Its postal address.")
    def address(self) -> PostalAddress:
        return postal_address(self)


@strawberry.type(description="A code from a public list, with its labels.")
class Classification:
    scheme: ClassificationScheme = strawberry.field(description="The list it belongs to.")
    code: str = strawberry.field(description="The code, unique in its list.")

    @strawberry.field(description="What it is called.")
    def label(self) -> LocalisedText:
        return localised(self, "label")

    @strawberry.field(description="The code above it: a municipality's region.")
    def parent(self) -> "Classification | None":
        return one(self, "parent", Code.objects.all)


@strawberry.type(description="A place where people work.")
class Workplace:
    name: str = strawberry.field(description="What the place is called.")
    country: str = strawberry.field(description="Country, ISO 3166 alpha-2.")
    latitude: float | None = strawberry.field(description="Degrees north.")
    longitude: float | None = strawberry.field(description="Degrees east.")
    no_fixed_workplace: bool = strawberry.field(description="Whether the work is done in changing places.")
    remote_degree: RemoteDegree = strawberry.field(description="How much can be done from home.")

    @strawberry.field(description="Its postal address.")
    def address(self) -> PostalAddress:
        return postal_address(self)

    @strawberry.field(description="Municipality code, four digits.")
    def municipality_code(self) -> str | None:
        return self.municipality_code or None

    @strawberry.field(description="Region code, four digits.")
    def region_code(self) -> str | None:
        return self.region_code or None


@readable("Institution", models.Institution)
def active_institutions(_info: Info) -> Any:
    """Institutions that recruit here now."""
    return models.Institution.objects.filter(status=models.InstitutionStatus.ACTIVE)
