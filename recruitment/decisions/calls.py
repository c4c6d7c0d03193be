"""What was said on the telephone: written down with who and when, and never changed."""

import datetime as dt

from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.applications.models import Application
from recruitment.decisions.answers import CallPurpose, PhoneLog
from recruitment.errors import NotPossible, Obstacle
from recruitment.people.actor import Actor


def log_call(
    application: Application, purpose: CallPurpose, *, said: str, called_at: dt.datetime, actor: Actor, caller: str = ""
) -> PhoneLog:
    """Raises NotPossible without words, and for a call that has not been made yet. The right is asked by the deed it belongs to."""
    found = []
    if not said.strip():
        found.append(Obstacle("said_missing", _("Write what was said."), "call.said"))
    if called_at > clock.now():
        found.append(Obstacle("call_ahead", _("The call has not been made yet."), "call.called_at"))
    if found:
        raise NotPossible(found)
    return PhoneLog.objects.create(
        application=application, purpose=purpose, called_at=called_at, said=said.strip(), by_user=actor.user,
        caller=caller.strip() or str(actor.user or actor), logged_at=clock.now(),
    )  # fmt: skip
