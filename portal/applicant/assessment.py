"""The assessment committee's assessment, read and commented on by the one it is about."""

import uuid

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from portal.applicant.ownership import owned_by_person
from portal.applicant.second_factor import strongly
from portal.applicant.signed_in import signed_in_only
from portal.guard import actor_of
from recruitment.assessments.expert import LONGEST, comment_as_applicant, is_open_for_comment, shown_to_applicant

BAD_INPUT = 422


class CommentForm(forms.Form):
    """The applicant's own words."""

    text = forms.CharField(
        max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 10, "class": "form-input"}), label=gettext_lazy("Your comment"),
        error_messages={"required": gettext_lazy("Write your comment.")},
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
@strongly
def assessment(request: HttpRequest, application_id: uuid.UUID) -> HttpResponse:
    """By proved address only: holding the application in the browser is not enough for this."""
    application = owned_by_person(request, application_id)
    found = shown_to_applicant(application)
    if found is None:
        raise Http404
    form = CommentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            comment_as_applicant(application, form.cleaned_data["text"], actor=actor_of(request))
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, _("We have received your comment. It is considered before we decide."))
            return redirect("applicant:assessment", application.pk)
    response = render(
        request, "applicant/assessment.html", {
            "application": application, "case": application.case, "round": application.round, "assessment": found, "form": form,
            "is_open": is_open_for_comment(found), "section": "mine",
        }, status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip
    response.headers["Cache-Control"] = "no-store"
    return response
