"""Templates and messages (domain B11, C4)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruitment.audit.models import StateChange
from recruitment.documents.models import Document
from recruitment.organisation.models import Institution, OrganisationalUnit
from recruitment.people.models import Candidate, User
from recruitment.reach import Reach
from recruitment.rows import Language, Row


class MessageClass(models.TextChoices):
    """STANDARD may go by plain e-mail; the others are read after sign-in (guide p. 8)."""

    STANDARD = "STANDARD", _("standard")
    CONFIDENTIAL = "CONFIDENTIAL", _("confidential")
    SENSITIVE = "SENSITIVE", _("sensitive")


class MessageTemplate(Row):
    """One version of a letter in one language; shipped with the portal (no institution), an institution's or a unit's own.

    `active`: may be sent. A proposal is neither active nor decided on; what was refused says why.
    """

    REACH: ClassVar[Reach] = Reach(institution="institution", unit="unit__path")

    institution = models.ForeignKey(
        Institution, null=True, blank=True, on_delete=models.CASCADE, related_name="message_templates"
    )
    unit = models.ForeignKey(
        OrganisationalUnit, null=True, blank=True, on_delete=models.CASCADE, related_name="message_templates"
    )
    code = models.CharField(max_length=40)
    language = models.CharField(max_length=2, choices=Language)
    version = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=120)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    message_class = models.CharField(max_length=12, choices=MessageClass, default=MessageClass.STANDARD)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    approved_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    refusal = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["institution", "unit", "code", "language", "version"],
                name="message_template_version_once",
                nulls_distinct=False,
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} ({self.language}) v{self.version}"

    @property
    def is_proposal(self) -> bool:
        """Whether somebody must still say yes or no to it."""
        return not self.active and self.approved_at is None and self.refused_at is None


class Channel(models.TextChoices):
    """How a message reaches its reader."""

    EMAIL = "EMAIL", _("e-mail")
    SECURE = "SECURE", _("the secure inbox")
    LETTER = "LETTER", _("letter on paper")


class MessageState(models.TextChoices):
    """C4. SENT: our mail server took it. UNCERTAIN: it may have; repeated once with the same number."""

    DRAFT = "DRAFT", _("draft")
    QUEUED = "QUEUED", _("on its way")
    SENT = "SENT", _("sent")
    DELIVERED = "DELIVERED", _("delivered")
    BOUNCED = "BOUNCED", _("came back")
    FAILED = "FAILED", _("could not be sent")
    UNCERTAIN = "UNCERTAIN", _("perhaps sent")
    CANCELLED = "CANCELLED", _("cancelled")
    POSTED = "POSTED", _("in the secure inbox")
    NOTIFIED = "NOTIFIED", _("in the secure inbox, told of by mail")
    READ = "READ", _("read")
    RECEIVED = "RECEIVED", _("received")


class Direction(models.TextChoices):
    """From whom to whom."""

    OUTGOING = "OUTGOING", _("from us")
    INCOMING = "INCOMING", _("to us")


class Settled(models.TextChoices):
    """What a person did about a letter that did not get through, or about one that came."""

    AGAIN = "AGAIN", _("sent again")
    PAPER = "PAPER", _("sent on paper")
    PHONE = "PHONE", _("told by telephone")
    ARRIVED = "ARRIVED", _("it has arrived after all")
    SEEN = "SEEN", _("read and dealt with")


class Message(Row):
    """One letter to one recipient (Datatilsynet 2004). Kept as sent: words, template version and raw bytes.

    `announces` is the letter in the secure inbox that an e-mail says is there; `replaces` the one that did not get through.
    What comes to us has the direction INCOMING, `sender` and, in the secure inbox, the letter that it answers.
    """

    REACH: ClassVar[Reach] = Reach(
        institution="institution",
        unit="application__case__unit__path",
        case="application__case",
        owner="candidate__user",
    )

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="messages")
    application = models.ForeignKey(
        "recruitment.Application", null=True, blank=True, on_delete=models.CASCADE, related_name="messages"
    )
    candidate = models.ForeignKey(Candidate, null=True, blank=True, on_delete=models.CASCADE, related_name="messages")
    template = models.ForeignKey(MessageTemplate, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    announces = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="notices")
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replacements")
    in_reply_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="replies")
    direction = models.CharField(
        max_length=8, choices=Direction, default=Direction.OUTGOING, db_default=Direction.OUTGOING
    )
    sender = models.EmailField(blank=True, db_default="")
    attachments = models.ManyToManyField(Document, blank=True, related_name="messages")
    code = models.CharField(max_length=40)
    key = models.CharField(max_length=160, unique=True)
    recipient = models.EmailField(blank=True)
    language = models.CharField(max_length=2, choices=Language)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    message_class = models.CharField(max_length=12, choices=MessageClass)
    channel = models.CharField(max_length=8, choices=Channel)
    state = models.CharField(max_length=10, choices=MessageState, default=MessageState.QUEUED)
    message_id = models.CharField(max_length=120, unique=True)
    calendar = models.TextField(blank=True)  # an entry for the reader's calendar, sent along
    raw = models.BinaryField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    settled_how = models.CharField(max_length=8, choices=Settled, blank=True, db_default="")
    settled_note = models.TextField(blank=True, db_default="")
    sent_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("created_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(message_class="STANDARD") | ~Q(channel="EMAIL") | Q(direction="INCOMING"),
                name="only_standard_messages_go_by_plain_mail",
            ),
        )
        indexes = (
            models.Index(fields=["application", "created_at"]),
            models.Index(fields=["sent_at"], condition=Q(state="SENT"), name="letters_to_call_delivered"),
        )

    def __str__(self) -> str:
        return f"{self.code} {str(self.pk)[:8]}"

    @property
    def is_unread(self) -> bool:
        """Whether it lies in the secure inbox and its reader has not opened it."""
        return self.state in UNREAD


#: In the secure inbox, not opened yet.
UNREAD = (MessageState.POSTED, MessageState.NOTIFIED)


class MessageStateChange(StateChange):
    """The history of a letter in the secure inbox."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="history")
