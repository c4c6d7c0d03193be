"""What an institution assesses with: its rating scales and its icons (domain B7, guide p. 23)."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from recruitment.applications.models import Application
from recruitment.organisation.models import Institution
from recruitment.people.models import User
from recruitment.reach import ABOUT_APPLICATION, Reach
from recruitment.rows import Row

OF_INSTITUTION = Reach(institution="institution", unit="institution__units__path", shared=True)
LARGEST_VALUE = 9  # a level is given with one key


class Tone(models.TextChoices):
    """Colours that can be read in every theme. Never alone: a number or a symbol stands in each."""

    RED = "red", _("red")
    ORANGE = "orange", _("orange")
    YELLOW = "yellow", _("yellow")
    LIME = "lime", _("light green")
    GREEN = "green", _("green")
    TEAL = "teal", _("blue-green")
    BLUE = "blue", _("blue")
    PURPLE = "purple", _("purple")
    GREY = "grey", _("grey")


class Symbol(models.TextChoices):
    """Drawings that an icon can have; names of the admin's own icons."""

    CHECK = "check", _("tick")
    CIRCLE_CHECK = "circle-check", _("tick in a circle")
    WARNING = "warning", _("warning sign")
    HELP = "help", _("question mark")
    TAG = "tag", _("label")
    KEY = "key", _("key")
    MAIL = "mail", _("envelope")
    TIME = "time", _("clock")
    USER = "user", _("person")
    GROUP = "group", _("group")
    GLOBE = "globe", _("globe")
    HOME = "home", _("house")
    THUMBTACK = "thumbtack", _("pin")
    COMMENT = "comment", _("speech bubble")
    LOCK = "lock", _("padlock")
    CALENDAR = "calendar", _("calendar")


def _in_language(danish: str, english: str) -> str:
    return english if translation.get_language() == "en" and english else danish


class RatingScale(Row):
    """A set of levels. The shipped one belongs to nobody and is used where an institution has none of its own."""

    REACH: ClassVar[Reach] = OF_INSTITUTION

    institution = models.ForeignKey(
        Institution, null=True, blank=True, on_delete=models.CASCADE, related_name="rating_scales"
    )
    name_da = models.CharField(_("name in Danish"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=80, blank=True)
    is_default = models.BooleanField(_("used for new cases"), default=False)
    active = models.BooleanField(_("in use"), default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("-is_default", "name_da")
        constraints = (
            models.UniqueConstraint(
                fields=["institution"],
                condition=Q(is_default=True),
                name="one_usual_scale_an_institution",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(active=True) | Q(is_default=False), name="the_usual_scale_is_in_use"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return _in_language(self.name_da, self.name_en)


class RatingLevel(Row):
    """One level: a number that is typed, words, a colour, and what is read aloud."""

    REACH: ClassVar[Reach] = Reach(
        institution="scale__institution", unit="scale__institution__units__path", shared=True
    )

    scale = models.ForeignKey(RatingScale, on_delete=models.CASCADE, related_name="levels")
    value = models.PositiveSmallIntegerField(
        _("number"), validators=[MinValueValidator(1), MaxValueValidator(LARGEST_VALUE)]
    )
    label_da = models.CharField(_("in Danish"), max_length=60)
    label_en = models.CharField(_("in English"), max_length=60, blank=True)
    tone = models.CharField(_("colour"), max_length=8, choices=Tone, default=Tone.GREY)
    spoken_da = models.CharField(_("read aloud, in Danish"), max_length=120, blank=True)
    spoken_en = models.CharField(_("read aloud, in English"), max_length=120, blank=True)

    class Meta:
        ordering = ("value",)
        constraints = (
            models.UniqueConstraint(fields=["scale", "value"], name="a_level_once_a_scale"),
            models.CheckConstraint(condition=Q(value__gte=1) & Q(value__lte=LARGEST_VALUE), name="a_level_is_one_key"),
        )

    def __str__(self) -> str:
        return f"{self.value} {self.label}"

    @property
    def label(self) -> str:
        """The words in the reader's language."""
        return _in_language(self.label_da, self.label_en)

    @property
    def spoken(self) -> str:
        """What stands for the colour where it is not seen."""
        return _in_language(self.spoken_da, self.spoken_en) or self.label


class CandidateIcon(Row):
    """A mark that can be put on applications. The shipped ones belong to nobody; `meaning` says when to use it."""

    REACH: ClassVar[Reach] = OF_INSTITUTION

    institution = models.ForeignKey(
        Institution, null=True, blank=True, on_delete=models.CASCADE, related_name="candidate_icons"
    )
    symbol = models.CharField(_("drawing"), max_length=20, choices=Symbol)
    tone = models.CharField(_("colour"), max_length=8, choices=Tone, default=Tone.BLUE)
    label_da = models.CharField(_("name in Danish"), max_length=60)
    label_en = models.CharField(_("name in English"), max_length=60, blank=True)
    meaning_da = models.CharField(_("when it is used, in Danish"), max_length=200, blank=True)
    meaning_en = models.CharField(_("when it is used, in English"), max_length=200, blank=True)
    spoken_da = models.CharField(_("read aloud, in Danish"), max_length=120, blank=True)
    spoken_en = models.CharField(_("read aloud, in English"), max_length=120, blank=True)
    active = models.BooleanField(_("in use"), default=True)
    position = models.PositiveSmallIntegerField(_("place"), default=0)

    class Meta:
        ordering = ("position", "label_da")
        constraints = (
            models.UniqueConstraint(
                fields=["institution", "label_da"], name="an_icon_name_once_an_institution", nulls_distinct=False
            ),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return _in_language(self.label_da, self.label_en)

    @property
    def meaning(self) -> str:
        """When it is used, in the reader's language."""
        return _in_language(self.meaning_da, self.meaning_en)

    @property
    def spoken(self) -> str:
        """What is read aloud for it."""
        return _in_language(self.spoken_da, self.spoken_en) or self.label


class CandidateIconAssignment(Row):
    """An icon on an application, seen by everybody who reads it."""

    REACH: ClassVar[Reach] = ABOUT_APPLICATION

    icon = models.ForeignKey(CandidateIcon, on_delete=models.PROTECT, related_name="assignments")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="icons")
    assigned_by: Any = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    assigned_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("icon__position", "assigned_at")
        constraints = (models.UniqueConstraint(fields=["icon", "application"], name="an_icon_once_an_application"),)

    def __str__(self) -> str:
        return f"icon on {self.application_id}"
