"""The institution's meeting rooms: made, described, taken out of use and brought back."""

import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.audit.record import record
from recruitment.errors import NotPossible, Obstacle
from recruitment.interviews.models import MeetingRoom
from recruitment.organisation.models import Institution
from recruitment.people.actor import Actor


def rooms_to_choose(institution_id: uuid.UUID) -> QuerySet[MeetingRoom]:
    """Those in use."""
    return MeetingRoom.objects.filter(institution=institution_id, is_active=True)


def rooms_of(institution: Institution) -> QuerySet[MeetingRoom]:
    """All of them, those in use first, each with how many times lie ahead in it as `ahead`; one query."""
    ahead = Count("slots", filter=Q(slots__starts_at__gt=clock.now()) & ~Q(slots__state="BLOCKED"))
    return institution.meeting_rooms.annotate(ahead=ahead).order_by("-is_active", "name")


@transaction.atomic
def save_room(
    institution: Institution, room: MeetingRoom | None, *, name: str, directions: str, seats: int | None, actor: Actor
) -> MeetingRoom:
    """A new room, or other words about one. Two rooms of a house never have the same name."""
    require(actor, Permission.INSTITUTION_EDIT_MASTER_DATA, institution)
    clean = " ".join(name.split())
    if not clean:
        raise ValidationError({"name": _("Write what the room is called.")}, code="no_name")
    others = MeetingRoom.objects.filter(institution=institution, name__iexact=clean)
    if (others.exclude(pk=room.pk) if room else others).exists():
        raise ValidationError({"name": _("There is a room of this name already.")}, code="name_taken")
    saved = room or MeetingRoom(institution=institution)
    saved.name, saved.directions, saved.seats = clean, directions.strip(), seats
    saved.save()
    record(actor, "MeetingRoom.save", institution, room=saved.pk)
    return saved


@transaction.atomic
def use_room(room: MeetingRoom, *, in_use: bool, actor: Actor) -> MeetingRoom:
    """Take it out of use, or bring it back. Interviews that are planned in it must be moved first."""
    require(actor, Permission.INSTITUTION_EDIT_MASTER_DATA, room.institution)
    locked = MeetingRoom.objects.select_for_update().get(pk=room.pk)
    if not in_use and locked.slots.filter(starts_at__gt=clock.now()).exclude(state="BLOCKED").exists():
        raise NotPossible([Obstacle("planned_in", _("Interviews are planned in it. Move them first."))])
    locked.is_active = in_use
    locked.save(update_fields=["is_active"])
    record(actor, "MeetingRoom.bring_back" if in_use else "MeetingRoom.retire", room.institution, room=locked.pk)
    return locked
