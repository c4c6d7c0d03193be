"""Templates for plans: what an institution adapts."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from recruitment.access.decide import may, require
from recruitment.access.permissions import Permission
from recruitment.audit.record import record
from recruitment.errors import NotPossible, Obstacle
from recruitment.organisation.models import OrganisationalUnit
from recruitment.people.actor import Actor
from recruitment.planning.actions import STEP
from recruitment.planning.models import PlanTemplate, TemplateActivity


@transaction.atomic
def copy_template(source: PlanTemplate, unit: OrganisationalUnit, *, actor: Actor, name: str) -> PlanTemplate:
    """A template of one's own at the unit, to be adapted, with the steps of another. The shipped ones stay as they are."""
    require(actor, Permission.CASE_TEMPLATE_EDIT, unit)
    if source.institution_id is not None and not may(actor, Permission.CASE_TEMPLATE_EDIT, source):
        raise PermissionDenied
    copy = PlanTemplate.objects.create(institution=unit.institution, unit=unit, name_da=name)
    TemplateActivity.objects.bulk_create(
        [
            TemplateActivity(template=copy, **{name: getattr(step, name) for name in STEP})
            for step in source.activities.all()
        ]
    )
    record(actor, "plan_template.copy", copy, source=str(source.pk))
    return copy


@transaction.atomic
def save_template(
    template: PlanTemplate, *, actor: Actor, fields: Mapping[str, Any], steps: Iterable[Mapping[str, Any]]
) -> PlanTemplate:
    """Change a template; `steps` replaces its steps, in order. Plans that were made from it stay as they are."""
    if template.institution_id is None:
        raise PermissionDenied
    require(actor, Permission.CASE_TEMPLATE_EDIT, template)
    lines = list(steps)
    if not lines:
        raise NotPossible([Obstacle("no_steps", _("A plan has at least one step."), "steps")])
    if fields.get("is_usual"):
        others = PlanTemplate.objects.filter(unit=template.unit_id, is_usual=True).exclude(pk=template.pk)
        others.update(is_usual=False)
    for name, value in fields.items():
        setattr(template, name, value)
    template.full_clean()
    template.save()
    template.activities.all().delete()
    TemplateActivity.objects.bulk_create(
        [TemplateActivity(template=template, **{**line, "position": place}) for place, line in enumerate(lines)]
    )
    record(actor, "plan_template.save", template)
    return template
