"""What was public when: the versions of an ad on one line, the one that stood at an instant, and what changed between two."""

import datetime as dt
import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import DateTimeField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from recruitment.advertising.facts import kept_facts
from recruitment.advertising.models import JobAdvertisement, Publication
from recruitment.cases.models import RecruitmentCase

_WORDS = re.compile(r"\n|[^\s]+")
SAME_DEED = dt.timedelta(seconds=10)  # our own media go live a moment after the version is kept, in one transaction
KEPT, ADDED, REMOVED = "kept", "added", "removed"


@dataclass(frozen=True)
class Piece:
    """A run of words that was kept, added or removed."""

    change: str
    words: str


def versions_of(case: RecruitmentCase) -> QuerySet[JobAdvertisement]:
    """All versions of the case's ads in all rounds, the newest first; their long texts come when they are asked for."""
    versions = JobAdvertisement.objects.filter(round__case=case).select_related("round", "published_by")
    return versions.defer("html", "text", "blocks").order_by("-published_at", "language")


def standing_at(case: RecruitmentCase, at: dt.datetime) -> list[JobAdvertisement]:
    """The versions that stood at the instant, one a language; empty where none did, or where no medium showed any."""
    ended = Q(retired_at__isnull=True) | Q(retired_at__gt=at)
    closed = Q(round__closed_at__isnull=True) | Q(round__closed_at__gt=at)
    with_it = ExpressionWrapper(OuterRef("published_at") + SAME_DEED, DateTimeField())
    shown = Exists(_not_ended(at).filter(Q(live_at__lte=at) | Q(live_at__lte=with_it), round=OuterRef("round")))
    stood = JobAdvertisement.objects.filter(ended, closed, shown, round__case=case, published_at__lte=at)
    return list(stood.select_related("round__case", "published_by").order_by("language"))


def _not_ended(at: dt.datetime) -> QuerySet[Publication]:
    """Publications that were up once and had not come down at the instant, by what their rows tell."""
    ended = Q(ended_at__isnull=True) | Q(ended_at__gt=at)
    period = Q(publish_until__isnull=True) | Q(publish_until__gt=at)
    return Publication.objects.filter(ended, period, live_at__isnull=False)


def shown_on(case: RecruitmentCase, at: dt.datetime) -> list[Publication]:
    """The media that showed the ad at the instant."""
    return list(_not_ended(at).filter(round__case=case, live_at__lte=at).select_related("medium"))


def before(version: JobAdvertisement) -> JobAdvertisement | None:
    """The version that stood before this one, in the same language and round."""
    same = JobAdvertisement.objects.filter(round=version.round_id, language=version.language)
    return same.filter(version__lt=version.version).order_by("-version").first()


def changes(old: JobAdvertisement, new: JobAdvertisement) -> list[Piece]:
    """What was removed and added, word by word, from headline to facts."""
    return list(_compare(_all_words(old), _all_words(new)))


def _all_words(version: JobAdvertisement) -> list[str]:
    lines = [f"{fact.label}: {fact.value}" for fact in kept_facts(version.facts)]
    return _WORDS.findall("\n".join([version.headline, version.text, *lines]))


def _compare(old: list[str], new: list[str]) -> Iterator[Piece]:
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if tag == "equal":
            yield Piece(KEPT, _joined(old[old_from:old_to]))
            continue
        if old_to > old_from:
            yield Piece(REMOVED, _joined(old[old_from:old_to]))
        if new_to > new_from:
            yield Piece(ADDED, _joined(new[new_from:new_to]))


def _joined(words: list[str]) -> str:
    return " ".join(words).replace(" \n ", "\n").replace(" \n", "\n").replace("\n ", "\n")
