"""People in pictures: until when they have agreed, and which live ads show them for longer."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import institutions_of, may, visible
from recruitment.access.permissions import Permission
from recruitment.advertising.models import JobAdvertisement
from recruitment.advertising.records import PictureConsent
from recruitment.audit.record import record
from recruitment.errors import Obstacle
from recruitment.organisation.models import Institution
from recruitment.people.actor import Actor

SOON = dt.timedelta(days=14)


@transaction.atomic
def note_consent(
    image_id: int, institution: Institution, *, people: str, given_on: dt.date | None, scope: str,
    expires_on: dt.date | None, actor: Actor,
) -> PictureConsent | None:  # fmt: skip
    """Keep what the people in a picture have agreed to; without people, that nobody can be recognised."""
    if institution.pk not in institutions_of(actor, Permission.AD_EDIT) and not may(
        actor, Permission.AD_EDIT, institution
    ):
        raise PermissionDenied
    if not people or given_on is None:
        for kept in PictureConsent.objects.filter(image_id=image_id):
            record(actor, "picture_consent.forget", kept, image=image_id)
            kept.delete()
        return None
    wanted = {"people": people, "given_on": given_on, "scope": scope, "expires_on": expires_on}
    consent, _made = PictureConsent.objects.update_or_create(
        image_id=image_id, defaults={**wanted, "institution": institution, "noted_by": actor.user}
    )
    record(actor, "picture_consent.note", consent, image=image_id)
    return consent


def consents_until(image_ids: Iterable[int]) -> dict[int, dt.date]:
    """The last day of consent, for those pictures that have one."""
    found = PictureConsent.objects.filter(image_id__in=list(image_ids), expires_on__isnull=False)
    return {consent.image_id: consent.expires_on for consent in found if consent.expires_on}


def expired_pictures(on: dt.date | None = None) -> QuerySet[PictureConsent]:
    """Consents whose last day has gone by."""
    return PictureConsent.objects.filter(expires_on__lt=on or clock.today())


def consent_has_ended(picture_ids: Collection[int]) -> list[Obstacle]:
    """What stops an ad from going out with these pictures."""
    if not expired_pictures().filter(image_id__in=picture_ids).exists():
        return []
    message = _("A person in one of the pictures has agreed to a day that is over: take another picture.")
    return [Obstacle("picture_consent", message, "page.body")]


def ads_with_ending_consent(actor: Actor) -> list[tuple[JobAdvertisement, PictureConsent]]:
    """Live ads in the actor's hands that show somebody whose consent has ended, or will within a fortnight."""
    ending = PictureConsent.objects.filter(expires_on__lt=clock.today() + SOON)
    consents = {consent.image_id: consent for consent in ending}
    if not consents:
        return []
    live = visible(actor, Permission.AD_EDIT, JobAdvertisement.objects.filter(retired_at__isnull=True))
    shown = live.filter(picture_ids__overlap=list(consents), round__closed_at__isnull=True)
    ads = shown.select_related("round__case").defer("html", "text", "blocks").order_by("published_at")
    return [
        (
            ad,
            min(
                (consents[key] for key in ad.picture_ids if key in consents), key=lambda c: c.expires_on or dt.date.max
            ),
        )
        for ad in ads
    ]
