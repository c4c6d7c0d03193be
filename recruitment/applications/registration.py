"""An application that came another way: registered by hand, with its true time and its originals."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.applications.applicant_list import keep_wish
from recruitment.applications.letters import write
from recruitment.applications.lifecycle import REGISTER, REGISTER_LATE, REVIEW
from recruitment.applications.models import Application, PriorityClaim, ReceiveChannel, Stage
from recruitment.applications.reference import new_reference
from recruitment.cases.models import CaseState
from recruitment.cases.profile import AdvertisementRound
from recruitment.documents.actions import receive
from recruitment.documents.models import DocumentKind, UploadedBy
from recruitment.errors import NotPossible, Obstacle
from recruitment.lifecycle import make
from recruitment.people.actor import Actor
from recruitment.people.models import Candidate

TELL_WITHIN = dt.timedelta(days=30)  # GDPR art. 14: the notice to somebody registered by hand


@transaction.atomic
def register_manual(
    round_: AdvertisementRound, *, actor: Actor, person: Mapping[str, str], channel: ReceiveChannel,
    received_at: dt.datetime, originals: Iterable[tuple[BinaryIO, str]], source_medium: Any = None,
    origin: str = "", priority: bool = False, discretion: bool = False,
) -> Application:  # fmt: skip
    """Register an application that came another way, with its true time and scanned originals (INV-21, 0.2).

    In time it joins the others; after the deadline it becomes LATE and is answered as such (0.3).
    """
    require(actor, Permission.APPLICATION_REGISTER_MANUAL, round_.case)
    files = list(originals)
    now = clock.now()
    problems = _why_not_register(round_, files, received_at, now)
    if problems:
        raise NotPossible(problems)
    candidate = Candidate.objects.create(**person)
    application = Application.objects.create(
        reference=new_reference(), candidate=candidate, case=round_.case, round=round_, channel=channel,
        registered_by=actor.user, source_medium=source_medium, applicant_origin=origin,
        notice_due_at=received_at + TELL_WITHIN, started_at=now, language=round_.case.language,
        form_version=round_.case.form.version,
    )  # fmt: skip
    for stream, filename in files:
        receive(
            stream, filename, application=application, kind=DocumentKind.ORIGINAL, actor=actor,
            uploaded_by=UploadedBy.STAFF,
        )  # fmt: skip
    if priority:
        PriorityClaim.objects.create(application=application)
    keep_wish(application, wished=discretion)
    return _place_registered(application, received_at, actor)


def _place_registered(application: Application, received_at: dt.datetime, actor: Actor) -> Application:
    deadline = application.round.application_deadline
    if deadline is not None and received_at >= deadline:
        late = make(REGISTER_LATE, application, actor=actor, received_at=received_at)
        write("LATE_NOT_CONSIDERED", late, key=f"late:{late.pk}")
        return late
    registered = make(REGISTER, application, actor=actor, received_at=received_at, stage_reached=Stage.RECEIVED)
    if application.case.state != CaseState.ADVERTISED:
        registered = make(REVIEW, registered, actor=Actor.house("registered after the deadline"))
    write("MANUAL_REGISTERED", registered, key=f"manual:{registered.pk}")
    return registered


def _why_not_register(
    round_: AdvertisementRound, files: list[Any], received_at: dt.datetime, now: dt.datetime
) -> list[Obstacle]:
    found = []
    if not files:
        found.append(Obstacle("originals", _("Add the scanned letter or the e-mail as it came."), "originals"))
    if received_at > now:
        found.append(Obstacle("future", _("The time of receipt lies in the future."), "received_at"))
    if round_.opens_at is None or received_at < round_.opens_at:
        found.append(Obstacle("before_opening", _("The ad was not out at that time."), "received_at"))
    if round_.case.state in {CaseState.CLOSED, CaseState.ANONYMISED}:
        found.append(Obstacle("closed", _("The case is closed.")))
    return found
