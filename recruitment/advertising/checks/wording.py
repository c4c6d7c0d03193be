"""Words that say whom the employer wants, or that there will be no answer. The words stand in `data/`, one file a language."""

import functools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from recruitment.advertising.checks.reading import sentences_of
from recruitment.advertising.checks.written import Deed, Mend, Remark, Weight, WrittenAd

HERE = Path(__file__).parent / "data"


@dataclass(frozen=True)
class WordLists:
    """What one language's file holds."""

    gendered: dict[str, str]
    gender: re.Pattern[str]
    age: re.Pattern[str]
    silence: re.Pattern[str]
    answer: str
    everybody: re.Pattern[str]
    call: str
    idle_links: frozenset[str]


@functools.cache
def words_in(language: str) -> WordLists:
    """The lists of a language; the English ones for a language without a file."""
    path = HERE / f"{language}.json"
    lists: dict[str, Any] = json.loads((path if path.exists() else HERE / "en.json").read_text(encoding="utf-8"))
    return WordLists(
        gendered=lists["gendered"], gender=_any_of([*map(re.escape, lists["gendered"]), *lists["gender"]]),
        age=_any_of(lists["age"]), silence=_any_of(lists["silence"]), answer=lists["answer"],
        everybody=_any_of(lists["everybody"]), call=lists["call"], idle_links=frozenset(lists["idle_links"]),
    )  # fmt: skip


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    """Whole words only, the longest first."""
    alternatives = "|".join(sorted(patterns, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)


def like(new: str, old: str) -> str:
    """The new word as large or small as the old one was written."""
    if old.isupper() and len(old) > 1:
        return new.upper()
    return new[:1].upper() + new[1:] if old[:1].isupper() else new


def gendered_words(ad: WrittenAd) -> Iterator[Remark]:
    """A title or phrase that names one sex."""
    lists = words_in(ad.language)
    for passage in ad.passages:
        for number, hit in enumerate(lists.gender.finditer(passage.text)):
            neutral = lists.gendered.get(hit[0].lower(), "")
            message = _("“%s” names one sex. An ad may not say or suggest that one is preferred.") % hit[0]
            yield Remark("gender", Weight.LAW, message, passage.place, hit[0], _instead(hit[0], neutral), number=number)


def _instead(old: str, new: str) -> Mend | None:
    if not new:
        return None
    fitting = like(new, old)
    return Mend(Deed.REPLACE, _("Write “%s”") % fitting, old=old, new=fitting)


def age_words(ad: WrittenAd) -> Iterator[Remark]:
    """A word that asks for an age."""
    for passage in ad.passages:
        for number, hit in enumerate(words_in(ad.language).age.finditer(passage.text)):
            message = _("“%s” speaks of age. An ad may not ask for or prefer one.") % hit[0]
            yield Remark("age", Weight.LAW, message, passage.place, hit[0], number=number)


def no_answer(ad: WrittenAd) -> Iterator[Remark]:
    """A sentence that lets silence be an answer: every applicant has a right to one."""
    lists = words_in(ad.language)
    for passage in ad.passages:
        told = [sentence for sentence in sentences_of(passage.text) if lists.silence.search(sentence)]
        for number, sentence in enumerate(told):
            mend = Mend(Deed.REPLACE, _("Write “%s”") % lists.answer, old=sentence, new=lists.answer)
            message = _("Every applicant has a right to an answer. Silence may not stand for one.")
            yield Remark("silence", Weight.LAW, message, passage.place, sentence, mend, number=number)


def nobody_called(ad: WrittenAd) -> Iterator[Remark]:
    """The call to everybody that a public ad must hold."""
    lists = words_in(ad.language)
    if not lists.everybody.search(ad.text):
        mend = Mend(Deed.PARAGRAPH, _("Insert the call"), new=lists.call)
        message = _("The call to everybody, whatever their background, is missing.")
        yield Remark("equality_call", Weight.LAW, message, "body", mend=mend)


def unwanted_words(ad: WrittenAd) -> Iterator[Remark]:
    """Words that the institution itself does not want in its ads."""
    for passage in ad.passages:
        hits = (
            (hit[0], instead)
            for word, instead in ad.unwanted
            for hit in _any_of([re.escape(word)]).finditer(passage.text)
        )
        for number, (hit, instead) in enumerate(hits):
            message = _("Your own guidelines do not want “%s”.") % hit
            yield Remark("own_words", Weight.ADVICE, message, passage.place, hit, _instead(hit, instead), number=number)
