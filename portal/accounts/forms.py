"""Asking for a code."""

from typing import Any

from allauth.account.forms import RequestLoginCodeForm
from django.utils.translation import gettext_lazy as _

from recruitment.people.models import Candidate, User


class AskForCodeForm(RequestLoginCodeForm):
    """An applicant needs no account: an address that has applied can sign in with a code sent to it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail")
        self.fields["email"].help_text = _("The address you applied with. We send a code to it.")
        self.fields["email"].error_messages["required"] = _("Write your e-mail address.")

    def clean_email(self) -> str:
        """Make the user of an address that has applied; whether it has is told to its owner only."""
        email: str = self.cleaned_data["email"]
        if (
            Candidate.objects.filter(email__iexact=email).exists()
            and not User.objects.filter(email__iexact=email).exists()
        ):
            User.objects.create_user(email)
        address: str = super().clean_email()
        return address
