"""Setting up scales and icons (icons_scales.edit), and which of them are in force."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from recruitment.access.decide import institutions_of
from recruitment.access.permissions import Permission
from recruitment.assessments.marks import CandidateIcon, RatingLevel, RatingScale
from recruitment.assessments.models import AssessmentFrame, CriterionRating
from recruitment.audit.record import record
from recruitment.errors import NotPossible, Obstacle
from recruitment.organisation.models import Institution
from recruitment.people.actor import Actor

FEWEST_LEVELS = 2


def scale_for(institution: Institution) -> RatingScale:
    """The institution's usual scale, else the shipped one."""
    found = RatingScale.objects.filter(Q(institution=institution) | Q(institution=None), is_default=True)
    ranked = sorted(found, key=lambda scale: scale.institution_id is None)
    if not ranked:
        raise RatingScale.DoesNotExist
    return ranked[0]


def scale_of(case: Any) -> RatingScale:
    """The scale that the case is rated on, or will be."""
    frame = AssessmentFrame.objects.filter(case=case).select_related("scale").first()
    return frame.scale if frame else scale_for(case.institution)


def icons_for(institution: Institution) -> QuerySet[CandidateIcon]:
    """The shipped icons and the institution's own that are in use, in order."""
    return CandidateIcon.objects.filter(Q(institution=institution) | Q(institution=None), active=True)


def require_furnishing(actor: Actor, institution: Institution) -> None:
    """Pass those who may edit the institution's scales and icons: its administrators, and HR with extended rights."""
    if not actor.is_house and institution.pk not in institutions_of(actor, Permission.ICONS_SCALES_EDIT):
        raise PermissionDenied


@transaction.atomic
def save_scale(
    scale: RatingScale, fields: Mapping[str, Any], levels: Sequence[Mapping[str, Any]], *, actor: Actor
) -> RatingScale:
    """Save a scale of the institution's with its levels; what has been used in a rating keeps its number."""
    if scale.institution is None:
        raise PermissionDenied
    require_furnishing(actor, scale.institution)
    for name, value in fields.items():
        setattr(scale, name, value)
    if scale.is_default:
        scale.active = True
        others = RatingScale.objects.filter(institution=scale.institution, is_default=True).exclude(pk=scale.pk)
        others.update(is_default=False)
    scale.full_clean()
    scale.save()
    _save_levels(scale, levels)
    record(actor, "RatingScale.save", scale)
    return scale


def _save_levels(scale: RatingScale, levels: Sequence[Mapping[str, Any]]) -> None:
    values = [line["value"] for line in levels]
    if len(levels) < FEWEST_LEVELS:
        raise ValidationError(_("A scale has at least two levels."), code="too_few_levels")
    if len(set(values)) != len(values):
        raise ValidationError(_("Each level has a number of its own."), code="same_number")
    gone = scale.levels.exclude(value__in=values)
    if gone.filter(Q(ratings__isnull=False) | Q(pk__in=_used_for_criteria(scale))).exists():
        raise NotPossible([Obstacle("level_in_use", _("Somebody has rated with a level that would go."))])
    gone.delete()
    for line in levels:
        level = scale.levels.filter(value=line["value"]).first() or RatingLevel(scale=scale)
        for name, value in line.items():
            setattr(level, name, value)
        level.full_clean()
        level.save()


def _used_for_criteria(scale: RatingScale) -> QuerySet[Any]:
    return CriterionRating.objects.filter(level__scale=scale).values("level")


@transaction.atomic
def save_icon(icon: CandidateIcon, fields: Mapping[str, Any], *, actor: Actor) -> CandidateIcon:
    """Save one of the institution's icons. One that is not in use any more stays where it has been put."""
    if icon.institution is None:
        raise PermissionDenied
    require_furnishing(actor, icon.institution)
    for name, value in fields.items():
        setattr(icon, name, value)
    icon.full_clean()
    icon.save()
    record(actor, "CandidateIcon.save", icon)
    return icon
