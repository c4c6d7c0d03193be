"""Advice beside the work, the institution's own texts for it, and the tour for those who sit on a committee for the first time."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from portal.guard import actor_of
from portal.workbench.screens import BAD_INPUT, blame, case_for, screen
from portal.workbench.setup.frame import institution_for, show_setup
from recruitment.access.decide import may, seats_of
from recruitment.access.permissions import Permission
from recruitment.access.roles import Role
from recruitment.cases import advising
from recruitment.cases.advice import AdviceStep
from recruitment.cases.advising import advice_for, has_seen, put_away, use_shipped_advice, write_advice
from recruitment.cases.models import RecruitmentCase
from recruitment.people.actor import Actor
from recruitment.rows import Language

COMMITTEE_TOUR = "committee"
COMMITTEES = (Role.HIRING_COMMITTEE, Role.ASSESSMENT_COMMITTEE)


class AdviceForm(forms.Form):
    """A line for each piece of advice."""

    text = forms.CharField(
        required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 8}), label=gettext_lazy("Advice, one piece a line"),
        help_text=gettext_lazy("Saving says that it agrees with the law today. Nothing at all switches the advice off."),
    )  # fmt: skip


@screen
def all_advice(request: HttpRequest, institution_id: uuid.UUID) -> HttpResponse:
    """Every step in both languages, with whose words they are."""
    institution = institution_for(request, institution_id, Permission.CONTENT_TEMPLATE_EDIT)
    found = advising.all_advice(institution.pk)
    lines = [(step, [(code, name, found[step, code]) for code, name in Language.choices]) for step in AdviceStep]
    return show_setup(request, "workbench/setup/advice.html", institution, tab="advice", title=_("Advice"), lines=lines)


@screen
def one_advice(request: HttpRequest, institution_id: uuid.UUID, step: str, language: str) -> HttpResponse:
    """One step in one language."""
    institution = institution_for(request, institution_id, Permission.CONTENT_TEMPLATE_EDIT)
    if step not in AdviceStep.values or language not in Language.values:
        raise Http404
    where, actor = AdviceStep(step), actor_of(request)
    shown = advice_for(institution.pk, where, language)
    form = AdviceForm(request.POST if request.method == "POST" else None, initial={"text": "\n".join(shown.lines)})
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("button") == "shipped":
                use_shipped_advice(institution, where, language, actor=actor)
            else:
                write_advice(institution, where, language, form.cleaned_data["text"], actor=actor)
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The advice has been saved."))
            return redirect("workbench:advice", institution.pk)
    return show_setup(
        request, "workbench/setup/advice_one.html", institution, tab="advice", title=f"{where.label} ({Language(language).label})".capitalize(),
        form=form, advice=shown, status=BAD_INPUT if form.errors else 200,
    )  # fmt: skip


@screen
@require_POST
def tour_seen(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The tour is put away, on every case."""
    case = case_for(request, case_id, Permission.CASE_VIEW)
    put_away(request.user, COMMITTEE_TOUR)  # type: ignore[arg-type]
    messages.success(request, _("The tour is put away. The advice at each step stays."))
    return redirect(reverse("workbench:case", args=[case.pk]))


def tour_for(case: RecruitmentCase, actor: Actor) -> list[tuple[str, str, str]]:
    """The stops, for somebody on a committee of this case who has not been shown round; else none."""
    if actor.user is None:
        return []
    seats = seats_of(actor).cases
    sits = any(key == case.pk and role in COMMITTEES for role, key, _chair in seats)
    if not sits or has_seen(actor.user, COMMITTEE_TOUR):
        return []
    stops = tour_steps(case)
    return stops if may(actor, Permission.INTERVIEW_VIEW_SLOTS, case) else stops[:-1]


def tour_steps(case: Any) -> list[tuple[str, str, str]]:
    """Heading, words and address of each stop of a committee member's way through a case."""
    return [
        (_("Say whether you know an applicant"), _("You see a list of names. If you are related to or close to one of them, say so: then somebody else takes your place."), reverse("workbench:declare", args=[case.pk])),
        (_("Read the applications"), _("Open one, and go on with the keys n and p. Nothing is sent to applicants by what you do here."), reverse("workbench:applications", args=[case.pk])),
        (_("Give your own assessment"), _("Assess by the requirements of the ad, before you see what the others think. What you write can be read by the applicant on request."), reverse("workbench:applications", args=[case.pk])),
        (_("See when interviews are held"), _("Times, rooms and panel; you can have them in your own calendar."), reverse("workbench:interviews", args=[case.pk])),
    ]  # fmt: skip
