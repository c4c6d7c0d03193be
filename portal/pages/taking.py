"""Standard paragraphs in ads: a draft keeps the words it took, learns that there are new ones, and takes them when told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from portal.pages.merging import merged, merged_line, values_of
from portal.pages.permissions import without_ads_out_of_reach
from portal.pages.texts import StandardText, TakenText
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.advertising.facts import Fact
from recruitment.people.actor import Actor


@dataclass(frozen=True)
class Words:
    """A standard paragraph as an ad shows it."""

    heading: str
    body: str


def take_texts(page: Any) -> None:
    """Note the words of the paragraphs that a saved draft has come to use, and forget those it has let go."""
    used = {str(child.id): child.value for child in page.body if child.block_type == "standard_text" and child.value}
    page.taken_texts.exclude(block_id__in=used).delete()
    for taken in page.taken_texts.all():
        if used[taken.block_id].pk == taken.text_id:
            del used[taken.block_id]
        else:
            taken.delete()
    TakenText.objects.bulk_create(
        TakenText(page=page, block_id=block_id, text=text, heading=text.heading, body=text.body)
        for block_id, text in used.items()
    )


def out_of_date() -> QuerySet[TakenText]:
    """What was taken before the paragraph was changed."""
    return TakenText.objects.filter(~Q(heading=F("text__heading")) | ~Q(body=F("text__body")))


def drafts_with_old_words(text: StandardText, actor: Actor) -> list[Any]:
    """The ads within reach that hold earlier words of a paragraph."""
    from portal.pages.models import JobAdPage  # noqa: PLC0415 - the pages name this

    pages = JobAdPage.objects.filter(pk__in=out_of_date().filter(text=text).values("page"))
    return list(without_ads_out_of_reach(actor, pages).select_related("case").order_by("title"))


def old_texts_of(page: Any) -> list[StandardText]:
    """The paragraphs of an ad that have been changed since it took them."""
    return [taken.text for taken in out_of_date().filter(page=page).select_related("text")]


def take_new_words(page: Any, *, actor: Actor) -> int:
    """Every paragraph of the draft as it reads now; a published version stays as it is until the ad is published again."""
    require(actor, Permission.AD_EDIT, page.case)
    stale = list(out_of_date().filter(page=page).select_related("text"))
    for taken in stale:
        taken.heading, taken.body = taken.text.heading, taken.text.body
        taken.save(update_fields=["heading", "body"])
    return len(stale)


def standard_words(page: Any, facts: Iterable[Fact]) -> dict[str, Words]:
    """What each standard paragraph of the draft says, by its block, with the case's own words in it."""
    children = [child for child in page.body if child.block_type == "standard_text" and child.value]
    if not children:
        return {}
    values = values_of(page.case, facts, page.language)
    taken = {row.block_id: row for row in page.taken_texts.all()} if page.pk else {}
    return {str(child.id): _filled(taken.get(str(child.id), child.value), values) for child in children}


def _filled(words: Any, values: Mapping[str, Any]) -> Words:
    return Words(merged_line(words.heading, values), merged(words.body, values))


def kept_words(blocks: Iterable[Mapping[str, Any]]) -> dict[str, Words]:
    """The same of a published version, which keeps its own."""
    return {
        block["id"]: Words(block["value"].get("heading", ""), block["value"]["body"])
        for block in blocks
        if block["kind"] == "paragraph" and "body" in block["value"]
    }
