"""How many applications came from where, and how far they got: the fixture of domain E7."""

import json
from functools import cache
from pathlib import Path

COUNTS = Path(__file__).parents[1] / "data" / "media_counts.json"
STAGES = ("received", "screened", "invited", "interviewed", "hired")


@cache
def counts() -> dict[str, dict[str, dict[str, int]]]:
    """Case -> medium -> stage -> number."""
    found: dict[str, dict[str, dict[str, int]]] = json.loads(COUNTS.read_text(encoding="utf-8"))["cases"]
    return found


def media_of(key: str) -> list[str]:
    """The media a case was published on, beside the usual ones."""
    return list(counts().get(key, {}))
