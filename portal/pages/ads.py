"""Serving an ad: who may see it now, what it shows, and what it says when the deadline has passed."""

import dataclasses
from collections.abc import Callable, Iterable
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery, prefetch_related_objects
from django.db.models.functions import JSONObject
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import override

from portal.guard import actor_of
from portal.inside import is_internal_visitor
from portal.kept import for_everybody
from portal.pages.models import JobAdPage
from portal.pages.sharing import share_links
from portal.pages.taking import kept_words, standard_words
from portal.pages.wearing import blocks_of, design
from recruitment import clock
from recruitment.access.decide import may
from recruitment.access.permissions import Permission
from recruitment.advertising.addresses import TRACKING_PARAMETER
from recruitment.advertising.counting import note_visit
from recruitment.advertising.facts import MASTER_FACTS, Fact, ad_facts
from recruitment.advertising.models import JobAdvertisement
from recruitment.advertising.posting import json_ld
from recruitment.advertising.queries import ended_ads, ever_public, internal_ads, public_ads
from recruitment.applications.queries import times_taken
from recruitment.cases.estimate import asked, minutes_to_apply
from recruitment.cases.profile import AdvertisementRound, CaseContact

CONTACT = ("name", "title", "phone", "email")


@dataclasses.dataclass(frozen=True)
class Standing:
    """How an ad stands to this visitor now. Without being open it has passed its deadline, or it was taken down (`is_removed`)."""

    advertisement: JobAdvertisement | None
    is_open: bool
    is_public: bool
    for_writers: bool = False
    is_removed: bool = False


def standing(page: JobAdPage, request: HttpRequest) -> Standing | None:
    """None for somebody who may not know the ad. Writers of the case always may."""
    now = clock.now()
    mine = {"page_id": page.pk}
    shown = _as_shown(public_ads(now).filter(**mine))
    if ad := shown.select_related("round__case__institution__data_protection", "round__case__unit").first():
        page.case = ad.round.case
        return Standing(ad, is_open=True, is_public=True)
    if is_internal_visitor(request, page.case.institution) and (
        ad := _as_shown(internal_ads(now).filter(**mine)).first()
    ):
        return Standing(ad, is_open=True, is_public=False)
    if ad := _as_shown(ended_ads(now).filter(**mine)).select_related("round").first():
        return Standing(ad, is_open=False, is_public=True)
    if request.user.is_authenticated and may(actor_of(request), Permission.CASE_READ_AD_FACTS, page.case):
        return Standing(None, is_open=False, is_public=False, for_writers=True)
    if ever_public().filter(**mine).exists():
        return Standing(None, is_open=False, is_public=True, is_removed=True)
    return None


def _as_shown(ads: QuerySet[JobAdvertisement]) -> QuerySet[Any]:
    """With when the ad `first_out` went, the kinds of the questions that are `asked`, what it `took` others to apply, and whom to call."""
    versions = JobAdvertisement.objects.filter(round=OuterRef("round"), language=OuterRef("language"))
    contacts = CaseContact.objects.filter(case=OuterRef("round__case"), publish_in_ad=True)
    return ads.annotate(
        first_out=Subquery(versions.order_by("published_at").values("published_at")[:1]),
        asked=ArraySubquery(asked(OuterRef("round__case")).values("kind")),
        took=ArraySubquery(times_taken(OuterRef("round__case"))),
        to_call=ArraySubquery(contacts.values(found=JSONObject(**{name: name for name in CONTACT}))),
    )


def serve_ad(page: JobAdPage, request: HttpRequest, serve: Callable[..., HttpResponse]) -> HttpResponse:
    """The ad; 410 for one that was taken down, 404 for one that never was public. A visit by a tracking link is counted."""
    found = standing(page, request)
    if found is None:
        raise Http404
    if found.is_removed:
        words = {"page": page, "case": page.case, "similar": similar(page)}
        return render(request, "pages/removed.html", words, status=410)
    page.standing = found
    if found.is_open and (token := request.GET.get(TRACKING_PARAMETER, "")[:16]):
        note_visit(token)
    response = serve(request)
    return for_everybody(response) if found.is_open and found.is_public else response


def ad_context(page: JobAdPage, request: HttpRequest) -> dict[str, Any]:
    """The facts from the case, the layout, the way to apply and the structured data."""
    found: Standing = getattr(page, "standing", None) or Standing(None, is_open=True, is_public=False)
    token = request.GET.get(TRACKING_PARAMETER, "")[:16]
    round_ = found.advertisement.round if found.advertisement else page.round
    apply_url = reverse("applicant:start", args=[round_.pk]) if round_ else ""
    prefetch_related_objects([page.case], "workplaces", "collective_agreements")
    shown = found.advertisement
    minutes = minutes_to_apply(page.case, getattr(shown, "asked", None), getattr(shown, "took", ()))
    facts = shown_facts(page, found.advertisement, round_, minutes)
    context: dict[str, Any] = {
        "page": page,
        "case": page.case,
        "round": round_,
        "facts": facts,
        "layout": page.current_layout,
        "contacts": contacts_of(page, shown),
        "standing": found,
        "languages": languages_of(page),
        "minutes": minutes,
        "news": how_current(found.advertisement),
        "apply_url": f"{apply_url}?{TRACKING_PARAMETER}={token}" if token else apply_url,
        "json_ld": json_ld(found.advertisement) if found.advertisement and found.is_open and found.is_public else "",
        "similar": similar(page) if not found.is_open else [],
        "share": share_links(page, found.advertisement if found.is_open and found.is_public else None),
    }
    words = kept_words(found.advertisement.blocks) if found.advertisement else standard_words(page, facts)
    blocks = blocks_of(page.body, page.current_layout, words, context)
    return context | {"blocks": blocks, "design": design(page.current_layout, blocks, context, request)}


def contacts_of(page: JobAdPage, advertisement: Any) -> Iterable[Any]:
    """Whom applicants may call; a public ad brings them along."""
    if hasattr(advertisement, "to_call"):
        return [SimpleNamespace(**contact) for contact in advertisement.to_call]
    return page.case.contacts.filter(publish_in_ad=True)


def shown_facts(
    page: JobAdPage, advertisement: JobAdvertisement | None, round_: AdvertisementRound | None = None, minutes: int = 0
) -> list[Fact]:
    """The key facts; a published version keeps the names and places it went out with until somebody renews it."""
    facts = ad_facts(page.case, round_ or page.round, page.language, minutes=minutes or None)
    kept = advertisement.facts if advertisement else {}
    return [
        dataclasses.replace(fact, value=kept[fact.code]["value"]) if fact.code in MASTER_FACTS & kept.keys() else fact
        for fact in facts
    ]


def how_current(advertisement: Any) -> dict[str, Any]:
    """When the ad first went out, and when its words were last changed; nothing for a draft."""
    if advertisement is None:
        return {}
    return {"first": advertisement.first_out, "last": advertisement.published_at}


def languages_of(page: JobAdPage) -> list[dict[str, Any]]:
    """The public ads of the same case by language, this one too; nothing for an ad in one language."""
    found = public_ads().filter(round__case=page.case_id).order_by("language").values("language", "url", "page_id")
    ads = {line["language"]: line for line in found}
    mine = any(line["page_id"] == page.pk for line in ads.values())
    return list(ads.values()) if mine and len(ads) > 1 else []


def similar(page: JobAdPage) -> list[JobAdvertisement]:
    """Other open jobs of the same field or employer, soonest deadline first."""
    ads = public_ads().filter(language=page.language).exclude(page_id=page.pk)
    ads = ads.select_related("round__case__institution").order_by("round__application_deadline")
    same_field = ads.filter(round__case__position_category=page.case.position_category_id)[:3]
    return list(same_field) or list(ads.filter(round__case__institution=page.case.institution_id)[:3])


def preview_ad(page: JobAdPage, request: HttpRequest, mode_name: str) -> HttpResponse:
    """The draft as visitors will see it, in the language of the mode."""
    language = mode_name if mode_name in dict(settings.LANGUAGES) else page.language
    with override(language):
        request.is_preview = True  # type: ignore[attr-defined]
        context = page.get_context(request)
        return TemplateResponse(request, page.template, {**context, "is_preview": True}).render()
