"""Words and addresses that every public template needs."""

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.urls import translate_url
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from recruitment.advertising import facts
from recruitment.cases import dates

register = template.Library()


def _prefix() -> str:
    language = (get_language() or "da")[:2]
    return "" if language == settings.LANGUAGE_CODE else f"/{language}"


@register.simple_tag
def home_url() -> str:
    """The front page in the reader's language."""
    return f"{_prefix()}/"


@register.simple_tag
def job_list_url() -> str:
    """The list of jobs in the reader's language."""
    return f"{_prefix()}/job/"


@register.simple_tag(takes_context=True)
def contact_of(context: dict[str, Any], case: Any) -> Any:
    """Whom applicants to the case may talk to, whether the view has looked or not."""
    return context.get("contact") or (case.contacts.filter(publish_in_ad=True).first() if case else None)


@register.simple_tag(takes_context=True)
def language_links(context: dict[str, Any]) -> list[dict[str, str]]:
    """The page in the other languages: its translation where it has one, else the same address there."""
    request = context.get("request")
    if request is None:
        return []
    page = context.get("page")
    current = (get_language() or "da")[:2]
    found = []
    for code, name in (("da", "Dansk"), ("en", "English")):
        if code == current:
            continue
        url = (
            _translated_ad(context, code)
            or _translated_page(page, code)
            or translate_url(request.get_full_path(), code)
        )
        if page is not None and url == request.get_full_path():
            url = "/" if code == "da" else f"/{code}/"
        found.append({"code": code, "name": name, "url": url})
    return found


def _translated_ad(context: dict[str, Any], code: str) -> str:
    """An ad knows its public fellows already."""
    return next((on_this_site(ad["url"]) for ad in context.get("languages", ()) if ad["language"] == code), "")


def _translated_page(page: Any, code: str) -> str:
    if page is None or not getattr(page, "pk", None) or hasattr(page, "standing"):
        return ""
    if hasattr(page, "fellows"):
        found = [one for one in page.fellows if one.live and one.locale.language_code == code]
    else:
        found = page.get_translations().live().filter(locale__language_code=code)[:1]
    return next((one.url or "" for one in found), "")


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the design system; with a label it speaks, without it is decoration."""
    href = static("build/icons.svg")
    if label:
        return format_html(
            '<svg class="icon-svg" focusable="false" role="img" aria-label="{}"><use href="{}#{}"></use></svg>',
            label,
            href,
            name,
        )
    return format_html(
        '<svg class="icon-svg" focusable="false" aria-hidden="true"><use href="{}#{}"></use></svg>', href, name
    )


@register.filter
def deadline(instant: dt.datetime | None) -> str:
    """An exclusive deadline in words: "torsdag den 26. november 2026 kl. 23.59"."""
    return dates.day_and_time(instant) if instant else ""


@register.filter
def moment(instant: dt.datetime | None) -> str:
    """An instant in Copenhagen in words."""
    return dates.instant(instant) if instant else ""


@register.filter
def time_left(instant: dt.datetime | None) -> str:
    """How long there is to the deadline, as people say it: "in 3 days", "today"."""
    if instant is None:
        return ""
    last_day = timezone.localtime(instant - dt.timedelta(minutes=1)).date()
    days = (last_day - timezone.localdate()).days
    if days < 0:
        return str(_("has passed"))
    if days == 0:
        return str(_("today"))
    if days == 1:
        return str(_("tomorrow"))
    return ngettext("in %d day", "in %d days", days) % days


@register.filter
def is_soon(instant: dt.datetime | None) -> bool:
    """Whether the deadline is at most three days away."""
    return instant is not None and instant - timezone.now() < dt.timedelta(days=3)


@register.simple_tag
def card_facts(ad: Any) -> list[str]:
    """Place, hours and duration in the reader's language, whatever the ad's own."""
    case = ad.round.case
    return [fact for fact in (facts.places(case), facts.hours(case), facts.duration(case)) if fact]


@register.filter
def on_this_site(url: str) -> str:
    """The path of an ad's address: links inside the site hold whatever name and port it is reached by."""
    return urlsplit(url).path or url
