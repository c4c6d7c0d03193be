"""Which advice stands beside which step; an institution's own instead of the shipped one."""

import datetime as dt
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.audit.record import record
from recruitment.cases.advice import AdviceStep, AdviceText, TourSeen
from recruitment.organisation.models import Institution
from recruitment.people.actor import Actor
from recruitment.people.models import User
from recruitment.rows import Language

SHIPPED = Path(__file__).parent / "data" / "advice.json"
LONGEST = 4000


@dataclass(frozen=True)
class Advice:
    """A few sentences, and the day on which they were last found to agree with the law."""

    step: AdviceStep
    lines: tuple[str, ...]
    as_of: dt.date
    is_own: bool


@cache
def _shipped() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(SHIPPED.read_text(encoding="utf-8"))
    return found


def shipped_advice(step: AdviceStep, language: str) -> Advice:
    """From the guide, corrected to today's law."""
    kept = _shipped()[step]
    return Advice(step, tuple(kept["en" if language == "en" else "da"]), dt.date.fromisoformat(kept["as_of"]), False)


def advice_for(institution_id: Any, step: AdviceStep, language: str) -> Advice:
    """The institution's own words in this language, else the shipped ones; one query. An empty own text switches it off."""
    own = AdviceText.objects.filter(institution=institution_id, step=step, language=language).first()
    return _as_advice(own) if own else shipped_advice(step, language)


def all_advice(institution_id: Any) -> dict[tuple[str, str], Advice]:
    """By step and language; one query."""
    found = {(str(step), code): shipped_advice(step, code) for step in AdviceStep for code in Language.values}
    own = {(row.step, row.language): _as_advice(row) for row in AdviceText.objects.filter(institution=institution_id)}
    return {**found, **own}


def _as_advice(own: AdviceText) -> Advice:
    lines = tuple(line.strip() for line in own.text.splitlines() if line.strip())
    return Advice(AdviceStep(own.step), lines, own.as_of, True)


@transaction.atomic
def write_advice(institution: Institution, step: AdviceStep, language: str, text: str, *, actor: Actor) -> AdviceText:
    """The institution's own advice from today; who writes it vouches that it agrees with the law on this day."""
    require(actor, Permission.CONTENT_TEMPLATE_EDIT, institution)
    if len(text) > LONGEST:
        raise ValidationError({"text": _("That is more than fits beside the work.")}, code="too_long")
    row, _made = AdviceText.objects.update_or_create(
        institution=institution, step=step, language=language,
        defaults={"text": text, "as_of": clock.today(), "updated_by": actor.user},
    )  # fmt: skip
    record(actor, "AdviceText.write", row, step=step)
    return row


@transaction.atomic
def use_shipped_advice(institution: Institution, step: AdviceStep, language: str, *, actor: Actor) -> None:
    """Back to what ships."""
    require(actor, Permission.CONTENT_TEMPLATE_EDIT, institution)
    for row in AdviceText.objects.filter(institution=institution, step=step, language=language):
        record(actor, "AdviceText.remove", row, step=step)
        row.delete()


def has_seen(user: User, tour: str) -> bool:
    """Whether the person has put the tour away."""
    return TourSeen.objects.filter(user=user, tour=tour).exists()


def put_away(user: User, tour: str) -> None:
    """The person has been shown round."""
    TourSeen.objects.get_or_create(user=user, tour=tour)
