"""What waits for the applicant on each of their applications, and the page on which they answer: the buttons of the cards."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from recruitment.applications.models import Application
from recruitment.decisions.queries import offers_to_answer
from recruitment.fairness.queries import hearings_to_answer
from recruitment.references.queries import asked_about_referees


@dataclass(frozen=True)
class Waiting:
    """One button."""

    label: str
    url: str


def waiting_for(applications: Sequence[Application], user: Any) -> dict[Any, list[Waiting]]:
    """By application, for the person whom they belong to by proved address; the same number of queries for one and for many."""
    if not user.is_authenticated:
        return {}
    own = {row.pk: row for row in applications if row.candidate.user_id == user.pk}
    offers, hearings, referees = (
        offers_to_answer(own),
        hearings_to_answer(list(own)),
        asked_about_referees(own.values()),
    )
    found: dict[Any, list[Waiting]] = {}
    for key in own:
        lines = found.setdefault(key, [])
        if key in offers:
            lines.append(Waiting(_("Read and answer the offer"), reverse("applicant:offer", args=[key])))
        if key in hearings:
            address = reverse("applicant:hearing", args=[key, hearings[key].pk])
            lines.append(Waiting(_("Comment before we decide"), address))
        if key in referees:
            lines.append(Waiting(_("Answer about your referees"), reverse("applicant:referees", args=[key])))
    return found
