"""Whose a layout, template or paragraph is: everybody's, an institution's, or a unit's with all below it."""

from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from recruitment.organisation.models import Institution, OrganisationalUnit
from recruitment.reach import Reach


class OwnedQuerySet(models.QuerySet["Owned"]):
    """Rows by the place they hold for."""

    def for_unit(self, unit: OrganisationalUnit) -> Self:
        """Those that hold for a unit, the nearest first: its own, those of the levels above, the institution's, everybody's."""
        above = [unit.path[: unit.steplen * depth] for depth in range(1, unit.depth + 1)]
        holds = Q(unit__path__in=above) | Q(unit=None, institution=unit.institution_id) | Q(institution=None)
        return self.filter(holds).order_by(
            F("unit__depth").desc(nulls_last=True), F("institution").asc(nulls_last=True), "name", "pk"
        )

    def for_institution(self, institution: Institution) -> Self:
        """Those that somewhere in an institution may be chosen."""
        return self.filter(Q(institution=institution) | Q(institution=None))


class Owned(models.Model):
    """A row of a library. Without an institution it is shared by all; with a unit it holds there and below."""

    REACH: ClassVar[Reach] = Reach(institution="institution", shared=True)

    institution = models.ForeignKey(
        Institution, null=True, blank=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("institution")
    )
    unit = models.ForeignKey(
        OrganisationalUnit, null=True, blank=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("unit"),
        help_text=_("Empty for the whole institution."),
    )  # fmt: skip

    objects = OwnedQuerySet.as_manager()

    class Meta:
        abstract = True

    def clean(self) -> None:
        """A unit is one of the institution's own."""
        super().clean()
        if self.unit_id and self.unit and self.unit.institution_id != self.institution_id:
            raise ValidationError({"unit": ValidationError(_("Choose a unit of the institution."), code="unit")})

    def holds_for(self, unit: OrganisationalUnit) -> bool:
        """Whether it may be used there."""
        if self.unit is not None:
            return bool(unit.path.startswith(self.unit.path))
        return self.institution_id in {None, unit.institution_id}
