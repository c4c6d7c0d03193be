"""A picture's form with what the people in it have agreed to; pictures whose consent has ended are not offered."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.images.forms import BaseImageForm

from portal.guard import actor_of_user
from recruitment.advertising.pictures import expired_pictures, note_consent
from recruitment.advertising.records import PictureConsent
from recruitment.organisation.models import Institution

CONSENT = ("people", "given_on", "scope", "expires_on")


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PictureForm(BaseImageForm):
    """People, day, scope and end of a consent; all empty where nobody can be recognised."""

    people = forms.CharField(
        required=False, max_length=240, label=gettext_lazy("People in the picture"),
        help_text=gettext_lazy("Names of those who can be recognised. Empty: nobody can."),
    )  # fmt: skip
    given_on = forms.DateField(required=False, label=gettext_lazy("They agreed on"), widget=_day())
    scope = forms.CharField(
        required=False, max_length=240, label=gettext_lazy("To what"),
        help_text=gettext_lazy("For example: job ads and social media."),
    )  # fmt: skip
    expires_on = forms.DateField(
        required=False,
        label=gettext_lazy("Until"),
        widget=_day(),
        help_text=gettext_lazy("The last day. Empty: no end."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.asked_by = kwargs.get("user")
        super().__init__(*args, **kwargs)
        self.kept = PictureConsent.objects.filter(image_id=self.instance.pk).first() if self.instance.pk else None
        for name in CONSENT:
            self.fields[name].initial = getattr(self.kept, name, None)

    def clean(self) -> dict[str, Any]:
        """A consent is whole or not there. Raises ValidationError at the field that is missing."""
        typed: dict[str, Any] = super().clean()
        if typed.get("people"):
            for name in ("given_on", "scope"):
                if not typed.get(name) and name not in self.errors:
                    self.add_error(name, ValidationError(_("Say when and to what they agreed."), code="required"))
        given, ends = typed.get("given_on"), typed.get("expires_on")
        if given and ends and ends < given:
            self.add_error("expires_on", ValidationError(_("The consent ends before it begins."), code="backwards"))
        return typed

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 - the signature is Django's
        """The picture, and the consent where it has been touched."""
        image = super().save(commit=commit)
        if commit and (self.cleaned_data.get("people") or self.kept):
            institution = Institution.objects.filter(slug=image.collection.name).first()
            if institution is not None:
                typed = {name: self.cleaned_data.get(name) for name in CONSENT}
                note_consent(image.pk, institution, actor=actor_of_user(self.asked_by), **typed)
        return image


def without_ended_consent(images: Any, request: HttpRequest) -> Any:
    """Wagtail's chooser of pictures: those that may still be shown."""
    return images.exclude(pk__in=list(expired_pictures().values_list("image_id", flat=True)))
