"""The rules for ads asked about a draft: what the editor shows while one writes, and what one click mends."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.translation import gettext, ngettext
from wagtail.admin.auth import require_admin_access

from portal.guard import explorable
from portal.pages.models import JobAdPage
from portal.pages.publishing import frozen_kinds, place_to_mend
from recruitment import clock
from recruitment.advertising.actions import public_start
from recruitment.advertising.blocks import BLOCKS, PICTURED, BlockField, FieldKind
from recruitment.advertising.checks.reading import grade_of, lix, words_of
from recruitment.advertising.checks.rules import BY_CODE, Rule, look_over
from recruitment.advertising.checks.written import Deed, Passage, Picture, Remark, Weight, WrittenAd
from recruitment.advertising.content import AdContent, missing_contents
from recruitment.advertising.house_rules import rules_of
from recruitment.advertising.pictures import consents_until
from recruitment.cases.lifecycle import too_short_a_period
from recruitment.errors import Obstacle

STANDARD = "standard_text"


@dataclass(frozen=True)
class Told:
    """A remark as the editor shows it, with its rule and where it is mended."""

    remark: Remark
    rule: Rule
    url: str

    @property
    def asks_for_words(self) -> bool:
        """Whether the mend needs something typed."""
        return self.remark.mend is not None and self.remark.mend.deed == Deed.WORDS


def written(page: JobAdPage) -> WrittenAd:
    """The draft as the rules see it; what stands in the form need not have been saved."""
    case, round_ = page.case, page.round
    passages = [Passage("", "title", page.title), Passage("", "intro", page.intro)]
    for number, child in enumerate(page.body):
        passages += _passages(str(number), child)
    ends = round_.application_deadline if round_ else None
    return WrittenAd(
        language=page.language, passages=tuple(passage for passage in passages if passage.source.strip()),
        pictures=tuple(_pictures(page)), obstacles=tuple(_obstacles(page)), has_pay_range=bool(case.pay_min or case.pay_max),
        has_interview_dates=bool(case.interview_dates), ends_on=clock.shown(ends).date() if ends else None, today=clock.today(),
        unwanted=tuple((word, instead) for word, instead in rules_of(case.institution).unwanted),
    )  # fmt: skip


def _obstacles(page: JobAdPage) -> list[Obstacle]:
    if page.round is None:
        return []
    blocks = [{"kind": kind} for kind in frozen_kinds(page)]
    content = AdContent(page.language, page.title, page.title, page.intro, blocks, html="", text="", url="")
    short = too_short_a_period(page.round, begins=public_start(page.round))
    return [*missing_contents(content, page.case, page.round), *([short] if short else [])]


def _passages(number: str, child: Any) -> Iterator[Passage]:
    block = f"body/{number}"
    if child.block_type == STANDARD:
        if child.value:
            yield Passage(block, "heading", child.value.heading)
            yield Passage(block, "body", str(child.value.body), is_rich=True)
        return
    for field in BLOCKS[child.block_type].fields:
        yield from _field_passages(block, field, child.value.get(field.name))


def _field_passages(block: str, field: BlockField, raw: Any) -> Iterator[Passage]:
    if field.kind == FieldKind.RICH:
        yield Passage(block, field.name, getattr(raw, "source", raw) or "", is_rich=True)
    elif field.kind == FieldKind.LINES:
        for point, line in enumerate(raw or []):
            yield Passage(block, field.name, str(line), point=point)
    elif field.kind == FieldKind.LINE:
        yield Passage(block, field.name, str(raw or ""))


def pictures_of(page: JobAdPage) -> list[tuple[str, Any]]:
    """Every picture that the ad shows, with its place."""
    found = [
        (f"body/{number}", child.value["image"])
        for number, child in enumerate(page.body)
        if child.block_type in PICTURED and child.value.get("image")
    ]
    picture = page.picture or page.current_layout.picture
    return [*found, ("picture" if page.picture else "layout", picture)] if picture else found


def _pictures(page: JobAdPage) -> Iterator[Picture]:
    shown = pictures_of(page)
    until = consents_until([image.pk for _place, image in shown])
    for place, image in shown:
        in_text = place.startswith("body")
        words = getattr(image, "contextual_alt_text", "") or "" if in_text else image.default_alt_text
        yield Picture(place, image.title, words, bool(getattr(image, "decorative", False)), until.get(image.pk))


def remarks_on(page: JobAdPage, ad: WrittenAd | None = None) -> list[Remark]:
    """What the rules in use at the institution say. A standard paragraph is mended in its library, not here."""
    off = rules_of(page.case.institution).switched_off
    return [_without_mend(page, remark) for remark in look_over(ad or written(page), switched_off=off)]


def _without_mend(page: JobAdPage, remark: Remark) -> Remark:
    steps = remark.place.split("/")
    in_library = len(steps) > 1 and steps[0] == "body" and page.body[int(steps[1])].block_type == STANDARD
    return replace(remark, mend=None) if in_library else remark


def checks_context(page: JobAdPage) -> dict[str, Any]:
    """What the list of remarks needs."""
    ad = written(page)
    remarks = remarks_on(page, ad)
    text = "\n".join(passage.text for passage in ad.running())
    figure, stops = lix(text), sum(1 for each in remarks if each.weight == Weight.STOPS)
    return {
        "page": page, "told": [Told(remark, BY_CODE[remark.code], _address(page, remark)) for remark in remarks],
        "stops": stops, "figure": figure, "grade": grade_of(figure), "words": len(words_of(text)),
        "summary": summary_of(remarks),
    }  # fmt: skip


def _address(page: JobAdPage, remark: Remark) -> str:
    """Of the screen where the fault is the case's, else of the field; "" for a place among the blocks."""
    return place_to_mend(page, Obstacle(remark.code, "", remark.place)) if "." in remark.place else ""


def summary_of(remarks: list[Remark]) -> str:
    """How many, and how many of them stop publishing."""
    count, stops = len(remarks), sum(1 for each in remarks if each.weight == Weight.STOPS)
    if not count:
        return gettext("Nothing to remark.")
    told = ngettext("%d remark", "%d remarks", count) % count
    return gettext("%(told)s, %(stops)d of them stop publishing") % {"told": told, "stops": stops} if stops else told


def ad_to_edit(request: HttpRequest, page_id: int) -> JobAdPage:
    """The newest draft of an ad that the person may edit. Raises Http404."""
    page = get_object_or_404(explorable(request, JobAdPage.objects.all()), pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise Http404
    draft: JobAdPage = page.get_latest_revision_as_object()
    return draft


@require_admin_access
def checks(request: HttpRequest, page_id: int) -> HttpResponse:
    """GET: a page of its own with the remarks on the saved draft. POST: the remarks on what stands in the form, as JSON."""
    page = ad_to_edit(request, page_id)
    if request.method != "POST":
        title = page.get_admin_display_title()
        return render(request, "pages/ad_checks.html", {**checks_context(page), "header_title": title})
    return _as_json(request, page)


def _as_json(request: HttpRequest, page: JobAdPage) -> HttpResponse:
    form_class = page.get_edit_handler().get_form_class()
    form = form_class(request.POST, instance=page, for_user=request.user, parent_page=page.get_parent())
    form.defer_required_fields()
    if not form.is_valid():
        return JsonResponse({"faults": form.errors}, status=422)
    form.save(commit=False)
    context = checks_context(page)
    return JsonResponse(
        {
            "summary": context["summary"], "count": len(context["told"]), "stops": context["stops"], "lix": context["figure"],
            "remarks": [_line(told) for told in context["told"]],
            "html": render_to_string("pages/_checks.html", context, request),
        }
    )  # fmt: skip


def _line(told: Told) -> dict[str, Any]:
    remark = told.remark
    return {
        "key": remark.key, "code": remark.code, "weight": remark.weight, "message": str(remark.message), "place": remark.place,
        "source": str(told.rule.source), "mend": remark.mend.deed if remark.mend else None,
    }  # fmt: skip
