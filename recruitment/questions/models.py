"""Form, document requirements, questions and answers (domain B6)."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from recruitment.documents.models import DocumentKind
from recruitment.organisation.legal import LegalText
from recruitment.reach import OF_APPLICATION, Reach
from recruitment.rows import DataClass, Row


class Demand(models.TextChoices):
    """Whether a standard field is asked for."""

    HIDDEN = "HIDDEN", _("not asked")
    OPTIONAL = "OPTIONAL", _("may be given")
    REQUIRED = "REQUIRED", _("must be given")


class MotivationForm(models.TextChoices):
    """How the motivated application may be handed in."""

    TYPED_OR_UPLOADED = "TYPED_OR_UPLOADED", _("typed or uploaded")
    UPLOADED = "UPLOADED", _("uploaded")
    NOT_ASKED = "NOT_ASKED", _("not asked")


class ApplicationForm(Row):
    """What applicants to one case are asked. Locked when the round opens: later changes mend typing errors only (INV-19)."""

    REACH: ClassVar[Reach] = Reach(institution="case__institution", unit="case__unit__path", case="case")

    case = models.OneToOneField("recruitment.RecruitmentCase", on_delete=models.CASCADE, related_name="form")
    version = models.PositiveIntegerField(default=1)
    languages = ArrayField(models.CharField(max_length=2), default=list)
    phone = models.CharField(_("telephone"), max_length=8, choices=Demand, default=Demand.OPTIONAL)
    address = models.CharField(_("address"), max_length=8, choices=Demand, default=Demand.HIDDEN)
    motivation = models.CharField(
        _("motivated application"), max_length=20, choices=MotivationForm, default=MotivationForm.TYPED_OR_UPLOADED
    )
    origin_question = models.BooleanField(_("ask whether they work here today"), default=True)
    source_question = models.BooleanField(_("ask where they saw the ad"), default=True)
    priority_question = models.BooleanField(_("offer preferential access (disability)"), default=True)
    intro_da = models.TextField(_("what to have ready, in Danish"), blank=True)
    intro_en = models.TextField(_("what to have ready, in English"), blank=True)
    sensitive_consent_text = models.ForeignKey(
        LegalText, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    locked_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"form of {self.case_id}"


class DocumentRequirement(Row):
    """One kind of document that the form asks for, with how few and how many files."""

    REACH: ClassVar[Reach] = Reach(
        institution="form__case__institution", unit="form__case__unit__path", case="form__case"
    )

    form = models.ForeignKey(ApplicationForm, on_delete=models.CASCADE, related_name="document_requirements")
    kind = models.CharField(_("kind"), max_length=20, choices=DocumentKind)
    label_da = models.CharField(_("own name in Danish"), max_length=120, blank=True)
    label_en = models.CharField(_("own name in English"), max_length=120, blank=True)
    minimum = models.PositiveSmallIntegerField(_("at least"), default=0)
    maximum = models.PositiveSmallIntegerField(_("at most"), default=1)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.CheckConstraint(condition=Q(minimum__lte=models.F("maximum")), name="fewest_files_not_above_most"),
            models.UniqueConstraint(fields=["form", "kind"], name="document_kind_asked_once"),
        )

    def __str__(self) -> str:
        return str(self.label)

    @property
    def label(self) -> str:
        """The institution's own name for it in the reader's language, else the kind's."""
        own = self.label_en if translation.get_language() == "en" else self.label_da
        return own or str(self.get_kind_display())


class QuestionKind(models.TextChoices):
    """The guide's six kinds (p. 15)."""

    YES_NO = "YES_NO", _("yes or no")
    FREE_TEXT = "FREE_TEXT", _("free text")
    SINGLE = "SINGLE", _("one answer")
    MULTIPLE = "MULTIPLE", _("several answers")
    PRIORITISED = "PRIORITISED", _("answers in order")
    CLASSIFIED = "CLASSIFIED", _("answers on a scale")


class ScreeningQuestion(Row):
    """A question tied to a requirement (INV-23).

    `is_for_interview` marks one that left the form to be asked at the interview. `options` and `scale` are lists of {"code", "da", "en"}; `limits` holds max_length, min_choices, max_choices.
    """

    REACH: ClassVar[Reach] = Reach(
        institution="form__case__institution", unit="form__case__unit__path", case="form__case"
    )

    form = models.ForeignKey(ApplicationForm, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("kind"), max_length=12, choices=QuestionKind)
    text_da = models.CharField(_("question in Danish"), max_length=400, blank=True)
    text_en = models.CharField(_("question in English"), max_length=400, blank=True)
    help_da = models.CharField(_("help in Danish"), max_length=400, blank=True)
    help_en = models.CharField(_("help in English"), max_length=400, blank=True)
    required = models.BooleanField(_("must be answered"), default=True)
    options = models.JSONField(default=list, blank=True)
    scale = models.JSONField(default=list, blank=True)
    limits = models.JSONField(default=dict, blank=True)
    allow_other = models.BooleanField(_("offer “other”"), default=False)
    linked_requirement = models.ForeignKey(
        "recruitment.Competence", null=True, blank=True, on_delete=models.PROTECT, related_name="questions"
    )
    justification = models.TextField(_("why it is asked, where no requirement is linked"), blank=True)
    data_class = models.CharField(max_length=12, choices=DataClass, default=DataClass.ORDINARY)
    retired_at = models.DateTimeField(null=True, blank=True)
    is_for_interview = models.BooleanField(default=False)

    class Meta:
        ordering = ("position", "id")
        constraints = (models.CheckConstraint(condition=~(Q(text_da="") & Q(text_en="")), name="a_question_has_words"),)

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """The question in the reader's language, else in the other."""
        return (self.text_en or self.text_da) if translation.get_language() == "en" else (self.text_da or self.text_en)

    def all_words(self) -> list[str]:
        """Everything the applicant reads: question, help and options, in both languages."""
        labels = [line.get(language, "") for line in [*self.options, *self.scale] for language in ("da", "en")]
        return [self.text_da, self.text_en, self.help_da, self.help_en, *labels]


class ScreeningAnswer(Row):
    """What an applicant answered: a JSON value whose shape the question's kind knows."""

    REACH: ClassVar[Reach] = OF_APPLICATION

    application = models.ForeignKey("recruitment.Application", on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(ScreeningQuestion, on_delete=models.PROTECT, related_name="answers")
    value: Any = models.JSONField()
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["application", "question"], name="one_answer_a_question"),)

    def __str__(self) -> str:
        return f"answer {self.pk}"
