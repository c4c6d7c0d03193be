"""What one applicant is given of what was decided about them: their own data, and the pieces of party access."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from recruitment.applications.models import Application
from recruitment.cases.dates import instant
from recruitment.decisions.answers import RejectionWay
from recruitment.decisions.models import RecommendedApplicant
from recruitment.fairness.collecting import Piece


def told_to_applicant(application: Any) -> dict[str, Any]:
    """What they were offered and answered, that they were called, and how they were rejected.

    What the staff noted of a call is named here and given out by a person, as other notes are.
    """
    return {
        "offers": [
            {"offered": row.made_at, "terms": row.terms, "answer_by": row.answer_by, "answer": row.answer,
             "answered": row.answered_at, "you_wrote": row.answer_note}
            for row in application.offers.all()
        ],
        "calls": [{"when": row.called_at, "about": row.purpose} for row in application.phone_logs.all()],
        "rejections": [
            {"at": row.at, "by": row.way, "decisive_factors": row.general, "feedback": row.feedback,
             "about_you": row.individual if row.way == RejectionWay.LETTER else ""}
            for row in application.rejections.all()
        ],
    }  # fmt: skip


def pieces(application: Application) -> Iterator[Piece]:
    """What was written about them alone: the committee's reason, calls, and the reasons of a rejection. Nothing of the others."""
    for name in RecommendedApplicant.objects.filter(application=application).select_related("recommendation"):
        yield Piece(_("From the committee's recommendation of %s") % instant(name.recommendation.made_at), name.reason)
    for log in application.phone_logs.all():
        yield Piece(_("Telephone call %s") % instant(log.called_at), log.said)
    for row in application.rejections.all():
        words = [row.general, row.individual, row.feedback]
        yield Piece(_("Rejection %s") % instant(row.at), "\n\n".join(word for word in words if word))
