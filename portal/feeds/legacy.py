"""Pages of the old system that others still link to: each leads to what it was."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from recruitment import clock
from recruitment.advertising.queries import public_ads, removed_ads
from recruitment.organisation.models import Institution, OrganisationalUnit


def _given(address: QueryDict) -> dict[str, str]:
    return {name.lower(): address[name] for name in address}


@require_safe
def job_list(request: HttpRequest) -> HttpResponse:
    """`/vacancies/list.aspx?customer=&departmentid=`: the employer's, or the unit's, jobs in our list."""
    given = _given(request.GET)
    institution = _customer(given)
    wanted = {"myndighed": institution.slug}
    if unit := _unit(institution, given.get("departmentid", "")):
        wanted["enhed"] = str(unit.pk)
    return redirect(f"/job/?{urlencode(wanted)}", permanent=True)


@require_safe
def subscription(request: HttpRequest) -> HttpResponse:
    """`/Agent/Subscription.aspx?customer=`: where one can follow the employer's jobs. Not for good: it may be by mail one day."""
    institution = _customer(_given(request.GET))
    return redirect(f"/feeds/?{urlencode({'myndighed': institution.slug})}")


def _customer(given: dict[str, str]) -> Institution:
    institution = Institution.objects.filter(slug__iexact=given.get("customer", ""), status="ACTIVE").first()
    if institution is None:
        raise Http404
    return institution


def _unit(institution: Institution, number: str) -> OrganisationalUnit | None:
    return next((unit for unit in institution.units.all() if str(unit.legacy_id) == number), None)


@require_safe
def application(request: HttpRequest) -> HttpResponse:
    """`/ApplicationInit.aspx?ProjectId=…[&SkipAdvertisement=True]`: the ad, or straight to its form."""
    given = _given(request.GET)
    number = given.get("projectid", "")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise Http404
    now = clock.now()
    mine = {"round_id": int(number)}
    ad = public_ads(now).filter(**mine).order_by("language").first() or removed_ads(now).filter(**mine).first()
    if ad is None:
        raise Http404
    if given.get("skipadvertisement", "").lower() == "true":
        return redirect(reverse("applicant:start", args=[ad.round_id]))
    return redirect(ad.url)


@require_safe
def sign_in(request: HttpRequest) -> HttpResponse:
    """`/Login.aspx`: an applicant's own applications."""
    return redirect(reverse("applicant:mine"), permanent=True)
