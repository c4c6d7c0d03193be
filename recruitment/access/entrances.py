"""The link in an invitation: it opens one case, once, for somebody who sits on cases and does nothing else here.

Whoever may do more (HR, administrators, communications, the operator) signs in by their own means: a mailbox is not enough
for what reaches beyond one case, nor for what another institution has entrusted to the person.
"""

from __future__ import annotations

import datetime as dt
import re

from django.core import signing
from django.db import transaction
from django.db.models import Q

from recruitment import clock
from recruitment.access.models import CaseMember, Entrance, RoleAssignment
from recruitment.access.roles import OCCASIONAL_ROLES
from recruitment.audit.record import record
from recruitment.people.actor import Actor
from recruitment.people.models import UserStatus

SALT = "access.entrance"
OPEN_FOR = dt.timedelta(days=14)
BARE = re.compile(r"/adgang/([0-9a-f]{32})/")


def may_be_entered(member: CaseMember) -> bool:
    """Whether the seat is in force and the account behind it has nothing but occasional seats at this one institution."""
    user, now = member.user, clock.now()
    if user.is_superuser or not user.is_active or user.status not in {UserStatus.INVITED, UserStatus.ACTIVE}:
        return False
    if RoleAssignment.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=now), user=user, revoked_at=None):
        return False
    in_force = Q(access_until__isnull=True) | Q(access_until__gt=now)
    seats = list(CaseMember.objects.filter(in_force, user=user).values_list("pk", "role", "case__institution"))
    return member.pk in {pk for pk, *_rest in seats} and all(
        role in OCCASIONAL_ROLES and institution == member.case.institution_id for _pk, role, institution in seats
    )


def open_entrance(member: CaseMember) -> Entrance:
    """One that is still open, else a new one."""
    now, address = clock.now(), member.user.email
    still = Entrance.objects.filter(member=member, address=address, used_at=None, expires_at__gt=now).first()
    return still or Entrance.objects.create(member=member, address=address, made_at=now, expires_at=now + OPEN_FOR)


def bare_path(entrance: Entrance) -> str:
    """The address without what opens it, as it stands in the letter that we keep."""
    return f"{_front(entrance)}/adgang/{entrance.pk.hex}/"


def path_of(entrance: Entrance) -> str:
    """The address that opens. It is written into the letter as that leaves, and nowhere else."""
    return f"{_front(entrance)}/adgang/{signing.Signer(salt=SALT).sign(entrance.pk.hex)}/"


def _front(entrance: Entrance) -> str:
    return "" if entrance.member.user.language == "da" else f"/{entrance.member.user.language}"


def entrance_behind(token: str, *, locked: bool = False) -> Entrance:
    """Raises Entrance.DoesNotExist for a link that is none, was used, has ended, or whose account may not be entered by it."""
    try:
        key = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        raise Entrance.DoesNotExist from None
    rows = Entrance.objects.select_related("member__user", "member__case__institution")
    if locked:
        rows = rows.select_for_update(of=("self",))
    found = rows.get(pk=key, used_at=None, expires_at__gt=clock.now())
    if found.address.lower() != found.member.user.email.lower() or not may_be_entered(found.member):
        raise Entrance.DoesNotExist
    return found


@transaction.atomic
def use_entrance(token: str) -> CaseMember:
    """Use the link up, and say whose it was. Of two who come at once one is let in. Raises as `entrance_behind`."""
    entrance = entrance_behind(token, locked=True)
    entrance.used_at = clock.now()
    entrance.save(update_fields=["used_at"])
    record(Actor.person(entrance.member.user), "case.enter_by_link", entrance.member)
    return entrance.member
