"""What became known of an applicant, and the hearing before it may count (domain B9, C9)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruitment.applications.models import Application
from recruitment.assessments.statements import Assessment
from recruitment.audit.models import StateChange
from recruitment.cases.models import RecruitmentCase
from recruitment.documents.models import Document
from recruitment.interviews.records import TestResult
from recruitment.mail.models import Message
from recruitment.people.models import User
from recruitment.reach import OF_APPLICATION, Reach
from recruitment.rows import Row


class FactSource(models.TextChoices):
    """How something became known."""

    PHONE = "PHONE", _("telephone")
    MEETING = "MEETING", _("conversation")
    EMAIL = "EMAIL", _("e-mail")
    WEB = "WEB", _("search on the web")
    REFERENCE = "REFERENCE", _("reference")
    OTHER = "OTHER", _("other")


class FactNote(Row):
    """One fact as it was received. Never changed and never removed: what must be added is a note that supplements it.

    What was found on the web has its address and the day it was found: the applicant must be told where we looked.
    """

    REACH: ClassVar[Reach] = Reach(institution="case__institution", unit="case__unit__path", case="case")

    case = models.ForeignKey(RecruitmentCase, on_delete=models.CASCADE, related_name="fact_notes")
    application = models.ForeignKey(
        Application, null=True, blank=True, on_delete=models.CASCADE, related_name="fact_notes"
    )
    supplements = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="supplements_to"
    )
    source = models.CharField(_("how it became known"), max_length=9, choices=FactSource)
    source_person = models.CharField(_("from whom"), max_length=160, blank=True)
    address = models.URLField(_("address on the web"), max_length=600, blank=True)
    received_on = models.DateField(_("day"))
    fact_text = models.TextField(_("what became known"))
    is_adverse = models.BooleanField(_("counts against the applicant"), default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("created_at",)
        constraints = (
            models.CheckConstraint(condition=~Q(fact_text=""), name="a_fact_has_words"),
            models.CheckConstraint(
                condition=~Q(source=FactSource.WEB) | ~Q(address=""), name="what_was_found_on_the_web_has_its_address"
            ),
            models.CheckConstraint(
                condition=Q(is_adverse=False) | Q(application__isnull=False),
                name="what_counts_against_is_about_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"fact {str(self.pk)[:8]}"


class NoHearing(Row):
    """That an adverse fact needs no hearing, and why: the applicant knows it already, or it will not count."""

    REACH: ClassVar[Reach] = Reach(
        institution="note__case__institution", unit="note__case__unit__path", case="note__case"
    )

    note = models.OneToOneField(FactNote, on_delete=models.CASCADE, related_name="no_hearing")
    reason = models.TextField(_("why no hearing is needed"))
    decided_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(reason=""), name="no_hearing_has_a_reason"),)

    def __str__(self) -> str:
        return f"no hearing on {self.note_id}"

    @property
    def application(self) -> Application | None:
        """Whom it is about."""
        return self.note.application


class HearingTrigger(models.TextChoices):
    """What calls for the hearing."""

    REFERENCE = "REFERENCE", _("a reference")
    WEB_SEARCH = "WEB_SEARCH", _("a search on the web")
    FACT_NOTE = "FACT_NOTE", _("a fact that became known")
    TEST = "TEST", _("a test")
    ASSESSMENT = "ASSESSMENT", _("an assessment")


class HearingState(models.TextChoices):
    """C9."""

    OPENED = "OPENED", _("being written")
    SENT = "SENT", _("with the applicant")
    RESPONDED = "RESPONDED", _("answered")
    DEADLINE_PASSED = "DEADLINE_PASSED", _("not answered in time")
    EVALUATED = "EVALUATED", _("evaluated")
    CLOSED = "CLOSED", _("closed")


#: The decision waits for a hearing in one of these states (GRD-12).
OPEN_STATES = (HearingState.OPENED, HearingState.SENT, HearingState.RESPONDED, HearingState.DEADLINE_PASSED)
#: The applicant has been shown the facts.
SHOWN_STATES = (
    HearingState.SENT, HearingState.RESPONDED, HearingState.DEADLINE_PASSED, HearingState.EVALUATED, HearingState.CLOSED,
)  # fmt: skip


class PartyHearing(Row):
    """The applicant is shown what counts against them, and may answer before anybody decides (forvaltningsloven § 19)."""

    REACH: ClassVar[Reach] = OF_APPLICATION

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="hearings")
    trigger = models.CharField(_("what it is about"), max_length=10, choices=HearingTrigger)
    notes = models.ManyToManyField(FactNote, blank=True, related_name="hearings")
    test_result = models.ForeignKey(
        TestResult, null=True, blank=True, on_delete=models.SET_NULL, related_name="hearings"
    )
    assessment = models.ForeignKey(
        Assessment, null=True, blank=True, on_delete=models.SET_NULL, related_name="hearings"
    )
    facts_text = models.TextField(_("what the applicant is told"))
    state = models.CharField(max_length=15, choices=HearingState, default=HearingState.OPENED)
    opened_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    deadline = models.DateField(_("answer by"), null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    letter = models.ForeignKey(Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    response_text = models.TextField(_("answer"), blank=True)
    responded_at = models.DateTimeField(null=True, blank=True)
    attachments = models.ManyToManyField(Document, blank=True, related_name="hearings")
    evaluation = models.TextField(_("what the answer changes"), blank=True)
    evaluated_at = models.DateTimeField(null=True, blank=True)
    evaluated_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("created_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | (Q(deadline__isnull=False) & ~Q(facts_text="")),
                name="a_hearing_that_was_sent_has_facts_and_a_date",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["SENT", "RESPONDED", "DEADLINE_PASSED", "EVALUATED"]) | Q(sent_at__isnull=False),
                name="nobody_is_heard_who_was_not_asked",
            ),
            models.CheckConstraint(
                condition=~Q(state=HearingState.EVALUATED) | ~Q(evaluation=""), name="an_evaluated_hearing_has_words"
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"hearing {str(self.pk)[:8]}"

    @property
    def is_open(self) -> bool:
        """Whether the decision waits for it."""
        return self.state in OPEN_STATES


class PartyHearingStateChange(StateChange):
    """The history of a hearing."""

    hearing = models.ForeignKey(PartyHearing, on_delete=models.CASCADE, related_name="history")
