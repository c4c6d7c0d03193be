"""Reads about requests to look at an ad."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import visible
from recruitment.access.permissions import Permission
from recruitment.advertising.content import AdContent
from recruitment.advertising.records import AdvertisingRules
from recruitment.advertising.reviews.models import AdComment, AdReview, ReviewState
from recruitment.cases.models import RecruitmentCase
from recruitment.errors import Obstacle
from recruitment.people.actor import Actor


def manager_has_not_approved(case: RecruitmentCase, content: AdContent) -> list[Obstacle]:
    """Where the institution wants it: the hiring manager has not approved these very words."""
    if not AdvertisingRules.objects.filter(institution=case.institution_id, manager_approves=True).exists():
        return []
    approved = AdReview.objects.filter(
        case=case, language=content.language, state=ReviewState.APPROVED, asked_of=case.hiring_manager_id
    )
    if approved.filter(approved_digest=content.digest).exists():
        return []
    message = _("The hiring manager has not approved these words: ask for it beside the editor.")
    return [Obstacle("manager_approval", message, "page.review")]


def reviews_of(page_id: int) -> QuerySet[AdReview]:
    """All requests about one page, the newest first."""
    return (
        AdReview.objects.filter(page_id=page_id).select_related("asked_of", "asked_by").prefetch_related("comments__by")
    )


def reviews_waiting_for(actor: Actor) -> QuerySet[AdReview]:
    """What the person has been asked to look at and may still answer, the soonest to end first."""
    asked = AdReview.objects.filter(asked_of=actor.user, state=ReviewState.WAITING, expires_at__gt=clock.now())
    return visible(actor, Permission.AD_PROPOSE, asked).select_related("case").order_by("expires_at")


def comments_to_settle(actor: Actor) -> QuerySet[AdComment]:
    """What colleagues have said about ads that the person asked about, the oldest first."""
    said = AdComment.objects.filter(review__asked_by=actor.user, settled_at__isnull=True)
    return visible(actor, Permission.AD_EDIT, said).select_related("review__case", "by").order_by("at")


def open_comments(page_id: int) -> QuerySet[AdComment]:
    """What colleagues have said and nobody has settled, the oldest first."""
    return AdComment.objects.filter(review__page_id=page_id, settled_at__isnull=True).select_related("by", "review")
