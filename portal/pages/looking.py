"""Looking at a layout or template while it is written: on a sample, or on an ad that the person may see."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from portal.guard import actor_of, actor_of_user
from portal.pages.permissions import without_ads_out_of_reach
from portal.pages.wearing import blocks_of, design
from recruitment import clock
from recruitment.advertising.facts import Fact
from recruitment.people.actor import Actor

MOST_ADS = 20
SAMPLES = [("da", gettext_lazy("A sample in Danish")), ("en", gettext_lazy("A sample in English"))]


def modes(layout: Any) -> list[tuple[str, Any]]:
    """The samples, and after them the newest ads of the institution that the person at the editor may see."""
    user = getattr(layout, "shown_to", None)
    if user is None or layout.institution_id is None:
        return list(SAMPLES)
    ads = _ads_of(layout, actor_of_user(user))
    told = [
        (f"ad-{ad.pk}", f"{ad.draft_title} ({ad.locale.language_code}){'' if ad.live else ' – ' + _('draft')}")
        for ad in ads
    ]
    return [*SAMPLES, *told]


def _ads_of(layout: Any, actor: Actor) -> Any:
    from portal.pages.models import JobAdPage  # noqa: PLC0415 - the pages name the layouts

    pages = JobAdPage.objects.filter(case__institution=layout.institution_id).select_related("locale")
    return without_ads_out_of_reach(actor, pages).order_by("-latest_revision_created_at", "-pk")[:MOST_ADS]


def preview(layout: Any, request: HttpRequest, mode_name: str) -> HttpResponse:
    """What the mode says, in this layout."""
    kind, _dash, key = mode_name.partition("-")
    if kind == "ad":
        ad = next((ad for ad in _ads_of(layout, actor_of(request)) if str(ad.pk) == key), None)
        if ad is not None:
            return _on_ad(layout, request, ad.get_latest_revision_as_object())
    with override(kind if kind in dict(SAMPLES) else "da"):
        return sample_response(request, layout).render()


def _on_ad(layout: Any, request: HttpRequest, page: Any) -> HttpResponse:
    from portal.pages.ads import preview_ad  # noqa: PLC0415 - ads are served above

    page.current_layout = layout
    return preview_ad(page, request, page.language)


def sample_response(request: HttpRequest, layout: Any, template: Any = None) -> TemplateResponse:
    """An ad that nobody has written, with the words of a template where there is one."""
    request.is_preview = True  # type: ignore[attr-defined]
    context = _sample(template)
    blocks = blocks_of(template.body if template else (), layout, {}, context)
    if not blocks:
        blocks = [SimpleNamespace(kind=kind, style=_style(layout, kind), html=html) for kind, html in _sample_blocks()]
        order = [str(place.value["kind"]) for place in layout.arrangement or ()]
        blocks.sort(key=lambda block: order.index(block.kind) if block.kind in order else len(order))
    context |= {
        "layout": layout,
        "blocks": blocks,
        "design": design(layout, blocks, context | {"layout": layout}, request),
    }
    return TemplateResponse(request, "pages/layout_preview.html", context | {"is_preview": True})


def _style(layout: Any, kind: str) -> str:
    return next((str(p.value["style"]) for p in layout.arrangement or () if str(p.value["kind"]) == kind), "plain")


def _sample(template: Any) -> dict[str, Any]:
    page = SimpleNamespace(
        title=_("Head of section with a flair for supervision"), picture=None, language=(get_language() or "da")[:2],
        intro=(template.intro if template else "") or _("Would you like to make sure that citizens can trust the public registers?"),
    )  # fmt: skip
    institution = SimpleNamespace(name=_("The employer"), slug="x")
    facts = [
        Fact("employer", _("Employer"), institution.name), Fact("unit", _("Unit"), _("The unit")), Fact("workplace", _("Workplace"), "Viborg"),
        Fact("hours", _("Working hours"), "37"), Fact("start", _("Start"), _("as soon as possible")), Fact("reference", _("Case number"), "2099-0001"),
    ]  # fmt: skip
    return {
        "page": page, "facts": facts, "minutes": 15, "news": {}, "contacts": [], "apply_url": "#",
        "case": SimpleNamespace(institution=institution, unit=SimpleNamespace(name=_("The unit")), postal_application_address=""),
        "round": SimpleNamespace(application_deadline=clock.now() + dt.timedelta(days=20), is_readvertisement=False),
        "standing": SimpleNamespace(is_open=True, is_public=False, advertisement=None),
    }  # fmt: skip


def _sample_blocks() -> list[tuple[str, str]]:
    block = "<section><h2>{}</h2><ul><li>{}</li><li>{}</li></ul></section>"
    return [
        ("tasks", format_html(block, _("Your tasks"), _("supervise registers"), _("write decisions and replies"))),
        (
            "profile",
            format_html(
                "<section><h2>{}</h2><p>{}</p></section>",
                _("About you"),
                _("You have a relevant degree and write clearly."),
            ),
        ),
        (
            "quote",
            format_html('<blockquote class="ad__quote"><p>{}</p></blockquote>', _("Every day I learn something new.")),
        ),
        (
            "offer",
            format_html("<section><h2>{}</h2><p>{}</p></section>", _("We offer"), _("Colleagues who help each other.")),
        ),
    ]
