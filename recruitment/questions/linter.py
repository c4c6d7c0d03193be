"""What may not be asked (INV-24)."""

from typing import NamedTuple


class Finding(NamedTuple):
    """A fault in a question."""

    code: str
    message: str


def blocking_findings(*texts: str) -> list[Finding]:
    """The faults that forbid asking."""
    return []
