"""What referees are asked: the shipped guide, or the institution's own, a version at a time."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import institutions_of
from recruitment.access.permissions import Permission
from recruitment.audit.record import record
from recruitment.errors import NotPossible, Obstacle
from recruitment.organisation.models import Institution
from recruitment.people.actor import Actor
from recruitment.questions.linter import blocking_findings
from recruitment.references.models import ReferenceGuide

MOST, LONGEST = 30, 300
SHIPPED = Path(__file__).parent / "data" / "guide.json"


@cache
def shipped_questions() -> dict[str, list[str]]:
    """By language."""
    found: dict[str, list[str]] = json.loads(SHIPPED.read_text(encoding="utf-8"))
    return found


def guide_in_force(institution: Institution, language: str) -> ReferenceGuide:
    """The newest version of the institution's own, else of the shipped one; made from its file when it is first wanted."""
    rows = ReferenceGuide.objects.filter(language=language)
    rows = rows.filter(institution=institution) | rows.filter(institution__isnull=True)
    found = rows.order_by(F("institution").asc(nulls_last=True), "-version").first()
    questions = shipped_questions()[language]
    if found is None or (found.institution_id is None and found.questions != questions):
        found, _made = ReferenceGuide.objects.get_or_create(
            institution=None,
            language=language,
            version=found.version + 1 if found else 1,
            defaults={"questions": questions},
        )
    return found


@transaction.atomic
def publish_guide(institution: Institution, language: str, questions: Sequence[str], *, actor: Actor) -> ReferenceGuide:
    """A new version of the institution's own. References that have begun keep theirs."""
    if not actor.is_house and institution.pk not in institutions_of(actor, Permission.REFERENCE_GUIDE_EDIT):
        raise PermissionDenied
    asked = [" ".join(question.split()) for question in questions if question.strip()]
    found = []
    if not asked or len(asked) > MOST or any(len(question) > LONGEST for question in asked):
        message = _("Write one to %(most)d questions of at most %(long)d characters.") % {"most": MOST, "long": LONGEST}
        found.append(Obstacle("questions", message, "guide.questions"))
    found += [Obstacle(each.code, str(each.message), "guide.questions") for each in blocking_findings(*asked)]
    if found:
        raise NotPossible(found)
    Institution.objects.select_for_update().get(pk=institution.pk)
    newest = ReferenceGuide.objects.filter(institution=institution, language=language).order_by("-version").first()
    made = ReferenceGuide.objects.create(
        institution=institution, language=language, version=newest.version + 1 if newest else 1, questions=asked,
        created_by=actor.user, created_at=clock.now(),
    )  # fmt: skip
    record(actor, "ReferenceGuide.publish", made, version=made.version)
    return made
