"""Two applications that may come from one person: the pairs of a case, and two of them side by side."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from portal.guard import actor_of
from portal.workbench.reader import application_for, documents_of
from portal.workbench.screens import BAD_INPUT, blame, case_for, in_reach, screen, show_case
from portal.workbench.templatetags.workbench_tags import short_time
from recruitment.access.decide import require, visible
from recruitment.access.permissions import Permission
from recruitment.applications.joining import find, join, part
from recruitment.applications.likeness import alike_on, pair_of, signs_between
from recruitment.applications.models import Application
from recruitment.applications.queries import handed_in
from recruitment.applications.same_person import SamePerson, Verdict
from recruitment.applications.summary import answers_in_force
from recruitment.cases.models import RecruitmentCase
from recruitment.documents.discretion import readable
from recruitment.people.actor import Actor


@screen
@require_GET
def alike(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The pairs that nobody has looked at, and those that are handled as one."""
    case = case_for(request, case_id, Permission.APPLICATION_CHANGE_STATE)
    actor = actor_of(request)
    require(actor, Permission.APPLICATION_READ_DOCUMENTS, case)
    rows = visible(actor, Permission.APPLICATION_CHANGE_STATE, handed_in(case.applications.all()))
    joined = rows.filter(joined_to__isnull=False)
    return show_case(
        request, "workbench/alike.html", case, tab="applications", title=_("Perhaps one person"), pairs=alike_on(actor, case),
        joined=joined.select_related("candidate", "joined_to__candidate"), crumbs=_crumbs(case),
    )  # fmt: skip


def _crumbs(case: RecruitmentCase) -> list[tuple[str, str]]:
    return [(_("Applicants"), reverse("workbench:applications", args=[case.pk]))]


class TogetherForm(forms.Form):
    """Which of the two counts, and how one knows."""

    counts = forms.ChoiceField(label=gettext_lazy("Which one counts"), widget=forms.RadioSelect, required=False)
    reason = forms.CharField(
        required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}), label=gettext_lazy("How you know"),
        help_text=gettext_lazy("For example: asked by telephone, 3 March. Kept with the case."),
    )  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """One thing of both, beside each other."""

    label: str
    first: str
    second: str
    is_personal: bool

    @property
    def is_shared(self) -> bool:
        """Whether they have it in common, however it is written, and it tells of a person."""
        return self.is_personal and bool(self.first) and self.first.casefold() == self.second.casefold()


@screen
def compare(request: HttpRequest, case_id: uuid.UUID, application_id: uuid.UUID, other_id: uuid.UUID) -> HttpResponse:
    """Both side by side; what is found is said below them."""
    case = case_for(request, case_id, Permission.APPLICATION_CHANGE_STATE)
    one, other = application_for(request, case, application_id), _other_for(request, case, other_id)
    actor = actor_of(request)
    for application in (one, other):
        require(actor, Permission.APPLICATION_READ_DOCUMENTS, application)
    if one.pk == other.pk:
        raise Http404
    form = TogetherForm(request.POST if request.method == "POST" else None)
    form.fields["counts"].choices = [(str(row.pk), _said(row)) for row in (one, other)]  # type: ignore[attr-defined]
    form.fields["counts"].initial = str(max((one, other), key=lambda row: row.received_at).pk)
    if request.method == "POST" and form.is_valid():
        try:
            told = _carry_out(request.POST.get("button", ""), one, other, form.cleaned_data, actor)
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, told)
            return redirect("workbench:application", case.pk, one.pk)
    first, second = pair_of(one.candidate_id, other.candidate_id)
    return show_case(
        request, "workbench/same_person.html", case, tab="applications", title=_("One person?"), form=form, one=one, other=other,
        facts=_facts(one, other), signs=signs_between(one, other), papers=[(row, readable(actor, documents_of(row)), answers_in_force(row)) for row in (one, other)],
        finding=SamePerson.objects.filter(institution=case.institution_id, first=first, second=second).select_related("decided_by").first(),
        is_joined=other.pk == one.joined_to_id or one.pk == other.joined_to_id, on_one_case=one.case_id == other.case_id,
        crumbs=_crumbs(case), status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip


def _other_for(request: HttpRequest, case: RecruitmentCase, other_id: uuid.UUID) -> Application:
    """On this case or another of the institution's; what is out of reach does not exist."""
    rows = handed_in(Application.objects.filter(case__institution=case.institution_id))
    rows = rows.select_related("candidate", "case__institution", "round", "source_medium")
    other: Application = in_reach(request, Permission.APPLICATION_CHANGE_STATE, rows, other_id)
    return other


def _said(application: Application) -> str:
    return _("%(reference)s, received %(when)s") % {
        "reference": application.reference, "when": short_time(application.received_at),
    }  # fmt: skip


def _carry_out(button: str, one: Application, other: Application, typed: dict[str, Any], actor: Actor) -> str:
    if button == "part":
        part(one if one.joined_to_id else other, reason=typed["reason"], actor=actor)
        return _("Each stands on its own again.")
    if button == "different":
        find(one, other, Verdict.DIFFERENT, actor=actor)
        return _("Noted: not the same person.")
    if one.case_id != other.case_id:
        find(one, other, Verdict.SAME, actor=actor, reason=typed["reason"])
        return _("Noted: the same person.")
    kept, aside = (other, one) if typed["counts"] == str(other.pk) else (one, other)
    join(kept, aside, reason=typed["reason"], actor=actor)
    return _("They are handled as one; %s counts. The applicant has a letter about it.") % kept.reference


def _facts(one: Application, other: Application) -> Iterable[Fact]:
    def fact(label: str, read: Any, *, is_personal: bool = True) -> Fact:
        return Fact(label, str(read(one) or ""), str(read(other) or ""), is_personal)

    def plain(label: str, read: Any) -> Fact:
        return fact(label, read, is_personal=False)

    return [
        fact(_("Name"), lambda row: row.candidate.full_name), fact(_("E-mail"), lambda row: row.candidate.email),
        fact(_("Telephone"), lambda row: row.candidate.phone), fact(_("Address"), lambda row: row.candidate.address),
        fact(_("Town"), lambda row: f"{row.candidate.postal_code} {row.candidate.city}".strip()),
        plain(_("Case"), lambda row: row.case.title), plain(_("Received"), lambda row: short_time(row.received_at)),
        plain(_("Through"), lambda row: capfirst(row.get_channel_display())), plain(_("State"), lambda row: capfirst(row.get_state_display())),
        plain(_("Reference"), lambda row: row.reference),
    ]  # fmt: skip
