"""The institution's media list: what its HR may choose, and what it usually costs (guide p. 12)."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _

from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.advertising.models import MediaListEntry, Medium, MediumKind
from recruitment.audit.record import record
from recruitment.errors import NotPossible, Obstacle
from recruitment.organisation.models import Institution
from recruitment.people.actor import Actor

ENTRY_FIELDS = ("active", "default_selected", "default_cost", "head_start_days", "note", "position")


def media_not_listed(institution: Institution) -> QuerySet[Medium]:
    """Shared media and the institution's own that are not on its list; those that mirror another come with it."""
    own = Q(institution__isnull=True) | Q(institution=institution)
    return Medium.objects.filter(own, derived_from__isnull=True).exclude(listings__institution=institution)


@transaction.atomic
def list_medium(institution: Institution, medium: Medium, *, actor: Actor) -> MediaListEntry:
    """Put a medium on the list, last."""
    require(actor, Permission.MEDIALIST_EDIT, institution)
    last = institution.media_list.aggregate(last=Max("position"))["last"]
    entry, _made = MediaListEntry.objects.get_or_create(
        institution=institution, medium=medium, defaults={"position": 0 if last is None else last + 1}
    )
    record(actor, "medialist.add", entry, medium=medium.code)
    return entry


@transaction.atomic
def add_own_medium(
    institution: Institution, *, name: str, name_en: str, kind: str, cost: int | None, actor: Actor
) -> MediaListEntry:
    """A medium of the institution's own, put on its list. `cost` in øre."""
    require(actor, Permission.MEDIALIST_EDIT, institution)
    stem = slugify(f"{institution.slug[:12]}-{name}").upper()[:26] or "MEDIUM"
    code, number = stem, 1
    while Medium.objects.filter(code=code).exists():
        number += 1
        code = f"{stem}-{number}"
    medium = Medium.objects.create(
        code=code, name_da=name, name_en=name_en, kind=MediumKind(kind), default_cost=cost or 0, institution=institution
    )
    return list_medium(institution, medium, actor=actor)


@transaction.atomic
def change_entry(entry: MediaListEntry, *, actor: Actor, changes: Mapping[str, Any]) -> MediaListEntry:
    """Change one line of the list. `default_cost` in øre; null means the medium's own price."""
    require(actor, Permission.MEDIALIST_EDIT, entry)
    for name, value in changes.items():
        if name in ENTRY_FIELDS:
            setattr(entry, name, value)
    dropped = not (entry.active and entry.default_selected)
    if entry.medium.is_mandatory_public and dropped and not entry.note.strip():
        raise NotPossible(
            [Obstacle("note_missing", _("Write why this medium is not chosen for every ad."), "entry.note")]
        )
    entry.full_clean()
    entry.save()
    record(actor, "medialist.change", entry, fields=sorted(changes))
    return entry
