"""The state's and the portal's code lists (domain B3, B12): one table, one row a code, valid between dates."""

from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from recruitment.rows import Row


class Scheme(models.TextChoices):
    """Which list a code belongs to."""

    POSITION_CATEGORY = "POSITION_CATEGORY", _("field of work")
    POSITION_TITLE = "POSITION_TITLE", _("position title")
    STAFF_GROUP = "STAFF_GROUP", _("staff group")
    COLLECTIVE_AGREEMENT = "COLLECTIVE_AGREEMENT", _("collective agreement")
    OCCUPATION = "OCCUPATION", _("occupation (DISCO-08)")
    REGION = "REGION", _("region")
    MUNICIPALITY = "MUNICIPALITY", _("municipality")


class Classification(Row):
    """A code with its labels. `parent` ties a municipality to its region."""

    scheme = models.CharField(max_length=24, choices=Scheme)
    code = models.CharField(max_length=60)
    label_da = models.CharField(max_length=160)
    label_en = models.CharField(max_length=160, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    sort = models.PositiveIntegerField(default=0)
    external_codes = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("scheme", "sort", "label_da")
        constraints = (models.UniqueConstraint(fields=["scheme", "code"], name="code_once_in_its_scheme"),)

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The label in the reader's language."""
        return self.label_en if translation.get_language() == "en" and self.label_en else self.label_da
