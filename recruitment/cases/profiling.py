"""Filling the job profile: what the job is, and the competences that everything later is measured by."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.audit.record import record
from recruitment.cases.actions import refuse_if_closed
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.profile import Competence, JobProfile
from recruitment.errors import NotPossible, Obstacle
from recruitment.people.actor import Actor


@transaction.atomic
def edit_profile(
    case: RecruitmentCase,
    *,
    actor: Actor,
    fields: Mapping[str, Any],
    competences: Iterable[Mapping[str, Any]] | None = None,
) -> JobProfile:
    """Change the job profile; `competences` (with `id` for those that stay) replaces the list, in order."""
    require(actor, Permission.CASE_PROPOSE_PROFILE, case)
    refuse_if_closed(case)
    profile, _created = JobProfile.objects.get_or_create(case=case)
    for name, value in fields.items():
        setattr(profile, name, value)
    profile.save()
    if competences is not None:
        _replace_competences(profile, list(competences))
    record(actor, "profile.edit", case)
    return profile


def _replace_competences(profile: JobProfile, wanted: list[Mapping[str, Any]]) -> None:
    kept = []
    for position, line in enumerate(wanted):
        competence = (profile.competences.filter(pk=line["id"]).first() if line.get("id") else None) or Competence(
            profile=profile
        )
        for name in ("kind", "name_da", "name_en", "description", "weight", "must_have"):
            if name in line:
                setattr(competence, name, line[name])
        competence.position = position
        competence.save()
        kept.append(competence.pk)
    asked_for = profile.competences.exclude(pk__in=kept).filter(questions__isnull=False).first()
    if asked_for is not None:
        raise NotPossible(
            [Obstacle("competence_in_use", _("A question hangs on “%s”.") % asked_for.name, "profile.competences")]
        )
    try:
        profile.competences.exclude(pk__in=kept).delete()
    except ProtectedError:  # rooms above hang on it too
        raise NotPossible(
            [
                Obstacle(
                    "competence_in_use",
                    _("Somebody has assessed by a competence that would go."),
                    "profile.competences",
                )
            ]
        ) from None
