"""One case, an ad in two languages: begun from the other, compared block by block, published together."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import transaction
from wagtail.models import Revision

from portal.pages.models import InstitutionPage, JobAdPage
from portal.pages.new_ad import begin_ad
from portal.pages.publishing import rehearse
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.advertising.blocks import BLOCKS
from recruitment.advertising.checks.written import plain
from recruitment.errors import NotPossible, Obstacle
from recruitment.people.actor import Actor

LANGUAGES = ("da", "en")
WORDLESS = {"image", "video"}  # the same in both languages is right


class Gap(StrEnum):
    """How a part of the translation stands to the original."""

    MISSING = "MISSING"
    UNTRANSLATED = "UNTRANSLATED"
    CHANGED = "CHANGED"
    EXTRA = "EXTRA"


@dataclass(frozen=True)
class Difference:
    """One part that is not in step, by its id and name."""

    gap: Gap
    part: str
    name: str


def newest(page: JobAdPage) -> JobAdPage:
    """The page as it was last saved."""
    draft: JobAdPage = page.get_latest_revision_as_object()
    return draft


def other_language(page: JobAdPage) -> str:
    """The language that this ad is not in."""
    return next(code for code in LANGUAGES if code != page.language)


def counterpart(page: JobAdPage) -> JobAdPage | None:
    """The case's ad in the other language."""
    found: JobAdPage | None = JobAdPage.objects.filter(
        case=page.case_id, locale__language_code=other_language(page)
    ).first()
    return found


def original_and_translation(page: JobAdPage) -> tuple[JobAdPage, JobAdPage] | None:
    """The two drafts, the one that was written first before the other; None for an ad in one language."""
    pages = list(JobAdPage.objects.filter(case=page.case_id))
    if len(pages) != len(LANGUAGES):
        return None
    first, second = sorted(pages, key=lambda each: (each.translated_revision is not None, each.pk))
    return newest(first), newest(second)


@transaction.atomic
def translate(page: JobAdPage, *, actor: Actor) -> JobAdPage:
    """The ad in the other language: the same blocks in the original's words, ready to be written over; the one that exists."""
    require(actor, Permission.AD_EDIT, page.case)
    existing = counterpart(page)
    if existing is not None:
        return existing
    original = newest(page)
    made = begin_ad(page.case, other_language(page), actor=actor)
    made.layout, made.picture, made.intro = original.layout, original.picture, original.intro
    made.body = _blocks(original)
    made.translated_revision = page.latest_revision_id
    made.save()
    made.save_revision(user=actor.user)
    return made


def _blocks(page: JobAdPage) -> list[dict[str, Any]]:
    return [dict(block) for block in page.body.get_prep_value()]


def differences(original: JobAdPage, translation: JobAdPage) -> list[Difference]:
    """What is missing, still in the original's words, or out of date since the original was changed."""
    now, own = _parts(original), _parts(translation)
    then = _parts_at(original, translation.translated_revision)
    found = []
    for part, (name, words, kind) in now.items():
        if part not in own:
            found.append(Difference(Gap.MISSING, part, name))
        elif words and own[part][1] == words and kind not in WORDLESS:
            found.append(Difference(Gap.UNTRANSLATED, part, name))
        elif part in then and then[part][1] != words:
            found.append(Difference(Gap.CHANGED, part, name))
    return found + [Difference(Gap.EXTRA, part, own[part][0]) for part in own if part not in now]


def _parts(page: JobAdPage) -> dict[str, tuple[str, str, str]]:
    """Name, words and kind of every part: the introduction and the blocks, by their ids."""
    parts = {"intro": ("intro", page.intro.strip(), "intro")} if page.intro.strip() else {}
    for block in _blocks(page):
        parts[str(block.get("id"))] = (_name(block), _words(block["value"]), block["type"])
    return parts


def _name(block: dict[str, Any]) -> str:
    value = block["value"]
    heading = value.get("heading", "") if isinstance(value, dict) else ""
    kind = BLOCKS.get(block["type"])
    return heading or (str(kind.label) if kind else block["type"])


def _words(value: Any) -> str:
    """All words in a block's value, whatever its fields."""
    if isinstance(value, dict):
        return "\n".join(
            filter(None, (_words(each) for name, each in value.items() if name not in {"id", "type", "image", "url"}))
        )
    if isinstance(value, list):
        return "\n".join(filter(None, map(_words, value)))
    return plain(value) if isinstance(value, str) else ""


def _parts_at(original: JobAdPage, revision: int | None) -> dict[str, tuple[str, str, str]]:
    kept = Revision.objects.filter(pk=revision, object_id=str(original.pk)).first() if revision else None
    return _parts(kept.as_object()) if kept else {}


@transaction.atomic
def take_over_missing(page: JobAdPage, *, actor: Actor) -> int:
    """Put the blocks that the translation lacks in their places, in the original's words; how many."""
    require(actor, Permission.AD_EDIT, page.case)
    pair = original_and_translation(page)
    if pair is None:
        return 0
    original, translation = pair
    own = {str(block.get("id")): block for block in _blocks(translation)}
    theirs = _blocks(original)
    taken = [block for block in theirs if str(block.get("id")) not in own]
    order = [own.pop(str(block.get("id")), block) for block in theirs]
    translation.body = [*order, *own.values()]
    translation.save_revision(user=actor.user, log_action=True)
    return len(taken)


@transaction.atomic
def call_up_to_date(page: JobAdPage, *, actor: Actor) -> None:
    """The writer has looked: the translation says what the original says now."""
    require(actor, Permission.AD_EDIT, page.case)
    pair = original_and_translation(page)
    if pair is None:
        return
    original, translation = pair
    translation.translated_revision = original.latest_revision_id
    JobAdPage.objects.filter(pk=translation.pk).update(translated_revision=original.latest_revision_id)
    translation.save_revision(user=actor.user)


@transaction.atomic
def publish_both(page: JobAdPage, *, actor: Actor) -> list[JobAdPage]:
    """Both languages in one act. Raises NotPossible with what either lacks, and then neither goes out."""
    require(actor, Permission.AD_PUBLISH, page.case)
    pair = original_and_translation(page) or (newest(page),)
    found = [
        Obstacle(obstacle.code, f"{draft.title} ({draft.language}): {obstacle.message}", obstacle.place)
        for draft in pair
        for obstacle in rehearse(draft, actor)
    ]
    if found:
        raise NotPossible(found)
    for draft in pair:
        draft.save_revision(user=actor.user, log_action=True).publish(user=actor.user)
    return list(pair)


def has_place_for(page: JobAdPage) -> bool:
    """Whether the employer has a page in the other language for the ad to lie under."""
    return InstitutionPage.objects.filter(
        institution=page.case.institution_id, locale__language_code=other_language(page)
    ).exists()
