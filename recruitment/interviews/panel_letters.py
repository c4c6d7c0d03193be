"""What the panel is told when an interview moves or falls away: case number, time and room, never a name (B8)."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from recruitment.cases.dates import instant
from recruitment.interviews.letters import people_of
from recruitment.interviews.models import InterviewInvitation, InterviewSlot
from recruitment.mail.actions import send_to_colleague
from recruitment.people.actor import Actor
from recruitment.people.models import User


def tell_panel(
    invitation: InterviewInvitation, *, old: InterviewSlot | None, new: InterviewSlot | None, actor: Actor
) -> int:
    """A letter to everybody who sat at the old time or sits at the new one, but not to who moved it. Returns how many.

    Nobody is written to about a time that was not agreed with anybody: without an old time nothing has moved.
    """
    if old is None or old == new:
        return 0
    sat, sit = people_of(invitation, old), people_of(invitation, new) if new else []
    people = {user.pk: user for user in (*sat, *sit) if user.is_active and user != actor.user}
    for user in people.values():
        _write(invitation, user, old if user in sat else None, new if user in sit else None, actor)
    return len(people)


def _write(
    invitation: InterviewInvitation, user: User, old: InterviewSlot | None, new: InterviewSlot | None, actor: Actor
) -> None:
    case = invitation.round.case
    contact = case.hr_responsible
    with override(user.language):
        lines = [
            *([_("Off: %s") % _when(old)] if old else []),
            *([_("New: %s") % _when(new)] if new else []),
        ]
        values = {
            "given_name": user.first_name or user.email, "institution": case.institution.name, "case_number": case.case_number,
            "task_list": "\n".join(f"– {line}" for line in lines),
            "portal_link": f"{settings.SITE_URL}/admin/cases/{case.pk}/interviews/",
            "contact_name": str(contact) if contact else case.institution.name,
            "contact_phone": (contact.phone if contact else "") or case.institution.support_phone,
        }  # fmt: skip
    key = f"panel:{invitation.pk}:{invitation.version}:{user.pk}"
    send_to_colleague(
        "STAFF_INTERVIEW_CHANGED", to=user, institution=case.institution, values=values, key=key, actor=actor
    )


def _when(slot: InterviewSlot) -> str:
    return ", ".join(part for part in (instant(slot.starts_at), slot.room.name if slot.room else "") if part)
