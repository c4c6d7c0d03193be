"""What colleagues are told by mail: that they may sign in, and that a case waits for them (STAFF_* of domain F.6)."""

from django.conf import settings

from recruitment import clock
from recruitment.access.actions import SeatGiven, UserInvited
from recruitment.mail.actions import send_to_colleague
from recruitment.organisation.models import Institution
from recruitment.people.actor import Actor
from recruitment.people.models import User

FIRST_SIGN_IN = "/konto/password/reset/"  # asks for the address and mails a link: no secret stands in a stored letter


def welcome(event: UserInvited) -> None:
    """Somebody was invited by a colleague: how to sign in for the first time. At most one letter a day."""
    if event.actor.is_house:
        return
    values = _common(event.user, event.institution, event.actor)
    send_to_colleague(
        "STAFF_INVITED", to=event.user, institution=event.institution, actor=event.actor,
        values={**values, "portal_link": settings.SITE_URL + FIRST_SIGN_IN}, key=_daily("invited", event.user.pk, event.institution.pk),
    )  # fmt: skip


def tell_of_seat(event: SeatGiven) -> None:
    """Somebody got a seat on a case from a colleague."""
    member, case = event.member, event.member.case
    if event.actor.is_house or event.actor.user == member.user:
        return
    values = _common(member.user, case.institution, event.actor)
    case_facts = {
        "case_number": case.case_number,
        "job_title": case.title_en if member.user.language == "en" and case.title_en else case.title,
        "portal_link": f"{settings.SITE_URL}/admin/cases/{case.pk}/",
    }
    send_to_colleague(
        "STAFF_ACCESS_GIVEN", to=member.user, institution=case.institution, actor=event.actor,
        values={**values, **case_facts}, key=_daily("seat", member.pk),
    )  # fmt: skip


def _common(to: User, institution: Institution, actor: Actor) -> dict[str, str]:
    sender = actor.user
    return {
        "given_name": to.first_name or to.email,
        "institution": institution.name_en if to.language == "en" and institution.name_en else institution.name_da,
        "contact_name": str(sender) if sender else institution.name,
        "contact_phone": (sender.phone if sender else "") or institution.support_phone,
        "contact_email": sender.email if sender else institution.support_email,
    }


def _daily(what: str, *of: object) -> str:
    return ":".join([what, *map(str, of), clock.today().isoformat()])
