"""One applicant's answer: the reasons in own words, what was said on the telephone, what has gone, and taking it up again."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.guard import actor_of
from portal.workbench.decisions.answers import TAB, crumb, letter_for
from portal.workbench.decisions.decision import case_at_decision
from portal.workbench.fields import CopenhagenTime
from portal.workbench.places import blockers
from portal.workbench.screens import BAD_INPUT, blame, screen, show_case
from recruitment import clock
from recruitment.access.decide import may
from recruitment.access.permissions import Permission
from recruitment.applications.lifecycle import RECONSIDER, REJECT_BY_PHONE
from recruitment.applications.masking import mask_for
from recruitment.applications.models import Application, ApplicationState
from recruitment.applications.queries import handed_in
from recruitment.decisions.answers import FullerReasons, PhoneLog, Rejection
from recruitment.decisions.confirming import letter_owed, send_short_letter
from recruitment.decisions.queries import decision_in_force, interviewed
from recruitment.decisions.rejecting import reconsider, reject_by_phone, write_reasons
from recruitment.decisions.sorting import sort_answers
from recruitment.lifecycle import is_open, obstacles
from recruitment.mail.models import Channel, Message


class ReasonsForm(forms.Form):
    """What this applicant is told; read after sign-in only."""

    factors = forms.CharField(
        required=False, max_length=4000, label=gettext_lazy("What we have attached importance to"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Why others were preferred, measured against the requirements. It is read after sign-in, never in a plain mail."),
    )  # fmt: skip
    feedback = forms.CharField(
        required=False, max_length=4000, label=gettext_lazy("From the interview"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Something the applicant can use."),
    )  # fmt: skip
    priority = forms.CharField(
        required=False, max_length=4000, label=gettext_lazy("About the preferential access"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("How it was dealt with: the statement, the negotiation with the job centre, and what came of it. How to complain is added by itself."),
    )  # fmt: skip


class PhoneForm(forms.Form):
    """When, by whom, and what was said."""

    called_at = CopenhagenTime(label=gettext_lazy("When"))
    caller = forms.CharField(max_length=160, label=gettext_lazy("Who called"))
    said = forms.CharField(
        required=False, max_length=4000, label=gettext_lazy("What was said"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("The reasons that were given, and what the applicant asked. The applicant may ask to see it."),
    )  # fmt: skip

    short_letter = forms.BooleanField(
        required=False, initial=True, label=gettext_lazy("Send the short letter that confirms it now"),
        help_text=gettext_lazy("Otherwise it waits on your desk, and goes along when everybody is answered."),
    )  # fmt: skip


class AgainForm(forms.Form):
    """Why the answer was wrong."""

    reason = forms.CharField(
        required=False, max_length=2000, label=gettext_lazy("Why"), widget=forms.Textarea(attrs={"rows": 2})
    )


@screen
def answer(request: HttpRequest, case_id: uuid.UUID, application_id: uuid.UUID) -> HttpResponse:
    """Each part has its own form and its own right."""
    case = case_at_decision(request, case_id, Permission.REJECT_LOG_PHONE)
    rows = handed_in(Application.objects.filter(case=case)).select_related(
        "candidate", "case__institution", "case__unit"
    )
    application = get_object_or_404(rows, pk=application_id)
    actor, button = actor_of(request), request.POST.get("button", "") if request.method == "POST" else ""
    made = _forms(request, application, button)
    if button == "short":
        return _send_short(request, application)
    if button in made and made[button].is_valid():
        try:
            _do(request, application, button, made[button].cleaned_data)
        except ValidationError as refusal:
            blame(made[button], refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("workbench:answer", case.pk, application.pk)
    held = sort_answers(case, with_interviewed=True, only=application.pk).held
    owed = letter_owed(application) if may(actor, Permission.REJECT, case) else None
    mask = mask_for(actor, case)
    return show_case(
        request, "workbench/decisions/answer.html", case, tab=TAB, title=mask.put_on(application).candidate.full_name or application.reference,
        application=application, forms=made, crumbs=crumb(case), held=held, was_interviewed=application.pk in interviewed(case),
        short=letter_for(owed) if owed else None, claim=getattr(application, "priority_claim", None), decision=decision_in_force(case),
        may_write=may(actor, Permission.REJECT, case) and application.state not in {ApplicationState.HIRED, ApplicationState.WITHDRAWN},
        may_call=is_open(REJECT_BY_PHONE, application, actor=actor) or _came_back(application),
        may_reconsider=is_open(RECONSIDER, application, actor=actor), blockers=blockers(_against_the_call(application), case),
        records=Rejection.objects.filter(application=application).select_related("by_user", "phone_log"),
        letters=Message.objects.filter(application=application).order_by("-created_at") if may(actor, Permission.MESSAGE_SEND_CONFIDENTIAL, case) else [],
        logs=PhoneLog.objects.filter(application=application), status=BAD_INPUT if button else 200,
    )  # fmt: skip


def _send_short(request: HttpRequest, application: Application) -> HttpResponse:
    try:
        letter = send_short_letter(application, actor=actor_of(request))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        on_paper = letter is not None and letter.channel == Channel.LETTER
        told = (
            _("The letter waits to be printed: there is no e-mail address.")
            if on_paper
            else _("The letter is on its way.")
        )
        messages.success(request, told)
    return redirect("workbench:answer", application.case_id, application.pk)


def _came_back(application: Application) -> bool:
    return application.state == ApplicationState.REJECTED and application.answer_delivered_at is None


def _against_the_call(application: Application) -> list[Any]:
    return [each for each in obstacles(REJECT_BY_PHONE, application) if each.code != "wrong_state"]


def _forms(request: HttpRequest, application: Application, button: str) -> dict[str, forms.Form]:
    row = FullerReasons.objects.filter(application=application).first()
    written = {"factors": row.factors, "feedback": row.feedback, "priority": row.priority} if row else {}
    known: dict[str, tuple[type[forms.Form], dict[str, Any]]] = {
        "reasons": (ReasonsForm, written),
        "phone": (PhoneForm, {"called_at": clock.now(), "caller": str(request.user)}),
        "again": (AgainForm, {}),
    }
    made = {
        name: kind(request.POST if name == button else None, initial=first) for name, (kind, first) in known.items()
    }
    if not may(actor_of(request), Permission.REJECT, application) or application.pk not in interviewed(
        application.case
    ):
        made["phone"].fields.pop("short_letter")
    if getattr(application, "priority_claim", None) is None:
        made["reasons"].fields.pop("priority")
    return made


def _do(request: HttpRequest, application: Application, button: str, typed: dict[str, Any]) -> None:
    actor, with_letter = actor_of(request), typed.pop("short_letter", False)
    if button == "reasons":
        write_reasons(application, actor=actor, **typed)
    elif button == "phone":
        reject_by_phone(application, actor=actor, **typed)
        called = Application.objects.select_related("case").get(pk=application.pk)
        if with_letter and letter_owed(called):
            send_short_letter(called, actor=actor)
    elif button == "again":
        reconsider(application, actor=actor, **typed)
    else:
        raise PermissionDenied
