"""What an institution's administrator decides: its data, units, workplaces, texts and data protection. Each deed asks first."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.audit.record import record
from recruitment.errors import NotPossible, Obstacle
from recruitment.organisation.actions import approve_profile, publish_legal_text, save_profile
from recruitment.organisation.legal import DataProtectionProfile, LegalText, LegalTextKind
from recruitment.organisation.models import Institution, InstitutionSettings, OrganisationalUnit, Workplace
from recruitment.people.actor import Actor
from recruitment.rows import DataClass

OPEN_CASES = ("DRAFT", "READY", "ADVERTISED", "ASSESSING", "INTERVIEWING", "DECIDING", "CONCLUDING")


def _write(row: Any, changes: Mapping[str, Any]) -> None:
    for name, value in changes.items():
        setattr(row, name, value)
    row.full_clean(exclude=["path", "depth", "numchild"])
    row.save()


@transaction.atomic
def edit_institution(
    institution: Institution, *, actor: Actor, changes: Mapping[str, Any], settings: Mapping[str, Any]
) -> None:
    """Master data and settings. Raises ValidationError where a rule would be broken; nothing is saved then."""
    require(actor, Permission.INSTITUTION_EDIT_MASTER_DATA, institution)
    _write(institution, changes)
    own, _made = InstitutionSettings.objects.get_or_create(institution=institution)
    _write(own, settings)
    record(actor, "institution.edit", institution, fields=sorted([*changes, *settings]))


@transaction.atomic
def save_workplace(workplace: Workplace, *, actor: Actor, changes: Mapping[str, Any]) -> Workplace:
    """Add a workplace to the institution it names, or change one."""
    require(actor, Permission.INSTITUTION_EDIT_MASTER_DATA, workplace.institution)
    _write(workplace, changes)
    record(actor, "workplace.save", workplace)
    return workplace


@transaction.atomic
def add_unit(parent: OrganisationalUnit, *, actor: Actor, fields: Mapping[str, Any]) -> OrganisationalUnit:
    """A unit below another of the same institution."""
    require(actor, Permission.INSTITUTION_EDIT_MASTER_DATA, parent.institution)
    fresh = OrganisationalUnit.objects.get(pk=parent.pk)
    unit: OrganisationalUnit = fresh.add_child(institution=parent.institution, **fields)
    record(actor, "unit.add", unit)
    return unit


@transaction.atomic
def edit_unit(unit: OrganisationalUnit, *, actor: Actor, changes: Mapping[str, Any]) -> OrganisationalUnit:
    """Rename or describe a unit. Closing one (`active`) is refused while cases are open there or below."""
    require(actor, Permission.INSTITUTION_EDIT_MASTER_DATA, unit.institution)
    if changes.get("active") is False and unit.active:
        _refuse_closing(unit)
        OrganisationalUnit.objects.filter(path__startswith=unit.path).update(active=False)
    _write(unit, changes)
    record(actor, "unit.edit", unit, fields=sorted(changes))
    return unit


def _refuse_closing(unit: OrganisationalUnit) -> None:
    if unit.is_root():
        raise NotPossible([Obstacle("top_unit", _("The institution's own unit cannot be closed."), "active")])
    below = OrganisationalUnit.objects.filter(path__startswith=unit.path, cases__state__in=OPEN_CASES)
    if below.exists():
        message = _("There are open cases here or below. Close them or hand them to another unit first.")
        raise NotPossible([Obstacle("open_cases", message, "active")])


@transaction.atomic
def move_unit(unit: OrganisationalUnit, parent: OrganisationalUnit, *, actor: Actor) -> OrganisationalUnit:
    """Move a unit with everything below it. Roles and cases go with it."""
    require(actor, Permission.INSTITUTION_EDIT_MASTER_DATA, unit.institution)
    if unit.is_root() or parent.institution_id != unit.institution_id or parent.path.startswith(unit.path):
        raise NotPossible([Obstacle("bad_parent", _("A unit cannot be moved there."), "parent")])
    if unit.get_parent().pk != parent.pk:
        unit.move(parent, "sorted-child")
        record(actor, "unit.move", unit, to=str(parent.pk))
    return OrganisationalUnit.objects.get(pk=unit.pk)


@transaction.atomic
def change_data_protection(
    profile: DataProtectionProfile, *, actor: Actor, changes: Mapping[str, Any]
) -> DataProtectionProfile:
    """Change what the institution has decided and documented (INV-1, INV-2)."""
    require(actor, Permission.DATAPROTECTION_EDIT, profile)
    saved = save_profile(profile, changes)
    record(actor, "dataprotection.change", saved, fields=sorted(changes))
    return saved


@transaction.atomic
def approve_data_protection(profile: DataProtectionProfile, *, actor: Actor) -> DataProtectionProfile:
    """Put the profile in force as it stands."""
    require(actor, Permission.DATAPROTECTION_EDIT, profile)
    approved = approve_profile(profile, by=actor.user)
    record(actor, "dataprotection.approve", approved)
    return approved


@transaction.atomic
def publish_text(
    institution: Institution,
    kind: LegalTextKind,
    language: str,
    body: str,
    *,
    actor: Actor,
    data_class: DataClass = DataClass.ORDINARY,
) -> LegalText:
    """A new version of a notice or consent text, in force at once."""
    require(actor, Permission.DATAPROTECTION_EDIT, institution)
    if not body.strip():
        raise NotPossible([Obstacle("empty", _("Write the text."), "body")])
    text = publish_legal_text(institution, kind, language, body, by=actor.user, data_class=data_class)
    record(actor, "text.publish", text, kind=kind, language=language, version=text.version)
    return text
