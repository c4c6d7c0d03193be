"""Small public views beside the pages: a layout's stylesheet, privacy, accessibility."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from portal.pages.layouts import AdLayout
from recruitment import clock
from recruitment.advertising.counting import note_step
from recruitment.advertising.queries import internal_ads
from recruitment.advertising.records import FunnelStep
from recruitment.allowances.actions import Bucket, take
from recruitment.organisation.legal import LegalTextKind
from recruitment.organisation.models import Institution
from recruitment.organisation.queries import filled_text, text_in_force

#: How often an ad can have been seen: a hundred times at once, then every other second. Nobody makes a number of it at will.
READERS = Bucket(most=100, rate=0.5)


@cache_control(public=True, max_age=31_536_000, immutable=True)
def layout_stylesheet(request: HttpRequest, layout_id: int, version: str) -> HttpResponse:
    """One layout's colours. The version stands in the address, so it may be kept for good."""
    layout = get_object_or_404(AdLayout, pk=layout_id)
    return HttpResponse(layout.stylesheet, content_type="text/css; charset=utf-8")


def privacy(request: HttpRequest) -> HttpResponse:
    """How the portal treats data and cookies, and each employer's own notice."""
    institutions = Institution.objects.filter(status="ACTIVE")
    return render(request, "pages/privacy.html", {"institutions": institutions})


def privacy_of(request: HttpRequest, slug: str) -> HttpResponse:
    """The notice that applicants to this employer accept, as it stands now."""
    institution = get_object_or_404(Institution, slug=slug)
    text = text_in_force(institution, LegalTextKind.PRIVACY_NOTICE, (get_language() or "da")[:2])
    body = filled_text(text, institution) if text else ""
    return render(request, "pages/privacy_of.html", {"institution": institution, "text": text, "body": body})


def accessibility(request: HttpRequest) -> HttpResponse:
    """Where the accessibility statement is."""
    institutions = Institution.objects.filter(status="ACTIVE")
    return render(request, "pages/accessibility.html", {"institutions": institutions})


def was(request: HttpRequest) -> HttpResponse:
    """The short address that the law asks for (ux 3.1)."""
    return redirect(settings.WAS_URL or "accessibility")


@csrf_exempt
@require_POST
def seen(request: HttpRequest, round_id: int) -> HttpResponse:
    """An ad has been shown to somebody: one more today. The page's script says so, because the page itself is kept.

    The limit is the ad's and not the visitor's: not even for a limit is anything kept of where somebody came from.
    """
    is_shown = internal_ads(clock.now()).filter(round_id=round_id).exists()
    if is_shown and take(READERS, f"seen: {round_id}", 1).granted:
        note_step(round_id, FunnelStep.VIEW)
    return HttpResponse(status=204)


@cache_control(public=True, max_age=86_400)
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be found; what is somebody's own or staff's is not worth a visit."""
    shut = ("/admin/", "/konto/", "/mine/", "/soeg/", "/en/konto/", "/en/mine/", "/en/soeg/", "/demo/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in shut), f"Sitemap: {settings.SITE_URL}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
