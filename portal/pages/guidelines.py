"""An institution's own guidelines for its ads, shown beside the editor: for the whole ad, or for one kind of block."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField

from recruitment.advertising.blocks import BLOCKS
from recruitment.organisation.models import Institution
from recruitment.reach import Reach
from recruitment.rows import Language

WHOLE = ""


class Guideline(models.Model):
    """What the institution asks of its ads, in words and pictures. `about` is a kind of block, or empty for the whole ad."""

    REACH: ClassVar[Reach] = Reach(institution="institution")

    institution = models.ForeignKey(
        Institution, on_delete=models.CASCADE, related_name="+", verbose_name=_("institution")
    )
    name = models.CharField(_("heading"), max_length=80)
    language = models.CharField(_("for ads in"), max_length=2, choices=Language, default=Language.DANISH)
    about = models.CharField(_("about"), max_length=30, blank=True)
    body = RichTextField(_("text"), features=["bold", "italic", "ol", "ul", "link"])

    class Meta:
        verbose_name = _("guideline for ads")
        verbose_name_plural = _("guidelines for ads")
        ordering = ("about", "name")

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"

    @property
    def about_words(self) -> str:
        """The kind of block by its name."""
        kind = BLOCKS.get(self.about)
        return str(kind.label) if kind else str(_("the whole ad"))
