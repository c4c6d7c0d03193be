"""The pages: home, list of jobs, institution, ad. Content only; what a case knows is read from the case."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PublishingPanel
from wagtail.documents.models import AbstractDocument, Document
from wagtail.fields import RichTextField, StreamField
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from portal.pages.about import AboutPage, about_menu
from portal.pages.base import FoundStraight, KeptPage
from portal.pages.blocks import AdBlocks, InstitutionBlocks
from portal.pages.forms import JobAdPageForm
from portal.pages.guidelines import Guideline
from portal.pages.layouts import AdLayout, ContentTemplate, StandardText, TakenText, usual_layout_for
from portal.pages.permissions import AdPermissionTester, SitePermissionTester
from portal.pages.words_panels import NewWordsPanel
from recruitment.advertising.queries import ever_public
from recruitment.cases.lifecycle import current_round
from recruitment.cases.models import RecruitmentCase
from recruitment.organisation.models import Institution

__all__ = ["AboutPage", "AdLayout", "ContentTemplate", "Guideline", "StandardText", "TakenText"]


class PortalImage(AbstractImage):
    """An image of the media library."""

    admin_form_fields = Image.admin_form_fields

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")


class PortalRendition(AbstractRendition):
    """An image in one of its sizes."""

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class PortalDocument(AbstractDocument):
    """An editor's document. Applicants' files are never here."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")


class HomePage(KeptPage):
    """The front door: search, jobs that end soon, the employers."""

    intro = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link"])

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    template = "pages/home.html"
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("front page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Jobs that end soonest and the active employers."""
        from portal.pages.listing import front_page  # noqa: PLC0415 - the listing reads the pages

        return {**super().get_context(request, *args, **kwargs), **front_page(request)}


class JobIndexPage(KeptPage):
    """All vacant jobs, searched and filtered by the address."""

    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "pages/job_list.html"
    needs_no_fields = True
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of jobs")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The list that the address asks for."""
        from portal.pages.listing import job_list  # noqa: PLC0415

        return {**super().get_context(request, *args, **kwargs), **job_list(request)}


DRESS = ("layout", "logo", "hero")


class InstitutionPage(KeptPage):
    """An employer's own page with its jobs; the ads lie under it."""

    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+")
    intro = models.TextField(_("introduction"), blank=True, max_length=600)
    hero = models.ForeignKey(
        PortalImage, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("picture")
    )
    logo = models.ForeignKey(
        PortalImage, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("logo")
    )
    layout = models.ForeignKey(
        AdLayout, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("usual layout")
    )
    body = StreamField(InstitutionBlocks(), verbose_name=_("about us"), blank=True)

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("intro"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("logo"), FieldPanel("hero")]), FieldPanel("layout")],
            heading=_("Look"),
            help_text=_("What is left empty on the page in another language is taken from the Danish page."),
        ),
        FieldPanel("body"),
    ]
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]
    subpage_types: ClassVar[list[str]] = ["pages.AboutPage", "pages.JobAdPage"]
    template = "pages/institution.html"

    class Meta:
        verbose_name = _("institution's page")

    @cached_property
    def dress(self) -> dict[str, Any]:
        """Layout, logo and picture: its own, and what it lacks from the employer's page in the portal's first language."""
        own = {name: getattr(self, name) for name in DRESS}
        if all(own.values()) or self.locale.language_code == settings.LANGUAGE_CODE:
            return own
        first = next((page for page in self.fellows if page.locale.language_code == settings.LANGUAGE_CODE), None)
        return {name: worn or getattr(first, name, None) for name, worn in own.items()}

    @cached_property
    def fellows(self) -> list[Any]:
        """The same page in the portal's other languages, and what they wear."""
        return list(self.get_translations().select_related("locale", *DRESS))

    @classmethod
    def worn_at(cls, path: str) -> models.QuerySet[Any]:
        """The number of the layout that the page at `path` wears, as `dress` has it."""
        same = cls.objects.filter(path=path).values("translation_key")
        may_lend = models.Q(path=path) | models.Q(locale__language_code=settings.LANGUAGE_CODE)
        own_first = models.Case(models.When(path=path, then=0), default=1)
        dressed = cls.objects.filter(may_lend, translation_key__in=same, layout__isnull=False)
        return dressed.order_by(own_first).values("layout")[:1]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The employer's own list."""
        from portal.pages.listing import job_list  # noqa: PLC0415

        context = super().get_context(request, *args, **kwargs)
        return {**context, **about_menu(self), **job_list(request, institution=self.institution)}

    def permissions_for_user(self, user: Any) -> SitePermissionTester:
        """Only the communications role edits it; HR with the right to ads may add them below."""
        return SitePermissionTester(user, self)


class JobAdPage(FoundStraight, Page):
    """A job ad in one language. Title, dates, place, pay and contacts are the case's and are never typed here."""

    case = models.ForeignKey(RecruitmentCase, on_delete=models.PROTECT, related_name="+", verbose_name=_("case"))
    layout = models.ForeignKey(
        AdLayout, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("layout")
    )
    intro = models.TextField(
        _("introduction"), blank=True, max_length=600, help_text=_("Two or three sentences; also shown in the list.")
    )
    picture = models.ForeignKey(
        PortalImage, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("picture"),
        help_text=_("Instead of the layout's own."),
    )  # fmt: skip
    body = StreamField(AdBlocks(), verbose_name=_("contents"), blank=True)
    #: Of a translation: the revision of the original that it was last in step with.
    translated_revision = models.PositiveBigIntegerField(null=True, blank=True, editable=False)

    base_form_class = JobAdPageForm
    content_panels: ClassVar[list[Any]] = [
        FieldPanel("title", heading=_("Headline"), classname="title"),
        MultiFieldPanel(
            [FieldPanel("case"), FieldRowPanel([FieldPanel("layout"), FieldPanel("picture")])],
            heading=_("Case and look"),
        ),
        FieldPanel("intro"),
        FieldPanel("body"),
        NewWordsPanel(),
    ]
    settings_panels: ClassVar[list[Any]] = [PublishingPanel()]
    parent_page_types: ClassVar[list[str]] = ["pages.InstitutionPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "pages/job_ad.html"
    show_in_menus_default = False
    preview_modes = [("da", _("Danish")), ("en", _("English"))]

    class Meta:
        verbose_name = _("job ad")
        verbose_name_plural = _("job ads")

    @cached_property
    def current_layout(self) -> AdLayout:
        """The ad's layout, else the usual one of its unit, of the levels above, of the employer, of the portal."""
        if self.layout:
            return self.layout
        worn = InstitutionPage.worn_at(self.path[: -self.steplen])
        return usual_layout_for(self.case.unit, worn=worn) or AdLayout()

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """As Wagtail does, and the draft takes the words of standard paragraphs that are new in it."""
        from portal.pages.taking import take_texts  # noqa: PLC0415 - it looks at the pages

        revision = super().save_revision(*args, **kwargs)
        take_texts(self)
        return revision

    @property
    def default_preview_mode(self) -> str:
        """The ad's own language first."""
        return self.language

    @property
    def round(self) -> Any:
        """The round the ad calls for: the open one, else the last."""
        return current_round(self.case) or self.case.rounds.order_by("-number").first()

    @property
    def language(self) -> str:
        """The language of the tree the ad stands in."""
        return str(self.locale.language_code)

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """As for any page; one that was public and is not any more says so itself."""
        if not self.live and not path_components and ever_public().filter(page_id=self.pk).exists():
            return RouteResult(self)
        return super().route(request, path_components)

    def permissions_for_user(self, user: Any) -> AdPermissionTester:
        """Wagtail's page rights, narrowed to the cases the person may reach."""
        return AdPermissionTester(user, self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The ad with the case's facts."""
        from portal.pages.ads import ad_context  # noqa: PLC0415

        return {**super().get_context(request, *args, **kwargs), **ad_context(self, request)}

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The ad to those who may see it now; after the deadline it stays and says so."""
        from portal.pages.ads import serve_ad  # noqa: PLC0415

        return serve_ad(self, request, super().serve)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The draft in its layout, in the language of the mode."""
        from portal.pages.ads import preview_ad  # noqa: PLC0415

        return preview_ad(self, request, mode_name)
