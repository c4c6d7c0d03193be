"""How ads look (`AdLayout`): a theme for anyone, and a template with a stylesheet for those who know HTML and CSS."""

import functools
import zlib
from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    Workflow,
    WorkflowMixin,
)

from portal.pages.arrangement import Arrangement, Placed, arranged
from portal.pages.checks_panel import ChecksPanel, SourcePanel
from portal.pages.colour import hex_colour, require_contrast
from portal.pages.designs import css
from portal.pages.designs.check import faults_in_css, faults_in_markup
from portal.pages.designs.findings import Finding, as_errors
from portal.pages.editors import workflow_of
from portal.pages.owned import Owned
from portal.pages.texts import ContentTemplate, StandardText, TakenText
from portal.pages.typefaces import Typeface
from recruitment.organisation.models import OrganisationalUnit

__all__ = ["AdLayout", "ContentTemplate", "StandardText", "TakenText"]

WHITE = "#ffffff"


class Shape(models.TextChoices):
    """How an ad's head is built."""

    BAND = "band", _("a band of colour")
    PLAIN = "plain", _("plain, on white")
    CENTRED = "centred", _("centred")
    PICTURE_BESIDE = "picture-beside", _("picture beside the title")


class Facts(models.TextChoices):
    """Where the key facts stand on a wide screen; on a phone they always come first."""

    END = "end", _("to the right")
    START = "start", _("to the left")
    TOP = "top", _("above the text")


def colour_field(label: Any, default: str) -> models.CharField:  # type: ignore[type-arg]
    """A colour as #rrggbb."""
    return models.CharField(label, max_length=7, default=default, validators=[hex_colour])


@functools.lru_cache(maxsize=64)
def scoped_css(source: str, scope: str, prefix: str) -> str:
    """The stylesheet under its scope; parsed once in each process."""
    return css.scoped(source, scope, prefix).css


class AdLayout(PreviewableMixin, WorkflowMixin, LockableMixin, DraftStateMixin, RevisionMixin, Owned):
    """A look for ads. Colours that would be hard to read are refused, and sources that leak, cover or keep people out."""

    name = models.CharField(_("name"), max_length=80)
    is_usual = models.BooleanField(
        _("usual layout"), default=False, help_text=_("For ads of the unit or institution that choose none.")
    )
    shipped_code = models.CharField(max_length=40, blank=True, default="", editable=False)
    shape = models.CharField(_("head"), max_length=20, choices=Shape, default=Shape.BAND)
    is_wide = models.BooleanField(_("from edge to edge"), default=False)
    facts_placement = models.CharField(_("key facts"), max_length=8, choices=Facts, default=Facts.END)
    heading_font = models.CharField(_("headings"), max_length=80, choices=Typeface, default=Typeface.PORTAL)
    text_font = models.CharField(_("text"), max_length=80, choices=Typeface, default=Typeface.PORTAL)
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

    arrangement = StreamField(Arrangement(), verbose_name=_("order and style of the blocks"), blank=True)
    markup = models.TextField(
        _("template"),
        blank=True,
        help_text=_("HTML with Liquid. Empty: the ad is built by the choices of the first tab."),
    )
    css = models.TextField(_("CSS"), blank=True, help_text=_("Holds for the ad only, whatever the selector says."))

    theme_panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("is_usual")]),
        FieldRowPanel([FieldPanel("institution"), FieldPanel("unit")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("shape"), FieldPanel("facts_placement"), FieldPanel("is_wide")]),
                FieldRowPanel([FieldPanel("heading_font"), FieldPanel("text_font")]),
            ],
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
            classname="contrast-pairs",
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("corner"), FieldPanel("rule")]), FieldPanel("logo"), FieldPanel("picture")],
            heading=_("Details"),
        ),
        FieldPanel("arrangement"),
    ]
    source_panels: ClassVar[list[Any]] = [SourcePanel("markup"), SourcePanel("css"), ChecksPanel(heading=_("Checks"))]

    class Meta:
        verbose_name = _("layout")
        verbose_name_plural = _("layouts")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse colour pairs under 4.5 to 1, and sources with anything to mend."""
        super().clean()
        for ink, ground, field in (
            (self.band_ink, self.band if self.shape != Shape.PLAIN else WHITE, "band_ink"),
            (self.panel_ink, self.panel, "panel_ink"),
            (self.accent, WHITE, "accent"),
            (self.heading, WHITE, "heading"),
        ):
            require_contrast(ink, ground, field)
        errors = {"markup": as_errors(self.markup_findings()), "css": as_errors(self.css_findings())}
        if any(errors.values()):
            raise ValidationError({field: found for field, found in errors.items() if found})

    def markup_findings(self) -> list[Finding]:
        """What is to be said of the template; nothing where there is none."""
        return faults_in_markup(self.markup) if self.markup.strip() else []

    def css_findings(self) -> list[Finding]:
        """What is to be said of the stylesheet."""
        return faults_in_css(self.css, self.variables) if self.css.strip() else []

    @property
    def is_designed(self) -> bool:
        """Whether a template of its own builds the ad."""
        return bool(self.markup.strip())

    @property
    def variables(self) -> dict[str, str]:
        """The theme as custom properties."""
        return {
            "--ad-accent": self.accent, "--ad-accent-on": WHITE, "--ad-band": self.band, "--ad-band-ink": self.band_ink,
            "--ad-panel": self.panel, "--ad-panel-ink": self.panel_ink, "--ad-heading": self.heading,
            "--ad-heading-font": self.heading_font, "--ad-font": self.text_font, "--ad-round": f"{self.corner}px",
            "--ad-rule": f"{self.rule}px", "--brand": self.accent, "--brand-link": self.accent,
        }  # fmt: skip

    @property
    def key(self) -> str:
        """By which its ads are told in stylesheets."""
        return str(self.pk or "new")

    @property
    def stylesheet(self) -> str:
        """The theme as custom properties on the ads that wear it, and its CSS under them."""
        lines = "".join(f"{name}:{value};" for name, value in self.variables.items())
        own = (
            scoped_css(self.css, f'article.ad[data-layout="{self.key}"]', f"ad-{self.key}") if self.css.strip() else ""
        )
        return f'[data-layout="{self.key}"]{{{lines}}}\n{own}'

    @property
    def stylesheet_version(self) -> str:
        """Changes with the layout and with nothing else, in every process alike: browsers keep the stylesheet for good."""
        made_of = f"{css.VERSION}{sorted(self.variables.items())}{self.css}"
        return f"{self.latest_revision_id or 0}-{zlib.crc32(made_of.encode())}"

    def placed(self, children: Iterable[Any]) -> list[Placed]:
        """The blocks of an ad in this layout's order."""
        return arranged(children, self.arrangement)

    def get_workflow(self) -> Workflow | None:
        """The institution's own: its writers approve."""
        if self.institution is None:
            return None
        return Workflow.objects.filter(name=workflow_of(self.institution), active=True).first()

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """A sample in each language, and ads that the person at the editor may see."""
        from portal.pages.looking import modes  # noqa: PLC0415 - it looks at the pages, which name the layouts

        return modes(self)

    @property
    def preview_sizes(self) -> list[dict[str, Any]]:
        """Desk first, then a phone."""
        return list(reversed(super().preview_sizes))

    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        """The ad or sample of the mode, in this layout as it stands in the editor."""
        from portal.pages.looking import preview  # noqa: PLC0415

        return preview(self, request, mode_name)


def usual_layout_for(unit: OrganisationalUnit, *, worn: models.QuerySet[Any]) -> AdLayout | None:
    """The unit's usual layout, else that of the nearest level above, of the institution's page, of the institution, of everybody.

    `worn` finds the number of the layout that the page wears. The one that was published last wins where a level has several.
    """
    usual = AdLayout.objects.for_unit(unit).filter(is_usual=True, live=True).values("pk")
    is_worn = models.Q(pk__in=worn)
    found = AdLayout.objects.filter(models.Q(pk__in=usual) | is_worn).annotate(
        is_worn=is_worn, is_for_unit=models.Q(pk__in=usual)
    )
    return max(found.select_related("unit"), key=_rank, default=None)


def _rank(layout: Any) -> tuple[int, bool, bool, float, int]:
    depth = layout.unit.depth if layout.unit and layout.is_for_unit else 0
    return (depth, layout.is_worn, bool(layout.institution_id), *_age(layout))


def _age(layout: AdLayout) -> tuple[float, int]:
    published = layout.last_published_at
    return (published.timestamp() if published else 0.0, layout.pk)
