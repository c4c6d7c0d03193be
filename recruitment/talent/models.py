"""Pools and who is in them (domain B11)."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruitment.assessments.marks import CandidateIcon
from recruitment.audit.models import StateChange
from recruitment.consents.models import Consent
from recruitment.organisation.classification import Classification
from recruitment.organisation.models import Institution
from recruitment.people.models import Candidate, User
from recruitment.reach import OF_APPLICATION, Reach
from recruitment.rows import Row

USUAL_MONTHS, MOST_MONTHS = 12, 24


class TalentPool(Row):
    """One pool of an institution, for instance one a staff group. `months` is how long a yes holds."""

    REACH: ClassVar[Reach] = Reach(institution="institution", unit="institution__units__path")

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="talent_pools")
    name = models.CharField(_("name"), max_length=80)
    staff_group = models.ForeignKey(
        Classification,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("staff group"),
    )
    purpose = models.TextField(_("what it is for"), max_length=400)
    months = models.PositiveSmallIntegerField(
        _("months a yes holds"), default=USUAL_MONTHS,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MONTHS)],
    )  # fmt: skip
    closed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = (Lower("name"),)
        constraints = (
            models.UniqueConstraint("institution", Lower("name"), name="a_pool_name_once_an_institution"),
            models.CheckConstraint(condition=Q(months__gte=1) & Q(months__lte=MOST_MONTHS), name="a_yes_has_an_end"),
            models.CheckConstraint(condition=~Q(purpose=""), name="a_pool_says_what_it_is_for"),
        )

    def __str__(self) -> str:
        return self.name


class MembershipState(models.TextChoices):
    """C9. Who leaves, is removed, or lets the time run out is deleted: there is no state for it."""

    INVITED = "INVITED", _("asked to join")
    ACTIVE = "ACTIVE", _("in the pool")
    EXPIRING = "EXPIRING", _("about to run out")


class TalentPoolMembership(Row):
    """A candidate in a pool. In it only with both consents (GRD-26); the database holds that too, to the consents' own state."""

    REACH: ClassVar[Reach] = Reach(
        institution="pool__institution", unit="pool__institution__units__path", owner="candidate__user"
    )

    pool = models.ForeignKey(TalentPool, on_delete=models.CASCADE, related_name="memberships")
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="pool_memberships")
    application = models.ForeignKey(
        "recruitment.Application", null=True, blank=True, on_delete=models.SET_NULL, related_name="pool_memberships"
    )
    state = models.CharField(max_length=8, choices=MembershipState, default=MembershipState.INVITED)
    storing = models.ForeignKey(Consent, null=True, blank=True, on_delete=models.RESTRICT, related_name="+")
    contact = models.ForeignKey(Consent, null=True, blank=True, on_delete=models.RESTRICT, related_name="+")
    icons = models.ManyToManyField(CandidateIcon, blank=True, related_name="+")
    note = models.TextField(_("note"), blank=True, max_length=1000)
    invited_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    joined_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("invited_at", "id")
        constraints = (
            models.UniqueConstraint(fields=["pool", "candidate"], name="a_candidate_once_a_pool"),
            models.CheckConstraint(
                condition=Q(state="INVITED")
                | Q(storing__isnull=False, contact__isnull=False, joined_at__isnull=False, expires_at__isnull=False),
                name="in_a_pool_only_with_both_consents",
            ),
        )
        indexes = (models.Index(fields=["expires_at"]),)

    def __str__(self) -> str:
        return f"membership {str(self.pk)[:8]}"


class PoolProposal(Row):
    """The hiring manager thinks of somebody for a pool; HR asks them, or says why not (D2)."""

    REACH: ClassVar[Reach] = OF_APPLICATION

    application = models.ForeignKey("recruitment.Application", on_delete=models.CASCADE, related_name="pool_proposals")
    pool = models.ForeignKey(TalentPool, on_delete=models.CASCADE, related_name="proposals")
    note = models.TextField(_("note"), blank=True, max_length=1000)
    proposed_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    is_taken_up = models.BooleanField(null=True)
    reason = models.CharField(_("why not"), max_length=400, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("proposed_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["application", "pool"], condition=Q(decided_at=None), name="one_open_proposal_a_pool"
            ),
            models.CheckConstraint(
                condition=Q(is_taken_up=None, decided_at=None)
                | Q(is_taken_up=True, decided_at__isnull=False)
                | (Q(is_taken_up=False, decided_at__isnull=False) & ~Q(reason="")),
                name="a_proposal_is_declined_with_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"proposal {str(self.pk)[:8]}"


class MembershipStateChange(StateChange):
    """The history of a membership, for as long as there is one."""

    membership = models.ForeignKey(TalentPoolMembership, on_delete=models.CASCADE, related_name="history")
