"""An employer's jobs for its own staff: a list for those inside, and the way in for the others."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.utils.cache import patch_cache_control

from portal.inside import is_internal_visitor
from recruitment import clock
from recruitment.advertising.queries import internal_ads, public_ads
from recruitment.organisation.models import Institution

CASE = "round__case__"


def internal_jobs(request: HttpRequest, slug: str) -> HttpResponse:
    """`/internt/<institution>/`: what is on the intranet now. Outsiders are told how to get in and see no ad."""
    institution = get_object_or_404(Institution.objects.select_related("settings"), slug=slug, status="ACTIVE")
    inside = is_internal_visitor(request, institution)
    context = {
        "institution": institution, "is_inside": inside, "ads": _ads(institution) if inside else [],
        "sign_in": "" if inside else _sign_in_address(institution),
    }  # fmt: skip
    answer = render(request, "pages/internal.html", context)
    patch_cache_control(answer, private=True, no_store=True)
    return answer


def _ads(institution: Institution) -> Any:
    """Those that the public cannot see yet or at all come first."""
    now = clock.now()
    rows = internal_ads(now).filter(round__case__institution=institution)
    public = set(public_ads(now).filter(round__case__institution=institution).values_list("pk", flat=True))
    shown = rows.select_related(f"{CASE}institution", f"{CASE}unit").prefetch_related(f"{CASE}workplaces")
    return sorted(shown, key=lambda ad: (ad.pk in public, ad.round.application_deadline or now))


def _sign_in_address(institution: Institution) -> str:
    provider = institution.settings.sign_in_provider
    known = {app["provider_id"] for app in settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]}
    if provider not in known:
        return ""
    try:
        return reverse("openid_connect_login", args=[provider])
    except NoReverseMatch:
        return ""
