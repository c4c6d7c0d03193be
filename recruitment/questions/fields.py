"""Form fields that show and carry, and refuse nothing: a kind's `parse` refuses, once, in its own words."""

from typing import Any

from django import forms


class OpenChoice(forms.ChoiceField):
    """One of several; takes whatever was sent."""

    def validate(self, value: Any) -> None:
        """Left to `parse`."""


class OpenChoices(forms.MultipleChoiceField):
    """Several of several; takes whatever was sent."""

    def validate(self, value: Any) -> None:
        """Left to `parse`."""


class OpenText(forms.CharField):
    """Text; takes whatever was sent."""

    def run_validators(self, value: Any) -> None:
        """Left to `parse`."""
