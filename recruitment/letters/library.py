"""The library: shipped letters, an institution's and a unit's own versions, proposed by some and put in force by others."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import institutions_of, may, require
from recruitment.access.permissions import Permission
from recruitment.audit.record import record
from recruitment.errors import NotPossible, Obstacle
from recruitment.letters.looking import Words, faults_of, look_at, tidy
from recruitment.mail.actions import template_in_force
from recruitment.mail.models import MessageTemplate
from recruitment.organisation.models import Institution, OrganisationalUnit
from recruitment.people.actor import Actor
from recruitment.rows import Language


@dataclass(frozen=True)
class Place:
    """One letter of one institution, or of one of its units."""

    institution: Institution
    code: str
    unit: OrganisationalUnit | None = None

    def in_force(self, language: str) -> MessageTemplate | None:
        """The version that is sent in this language; None where the language has none of its own."""
        try:
            found = template_in_force(self.institution, self.code, language, unit=self.unit)
        except MessageTemplate.DoesNotExist:
            return None
        return found if found.language == language else None

    def above(self, language: str) -> MessageTemplate | None:
        """What is in force without the unit's own version: its paragraphs are locked for the unit."""
        if self.unit is None:
            return None
        return Place(self.institution, self.code, self.unit.get_parent()).in_force(language)

    def own_versions(self) -> QuerySet[MessageTemplate]:
        """Every version of this very place, newest first."""
        rows = MessageTemplate.objects.filter(institution=self.institution, unit=self.unit, code=self.code)
        return rows.select_related("created_by", "approved_by").order_by("language", "-version")


def editable_units(actor: Actor, institution: Institution) -> QuerySet[OrganisationalUnit]:
    """The units whose letters the person may write or propose."""
    units = OrganisationalUnit.objects.filter(institution=institution, active=True).order_by("path")
    allowed = [unit.pk for unit in units if may(actor, Permission.MESSAGE_TEMPLATE_PROPOSE, unit)]
    return units.filter(pk__in=allowed)


@transaction.atomic
def save_version(
    place: Place, *, texts: Mapping[str, Words], message_class: str, actor: Actor
) -> list[MessageTemplate]:
    """A new version of each language that differs from what is in force; in force at once, or a proposal.

    Administrators and communications put words in force, and administrators alone a class other than the one in force;
    what anybody else writes waits for approval. Words that tell too much, and a unit's change of a locked paragraph, make
    the letter confidential. Raises PermissionDenied, or ValidationError with the faults of each language.
    """
    _require_place(place, actor)
    faults = {language: found for language, words in texts.items() if (found := faults_of(words))}
    if faults:
        raise ValidationError({f"body_{language}": found for language, found in faults.items()})
    made = []
    for language, words in texts.items():
        looked = look_at(words, language=language, template_class=message_class, above=place.above(language))
        if looked.faults:
            raise ValidationError({f"body_{language}": looked.faults})
        current = place.in_force(language)
        if current is None or not _is_same(current, words, looked.message_class):
            made.append(_new_version(place, language, words, looked.message_class, actor))
    return made


def _require_place(place: Place, actor: Actor) -> None:
    if actor.is_house:
        return
    if place.unit is None:
        if place.institution.pk not in institutions_of(actor, Permission.MESSAGE_TEMPLATE_PROPOSE):
            raise PermissionDenied
        return
    if place.unit.institution_id != place.institution.pk:
        raise PermissionDenied
    require(actor, Permission.MESSAGE_TEMPLATE_PROPOSE, place.unit)


def _is_same(current: MessageTemplate, words: Words, message_class: str) -> bool:
    return (current.subject, tidy(current.body), current.message_class) == (
        words.subject.strip(), tidy(words.body), message_class,
    )  # fmt: skip


def _new_version(place: Place, language: str, words: Words, message_class: str, actor: Actor) -> MessageTemplate:
    current = place.in_force(language)
    last = place.own_versions().filter(language=language).aggregate(last=Max("version"))["last"] or 0
    changes = current is not None and current.message_class != message_class
    in_force = may_put_in_force(actor, place.institution, changes_class=changes)
    made = MessageTemplate.objects.create(
        institution=place.institution, unit=place.unit, code=place.code, language=language,
        name=current.name if current else place.code, subject=words.subject.strip(), body=tidy(words.body),
        message_class=message_class, active=in_force, version=last + 1, created_by=actor.user, created_at=clock.now(),
        approved_by=actor.user if in_force else None, approved_at=clock.now() if in_force else None,
    )  # fmt: skip
    record(actor, "template.save" if in_force else "template.propose", made, code=place.code, language=language)
    return made


def may_put_in_force(actor: Actor, institution: Institution, *, changes_class: bool) -> bool:
    """Whether the person's word is enough."""
    right = Permission.MESSAGE_TEMPLATE_APPROVE_CLASS if changes_class else Permission.MESSAGE_TEMPLATE_EDIT
    return actor.is_house or institution.pk in institutions_of(actor, right)


def changes_class(template: MessageTemplate) -> bool:
    """Whether the proposal would have another class than what is in force."""
    assert template.institution is not None  # noqa: S101 - shipped ones are never proposed
    current = Place(template.institution, template.code, template.unit).in_force(template.language)
    return current is not None and current.message_class != template.message_class


def proposals(actor: Actor) -> QuerySet[MessageTemplate]:
    """What waits for a yes or no of this person, oldest first."""
    rows = MessageTemplate.objects.filter(active=False, approved_at__isnull=True, refused_at__isnull=True)
    places = institutions_of(actor, Permission.MESSAGE_TEMPLATE_EDIT)
    return (
        rows.filter(institution__in=places).select_related("institution", "unit", "created_by").order_by("created_at")
    )


@transaction.atomic
def decide(template: MessageTemplate, *, approve: bool, actor: Actor, reason: str = "") -> MessageTemplate:
    """Put a proposal in force, or refuse it with the reason. A change of class is an administrator's to approve."""
    locked = (
        MessageTemplate.objects.select_for_update(of=("self",))
        .select_related("institution", "unit")
        .get(pk=template.pk)
    )
    if locked.institution is None or not may_put_in_force(actor, locked.institution, changes_class=False):
        raise PermissionDenied
    if not locked.is_proposal:
        raise NotPossible([Obstacle("decided", _("Somebody has decided on it already."))])
    if approve and not may_put_in_force(actor, locked.institution, changes_class=changes_class(locked)):
        raise NotPossible([Obstacle("class", _("It changes the class, so an administrator must approve it."))])
    if not approve and not reason.strip():
        raise NotPossible([Obstacle("reason_missing", _("Write why."), "refusal")])
    now = clock.now()
    if approve:
        locked.active, locked.approved_at, locked.approved_by = True, now, actor.user
    else:
        locked.refused_at, locked.refusal, locked.approved_by = now, reason.strip()[:300], actor.user
    locked.save()
    record(actor, "template.approve" if approve else "template.refuse", locked, code=locked.code)
    return locked


@transaction.atomic
def use_shipped_again(place: Place, *, actor: Actor) -> int:
    """End the own versions of this place; what stands above is in force again. Returns how many ended."""
    if not may_put_in_force(actor, place.institution, changes_class=False):
        raise PermissionDenied
    ended = place.own_versions().filter(active=True).update(active=False)
    record(actor, "template.end", place.institution, code=place.code)
    return ended


def rows_of(institution: Institution) -> list[dict[str, Any]]:
    """Every letter with what is in force for the whole institution in each language, and units with their own; two queries."""
    found = MessageTemplate.objects.filter(Q(institution=institution) | Q(institution__isnull=True)).select_related(
        "unit"
    )
    by_code: dict[str, dict[str, Any]] = {}
    for template in found.order_by("code", "institution", "version").defer("body"):
        row = by_code.setdefault(
            template.code, {"code": template.code, "name": template.name, "units": {}, "waiting": 0}
        )
        if template.is_proposal:
            row["waiting"] += 1
        elif template.active and template.unit is not None:
            row["units"][template.unit_id] = template.unit
        elif template.active:
            rank = (template.institution_id is not None, template.version)
            if rank > row.get(f"rank_{template.language}", (False, -1)):
                row[template.language], row[f"rank_{template.language}"] = template, rank
                row["name"] = template.name if template.language == Language.DANISH else row["name"]
    return sorted(by_code.values(), key=lambda row: str(row["name"]).lower())
