"""The short letter that confirms a call: to one applicant, at once, without the list of everybody (guide p. 19)."""

from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from recruitment.access.decide import require, visible
from recruitment.access.permissions import Permission
from recruitment.applications.models import Application, ApplicationState
from recruitment.cases.queries import ENDED
from recruitment.decisions import answers
from recruitment.decisions.answers import CallPurpose, PhoneLog
from recruitment.decisions.letters import Merging
from recruitment.decisions.sorting import Planned, sort_answers
from recruitment.errors import NotPossible, Obstacle
from recruitment.interviews.models import InterviewInvitation, InvitationState
from recruitment.mail.actions import send
from recruitment.mail.models import Message
from recruitment.people.actor import Actor


def letter_owed(application: Application) -> Planned | None:
    """The short letter to somebody who was interviewed and has been rejected on the telephone; None where none is owed."""
    if application.state != ApplicationState.REJECTED:
        return None
    planned = sort_answers(application.case, with_interviewed=True, only=application.pk).planned
    return next((each for each in planned if each.code == answers.SHORT), None)


@transaction.atomic
def send_short_letter(application: Application, *, actor: Actor) -> Message | None:
    """Write it now; pressed twice it goes once. Somebody without an address gets it on paper. Raises NotPossible where none is owed."""
    require(actor, Permission.REJECT, application)
    locked = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    planned = letter_owed(locked)
    if planned is None:
        message = _("No short letter is owed: it confirms a call to somebody who was interviewed, and goes once.")
        raise NotPossible([Obstacle("no_short_letter", message)])
    log: Any = PhoneLog.objects.filter(application=locked, purpose=CallPurpose.REJECTION).order_by("logged_at").last()
    return send(
        planned.code, to=locked.candidate, institution=locked.case.institution, values=Merging(locked.case).values(planned),
        key=f"after-call:{log.pk}", language=locked.language, about=locked, actor=actor, on_paper=True,
    )  # fmt: skip


def short_letters_to_send(actor: Actor) -> QuerySet[Application]:
    """Who was told on the telephone and waits for the letter that confirms it, the oldest call first."""
    held = InterviewInvitation.objects.filter(application=OuterRef("pk"), state=InvitationState.HELD)
    letters = Message.objects.filter(application=OuterRef("pk"), code__in=answers.REJECTIONS)
    called = PhoneLog.objects.filter(application=OuterRef("pk"), purpose=CallPurpose.REJECTION)
    rows = Application.objects.filter(Exists(called), Exists(held), ~Exists(letters), state=ApplicationState.REJECTED)
    found = visible(actor, Permission.REJECT, rows.exclude(case__state__in=ENDED))
    return found.select_related("candidate", "case").order_by("answer_delivered_at", "pk")
