"""Forgetting drafts. The rest of forgetting comes with its policies."""

import datetime as dt

from recruitment import clock
from recruitment.applications.actions import discard_draft
from recruitment.applications.queries import forgotten_drafts

KEEP_DRAFTS = dt.timedelta(days=30)  # after the deadline; the and the retention table's number


def forget_drafts() -> int:
    """Delete drafts thirty days after their deadline; returns how many went."""
    due = list(forgotten_drafts(clock.now(), KEEP_DRAFTS)[:500])
    for application in due:
        discard_draft(application)
    return len(due)
