"""The way to an application in numbers: a bar and a line of the table for each step."""

from collections.abc import Sequence
from typing import Any

from recruitment.advertising.records import FunnelStep


def funnel_rows(numbers: Sequence[tuple[FunnelStep, int]]) -> list[dict[str, Any]]:
    """Steps in order, each with its number, its part of the first and of the one before; empty where nothing was counted."""
    most = max((number for _step, number in numbers), default=0)
    if not most:
        return []
    rows, before = [], 0
    for step, number in numbers:
        share = round(100 * number / before) if before else None
        rows.append(
            {"name": str(step.label), "count": number, "width": round(1000 * number / most) / 10, "share": share}
        )
        before = number
    return rows
