"""Asking a colleague, saying something, answering, calling back. Every deed is by somebody who holds the right to it (D2)."""

import datetime as dt

from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import may, require
from recruitment.access.permissions import Permission
from recruitment.advertising.content import AdContent
from recruitment.advertising.reviews.letters import ask, tell_writer
from recruitment.advertising.reviews.lifecycle import APPROVE, ASK_FOR_CHANGES, CALL_BACK
from recruitment.advertising.reviews.models import AdComment, AdReview, ReviewState
from recruitment.audit.record import record
from recruitment.cases.models import RecruitmentCase
from recruitment.errors import NotPossible, Obstacle, StaleRow
from recruitment.lifecycle import make
from recruitment.people.actor import Actor
from recruitment.people.models import User

OPEN_FOR = dt.timedelta(days=14)
LONGEST = 2000
SALT = "advertising.review"


def token_of(review: AdReview) -> str:
    """The signed number in the link. It opens nothing by itself: the named person signs in, and the row decides."""
    return signing.Signer(salt=SALT).sign(review.pk.hex)


def review_behind(token: str, actor: Actor) -> AdReview:
    """The request that a link names.

    Raises AdReview.DoesNotExist for a broken, ended or revoked link, PermissionDenied for anybody but the person it was
    sent to, or once they have lost the right to speak about the ad.
    """
    try:
        key = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature as forged:
        raise AdReview.DoesNotExist from forged
    found = AdReview.objects.select_related("case__institution", "asked_by", "asked_of")
    review = found.exclude(state=ReviewState.REVOKED).get(pk=key, expires_at__gt=clock.now())
    if actor.user is None or actor.user.pk != review.asked_of_id:
        raise PermissionDenied
    require(actor, Permission.AD_PROPOSE, review)
    return review


@transaction.atomic
def ask_colleague(
    case: RecruitmentCase, *, page_id: int, language: str, of: User, note: str = "", actor: Actor
) -> AdReview:
    """Send a colleague the link. Raises NotPossible for somebody who has no say about the ad."""
    require(actor, Permission.AD_EDIT, case)
    if not may(Actor.person(of), Permission.AD_PROPOSE, case):
        told = _("%s has no right to approve this ad. Give them a seat on the case first.") % of
        raise NotPossible([Obstacle("no_say", told, "review.of")])
    review = AdReview.objects.create(
        case=case, page_id=page_id, language=language, asked_of=of, asked_by=actor.user, note=note[:600],
        asked_at=clock.now(), expires_at=clock.now() + OPEN_FOR,
    )  # fmt: skip
    record(actor, "ad_review.ask", review, of=of.pk)
    ask(review, token_of(review), actor=actor)
    return review


@transaction.atomic
def comment(review: AdReview, text: str, *, block: str = "", heading: str = "", actor: Actor) -> AdComment:
    """Say something about a block or the whole. Raises ValidationError for nothing, or too much."""
    _is_theirs(review, actor)
    said = text.strip()
    if not said:
        raise ValidationError({"text": _("Write what you want to say.")}, code="required")
    if len(said) > LONGEST:
        raise ValidationError({"text": _("At most %d letters.") % LONGEST}, code="too_long")
    kept = AdComment.objects.create(
        review=review, block=block, heading=heading[:240], text=said, by=actor.user, at=clock.now()
    )
    record(actor, "ad_review.comment", review, comment=str(kept.pk))
    return kept


@transaction.atomic
def approve(review: AdReview, content: AdContent, *, seen: str, actor: Actor) -> AdReview:
    """Approve the words that were shown. Raises StaleRow where they are others by now."""
    _is_theirs(review, actor)
    if seen != content.digest:
        raise StaleRow(_("The ad has been changed since you opened it. Look at it once more."), code="stale")
    answered = make(APPROVE, review, actor=actor, answered_at=clock.now(), approved_digest=content.digest)
    tell_writer(answered, actor=actor)
    return answered


@transaction.atomic
def ask_for_changes(review: AdReview, text: str, *, actor: Actor) -> AdReview:
    """Say what must be changed before it can go out."""
    _is_theirs(review, actor)
    comment(review, text, actor=actor)
    answered = make(
        ASK_FOR_CHANGES, review, actor=actor, reason=text.strip(), answered_at=clock.now(), approved_digest=""
    )
    tell_writer(answered, actor=actor)
    return answered


def call_back(review: AdReview, *, actor: Actor) -> AdReview:
    """The link opens nothing any more."""
    return make(CALL_BACK, review, actor=actor)


@transaction.atomic
def settle(comment_: AdComment, *, actor: Actor) -> AdComment:
    """The writer has done what a comment asks."""
    require(actor, Permission.AD_EDIT, comment_)
    comment_.settled_at, comment_.settled_by = clock.now(), actor.user
    comment_.save(update_fields=["settled_at", "settled_by"])
    record(actor, "ad_review.settle", comment_.review, comment=str(comment_.pk))
    return comment_


def _is_theirs(review: AdReview, actor: Actor) -> None:
    require(actor, Permission.AD_PROPOSE, review)
    if actor.user is None or actor.user.pk != review.asked_of_id:
        raise PermissionDenied
    if review.state == ReviewState.REVOKED or review.expires_at <= clock.now():
        raise NotPossible([Obstacle("expired", _("The link has ended. Ask for a new one."))])
