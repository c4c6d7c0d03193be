"""What an institution adapts: templates that cases begin with, fields of the job profile, stages inside the fixed states."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from recruitment.cases.models import CaseState, RecruitmentCase
from recruitment.organisation.models import Institution, OrganisationalUnit
from recruitment.reach import Reach
from recruitment.rows import Row


class CaseTemplate(Row):
    """An earlier case that new ones of a unit, and of everything below it, can begin as: its frame, profile, form and plan."""

    REACH: ClassVar[Reach] = Reach(institution="institution", unit="unit__path")

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="case_templates")
    unit = models.ForeignKey(OrganisationalUnit, on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey(RecruitmentCase, on_delete=models.CASCADE, related_name="templates")
    name = models.CharField(_("name"), max_length=120)
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ("name", "id")
        constraints = (models.UniqueConstraint(fields=["unit", "name"], name="one_case_template_a_name_and_unit"),)

    def __str__(self) -> str:
        return self.name


class Worded(Row):
    """Something that an institution names in both languages and puts in an order."""

    label_da = models.CharField(_("name in Danish"), max_length=80)
    label_en = models.CharField(_("name in English"), max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(_("place"), default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """In the reader's language."""
        return self.label_en if translation.get_language() == "en" and self.label_en else self.label_da


class ProfileField(Worded):
    """One field of the job profile. `column` names one that ships; without it the answer stands in the profile's own answers."""

    REACH: ClassVar[Reach] = Reach(institution="institution")

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="profile_fields")
    column = models.CharField(max_length=40, blank=True)
    help_da = models.CharField(_("help"), max_length=240, blank=True)
    is_shown = models.BooleanField(_("asked"), default=True)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["institution", "column"], condition=~Q(column=""), name="a_shipped_profile_field_once"
            ),
        )

    @property
    def key(self) -> str:
        """Under which name the answer is kept."""
        return self.column or str(self.pk)


class SubStage(Worded):
    """A stage of an institution's own inside a fixed state; the guards know only the state."""

    REACH: ClassVar[Reach] = Reach(institution="institution")

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="sub_stages")
    state = models.CharField(_("inside"), max_length=12, choices=CaseState)

    class Meta:
        ordering = ("state", "position", "id")


class StateLabel(Worded):
    """What an institution calls a fixed state."""

    REACH: ClassVar[Reach] = Reach(institution="institution")

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="state_labels")
    state = models.CharField(max_length=12, choices=CaseState)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["institution", "state"], name="one_label_a_state"),)
