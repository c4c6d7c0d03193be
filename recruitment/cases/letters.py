"""What colleagues are told by mail: that they may sign in, and that a case waits for them (STAFF_* of domain F.6)."""

import datetime as dt

from django.conf import settings
from django.utils import formats
from django.utils.translation import override

from recruitment import clock
from recruitment.access import entrances
from recruitment.access.actions import SeatGiven, UserInvited
from recruitment.access.entrances import may_be_entered
from recruitment.access.impartiality import ConflictDeclared
from recruitment.access.models import CaseMember, Entrance
from recruitment.mail.actions import send_to_colleague
from recruitment.mail.models import Message
from recruitment.organisation.models import Institution
from recruitment.people.actor import Actor
from recruitment.people.models import User

SEAT = "STAFF_ACCESS_GIVEN"
FIRST_SIGN_IN = "/konto/password/reset/"  # asks for the address and mails a link: no secret stands in a stored letter


def welcome(event: UserInvited) -> None:
    """Somebody was invited by a colleague: how to sign in for the first time. At most one letter a day."""
    if event.actor.is_house or event.to_case:
        return
    values = _common(event.user, event.institution, event.actor)
    send_to_colleague(
        "STAFF_INVITED", to=event.user, institution=event.institution, actor=event.actor,
        values={**values, "portal_link": settings.SITE_URL + FIRST_SIGN_IN}, key=_daily("invited", event.user.pk, event.institution.pk),
    )  # fmt: skip


def tell_of_seat(event: SeatGiven) -> None:
    """Somebody got a seat on a case from a colleague: the link opens the case for who uses the portal for cases only."""
    member, case = event.member, event.member.case
    if event.actor.is_house or event.actor.user == member.user:
        return
    values = _common(member.user, case.institution, event.actor)
    case_facts = {
        "case_number": case.case_number,
        "job_title": case.title_en if member.user.language == "en" and case.title_en else case.title,
        "portal_link": _way_in(member),
        "calendar_link": f"{settings.SITE_URL}/admin/cases/{case.pk}/dates.ics",
        "interview_date": _days(case.interview_dates, member.user.language),
    }
    send_to_colleague(
        SEAT, to=member.user, institution=case.institution, actor=event.actor,
        values={**values, **case_facts}, key=_daily("seat", member.pk),
    )  # fmt: skip


def _way_in(member: CaseMember) -> str:
    if may_be_entered(member):
        return f"{settings.SITE_URL}{entrances.bare_path(entrances.open_entrance(member))}"
    return f"{settings.SITE_URL}/admin/cases/{member.case_id}/"


def links_that_open(message: Message) -> dict[str, str]:
    """What the letter says as it is kept, and what it says as it leaves: the link opens a case, so it lies nowhere."""
    if message.code != SEAT:
        return {}
    keys = set(entrances.BARE.findall(message.text))
    rows = Entrance.objects.filter(pk__in=keys, address__iexact=message.recipient).select_related("member__user")
    return {entrances.bare_path(row): entrances.path_of(row) for row in rows}


def _days(days: list[dt.date], language: str) -> str:
    with override(language):
        return ", ".join(formats.date_format(day, "DATE_FORMAT") for day in days)


def tell_of_conflict(event: ConflictDeclared) -> None:
    """The one responsible in HR hears that there is something to decide; what it is stands on the case and in no mail."""
    case = event.declaration.case
    to = case.hr_responsible
    if to is None or to == event.declaration.user:
        return
    send_to_colleague(
        "STAFF_CONFLICT", to=to, institution=case.institution, actor=event.actor,
        values={
            **_common(to, case.institution, event.actor), "case_number": case.case_number, "job_title": case.title,
            "portal_link": f"{settings.SITE_URL}/admin/cases/{case.pk}/members/",
        },
        key=f"conflict:{event.declaration.pk}:{event.declaration.declared_at.isoformat()}",
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
