"""What came of a reference, shown to the hiring committee when somebody who takes references has shared it (C6)."""

from django.db import transaction
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import may, require
from recruitment.access.permissions import Permission
from recruitment.applications.models import Application
from recruitment.audit.record import record
from recruitment.consents.models import ConsentState
from recruitment.errors import NotPossible, Obstacle
from recruitment.people.actor import Actor
from recruitment.references.models import ReferenceCheck, ReferenceState
from recruitment.references.queries import checks_of

#: What counts against somebody is shared only with what they have said to it.
SHAREABLE = (ReferenceState.COMPLETED, ReferenceState.CLOSED)


def is_shareable(check: ReferenceCheck) -> bool:
    """The talk is over, and nothing of it waits for the applicant's answer."""
    return check.state in SHAREABLE and check.fact_id is not None


@transaction.atomic
def share(check: ReferenceCheck, *, actor: Actor, with_committee: bool) -> ReferenceCheck:
    """Show the committee the result in a few lines, or show it no longer. Notes, name and telephone stay where they are."""
    require(actor, Permission.REFERENCE_MANAGE, check)
    locked = ReferenceCheck.objects.select_for_update(of=("self",)).get(pk=check.pk)
    if with_committee and not is_shareable(locked):
        message = _(
            "A result is shared when the reference is over, and the applicant has been heard about what counts against them."
        )
        raise NotPossible([Obstacle("not_shareable", message)])
    if with_committee == (locked.shared_at is not None):
        return locked
    locked.shared_at, locked.shared_by = (clock.now(), actor.user) if with_committee else (None, None)
    locked.save(update_fields=["shared_at", "shared_by"])
    record(actor, "ReferenceCheck.share" if with_committee else "ReferenceCheck.unshare", locked)
    return locked


def shared_results(actor: Actor, application: Application) -> list[ReferenceCheck]:
    """Those the actor is shown beside the application; none of a consent that was taken back."""
    if not may(actor, Permission.REFERENCE_SEE_SHARED, application):
        return []
    shown = checks_of(application).filter(shared_at__isnull=False, state__in=SHAREABLE, fact__isnull=False)
    return list(shown.filter(consent__state=ConsentState.GIVEN).prefetch_related("fact__supplements_to"))
