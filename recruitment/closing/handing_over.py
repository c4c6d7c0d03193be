"""The hired person as data for HR and pay systems: made with the hire, fetched by a person, acknowledged by the receiver."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.applications.contents import PERSON
from recruitment.applications.lifecycle import HIRE
from recruitment.applications.models import Application
from recruitment.audit.record import record
from recruitment.closing.records import HandOver
from recruitment.decisions.models import HiringDecision, Offer
from recruitment.errors import NotPossible, Obstacle
from recruitment.events import StateChanged
from recruitment.people.actor import Actor

FORM = "opslag.hand-over/1"


def follow_hire(event: StateChanged) -> None:
    """Somebody has been hired: what is to be handed over is written down as it is now."""
    if isinstance(event.row, Application) and event.move == HIRE.name:
        HandOver.objects.create(application=event.row, content=content_of(event.row), made_at=clock.now())


def content_of(application: Application) -> dict[str, Any]:
    """Employer, post, person and terms. No CPR number: the receiving system asks the person for it (INV-17)."""
    case, person = application.case, application.candidate
    offer = Offer.objects.filter(application=application).order_by("-made_at").first()
    decision = HiringDecision.objects.filter(case=case, concluded_at__isnull=False).order_by("-version").first()
    category = case.position_category
    content = {
        "form": FORM, "application": application.reference,
        "employer": {"name": case.institution.name, "cvr": case.institution.cvr_number, "unit": str(case.unit)},
        "post": {
            "case_number": case.case_number, "title": case.title, "category": category.code if category else "",
            "agreements": [agreement.code for agreement in case.collective_agreements.all()],
            "weekly_hours": [case.weekly_hours_min, case.weekly_hours_max],
            "workplaces": [workplace.name for workplace in case.workplaces.all()],
            "manager": str(case.hiring_manager or ""),
        },
        "person": {name: getattr(person, name) for name in PERSON} | {"protected_address": person.protected_address},
        "start": decision.start_date if decision else None, "terms": offer.terms if offer else "",
        "accepted": offer.answered_at if offer else None,
    }  # fmt: skip
    ready: dict[str, Any] = json.loads(json.dumps(content, cls=DjangoJSONEncoder))
    return ready


@transaction.atomic
def fetch(hand_over: HandOver, *, actor: Actor) -> bytes:
    """The data as JSON, for those who see to hires; that it was fetched is noted."""
    require(actor, Permission.APPLICATION_CHANGE_STATE, hand_over.application)
    HandOver.objects.filter(pk=hand_over.pk, fetched_at=None).update(fetched_at=clock.now())
    record(actor, "HandOver.fetch", hand_over)
    return json.dumps(hand_over.content, ensure_ascii=False, indent=1).encode()


@transaction.atomic
def acknowledge(hand_over: HandOver, *, receiver: str, receipt: str, actor: Actor) -> HandOver:
    """The person stands in the other system, under this number. Raises NotPossible without both, or where it was said before."""
    require(actor, Permission.APPLICATION_CHANGE_STATE, hand_over.application)
    locked = HandOver.objects.select_for_update().get(pk=hand_over.pk)
    found = []
    if locked.acknowledged_at is not None:
        found.append(Obstacle("acknowledged", _("The receipt has been noted already.")))
    if not receiver.strip():
        found.append(Obstacle("receiver_missing", _("Say which system."), "receiver"))
    if not receipt.strip():
        found.append(Obstacle("receipt_missing", _("Say under which number the person stands there."), "receipt"))
    if found:
        raise NotPossible(found)
    locked.receiver, locked.receipt = receiver.strip()[:80], receipt.strip()[:80]
    locked.acknowledged_at, locked.acknowledged_by = clock.now(), actor.user
    locked.save()
    record(actor, "HandOver.acknowledge", locked, receiver=locked.receiver)
    return locked
