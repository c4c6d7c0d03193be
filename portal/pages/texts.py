"""Words that ads begin with (`ContentTemplate`) or repeat (`StandardText`), and what drafts have taken of them (`TakenText`)."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin

from portal.pages.blocks import RICH_FEATURES, AdBlocks
from portal.pages.merging import MergeFieldsPanel, faults_in_words, words_of_stream
from portal.pages.owned import Owned
from recruitment.rows import Language


def refuse_unknown_fields(sources: Mapping[str, str]) -> None:
    """Raise ValidationError on each field whose words ask for a merge field that does not exist, with the line."""
    found = {name: faults for name, source in sources.items() if (faults := faults_in_words(source))}
    if found:
        raise ValidationError(found)


class StandardText(DraftStateMixin, RevisionMixin, Owned):
    """A paragraph that many ads repeat. An ad keeps the words that it took until somebody takes the new ones."""

    name = models.CharField(_("name"), max_length=80)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.DANISH)
    heading = models.CharField(_("heading"), max_length=160, blank=True)
    body = RichTextField(_("text"), features=RICH_FEATURES)

    panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("language")]),
        FieldRowPanel([FieldPanel("institution"), FieldPanel("unit")]),
        FieldPanel("heading"),
        FieldPanel("body"),
        MergeFieldsPanel(heading=_("Fields")),
    ]

    class Meta:
        verbose_name = _("standard paragraph")
        verbose_name_plural = _("standard paragraphs")
        ordering = ("name",)

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"

    def clean(self) -> None:
        super().clean()
        refuse_unknown_fields({"heading": self.heading, "body": self.body})


class TakenText(models.Model):
    """The words of a standard paragraph as an ad's block took them."""

    page = models.ForeignKey("pages.JobAdPage", on_delete=models.CASCADE, related_name="taken_texts")
    block_id = models.CharField(max_length=36)
    text = models.ForeignKey(StandardText, on_delete=models.CASCADE, related_name="taken")
    heading = models.CharField(max_length=160, blank=True)
    body = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["page", "block_id"], name="a_block_takes_one_text"),)

    def __str__(self) -> str:
        return f"{self.text_id} in {self.page_id}"


class ContentTemplate(PreviewableMixin, DraftStateMixin, RevisionMixin, Owned):
    """How an ad begins: blocks and words that a new ad is filled with, and from then on are the ad's own."""

    name = models.CharField(_("name"), max_length=80)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.DANISH)
    layout = models.ForeignKey(
        "pages.AdLayout", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("layout")
    )
    intro = models.TextField(_("introduction"), blank=True, max_length=600)
    body = StreamField(AdBlocks(), verbose_name=_("contents"), blank=True)

    panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("language")]),
        FieldRowPanel([FieldPanel("institution"), FieldPanel("unit")]),
        FieldPanel("layout"),
        FieldPanel("intro"),
        FieldPanel("body"),
        MergeFieldsPanel(heading=_("Fields")),
    ]

    class Meta:
        verbose_name = _("content template")
        verbose_name_plural = _("content templates")
        ordering = ("name",)

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"

    def clean(self) -> None:
        super().clean()
        refuse_unknown_fields({"intro": self.intro, "body": words_of_stream(self.body)})

    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        """The template's own words in its layout."""
        from portal.pages.layouts import AdLayout  # noqa: PLC0415 - layouts name the templates
        from portal.pages.looking import sample_response  # noqa: PLC0415

        return sample_response(request, self.layout or AdLayout(), self)
