"""A hearing: what counts against the applicant, and their answer with files."""

import uuid

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from portal.applicant.apply import contact_of
from portal.applicant.ownership import owned_by_person
from portal.applicant.second_factor import strongly
from portal.applicant.signed_in import signed_in_only
from portal.guard import actor_of
from recruitment.fairness.hearings import LONGEST, may_respond, respond, shown_to_applicant

BAD_INPUT = 422


class AnswerForm(forms.Form):
    """The applicant's own words."""

    text = forms.CharField(
        required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 10, "class": "form-input"}),
        label=gettext_lazy("Your answer"),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
@strongly
def hearing(request: HttpRequest, application_id: uuid.UUID, hearing_id: uuid.UUID) -> HttpResponse:
    """By proved address only: holding the application in the browser is not enough for this."""
    application = owned_by_person(request, application_id)
    found = get_object_or_404(shown_to_applicant(application), pk=hearing_id)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        files = [(file, file.name or "") for file in request.FILES.getlist("files")]
        try:
            respond(found, form.cleaned_data["text"], actor=actor_of(request), files=files)
        except ValidationError as refusal:
            form.add_error("text", refusal.messages)
        else:
            messages.success(request, _("We have received your answer. It is considered before we decide."))
            return redirect("applicant:hearing", application.pk, found.pk)
    response = render(
        request, "applicant/hearing.html", {
            "application": application, "case": application.case, "round": application.round, "hearing": found, "form": form,
            "is_open": may_respond(found), "attachments": found.attachments.all(), "contact": contact_of(application), "section": "mine",
        }, status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip
    response.headers["Cache-Control"] = "no-store"
    return response
