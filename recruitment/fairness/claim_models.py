"""What follows from a claim to preferential access: its history, and the negotiation with the job centre (C8)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruitment.applications.models import Application, PriorityClaim
from recruitment.audit.models import StateChange
from recruitment.documents.models import Document
from recruitment.people.models import User
from recruitment.reach import Reach
from recruitment.rows import Row


class PriorityClaimStateChange(StateChange):
    """The history of a claim."""

    claim = models.ForeignKey(PriorityClaim, on_delete=models.CASCADE, related_name="history")


class NegotiationForm(models.TextChoices):
    """How we have talked with the job centre."""

    PHONE = "PHONE", _("telephone")
    MAIL = "MAIL", _("in writing")
    MEETING = "MEETING", _("meeting")


class StatementWay(models.TextChoices):
    """How the statement left the house; never by plain mail."""

    PRINTED = "PRINTED", _("letter on paper")
    SECURE = "SECURE", _("our own secure mail")


class JobCentreNegotiation(Row):
    """The statement to the job centre, and what came of the talk; the post is not filled before its minutes are there."""

    REACH: ClassVar[Reach] = Reach(
        institution="claim__application__case__institution", unit="claim__application__case__unit__path",
        case="claim__application__case",
    )  # fmt: skip

    claim = models.OneToOneField(PriorityClaim, on_delete=models.CASCADE, related_name="negotiation")
    job_centre = models.CharField(_("job centre"), max_length=160, blank=True)
    municipality = models.CharField(_("municipality"), max_length=80, blank=True)
    is_neighbour = models.BooleanField(
        _("the neighbouring job centre, since the post is in the applicant's own"), default=False
    )
    statement_text = models.TextField(_("why somebody else is to have the post"), blank=True)
    answer_by = models.DateField(_("answer wanted by"), null=True, blank=True)
    letter = models.TextField(blank=True)  # as it left the house
    statement_sent_at = models.DateTimeField(null=True, blank=True)
    sent_way = models.CharField(max_length=8, choices=StatementWay, blank=True)
    negotiated_on = models.DateField(_("day of the talk"), null=True, blank=True)
    form = models.CharField(_("how"), max_length=8, choices=NegotiationForm, blank=True)
    outcome = models.TextField(_("what came of it"), blank=True)
    minutes_document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.RESTRICT, related_name="negotiations"
    )
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(statement_sent_at__isnull=True) | (~Q(statement_text="") & ~Q(job_centre="")),
                name="a_statement_that_was_sent_has_words_and_a_receiver",
            ),
            models.CheckConstraint(
                condition=Q(negotiated_on__isnull=True) | Q(statement_sent_at__isnull=False),
                name="nothing_is_negotiated_before_the_statement",
            ),
        )

    def __str__(self) -> str:
        return f"negotiation of {self.claim_id}"

    @property
    def application(self) -> Application:
        """Whose claim it is about."""
        return self.claim.application
