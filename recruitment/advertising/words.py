"""Words made ready to be found: stems in two languages, and groups of three letters for compounds and slips of the pen.

Plain PostgreSQL: no extension is needed (the embedded server has none).
"""

import re
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db.models import TextField, Value

STEMMERS = {"da": "danish", "en": "english"}
SHORTEST_PART = 4  # letters: a shorter word is in too many others ("it" in "aktivitet")
NOT_A_LETTER = re.compile(r"[\W_]+")


def in_letters(text: str) -> str:
    """Lower case, one blank between words and one at each end: " senior softwareudvikler "."""
    words = NOT_A_LETTER.sub(" ", text.lower()).strip()
    return f" {words} " if words else ""


def grams(text: str) -> list[str]:
    """Every group of three letters, blanks included, once each and in order: "ph" gives " ph", "ph "."""
    letters = in_letters(text)
    return sorted({letters[start : start + 3] for start in range(len(letters) - 2)})


def inner_grams(word: str) -> list[str]:
    """The groups of the word itself, which a compound that holds it has as well."""
    return sorted({word[start : start + 3] for start in range(len(word) - 2)})


def found_by(advertisement: Any) -> dict[str, Any]:
    """What a version is found by: headline first, then introduction, employer and place (its key facts), then the text."""
    facts = " ".join(str(fact.get("value", "")) for fact in advertisement.facts.values())
    title = f"{advertisement.headline} {advertisement.title}"
    weighted = {"A": title, "B": f"{advertisement.intro} {facts}", "C": advertisement.text}
    return {"document": _document(advertisement.language, weighted), "title_grams": grams(title)}


def _document(language: str, weighted: dict[str, str]) -> Any:
    stemmer = STEMMERS.get(language, "danish")
    parts = [SearchVector(Value(text, TextField()), config=stemmer, weight=weight) for weight, text in weighted.items()]
    whole: Any = parts[0]
    for part in parts[1:]:
        whole = whole + part
    return whole
