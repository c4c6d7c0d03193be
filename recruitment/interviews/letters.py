"""Letters about interviews: what they say, and the calendar entry that goes along. STANDARD class (domain F.6)."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from recruitment.applications.letters import values_for
from recruitment.applications.models import Application
from recruitment.cases.dates import day_and_time, instant
from recruitment.interviews.entries import CANCEL, REQUEST, for_applicant
from recruitment.interviews.models import KEEPS_ITS_TIME, InterviewInvitation, InterviewSlot, InvitationState
from recruitment.mail.actions import send
from recruitment.mail.models import Message
from recruitment.people.actor import Actor
from recruitment.people.models import User


def latest_values(application: Application) -> dict[str, str]:
    """The merge fields of the applicant's newest interview; nothing for who has not been called."""
    newest = (
        InterviewInvitation.objects.filter(application=application, state__in=KEEPS_ITS_TIME)
        .exclude(state=InvitationState.DRAFT)
        .select_related(
            "round", "slot__room", "application__case__institution", "application__candidate", "application__round"
        )
        .order_by("-round__number")
        .first()
    )
    return values_of(newest) if newest else {}


def link_of(invitation: InterviewInvitation) -> str:
    """Where the applicant answers."""
    language = invitation.application.language
    portal = settings.SITE_URL if language == "da" else f"{settings.SITE_URL}/{language}"
    return f"{portal}/mine/{invitation.application_id}/samtale/{invitation.pk}/"


def people_of(invitation: InterviewInvitation, slot: InterviewSlot | None = None) -> list[User]:
    """Whom the applicant meets: those engaged at the time, else the round's panel."""
    at = slot or invitation.slot
    engaged = User.objects.filter(engagements__slot=at) if at else User.objects.none()
    return list(engaged.order_by("first_name", "last_name")) or list(
        invitation.round.panel.order_by("first_name", "last_name")
    )


def panel_names(people: list[User]) -> str:
    """As in “Anders Høgsbro (Kontorchef), Lise Ørum og Farid Navabi”."""
    names = [f"{user} ({user.title})" if user.title else str(user) for user in people]
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def place_of(invitation: InterviewInvitation, slot: InterviewSlot | None = None) -> str:
    """The room with the way to it, else the round's place, else the video link."""
    round_, at = invitation.round, slot or invitation.slot
    room = at.room if at else None
    found = ", ".join(part for part in (room.name, room.directions or round_.place) if part) if room else round_.place
    if round_.video_link and not room:
        return ", ".join(part for part in (found or _("by video"), round_.video_link) if part)
    return found or _("we will tell you where")


def values_of(invitation: InterviewInvitation, slot: InterviewSlot | None = None) -> dict[str, str]:
    """The merge fields of an invitation, in the applicant's language."""
    application, at = invitation.application, slot or invitation.slot
    with override(application.language):
        due = invitation.answer_due_at
        return {
            **values_for(application),
            "interview_date": instant(at.starts_at) if at else "",
            "interview_place": place_of(invitation, at),
            "interview_minutes": str(at.minutes if at else invitation.round.minutes),
            "interview_programme": invitation.round.programme.strip(),
            "interview_bring": invitation.round.bring.strip(),
            "panel_names": panel_names(people_of(invitation, at)),
            "answer_by": day_and_time(due) if due and invitation.waits_for_answer else "",
            "slot_link": link_of(invitation),
        }


def write(
    code: str, invitation: InterviewInvitation, *, actor: Actor | None = None, slot: InterviewSlot | None = None
) -> Message | None:
    """Send the letter, once for each version of the invitation; with the entry for the applicant's calendar."""
    application = invitation.application
    institution = application.case.institution
    called_off = code == "INTERVIEW_CANCELLED"
    with override(application.language):
        entry = for_applicant(
            invitation, link=link_of(invitation), method=CANCEL if called_off else REQUEST, slot=slot,
            sender=institution.reply_to_email or institution.support_email or institution.sender_email,
        )  # fmt: skip
    return send(
        code, to=application.candidate, institution=institution, values=values_of(invitation, slot),
        key=f"{code.lower()}:{invitation.pk}:{invitation.version}", language=application.language, about=application,
        actor=actor, calendar=entry.decode(),
    )  # fmt: skip


def invitation_letter(invitation: InterviewInvitation) -> str:
    """The first round's letter, or the one that thanks for the first."""
    return "INTERVIEW_INVITE_1" if invitation.round.number == 1 else "INTERVIEW_INVITE_2"
