"""Lists that job portals fetch: one address an institution, holding the ads whose publication there is in its period."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from recruitment import clock
from recruitment.advertising.models import JobAdvertisement, TrackingLink
from recruitment.advertising.queries import fed_ads
from recruitment.channels import indeed, linkedin
from recruitment.channels.models import Connection
from recruitment.organisation.models import Institution

MOST = 5000
CASE = "round__case__"


@require_safe
@conditional_page
@cache_control(public=True, max_age=300)
def portal_list(request: HttpRequest, slug: str, portal: str) -> HttpResponse:
    """`/feeds/<institution>/indeed.xml` and `linkedin.xml`. LinkedIn's is there once its settings are typed."""
    institution = get_object_or_404(Institution, slug=slug, status="ACTIVE")
    at = clock.now()
    ads = _ads(institution, portal)
    if portal == indeed.Indeed.name:
        text = indeed.as_xml(institution.name_da, ads, at)
    else:
        text = linkedin.as_xml(institution.name_da, ads, _options(institution, portal), at)
    return HttpResponse(text, content_type="application/xml; charset=utf-8")


def _ads(institution: Institution, portal: str) -> list[tuple[JobAdvertisement, str]]:
    """Each ad with the tracking token of its publication there; the same queries for one and for many."""
    rows = fed_ads(portal).filter(round__case__institution=institution).order_by("round", "language")
    shown = list(
        rows.select_related(f"{CASE}institution", f"{CASE}position_category").prefetch_related(f"{CASE}workplaces")[
            :MOST
        ]
    )
    links = TrackingLink.objects.filter(
        publication__round__in={ad.round_id for ad in shown}, publication__medium__adapter=portal
    )
    tokens = dict(links.values_list("publication__round", "token"))
    return [(ad, tokens.get(ad.round_id, "")) for ad in shown]


def _options(institution: Institution, portal: str) -> dict[str, str]:
    connection = Connection.objects.filter(
        entry__institution=institution, entry__medium__adapter=portal, active=True
    ).first()
    if connection is None:
        raise Http404
    options: dict[str, str] = connection.options
    return options
