"""The status matrix: how far each applicant of a case has come, and when."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from recruitment.applications.masking import mask_for
from recruitment.applications.models import Application, ApplicationStateChange
from recruitment.applications.queries import candidate_list
from recruitment.assessments.insight import Insight, expected_raters
from recruitment.assessments.models import JointAssessment, Rating
from recruitment.cases.models import RecruitmentCase
from recruitment.people.actor import Actor

#: The steps shown, each with the states that count as having come there.
STEPS = (
    ("received", _("Received"), ()),
    ("opened", _("Opened"), ()),
    ("rated", _("Rated"), ()),
    ("shortlisted", _("Chosen"), ("SHORTLISTED",)),
    ("invited", _("Called to interview"), ("INVITED",)),
    ("interviewed", _("Interviewed"), ("INTERVIEWED",)),
    ("finalist", _("May be hired"), ("FINALIST",)),
    ("answered", _("Answered"), ()),
)


@dataclass(frozen=True)
class Step:
    """When an applicant came to a step; `words` where a date does not say it."""

    at: dt.datetime | None = None
    words: str = ""


@dataclass(frozen=True)
class Progress:
    """One applicant's row, in the order of STEPS."""

    application: Application
    steps: list[Step]


def status_matrix(actor: Actor, case: RecruitmentCase, insight: Insight) -> list[Progress]:
    """Everybody on one screen, received first, first; a fixed number of queries."""
    together = JointAssessment.applications.through.objects.filter(application=OuterRef("pk"))
    light = candidate_list(actor, case).select_related(None).select_related("candidate")
    listed = light.defer("draft", "motivation_text").annotate(is_joint=Exists(together)).order_by("received_at", "pk")
    rows = mask_for(actor, case).put_on_all(list(listed))
    came: dict[Any, dict[str, dt.datetime]] = defaultdict(dict)
    for change in ApplicationStateChange.objects.filter(application__case=case).order_by("at"):
        came[change.application_id][change.to_state] = change.at
    rated = _rated(case) if insight.sees_missing and insight.reads else {}
    expected = len(expected_raters(case)) if rated or insight.sees_missing else 0
    return [Progress(row, _steps(row, came[row.pk], rated, expected)) for row in rows]


def _rated(case: RecruitmentCase) -> dict[Any, int]:
    given = Rating.objects.filter(application__case=case).order_by().values_list("application").annotate(n=Count("pk"))
    return dict(given)


def _steps(row: Any, came: dict[str, dt.datetime], rated: dict[Any, int], expected: int) -> list[Step]:
    opened = Step(row.first_opened_at, str(_("together")) if row.is_joint and row.first_opened_at is None else "")
    by_name = {
        "received": Step(row.received_at), "opened": opened, "answered": Step(row.answer_delivered_at),
        "rated": Step(words=f"{rated.get(row.pk, 0)}/{expected}" if expected else ""),
    }  # fmt: skip
    for name, _label, states in STEPS:
        if states:
            by_name[name] = Step(next((came[state] for state in states if state in came), None))
    return [by_name[name] for name, _label, _states in STEPS]
