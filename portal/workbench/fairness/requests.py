"""What an applicant has asked for: papers, decided one by one, and reasons in writing."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from portal.guard import actor_of
from portal.workbench.fairness.frame import (
    ReasonForm,
    bound,
    case_and_applicant,
    day_field,
    done,
    open_moves,
    pressed,
    show_applicant,
    words_field,
)
from portal.workbench.screens import screen
from recruitment import clock
from recruitment.access.permissions import Permission
from recruitment.fairness import access_requests as access
from recruitment.fairness import reasons as written
from recruitment.fairness.request_lifecycle import ACCESS_MOVES
from recruitment.fairness.request_models import AccessKind, AccessRequest, AccessState, WrittenReasonsRequest
from recruitment.people.actor import Actor


class AskedForm(forms.Form):
    """A request that came by mail or on the telephone."""

    kind = forms.ChoiceField(choices=AccessKind.choices, label=gettext_lazy("Wants to see"))
    words = words_field(gettext_lazy("What the applicant wrote or said"), rows=2)
    received_on = day_field(gettext_lazy("Day it came"), help_text=gettext_lazy("Empty: today."))


class DecisionForm(forms.Form):
    """The decision in words, for the letter."""

    decision = words_field(gettext_lazy("The decision in words"), rows=4)


class ReasonsForm(forms.Form):
    """The two parts of the answer."""

    decision_text = words_field(
        gettext_lazy("The decision and what it rests on"), rows=4,
        help_text=gettext_lazy("What was decided, by which rules, and the main considerations where we had to weigh."),
    )  # fmt: skip
    factors = words_field(
        gettext_lazy("What counted about this application"), rows=5,
        help_text=gettext_lazy("Speak of this applicant and of what the chosen one has more of. Nothing about other applicants."),
    )  # fmt: skip


class ReceivedForm(forms.Form):
    """That the applicant has asked, and when."""

    received_on = day_field(gettext_lazy("Day it came"), help_text=gettext_lazy("Empty: today."))


@screen
def access_requests(request: HttpRequest, case_id: uuid.UUID, application_id: uuid.UUID) -> HttpResponse:
    """What the applicant has asked to see, and registering what came otherwise than by the portal."""
    case, application = case_and_applicant(request, case_id, application_id, Permission.ACCESS_DECIDE)
    actor = actor_of(request)
    form = bound(AskedForm, request, "note")
    if not access.has_applicant_list(case):
        form.fields["kind"].choices = AccessKind.choices[:1]
    if form.is_bound and done(form, lambda typed: access.note_access(application, actor=actor, **typed)):
        messages.success(request, _("The request has been registered."))
        return redirect("workbench:access_requests", case.pk, application.pk)
    return show_applicant(
        request, "access_requests.html", case, application, page="access_requests", title=_("Access to papers"), form=form,
        rows=access.requests_of(application), today=clock.today(),
    )  # fmt: skip


@screen
def access_request(
    request: HttpRequest, case_id: uuid.UUID, application_id: uuid.UUID, request_id: uuid.UUID
) -> HttpResponse:
    """One request: the package with a choice for each paper, the decision, the delivery."""
    case, application = case_and_applicant(request, case_id, application_id, Permission.ACCESS_DECIDE)
    asked = get_object_or_404(
        AccessRequest.objects.select_related("decided_by", "overridden_by"), pk=request_id, application=application
    )
    actor, button = actor_of(request), pressed(request)
    shown = {
        "decision": bound(DecisionForm, request, "decide", initial={"decision": asked.decision}),
        "step": bound(ReasonForm, request, "collect", "choose", "choose_rest", "reconsider", "deliver"),
    }
    for form in shown.values():
        if form.is_bound and done(form, lambda typed: _step(request, asked, button, typed, actor)):
            return redirect("workbench:access_request", case.pk, application.pk, asked.pk)
    if request.method == "POST" and not any(form.is_bound for form in shown.values()):
        raise Http404
    asked.refresh_from_db()
    typed = request.POST if button.startswith("choose") else {}
    items = list(asked.items.select_related("document"))
    return show_applicant(
        request, "access_request.html", case, application, page="access_requests", title=asked.get_kind_display().capitalize(), asked=asked,
        items=[_as_typed(item, typed) for item in items], may_choose=asked.state == AccessState.COLLECTED, today=clock.today(),
        moves=open_moves(asked, ACCESS_MOVES, actor), **shown,
        crumbs=[(_("Access to papers"), reverse("workbench:access_requests", args=[case.pk, application.pk]))],
    )  # fmt: skip


def _as_typed(item: Any, typed: Any) -> Any:
    """With what was just sent, where that was refused."""
    if f"give-{item.pk}" in typed:
        item.is_given = {"yes": True, "no": False}.get(typed[f"give-{item.pk}"])
        item.reason = typed.get(f"reason-{item.pk}", "")
    return item


def _step(request: HttpRequest, asked: AccessRequest, button: str, typed: dict[str, Any], actor: Actor) -> None:
    deeds: dict[str, Any] = {
        "collect": lambda: access.collect(asked, actor=actor),
        "choose": lambda: access.choose(asked, _choices(request, asked), actor=actor),
        "choose_rest": lambda: access.choose(asked, _choices(request, asked, otherwise=True), actor=actor),
        "decide": lambda: access.decide(asked, typed["decision"], actor=actor),
        "reconsider": lambda: access.reconsider(asked, actor=actor, reason=typed["reason"]),
        "deliver": lambda: access.deliver(asked, actor=actor),
    }
    answer = deeds[button]()
    if button == "deliver" and answer.letter is None:
        messages.warning(request, _("The applicant has no e-mail address: send it on paper today."))
    else:
        messages.success(request, _("Saved."))


@screen
@require_POST
def override(
    request: HttpRequest, case_id: uuid.UUID, application_id: uuid.UUID, request_id: uuid.UUID
) -> HttpResponse:
    """Whoever decides says why the decision does not wait for the papers (GRD-16)."""
    case, application = case_and_applicant(request, case_id, application_id, Permission.DECISION_RECORD)
    asked = get_object_or_404(AccessRequest, pk=request_id, application=application)
    try:
        access.override(asked, request.POST.get("reason", "")[:4000], actor=actor_of(request))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Saved."))
    return redirect(reverse("workbench:fairness", args=[case.pk]) + "#access")


def _choices(
    request: HttpRequest, asked: AccessRequest, *, otherwise: bool | None = None
) -> dict[str, tuple[bool | None, str]]:
    """By item; `otherwise` for those of which nothing is said."""
    words = {"yes": True, "no": False}
    return {
        str(key): (
            words.get(request.POST.get(f"give-{key}", ""), otherwise),
            request.POST.get(f"reason-{key}", "")[:2000],
        )
        for key in asked.items.values_list("pk", flat=True)
    }


@screen
def reasons(request: HttpRequest, case_id: uuid.UUID, application_id: uuid.UUID) -> HttpResponse:
    """The answer to somebody who wants the reasons in writing; without a request, registering one."""
    case, application = case_and_applicant(request, case_id, application_id, Permission.REJECT)
    actor, button = actor_of(request), pressed(request)
    asked = WrittenReasonsRequest.objects.filter(application=application).select_related("answered_by").first()
    initial = {"decision_text": asked.decision_text, "factors": asked.factors} if asked else None
    form, received = (
        bound(ReasonsForm, request, "save", "answer", initial=initial),
        bound(ReceivedForm, request, "note"),
    )
    here = redirect("workbench:reasons", case.pk, application.pk)
    if received.is_bound and done(
        received,
        lambda typed: written.note_reasons(application, actor=actor, received_on=typed["received_on"] or clock.today()),
    ):
        messages.success(request, _("The request has been registered."))
        return here
    if asked is not None and form.is_bound and done(form, lambda typed: _answer(request, asked, button, typed, actor)):
        return here
    return show_applicant(
        request, "reasons.html", case, application, page="reasons", title=_("Written reasons"), asked=asked, form=form,
        received=received, last_day=written.last_day_to_ask(application), today=clock.today(),
    )  # fmt: skip


def _answer(
    request: HttpRequest, asked: WrittenReasonsRequest, button: str, typed: dict[str, Any], actor: Actor
) -> None:
    written.draft_reasons(asked, actor=actor, **typed)
    if button == "save":
        messages.success(request, _("Saved."))
        return
    answered = written.answer_reasons(asked, actor=actor)
    if answered.letter is None:
        messages.warning(request, _("The applicant has no e-mail address: send it on paper today."))
    else:
        messages.success(request, _("It lies in the applicant's secure inbox."))
