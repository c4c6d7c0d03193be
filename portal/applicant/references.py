"""The applicant's referees: naming them, saying yes or no to each, and taking a yes back."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from portal.applicant.apply import contact_of
from portal.applicant.ownership import owned_by_person
from portal.applicant.second_factor import strongly
from portal.applicant.signed_in import signed_in_only
from portal.guard import actor_of
from recruitment.applications.models import Application
from recruitment.errors import NotPossible
from recruitment.people.actor import Actor
from recruitment.references import referees as deeds
from recruitment.references.models import ReferenceCheck, ReferenceState
from recruitment.references.queries import checks_of, has_something

BAD_INPUT = 422
WIDGET = {"class": "form-input"}


class RefereeForm(forms.Form):
    """Somebody who knows the applicant's work."""

    name = forms.CharField(max_length=120, widget=forms.TextInput(WIDGET), label=gettext_lazy("Name"))
    organisation = forms.CharField(max_length=160, widget=forms.TextInput(WIDGET), label=gettext_lazy("Workplace"))
    relation = forms.CharField(
        required=False, max_length=160, widget=forms.TextInput(WIDGET), label=gettext_lazy("How they know you"),
        help_text=gettext_lazy("For example: my manager from 2019 to 2023."),
    )  # fmt: skip
    phone = forms.CharField(
        required=False,
        max_length=40,
        widget=forms.TextInput({**WIDGET, "type": "tel"}),
        label=gettext_lazy("Telephone"),
    )
    email = forms.EmailField(required=False, widget=forms.EmailInput(WIDGET), label=gettext_lazy("E-mail"))
    is_current_employer = forms.BooleanField(required=False, label=gettext_lazy("They work where I work now"))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
@strongly
def referees(request: HttpRequest, application_id: uuid.UUID) -> HttpResponse:
    """Whom the applicant has named, what is asked of them, and room for one more."""
    application = owned_by_person(request, application_id)
    if not has_something(application):
        raise Http404
    form = RefereeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            deeds.name_referee(application, actor=actor_of(request), **form.cleaned_data)
        except ValidationError as refusal:
            _blame(form, refusal)
        else:
            messages.success(request, _("Thank you. We do not call before you have said yes."))
            return redirect("applicant:referees", application.pk)
    return _show(request, application, form, status=BAD_INPUT if form.is_bound else 200)


def _blame(form: RefereeForm, refusal: ValidationError) -> None:
    if isinstance(refusal, NotPossible):
        for obstacle in refusal.obstacles:
            field = obstacle.place.rpartition(".")[2]
            form.add_error(field if field in form.fields else None, obstacle.message)
    else:
        form.add_error(None, refusal.messages)


def _show(request: HttpRequest, application: Application, form: RefereeForm, *, status: int = 200) -> HttpResponse:
    rows = list(checks_of(application))
    response = render(
        request, "applicant/referees.html", {
            "application": application, "case": application.case, "round": application.round, "section": "mine", "form": form,
            "rows": [(row, _what_can_be_done(row)) for row in rows], "may_name": deeds.may_name(application), "contact": contact_of(application),
        }, status=status,
    )  # fmt: skip
    response.headers["Cache-Control"] = "no-store"
    return response


def _what_can_be_done(check: ReferenceCheck) -> str:
    if check.state == ReferenceState.PLANNED:
        return "remove"
    if check.state == ReferenceState.CONSENT_REQUESTED:
        return "answer"
    if check.state == ReferenceState.CONSENT_REFUSED:
        return "give"
    return "withdraw" if check.consent is not None and check.consent.state == "GIVEN" else ""


@require_POST
@signed_in_only
@strongly
def answer(request: HttpRequest, application_id: uuid.UUID, check_id: uuid.UUID) -> HttpResponse:
    """Yes, no, no longer, or not this one after all."""
    application = owned_by_person(request, application_id)
    check = get_object_or_404(checks_of(application), pk=check_id)
    try:
        messages.success(request, _answer(check, request.POST.get("button", ""), actor_of(request)))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("applicant:referees", application.pk)


def _answer(check: ReferenceCheck, button: str, actor: Actor) -> str:
    told: dict[str, tuple[Any, str]] = {
        "yes": (lambda: deeds.answer_consent(check, actor=actor, is_given=True), _("Thank you. We may call now, and you can withdraw your yes at any time.")),
        "no": (lambda: deeds.answer_consent(check, actor=actor, is_given=False), _("Noted. We do not call.")),
        "withdraw": (lambda: deeds.withdraw_consent(check, actor=actor), _("Your consent has been withdrawn. We do not call any more.")),
        "remove": (lambda: deeds.remove_referee(check, actor=actor), _("The referee has been removed.")),
    }  # fmt: skip
    if button not in told:
        raise ValidationError(_("Choose an answer."), code="no_answer")
    deed, words = told[button]
    deed()
    return words
