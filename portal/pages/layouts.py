"""Snippets: how ads look (`AdLayout`), how they begin (`ContentTemplate`) and what they repeat (`StandardText`)."""

import zlib
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin

from portal.pages.blocks import RICH_FEATURES, AdBlocks
from portal.pages.colour import hex_colour, require_contrast
from recruitment.organisation.models import Institution
from recruitment.reach import Reach
from recruitment.rows import Language

WHITE = "#ffffff"


class Shape(models.TextChoices):
    """How an ad's head is built."""

    BAND = "band", _("a band of colour")
    PLAIN = "plain", _("plain, on white")
    CENTRED = "centred", _("centred")
    PICTURE_BESIDE = "picture-beside", _("picture beside the title")


class HeadingFont(models.TextChoices):
    """Typefaces that are on every machine, so that nothing is fetched."""

    PORTAL = "inherit", _("the portal's own")
    SERIF = "Georgia, 'Times New Roman', serif", _("classic, with serifs")
    SLAB = "Rockwell, 'Roboto Slab', 'Courier New', serif", _("slab")
    HUMANIST = "Optima, Candara, 'Gill Sans', sans-serif", _("soft")
    GROTESQUE = "'Arial Narrow', 'Helvetica Neue', Arial, sans-serif", _("narrow")


class Facts(models.TextChoices):
    """Where the key facts stand on a wide screen; on a phone they always come first."""

    END = "end", _("to the right")
    START = "start", _("to the left")
    TOP = "top", _("above the text")


def colour_field(label: Any, default: str) -> models.CharField:  # type: ignore[type-arg]
    """A colour as #rrggbb."""
    return models.CharField(label, max_length=7, default=default, validators=[hex_colour])


class AdLayout(PreviewableMixin, LockableMixin, DraftStateMixin, RevisionMixin, models.Model):
    """A look for ads. Without an institution it is shared by all. Colours that would be hard to read are refused."""

    REACH: ClassVar[Reach] = Reach(institution="institution", shared=True)

    institution = models.ForeignKey(
        Institution, null=True, blank=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("institution")
    )
    name = models.CharField(_("name"), max_length=80)
    shape = models.CharField(_("head"), max_length=20, choices=Shape, default=Shape.BAND)
    facts_placement = models.CharField(_("key facts"), max_length=8, choices=Facts, default=Facts.END)
    heading_font = models.CharField(_("headings"), max_length=80, choices=HeadingFont, default=HeadingFont.PORTAL)
    accent = colour_field(_("buttons and lines"), "#0b4a6f")
    band = colour_field(_("head, background"), "#eaf2f6")
    band_ink = colour_field(_("head, text"), "#1a1a1a")
    panel = colour_field(_("key facts, background"), "#f5f7f8")
    panel_ink = colour_field(_("key facts, text"), "#1a1a1a")
    heading = colour_field(_("headings, text"), "#06293d")
    corner = models.PositiveSmallIntegerField(
        _("corners"), default=6, choices=[(0, _("square")), (6, _("slightly rounded")), (20, _("round"))]
    )
    rule = models.PositiveSmallIntegerField(
        _("line"), default=4, choices=[(0, _("none")), (4, _("thin")), (12, _("thick"))]
    )
    logo = models.ForeignKey(
        "pages.PortalImage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("logo")
    )
    picture = models.ForeignKey(
        "pages.PortalImage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("picture in the head"),
    )  # fmt: skip

    panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("institution")]),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("shape"), FieldPanel("facts_placement")]), FieldPanel("heading_font")],
            heading=_("Shape"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("accent"), FieldPanel("heading")]),
                FieldRowPanel([FieldPanel("band"), FieldPanel("band_ink")]),
                FieldRowPanel([FieldPanel("panel"), FieldPanel("panel_ink")]),
            ],
            heading=_("Colours"),
            help_text=_("Every pair is checked: text must be readable for people with low vision."),
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("corner"), FieldPanel("rule")]), FieldPanel("logo"), FieldPanel("picture")],
            heading=_("Details"),
        ),
    ]

    class Meta:
        verbose_name = _("layout")
        verbose_name_plural = _("layouts")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse colour pairs under 4.5 to 1."""
        super().clean()
        for ink, ground, field in (
            (self.band_ink, self.band if self.shape != Shape.PLAIN else WHITE, "band_ink"),
            (self.panel_ink, self.panel, "panel_ink"),
            (self.accent, WHITE, "accent"),
            (self.heading, WHITE, "heading"),
        ):
            require_contrast(ink, ground, field)

    @property
    def stylesheet(self) -> str:
        """The layout as custom properties on the ads that wear it."""
        values = {
            "--ad-accent": self.accent, "--ad-accent-on": WHITE, "--ad-band": self.band, "--ad-band-ink": self.band_ink,
            "--ad-panel": self.panel, "--ad-panel-ink": self.panel_ink, "--ad-heading": self.heading,
            "--ad-heading-font": self.heading_font, "--ad-round": f"{self.corner}px", "--ad-rule": f"{self.rule}px",
            "--brand": self.accent, "--brand-link": self.accent,
        }  # fmt: skip
        lines = "".join(f"{name}:{value};" for name, value in values.items())
        return f'[data-layout="{self.pk or "new"}"]{{{lines}}}'

    @property
    def stylesheet_version(self) -> str:
        """Changes with the layout and with nothing else, in every process alike: browsers keep the stylesheet for good."""
        return f"{self.latest_revision_id or 0}-{zlib.crc32(self.stylesheet.encode())}"

    def serve_preview(self, request: HttpRequest, mode_name: str) -> TemplateResponse:
        """A sample ad in this layout."""
        return TemplateResponse(request, "pages/layout_preview.html", {"layout": self, "is_preview": True})


class StandardText(DraftStateMixin, RevisionMixin, models.Model):
    """A paragraph that many ads repeat. Ads keep the words they were published with."""

    REACH: ClassVar[Reach] = Reach(institution="institution", shared=True)

    institution = models.ForeignKey(
        Institution, null=True, blank=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("institution")
    )
    name = models.CharField(_("name"), max_length=80)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.DANISH)
    heading = models.CharField(_("heading"), max_length=160, blank=True)
    body = RichTextField(_("text"), features=RICH_FEATURES)

    panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("language"), FieldPanel("institution")]),
        FieldPanel("heading"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("standard paragraph")
        verbose_name_plural = _("standard paragraphs")
        ordering = ("name",)

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"


class ContentTemplate(PreviewableMixin, DraftStateMixin, RevisionMixin, models.Model):
    """How an ad begins: blocks and words that a new ad is filled with, and from then on are the ad's own."""

    REACH: ClassVar[Reach] = Reach(institution="institution", shared=True)

    institution = models.ForeignKey(
        Institution, null=True, blank=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("institution")
    )
    name = models.CharField(_("name"), max_length=80)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.DANISH)
    layout = models.ForeignKey(
        AdLayout, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("layout")
    )
    intro = models.TextField(_("introduction"), blank=True, max_length=600)
    body = StreamField(AdBlocks(), verbose_name=_("contents"), blank=True)

    panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("language"), FieldPanel("institution")]),
        FieldPanel("layout"),
        FieldPanel("intro"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("content template")
        verbose_name_plural = _("content templates")
        ordering = ("name",)

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        """The blocks as a sample ad shows them."""
        return "pages/layout_preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        """The template's own words in its layout."""
        return {"layout": self.layout or AdLayout(), "sample": self, "is_preview": True}
