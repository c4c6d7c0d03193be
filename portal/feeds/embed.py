"""A list of jobs on somebody else's page: a web component that asks for JSON, and a page for a frame. No cookie, no session."""

from typing import Any
from urllib.parse import urlencode

from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import conditional_page, require_safe

from recruitment import clock
from recruitment.advertising.addresses import absolute
from recruitment.advertising.facts import places
from recruitment.advertising.queries import public_ads
from recruitment.advertising.search import CASE, in_unit, is_uuid
from recruitment.cases.dates import day_and_time
from recruitment.organisation.models import Institution

MOST = 100
LANGUAGES = ("da", "en")
SCRIPTS = {"job-list": "build/job-list.js", "frame": "build/frame.js"}


def _jobs(request: HttpRequest, institution: Institution) -> list[dict[str, str]]:
    """Open jobs, soonest deadline first. What is unknown in an address is left out, as in every list."""
    unit, kind = request.GET.get("unit", ""), request.GET.get("language", "")
    rows = public_ads(clock.now()).filter(round__case__institution=institution)
    if is_uuid(unit):
        rows = in_unit(rows, unit)
    if kind in LANGUAGES:
        rows = rows.filter(language=kind)
    shown = rows.select_related(f"{CASE}institution", f"{CASE}unit").prefetch_related(f"{CASE}workplaces")
    most = request.GET.get("most", "")
    number = min(int(most), MOST) if most.isascii() and most.isdigit() and 0 < len(most) < 4 else MOST
    return [_job(ad) for ad in shown.order_by("round__application_deadline", "pk")[: number or MOST]]


def _job(ad: Any) -> dict[str, str]:
    case, deadline = ad.round.case, ad.round.application_deadline
    return {
        "title": ad.headline, "url": absolute(ad.url), "language": ad.language, "unit": case.unit.name if case.unit.depth > 1 else "",
        "place": places(case), "deadline": day_and_time(deadline) if deadline else _("no deadline"),
    }  # fmt: skip


def _language(request: HttpRequest) -> str:
    wanted = request.GET.get("lang", "da")[:2]
    return wanted if wanted in LANGUAGES else "da"


def _words(institution: Institution) -> dict[str, str]:
    """What the component says beside the jobs."""
    return {
        "heading": _("Vacant jobs at %s") % institution.name, "deadline": _("Deadline"),
        "none": _("There are no vacant jobs just now."), "all": _("See all vacant jobs"),
        "failed": _("The list of jobs cannot be fetched just now."),
    }  # fmt: skip


@require_safe
@conditional_page
@cache_control(public=True, max_age=300)
def jobs(request: HttpRequest, slug: str) -> HttpResponse:
    """`/embed/<institution>/jobs.json?unit=&lang=&most=`: what the web component asks for."""
    institution = get_object_or_404(Institution, slug=slug, status="ACTIVE")
    with override(_language(request)):
        answer = JsonResponse({
            "jobs": _jobs(request, institution), "words": _words(institution),
            "all": f"{settings.SITE_URL}/job/?{urlencode({'myndighed': institution.slug})}",
        }, json_dumps_params={"ensure_ascii": False})  # fmt: skip
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@conditional_page
@cache_control(public=True, max_age=300)
def frame(request: HttpRequest, slug: str) -> HttpResponse:
    """`/embed/<institution>/?unit=&lang=&most=`: the list as a page of its own for a frame; it tells its height."""
    institution = get_object_or_404(Institution, slug=slug, status="ACTIVE")
    language = _language(request)
    with override(language):
        context = {
            "institution": institution, "jobs": _jobs(request, institution), "words": _words(institution), "language": language,
            "all": f"{settings.SITE_URL}/job/?{urlencode({'myndighed': institution.slug})}",
        }  # fmt: skip
        return HttpResponse(render_to_string("feeds/frame.html", context))


@require_safe
@conditional_page
@cache_control(public=True, max_age=3600)
def script(request: HttpRequest, name: str) -> HttpResponse:
    """`/embed/job-list.js`: an address that stays, whatever the build calls the file."""
    path = SCRIPTS[name]
    found = finders.find(path)
    if found:
        with open(found, "rb") as file:  # noqa: PTH123 - finders give a path as text
            text = file.read()
    else:
        with staticfiles_storage.open(path) as file:
            text = file.read()
    answer = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer
