"""Frozen ads, media, publications and tracking (domain B5, C3)."""

import secrets
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruitment.audit.models import StateChange
from recruitment.cases.profile import AdvertisementRound
from recruitment.organisation.models import Institution
from recruitment.people.models import User
from recruitment.reach import WITHIN_ROUND, Reach
from recruitment.rows import Language, Row


class JobAdvertisement(Row):
    """The content of one published version in one language, as it stood: what feeds, GraphQL and receipts read.

    `blocks` is a list of {"id", "kind", "value"} in the vocabulary of `blocks.py`; `facts` the key facts as shown.
    """

    REACH: ClassVar[Reach] = WITHIN_ROUND

    round = models.ForeignKey(AdvertisementRound, on_delete=models.CASCADE, related_name="advertisements")
    language = models.CharField(max_length=2, choices=Language)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    headline = models.CharField(max_length=240)
    intro = models.TextField(blank=True)
    blocks = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    html = models.TextField()
    text = models.TextField()
    image_url = models.CharField(max_length=300, blank=True)
    url = models.CharField(max_length=300)
    page_id = models.PositiveBigIntegerField(null=True)
    layout_name = models.CharField(max_length=120, blank=True)
    picture_ids = ArrayField(models.PositiveBigIntegerField(), default=list, blank=True)
    published_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("round", "language", "-version")
        constraints = (
            models.UniqueConstraint(fields=["round", "language", "version"], name="ad_version_once"),
            models.UniqueConstraint(
                fields=["round", "language"], condition=Q(retired_at__isnull=True), name="one_live_ad_a_language"
            ),
        )
        indexes = (models.Index(fields=["published_at"]),)

    def __str__(self) -> str:
        return f"ad v{self.version} of round {self.round_id}"


class SearchEntry(models.Model):
    """What a live version is found by, see `search.py`. Apart from the version: lists need not load it."""

    advertisement = models.OneToOneField(
        JobAdvertisement, primary_key=True, on_delete=models.CASCADE, related_name="search_entry"
    )
    document = SearchVectorField()
    title_grams = ArrayField(models.TextField())

    class Meta:
        indexes = (GinIndex(fields=["document"]), GinIndex(fields=["title_grams"]))

    def __str__(self) -> str:
        return f"search entry of {self.advertisement_id}"


class MediumKind(models.TextChoices):
    """What sort of medium it is."""

    OWN_SITE = "OWN_SITE", _("own site")
    INTRANET = "INTRANET", _("intranet")
    PUBLIC_PORTAL = "PUBLIC_PORTAL", _("public portal")
    COMMERCIAL_PORTAL = "COMMERCIAL_PORTAL", _("commercial portal")
    PRINT = "PRINT", _("newspaper or magazine")
    SOCIAL = "SOCIAL", _("social media")
    FEED = "FEED", _("feed")
    OTHER = "OTHER", _("other")


OWN_KINDS = (MediumKind.OWN_SITE, MediumKind.INTRANET)
FED_ADAPTERS = ("indeed", "linkedin")  # portals that fetch a list from us


class Medium(Row):
    """A place where ads are shown. Shared by all institutions; prices in øre, excluding VAT."""

    code = models.CharField(max_length=30, unique=True)
    name_da = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=18, choices=MediumKind)
    adapter = models.CharField(max_length=30, blank=True)
    is_mandatory_public = models.BooleanField(default=False)
    derived_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="mirrors")
    default_cost = models.PositiveIntegerField(default=0)
    internal_only = models.BooleanField(default=False)
    institution = models.ForeignKey(
        Institution, null=True, blank=True, on_delete=models.CASCADE, related_name="own_media"
    )

    class Meta:
        ordering = ("name_da",)
        verbose_name = _("medium")
        verbose_name_plural = _("media")

    def __str__(self) -> str:
        return self.name_da

    @property
    def is_shown_by_us(self) -> bool:
        """Whether the ad is shown by our own pages or fetched from our feeds: then the clock alone decides."""
        return self.kind in {*OWN_KINDS, MediumKind.FEED} or self.adapter in FED_ADAPTERS


class MediaListEntry(Row):
    """A medium on an institution's list (guide p. 12). Only the administrator edits the list."""

    REACH: ClassVar[Reach] = Reach(institution="institution")

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="media_list")
    medium = models.ForeignKey(Medium, on_delete=models.PROTECT, related_name="listings")
    active = models.BooleanField(_("can be chosen"), default=True)
    default_selected = models.BooleanField(_("chosen for every ad"), default=False)
    default_cost = models.PositiveIntegerField(_("usual price in øre"), null=True, blank=True)
    head_start_days = models.PositiveSmallIntegerField(_("days before the others"), default=0)
    note = models.CharField(_("note"), max_length=240, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "medium__name_da")
        constraints = (models.UniqueConstraint(fields=["institution", "medium"], name="medium_listed_once"),)

    def __str__(self) -> str:
        return str(self.medium)


class MediaRequestState(models.TextChoices):
    """What became of a wish for a medium."""

    ASKED = "ASKED", _("waits for the administrator")
    APPROVED = "APPROVED", _("on the list")
    DECLINED = "DECLINED", _("declined")


class MediaRequest(Row):
    """A medium that communications or HR would like on the list; the administrator decides (guide p. 12)."""

    REACH: ClassVar[Reach] = Reach(institution="institution")

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="media_requests")
    medium = models.ForeignKey(Medium, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=18, choices=MediumKind)
    cost = models.PositiveIntegerField(_("usual price in øre"), null=True, blank=True)
    why = models.CharField(_("why"), max_length=400)
    state = models.CharField(max_length=8, choices=MediaRequestState, default=MediaRequestState.ASKED)
    asked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    answer = models.CharField(_("answer"), max_length=400, blank=True)

    class Meta:
        ordering = ("-asked_at",)
        indexes = (models.Index(fields=["institution", "state"]),)

    def __str__(self) -> str:
        return f"request for {self.name}"


class MediaRequestStateChange(StateChange):
    """The history of a request."""

    request = models.ForeignKey(MediaRequest, on_delete=models.CASCADE, related_name="history")


class PublicationState(models.TextChoices):
    """C3."""

    PLANNED = "PLANNED", _("planned")
    SCHEDULED = "SCHEDULED", _("scheduled")
    SUBMITTED = "SUBMITTED", _("sent to the medium")
    PENDING_APPROVAL = "PENDING_APPROVAL", _("waits for the medium")
    LIVE = "LIVE", _("live")
    EXPIRED = "EXPIRED", _("expired")
    WITHDRAWN = "WITHDRAWN", _("taken down")
    REJECTED_BY_MEDIUM = "REJECTED_BY_MEDIUM", _("refused by the medium")
    FAILED = "FAILED", _("failed")


class Publication(Row):
    """One ad on one medium in one period. Cost in øre; null is not yet typed, 0 is free (guide p. 25)."""

    REACH: ClassVar[Reach] = WITHIN_ROUND

    round = models.ForeignKey(AdvertisementRound, on_delete=models.CASCADE, related_name="publications")
    medium = models.ForeignKey(Medium, on_delete=models.PROTECT, related_name="publications")
    publish_from = models.DateTimeField(_("from"), null=True, blank=True)
    publish_until = models.DateTimeField(_("until"), null=True, blank=True)
    state = models.CharField(max_length=18, choices=PublicationState, default=PublicationState.PLANNED)
    cost_amount = models.PositiveIntegerField(_("cost in øre"), null=True, blank=True)
    cost_allocation_note = models.CharField(_("who pays"), max_length=160, blank=True)
    external_id = models.CharField(max_length=120, blank=True)
    external_url = models.URLField(_("address of the ad"), max_length=400, blank=True)
    live_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)
    sent_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("round", "medium__kind", "medium__name_da")
        constraints = (
            models.UniqueConstraint(fields=["round", "medium"], name="a_medium_once_a_round"),
            models.CheckConstraint(
                condition=Q(publish_from__isnull=True)
                | Q(publish_until__isnull=True)
                | Q(publish_from__lt=F("publish_until")),
                name="publication_period_goes_forward",
            ),
            models.CheckConstraint(
                condition=~Q(state="LIVE") | Q(live_at__isnull=False), name="a_live_publication_has_its_instant"
            ),
        )
        indexes = (
            models.Index(fields=["state", "publish_from"]),
            models.Index(fields=["publish_from"]),
            models.Index(fields=["publish_until"]),
        )

    def __str__(self) -> str:
        return f"publication {str(self.pk)[:8]}"


class PublicationStateChange(StateChange):
    """The history of a publication."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="history")


def tracking_token() -> str:
    """Ten characters that stand in an address."""
    return secrets.token_urlsafe(8)[:10]


class TrackingLink(Row):
    """An address that says where a visitor came from. No cookie, no visitor's address is kept."""

    publication = models.OneToOneField(Publication, on_delete=models.CASCADE, related_name="tracking_link")
    token = models.CharField(max_length=16, unique=True, default=tracking_token)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.token


class TrackingVisit(models.Model):
    """How many came by a link on a day."""

    link = models.ForeignKey(TrackingLink, on_delete=models.CASCADE, related_name="visits")
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["link", "day"], name="visits_counted_once_a_day"),)

    def __str__(self) -> str:
        return f"{self.day}: {self.count}"
