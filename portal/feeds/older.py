"""The list as older sites read it (domain G.1): same addresses, parameters, envelope and dates, so a site only changes its host.

Nothing of people goes out but the ad's first public contact: the old answer named participants and users, which those who
read it with care threw away.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from portal.feeds.entries import entries
from portal.feeds.older_fields import Position, position_of
from portal.feeds.older_xml import envelope_as_xml
from portal.feeds.writing import Rss
from recruitment import clock
from recruitment.advertising.models import JobAdvertisement
from recruitment.advertising.queries import public_ads
from recruitment.cases.models import CaseType
from recruitment.organisation.models import Institution, OrganisationalUnit

USUAL, MOST = 25, 1000
TRUE = {"1", "true", "yes"}
KINDS = {"recruitmentproject": CaseType.RECRUITMENT, "openapplication": CaseType.OPEN_APPLICATION}
Envelope = dict[str, Any]


@dataclass(frozen=True)
class Wish:
    """The parameters of the old addresses, read without regard to capitals; what was ignored then is ignored now."""

    whole: bool
    utc: bool
    language: str
    take: int
    skip: int
    department: int | None
    kind: str

    @classmethod
    def of(cls, address: QueryDict) -> "Wish":
        """What cannot be read counts as not given."""
        given = {name.lower(): address[name] for name in address}
        culture = given.get("uiculture", "")[:2].lower()
        return cls(
            whole=given.get("incads", "").lower() in TRUE,
            utc=given.get("useutc", "").lower() in TRUE,
            language=culture if culture in {"da", "en"} else "",
            take=min(_number(given.get("take", ""), USUAL), MOST),
            skip=_number(given.get("skip", ""), 0),
            department=_number(given["depid"], -1) if given.get("depid") else None,
            kind=KINDS.get(given.get("protype", "").lower(), ""),
        )


def _number(text: str, usual: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 10 else usual


def in_old_words(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Kept five minutes, answered 304 while nothing changes, open to scripts of other sites."""

    @require_safe
    @conditional_page
    @cache_control(public=True, max_age=300)
    def kept(request: HttpRequest, alias: str, form: str, **rest: Any) -> HttpResponse:
        wish = Wish.of(request.GET)
        institution = Institution.objects.filter(slug__iexact=alias, status="ACTIVE").first()
        if institution is None:
            return answered(form.lower(), refusal(alias, "Unknown customer alias"), status=400)
        answer = view(institution, form.lower(), wish, **rest)
        answer.headers["Access-Control-Allow-Origin"] = "*"
        return answer

    return kept


@in_old_words
def positions(institution: Institution, form: str, wish: Wish) -> HttpResponse:
    """`/jobportal.svc/{alias}/positionlist/{json|xml|rss}/`."""
    everything = public_ads(clock.now()).filter(round__case__institution=institution)
    rounds = (
        everything.order_by("round__application_deadline", "round_id").values_list("round_id", flat=True).distinct()
    )
    found = _narrowed(everything, institution, wish)
    wanted = list(
        found.order_by("round__application_deadline", "round_id").values_list("round_id", flat=True).distinct()
    )
    page = wanted[wish.skip : wish.skip + wish.take]
    items = _positions(found, page, wish)
    if form == "rss":
        return as_rss(institution, items)
    return answered(form, {
        "CustomerAlias": institution.slug, "CustomerName": institution.name_da,
        "Items": [item.fields for item in items], "PositionCountCustomer": rounds.count(),
        "PositionCountSearch": len(wanted), "PositionCountList": len(items), "PositionCountSkipped": min(wish.skip, len(wanted)),
        "TransactionStatus": {"StatusCode": 0, "Description": ""},
    })  # fmt: skip


@in_old_words
def position(institution: Institution, form: str, wish: Wish, number: str) -> HttpResponse:
    """`/jobportal.svc/{alias}/position/{id}/{json|xml}/`: one, with its ad."""
    found = public_ads(clock.now()).filter(round__case__institution=institution, round_id=int(number))
    items = _positions(found, [int(number)], wish)
    if not items:
        return answered(form, refusal(institution.slug, "Position not found"), status=400)
    return answered(form, {
        "CustomerAlias": institution.slug, "CustomerName": institution.name_da, "Items": [items[0].fields],
        "TransactionStatus": {"StatusCode": 0, "Description": ""},
    })  # fmt: skip


def _narrowed(ads: QuerySet[JobAdvertisement], institution: Institution, wish: Wish) -> QuerySet[JobAdvertisement]:
    if wish.kind:
        ads = ads.filter(round__case__case_type=wish.kind)
    if wish.language:
        ads = ads.filter(language=wish.language)
    if wish.department is not None:
        ads = ads.filter(round__case__unit__in=_department(institution, wish.department))
    return ads


def _department(institution: Institution, number: int) -> list[OrganisationalUnit]:
    units = list(institution.units.all())
    asked = [unit.path for unit in units if unit.legacy_id == number]
    return [unit for unit in units if any(unit.path.startswith(path) for path in asked)]


def _positions(ads: QuerySet[JobAdvertisement], page: list[int], wish: Wish) -> list[Position]:
    by_round: dict[int, list[Any]] = {}
    chosen = ads.filter(round_id__in=page).select_related("round__case__staff_group")
    for entry in entries(chosen.prefetch_related("round__case__contacts", "round__case__institution__units")):
        by_round.setdefault(entry.ad.round_id, []).append(entry)
    ordered = (sorted(by_round[number], key=lambda entry: entry.ad.language) for number in page if number in by_round)
    return [position_of(languages, whole=wish.whole, utc=wish.utc) for languages in ordered]


def refusal(alias: str, why: str) -> Envelope:
    """The old envelope of an error, which came with status 400."""
    return {"CustomerAlias": alias[:80], "Items": [], "TransactionStatus": {"StatusCode": 1, "Description": why}}


def answered(form: str, envelope: Envelope, status: int = 200) -> HttpResponse:
    """As XML where it was asked for, else as JSON with the old system's dates."""
    if form == "xml":
        return HttpResponse(envelope_as_xml(envelope), content_type="text/xml; charset=utf-8", status=status)
    return JsonResponse(envelope, status=status, json_dumps_params={"ensure_ascii": False, "default": old_date})


def old_date(moment: dt.datetime) -> str:
    """`/Date(1792015199000+0200)/`: milliseconds since 1970, and the offset to show them with."""
    return f"/Date({int(moment.timestamp() * 1000)}{moment.strftime('%z')})/"


def as_rss(institution: Institution, items: list[Position]) -> HttpResponse:
    """Title, address, the ad and its dates."""
    feed = Rss(title=institution.name_da, link=institution.website or "/", description=institution.name_da)
    for item in items:
        feed.add_item(
            title=item.fields["Name"], link=item.fields["AdvertisementUrlSecure"], description=item.html,
            unique_id=str(item.fields["Id"]), unique_id_is_permalink=False, pubdate=item.fields["Published"],
            updateddate=item.fields["LastUpdated"],
        )  # fmt: skip
    answer = HttpResponse(content_type="application/rss+xml; charset=utf-8")
    feed.write(answer, "utf-8")
    return answer
