"""Every search as a feed: RSS 2.0, Atom and JSON Feed 1.1 at `/feeds/job.<format>` with the list's own address."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import SyndicationFeed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from portal.feeds.entries import Entry, entries
from portal.feeds.writing import Atom, Rss
from portal.kept import for_everybody
from recruitment import clock
from recruitment.advertising.queries import public_ads
from recruitment.advertising.search import NEWEST, Search
from recruitment.organisation.models import Institution, OrganisationalUnit

MOST = 200  # entries: a feed reader asks every hour and keeps what it has seen
XML: dict[str, type[SyndicationFeed]] = {"rss": Rss, "atom": Atom}
PORTALS = ("indeed", "linkedin")
JSON_FEED = "https://jsonfeed.org/version/1.1"


@require_safe
@conditional_page
@cache_control(public=True, max_age=300)
def news(request: HttpRequest, form: str) -> HttpResponse:
    """The search in the address, newest first unless it says otherwise. What is unknown in an address is left out."""
    address = request.GET.copy()
    address.setdefault("sorter", NEWEST)
    search = Search.of(address)
    found = entries(search.found_in(public_ads(clock.now()))[:MOST])
    title = _title(search)
    here = f"{settings.SITE_URL}{request.get_full_path()}"
    answer = _json(found, title, here) if form == "json" else _xml(XML[form], found, title, here)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return for_everybody(answer)


def _title(search: Search) -> str:
    employers = Institution.objects.filter(slug__in=search.filters.get("myndighed", []))
    units = OrganisationalUnit.objects.filter(pk=search.unit) if search.unit else []
    whose = ", ".join(one.name for one in units or employers)
    title = _("Vacant jobs at %s") % whose if whose else _("Vacant jobs in public service")
    return f"{title}: {search.words}" if search.words else title


def _xml(kind: type[SyndicationFeed], found: list[Entry], title: str, here: str) -> HttpResponse:
    feed = kind(title=title, link=f"{settings.SITE_URL}/", description=title, language=get_language(), feed_url=here)
    for entry in found:
        ad = entry.ad
        feed.add_item(
            title=ad.headline, link=entry.url, description=entry.html, unique_id=_id(ad), unique_id_is_permalink=False,
            pubdate=ad.round.opens_at or ad.published_at, updateddate=ad.published_at, categories=_tags(ad),
            author_name=ad.round.case.institution.name,
        )  # fmt: skip
    answer = HttpResponse(content_type=feed.content_type)
    feed.write(answer, "utf-8")
    return answer


def _json(found: list[Entry], title: str, here: str) -> JsonResponse:
    feed = {"version": JSON_FEED, "title": title, "home_page_url": f"{settings.SITE_URL}/", "feed_url": here,
            "items": [_item(entry) for entry in found]}  # fmt: skip
    options = {"ensure_ascii": False}
    return JsonResponse(feed, content_type="application/feed+json", json_dumps_params=options)


def _item(entry: Entry) -> dict[str, Any]:
    ad = entry.ad
    deadline = ad.round.application_deadline
    return {
        "id": _id(ad), "url": entry.url, "title": ad.headline, "content_html": entry.html, "summary": ad.intro,
        "date_published": (ad.round.opens_at or ad.published_at).isoformat(), "date_modified": ad.published_at.isoformat(),
        "language": ad.language, "tags": _tags(ad), "authors": [{"name": ad.round.case.institution.name}],
        "_opslag": {"about": f"{settings.SITE_URL}{reverse('feeds_about')}", "apply_url": entry.apply_url,
                    "deadline": deadline.isoformat() if deadline else None},
    }  # fmt: skip


def _id(ad: Any) -> str:
    """The same for every version of one ad in one language, so that a reader shows a change as a change."""
    return f"{settings.SITE_URL}/job/{ad.round_id}/{ad.language}"


def _tags(ad: Any) -> list[str]:
    category = ad.round.case.position_category
    return [*([category.label] if category else []), *dict.fromkeys(w.city for w in ad.round.case.workplaces.all())]


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What feeds there are and how to ask for them; for the employer in the address, the lines for its own site."""
    employers = Institution.objects.filter(status="ACTIVE")
    chosen = employers.filter(slug=request.GET.get("myndighed", "").replace("\x00", "")).first()
    context = {
        "employers": employers, "site": settings.SITE_URL, "chosen": chosen, "language": get_language(), "portals": PORTALS,
        "units": OrganisationalUnit.objects.filter(institution=chosen, active=True, depth__gt=1).order_by("path") if chosen else [],
    }  # fmt: skip
    return render(request, "feeds/about.html", context)
