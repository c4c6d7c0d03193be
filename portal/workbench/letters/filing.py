"""Keeping a mail that came to one's own mailbox: as a saved file, or pasted."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.guard import actor_of
from portal.workbench.letters.sending import crumbs_of
from portal.workbench.letters.writing import application_to_write_to
from portal.workbench.screens import BAD_INPUT, blame, case_for, screen, show_case
from recruitment.access.permissions import Permission
from recruitment.letters.filing import LONGEST, Read, file_mail, read_mail

RIGHT = Permission.MESSAGE_SEND_STANDARD


class MailForm(forms.Form):
    """One of the two."""

    file = forms.FileField(
        required=False, label=gettext_lazy("The mail as a file (.eml)"),
        help_text=gettext_lazy("In your mail program: “Save as”. Attachments come along."),
    )  # fmt: skip
    sender = forms.EmailField(required=False, label=gettext_lazy("From"))
    subject = forms.CharField(required=False, max_length=250, label=gettext_lazy("Subject"))
    text = forms.CharField(
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 12}),
        label=gettext_lazy("Words of the mail"),
    )

    def clean(self) -> dict[str, Any]:
        """There must be something to keep."""
        typed = self.cleaned_data
        if not typed.get("file") and not (typed.get("text") or "").strip() and not self.errors:
            self.add_error("text", _("Choose a file, or paste the words."))
        return typed

    def read(self) -> Read:
        """What is to be kept. Raises ValidationError for a file that is no mail."""
        typed = self.cleaned_data
        if typed.get("file"):
            return read_mail(typed["file"].read())
        return Read(sender=typed["sender"], subject=typed["subject"], text=typed["text"])


@screen
def file_one(request: HttpRequest, case_id: uuid.UUID, application_id: uuid.UUID) -> HttpResponse:
    """Keep it on the application."""
    case = case_for(request, case_id, RIGHT)
    application = application_to_write_to(request, case, application_id)
    posted = request.method == "POST"
    form = MailForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        try:
            filed = file_mail(application, form.read(), actor=actor_of(request))
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The mail is kept on the application."))
            for line in filed.refused:
                messages.warning(request, _("Not kept: %s") % line)
            return redirect("workbench:letter", case.pk, filed.message.pk)
    return show_case(
        request, "workbench/letters/file.html", case, tab="letters", title=_("Keep a mail"), crumbs=crumbs_of(case),
        application=application, form=form, status=BAD_INPUT if posted else 200,
    )  # fmt: skip
