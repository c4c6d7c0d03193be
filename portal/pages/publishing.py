"""A page goes live: hand its frozen contents down; a page comes down: retire them. Refuse with a list what is not complete."""

import logging
from collections.abc import Mapping
from typing import Any

import nh3
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.coreutils import safe_snake_case
from wagtail.log_actions import log
from wagtail.rich_text import expand_db_html
from wagtail.signals import page_published, page_unpublished

from portal.guard import actor_of
from portal.pages.crops import cut
from portal.pages.models import JobAdPage
from portal.pages.taking import Words, standard_words
from recruitment.advertising.actions import announce, retire
from recruitment.advertising.blocks import BLOCKS, PICTURED, FieldKind
from recruitment.advertising.content import AdContent
from recruitment.advertising.facts import ad_facts
from recruitment.errors import NotPossible, Obstacle
from recruitment.people.actor import Actor

logger = logging.getLogger(__name__)

ALLOWED_TAGS = {"p", "br", "b", "strong", "i", "em", "ul", "ol", "li", "a", "h2", "h3", "h4", "dl", "dt", "dd", "blockquote",
                "footer", "figure", "figcaption", "img", "section", "div"}  # fmt: skip


def connect() -> None:
    """Listen to Wagtail."""
    page_published.connect(announce_page, sender=JobAdPage)
    page_unpublished.connect(retire_page, sender=JobAdPage)


def clean_html(html: str) -> str:
    """Rich text as it may leave the house: known tags, https and mail links, nothing that runs."""
    return nh3.clean(
        html, tags=ALLOWED_TAGS, attributes={"a": {"href"}, "img": {"src", "alt", "width", "height"}},
        url_schemes={"https", "http", "mailto", "tel"}, link_rel="noopener",
    )  # fmt: skip


def plain_text(html: str) -> str:
    """The words of a piece of HTML, one block a line."""
    spaced = html.replace("</", "\n</").replace("<br>", "\n")
    words = nh3.clean(spaced, tags=set())
    lines = (" ".join(line.split()) for line in words.splitlines())
    return "\n".join(line for line in lines if line)


def frozen_blocks(page: JobAdPage, words: Mapping[str, Words]) -> list[dict[str, Any]]:
    """The body in the vocabulary, with standard paragraphs and images resolved: nothing points back into the CMS."""
    blocks = (
        [{"id": "intro", "kind": "intro", "value": {"body": clean_html(f"<p>{page.intro}</p>")}}] if page.intro else []
    )
    for child in page.body:
        if child.block_type == "standard_text":
            if said := words.get(str(child.id)):
                value = {"heading": said.heading, "body": rich(said.body)}
                blocks.append({"id": str(child.id), "kind": "paragraph", "value": value})
            continue
        blocks.append({"id": str(child.id), "kind": child.block_type, "value": _frozen_value(child)})
    return blocks


def frozen_kinds(page: JobAdPage) -> list[str]:
    """The kinds of the blocks that the frozen ad would have."""
    kinds = ["paragraph" if child.block_type == "standard_text" else child.block_type for child in page.body]
    return ["intro", *kinds] if page.intro else kinds


def rich(source: Any) -> str:
    """Stored rich text as clean HTML."""
    return clean_html(expand_db_html(str(getattr(source, "source", source) or "")))


def _frozen_value(child: Any) -> dict[str, Any]:
    value: dict[str, Any] = {}
    kind = BLOCKS[child.block_type]
    for field in kind.fields:
        raw = child.value.get(field.name)
        if field.kind == FieldKind.RICH:
            value[field.name] = rich(raw)
        elif field.kind == FieldKind.LINES:
            value[field.name] = [str(line) for line in raw or []]
        elif field.kind == FieldKind.IMAGE:
            value[field.name] = _frozen_image(raw)
        else:
            value[field.name] = str(raw or "")
    if "heading" in value and not value["heading"]:
        value["heading"] = str(kind.default_heading)
    return value


def _frozen_image(image: Any) -> dict[str, Any] | None:
    if image is None:
        return None
    rendition = image.get_rendition("width-1200|format-webp")
    return {
        "url": rendition.url, "alt": getattr(image, "contextual_alt_text", "") or "",
        "width": rendition.width, "height": rendition.height,
    }  # fmt: skip


def content_of(page: JobAdPage, *, words: Mapping[str, Words] | None = None) -> AdContent:
    """Everything the world outside the CMS gets to know about this version of the page.

    Standard paragraphs say what the draft has taken, or `words` where those of an earlier version are kept.
    """
    with override(page.language):
        facts = ad_facts(page.case, page.round, page.language)
        blocks = frozen_blocks(page, standard_words(page, facts) if words is None else words)
        context = {"page": page, "case": page.case, "blocks": blocks, "facts": facts, "round": page.round}
        html = clean_html(render_to_string("pages/frozen_ad.html", context))
        picture = page.picture or page.current_layout.picture
        return AdContent(
            language=page.language,
            title=(page.case.title_en if page.language == "en" and page.case.title_en else page.case.title),
            headline=page.title,
            intro=page.intro,
            blocks=blocks,
            html=html,
            text=plain_text(html),
            url=page.full_url or "",
            page_id=page.pk,
            image_url=cut(picture, "social").url if picture else "",
            layout_name=page.current_layout.name,
            facts={fact.code: {"label": fact.label, "value": fact.value} for fact in facts},
            picture_ids=_picture_ids(page, picture),
        )


def _picture_ids(page: JobAdPage, picture: Any) -> list[int]:
    """The pictures that the ad shows, each once."""
    shown = [child.value["image"] for child in page.body if child.block_type in PICTURED]
    return sorted({image.pk for image in (*shown, picture) if image})


def rehearse(page: JobAdPage, actor: Actor) -> list[Obstacle]:
    """What would stop the page from going out now; nothing is changed."""
    try:
        with transaction.atomic():
            announce(page.round, content_of(page), actor=actor)
            transaction.set_rollback(True)
    except NotPossible as refusal:
        return refusal.obstacles
    except PermissionDenied:
        return [Obstacle("not_approved", _("HR must approve the case before its ad can be published."), "case")]
    return []


def refuse_incomplete_ad(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Wagtail's `before_publish_page`: back to the editor with a list, each line leading to what mends it. The draft is kept."""
    ad = page.specific
    if not isinstance(ad, JobAdPage):
        return None
    if not ad.live_revision_id:
        type(ad).objects.filter(pk=ad.pk).update(live=False)
    return refuse_if_incomplete(request, ad)


def refuse_if_incomplete(request: HttpRequest, ad: JobAdPage) -> HttpResponse | None:
    """The way back to the editor with everything that is missing; None where nothing is."""
    obstacles = rehearse(ad, actor_of(request))
    if not obstacles:
        return None
    lines = format_html_join("", '<li><a href="{}">{}</a></li>', ((place_to_mend(ad, o), o.message) for o in obstacles))
    messages.error(
        request, format_html("{}<ul>{}</ul>", _("The ad has been saved, but cannot be published yet:"), lines)
    )
    return redirect("wagtailadmin_pages:edit", ad.pk)


def place_to_mend(page: JobAdPage, obstacle: Obstacle) -> str:
    """The address of the field that mends it: in the editor, or on the case."""
    room, _dot, field = obstacle.place.partition(".")
    if room == "page":
        return f"#id_{field}" if field in {"title", "intro"} else body_anchor()
    case = f"/admin/cases/{page.case_id}/"
    places = {"profile": "profile/", "media": "media/", "form": "form/", "publication": "media/"}
    return (
        f"{case}{places.get(room, 'edit/')}#id_{field}" if room != "dataprotection" else "/admin/setup/data-protection/"
    )


def body_anchor() -> str:
    """The place of the blocks in the editor; Wagtail makes its id of the tab's name in the reader's language."""
    return f"#panel-child-{safe_snake_case(_('Content'))}-body-section"


def announce_page(sender: Any, instance: JobAdPage, revision: Any = None, **_signal: Any) -> None:
    """The page went live. At a scheduled time nobody is there to read a refusal: then it comes down again and says why."""
    user = getattr(revision, "user", None)
    actor = (
        Actor.person(user)
        if user and not getattr(revision, "approved_go_live_at", None)
        else Actor.house("page schedule")
    )
    try:
        announce(instance.round, content_of(instance), actor=actor)
    except (NotPossible, PermissionDenied) as refusal:
        logger.warning("ad page %s could not go out: %s", instance.pk, refusal)
        instance.unpublish(log_action="wagtail.unpublish")
        log(instance, "pages.refused", data={"why": getattr(refusal, "messages", [])})


def retire_page(sender: Any, instance: JobAdPage, **_signal: Any) -> None:
    """The page came down."""
    if instance.round is not None:
        retire(instance.round, instance.language, actor=Actor.house("page taken down"))
