"""Wishes for the media list: communications and HR ask, the administrator decides."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recruitment import clock
from recruitment.access.decide import institutions_of, visible
from recruitment.access.permissions import Permission
from recruitment.advertising.media_list import add_own_medium, list_medium
from recruitment.advertising.models import MediaListEntry, MediaRequest, MediaRequestState, Medium, MediumKind
from recruitment.audit.record import record
from recruitment.cases.models import RecruitmentCase
from recruitment.errors import NotPossible, Obstacle
from recruitment.lifecycle import Move, make
from recruitment.organisation.models import Institution
from recruitment.people.actor import Actor

APPROVE = Move(
    "approve",
    (MediaRequestState.ASKED,),
    to=MediaRequestState.APPROVED,
    label=gettext_lazy("Put on the list"),
    needs=Permission.MEDIALIST_EDIT,
)
DECLINE = Move(
    "decline",
    (MediaRequestState.ASKED,),
    to=MediaRequestState.DECLINED,
    label=gettext_lazy("Decline"),
    needs=Permission.MEDIALIST_EDIT,
    reason_required=True,
)


@transaction.atomic
def ask_for_medium(
    institution: Institution, *, actor: Actor, why: str, medium: Medium | None = None, name: str = "",
    kind: str = MediumKind.OTHER, cost: int | None = None,
) -> MediaRequest:  # fmt: skip
    """Ask for a known medium, or for one that nobody knows yet by its name and kind. Whoever plans media may ask."""
    if not _plans_media(actor, institution):
        raise PermissionDenied
    if medium is not None:
        name, kind = medium.name_da, medium.kind
    if not name.strip() or not why.strip():
        raise NotPossible([Obstacle("name_or_reason_missing", _("Write which medium, and why."))])
    same = MediaRequest.objects.filter(institution=institution, state=MediaRequestState.ASKED, name__iexact=name)
    if existing := same.first():
        return existing
    asked = MediaRequest.objects.create(
        institution=institution, medium=medium, name=name, kind=MediumKind(kind), cost=cost, why=why,
        asked_by=actor.user, asked_at=clock.now(),
    )  # fmt: skip
    record(actor, "medialist.ask", asked)
    return asked


def _plans_media(actor: Actor, institution: Institution) -> bool:
    """For the whole institution, a unit of it, or a case."""
    if actor.is_house or institution.pk in institutions_of(actor, Permission.PUBLICATION_MANAGE):
        return True
    cases = RecruitmentCase.objects.filter(institution=institution)
    return visible(actor, Permission.PUBLICATION_MANAGE, cases).exists()


@transaction.atomic
def approve_request(asked: MediaRequest, *, actor: Actor) -> MediaListEntry:
    """Put the medium on the list, last."""
    approved = make(APPROVE, asked, actor=actor)
    if approved.medium is not None:
        return list_medium(approved.institution, approved.medium, actor=actor)
    return add_own_medium(
        approved.institution, name=approved.name, name_en="", kind=approved.kind, cost=approved.cost, actor=actor
    )


def decline_request(asked: MediaRequest, *, actor: Actor, reason: str) -> MediaRequest:
    """Say no, with the reason that whoever asked can read."""
    return make(DECLINE, asked, actor=actor, reason=reason, answer=reason[:400])


def requests_to_decide(actor: Actor) -> QuerySet[MediaRequest]:
    """What waits for the administrator, oldest first."""
    waiting = MediaRequest.objects.filter(state=MediaRequestState.ASKED).select_related("institution", "asked_by")
    return visible(actor, Permission.MEDIALIST_EDIT, waiting).order_by("asked_at")
