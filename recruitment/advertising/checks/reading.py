"""How hard a text is to read: LIX (Björnsson 1968) with its grade in words, and sentences that are too long."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from recruitment.advertising.checks.written import Remark, Weight, WrittenAd

LONG_WORD = 6  # letters; a word with more of them counts as long
LONG_SENTENCE = 30  # words
HARD_FROM = 45
LEAST_WORDS = 60  # a shorter text has no figure that means anything
LONG_AD = 800  # words
TOLD_AT_MOST = 5

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+(?:[.,]\d+)*")
_END = re.compile(r"(?<=[.!?])[\"”»)]*\s+(?=[\"“«(]*[A-ZÆØÅÉÖÜ0-9])|\n+|(?<=:)\s+(?=[A-ZÆØÅ])")
_SHORT_FORM = re.compile(
    r"(?:\b(?:bl\.a|fx|f\.eks|ca|nr|kl|tlf|evt|inkl|ekskl|mv|m\.v|osv|pga|pr|stk|jf|dvs|o\.l|e\.g|i\.e|approx|no|tel|incl|etc))\.$",
    re.IGNORECASE,
)


def words_of(text: str) -> list[str]:
    """Words and figures, without punctuation."""
    return _WORD.findall(text)


def sentences_of(text: str) -> list[str]:
    """The sentences; an abbreviation ends none, a new line does."""
    found: list[str] = []
    for piece in _pieces(text):
        if found and _SHORT_FORM.search(found[-1]):
            found[-1] = f"{found[-1]} {piece}"
        else:
            found.append(piece)
    return [sentence for sentence in found if words_of(sentence)]


def _pieces(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield from (piece.strip() for piece in _END.split(line) if piece and piece.strip())
        yield ""  # an abbreviation at the end of a line joins nothing


def lix(text: str) -> int:
    """Words a sentence plus the share of long words; 0 for no words."""
    words, sentences = words_of(text), sentences_of(text)
    if not words or not sentences:
        return 0
    long = sum(1 for word in words if len(word) > LONG_WORD)
    return round(len(words) / len(sentences) + 100 * long / len(words))


def grade_of(figure: int) -> str:
    """What the figure means, in words."""
    grades = (
        (25, _("very easy, like a children's book")),
        (35, _("easy, like a weekly magazine")),
        (45, _("medium, like a newspaper")),
        (55, _("hard, like a report")),
    )
    return next((words for limit, words in grades if figure < limit), _("very hard, like an act of law"))


def hard_to_read(ad: WrittenAd) -> Iterator[Remark]:
    """LIX of all running text together."""
    text = "\n".join(passage.text for passage in ad.running())
    figure = lix(text)
    if len(words_of(text)) >= LEAST_WORDS and figure >= HARD_FROM:
        message = _("The text is %(grade)s (LIX %(figure)d). Shorter words and sentences reach more people.")
        yield Remark("readability", Weight.ADVICE, message % {"grade": grade_of(figure), "figure": figure}, "body")


def long_sentences(ad: WrittenAd) -> Iterator[Remark]:
    """The longest first, a handful at most."""
    found = [
        (len(words_of(sentence)), passage, sentence)
        for passage in ad.running()
        for sentence in sentences_of(passage.text)
    ]
    too_long = sorted((each for each in found if each[0] > LONG_SENTENCE), key=lambda each: -each[0])
    for number, (count, passage, sentence) in enumerate(too_long[:TOLD_AT_MOST]):
        message = _("A sentence of %d words: make it two.") % count
        yield Remark("long_sentences", Weight.ADVICE, message, passage.place, _cut(sentence), number=number)


def too_long(ad: WrittenAd) -> Iterator[Remark]:
    """An ad that nobody reads to its end on a phone."""
    count = len(words_of(ad.text))
    if count > LONG_AD:
        message = _("The ad has %d words. Most readers are on a phone and stop long before.") % count
        yield Remark("length", Weight.ADVICE, message, "body")


def _cut(sentence: str) -> str:
    return sentence if len(sentence) <= 90 else f"{sentence[:88].rstrip()} …"
