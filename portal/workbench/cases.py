"""Cases: the list, the new one, the overview and the facts."""

import uuid
from dataclasses import asdict
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.guard import actor_of, require_seat
from portal.workbench.advice import tour_for
from portal.workbench.case_forms import ContactFormSet, EditCaseForm, NewCaseForm, contact_lines
from portal.workbench.case_making import change_case, make_case
from portal.workbench.case_source import filled_as, source_of
from portal.workbench.fields import Colleague, DayInput
from portal.workbench.overview import overview_of
from portal.workbench.saved_views import views_for
from portal.workbench.screens import BAD_INPUT, blame, case_for, screen, show, show_case
from recruitment.access.decide import institutions_of, may, visible
from recruitment.access.permissions import Permission
from recruitment.access.queries import casework_colleagues
from recruitment.applications.queries import with_application_counts
from recruitment.cases.copying import contacts_of
from recruitment.cases.models import CaseState, RecruitmentCase
from recruitment.cases.queries import CaseFilter, case_list, states_to_choose, templates_in
from recruitment.organisation.classification import Classification
from recruitment.organisation.models import OrganisationalUnit

A_PAGE = 50


class CaseSearch(forms.Form):
    """The filters of the list; they live in the address."""

    q = forms.CharField(required=False, label=gettext_lazy("Words or case number"), max_length=100)
    state = forms.ChoiceField(
        required=False, label=gettext_lazy("State"), choices=[("", gettext_lazy("all")), *CaseState.choices]
    )
    unit = forms.ModelChoiceField(
        required=False,
        label=gettext_lazy("Unit"),
        queryset=OrganisationalUnit.objects.none(),
        empty_label=gettext_lazy("all"),
    )
    category = forms.ModelChoiceField(
        required=False,
        label=gettext_lazy("Field of work"),
        queryset=Classification.objects.filter(scheme="POSITION_CATEGORY"),
        empty_label=gettext_lazy("all"),
    )
    responsible = Colleague(required=False, label=gettext_lazy("Responsible"), empty_label=gettext_lazy("all"))
    after = forms.DateField(required=False, label=gettext_lazy("Deadline from"), widget=DayInput())
    before = forms.DateField(required=False, label=gettext_lazy("Deadline until"), widget=DayInput())

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        actor = actor_of(request)
        self.fields["unit"].queryset = visible(
            actor, Permission.CASE_READ_AD_FACTS, OrganisationalUnit.objects.all()
        ).order_by("path")
        institutions = institutions_of(actor, Permission.CASE_READ_AD_FACTS)
        self.fields["responsible"].queryset = casework_colleagues(institutions)
        self.fields["state"].choices = [("", _("all")), *states_to_choose(actor, institutions)]

    def wanted(self) -> CaseFilter:
        """What was typed; what could not be understood does not narrow."""
        self.is_valid()
        typed = self.cleaned_data
        unit = typed.get("unit")
        return CaseFilter(
            words=typed.get("q", ""), state=typed.get("state", ""), unit_path=unit.path if unit else "",
            category=typed.get("category"), responsible=typed.get("responsible"), deadline_from=typed.get("after"),
            deadline_to=typed.get("before"),
        )  # fmt: skip


@screen
def list_cases(request: HttpRequest) -> HttpResponse:
    """All cases in reach."""
    actor = require_seat(request, Permission.CASE_READ_AD_FACTS)
    search = CaseSearch(request, request.GET)
    order = request.GET.get("order", "")
    cases = with_application_counts(actor, case_list(actor, search.wanted(), order=order))
    page = Paginator(cases, A_PAGE).get_page(request.GET.get("p"))
    return show(
        request, "workbench/cases.html", title=_("Cases"), icon="folder-open-1", search=search, page=page, order=order,
        may_create=may(actor, Permission.CASE_CREATE), is_filtered=any(request.GET.get(name) for name in search.fields),
        counts_applications=may(actor, Permission.APPLICATION_LIST), **views_for(request, "cases"),
    )  # fmt: skip


def _own_contact(request: HttpRequest) -> list[dict[str, str]]:
    user: Any = request.user
    return [{"name": str(user), "title": user.title, "phone": user.phone, "email": user.email}]


@screen
def new_case(request: HttpRequest) -> HttpResponse:
    """The short form; with `like` in the address it is filled in as an earlier case, and what is not shown is copied too."""
    actor = require_seat(request, Permission.CASE_CREATE)
    source = source_of(actor, request.GET.get("like", ""))
    typed = request.POST if request.method == "POST" else None
    form = NewCaseForm(actor, typed, initial=filled_as(source))
    present = [asdict(line) for line in contacts_of(source)] if source else _own_contact(request)
    contacts = ContactFormSet(typed, prefix="contacts", initial=present)
    if typed is not None and form.is_valid() & contacts.is_valid():
        try:
            case = make_case(form, contact_lines(contacts), actor=actor, source=source)
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The case has been made. What is missing stands below."))
            return redirect("workbench:case", case.pk)
    return show(
        request, "workbench/case_new.html", title=_("New case"), icon="plus", form=form, contacts=contacts, source=source,
        templates=templates_in(form.fields["unit"].queryset),
        crumbs=[(_("Cases"), "/admin/cases/")], status=BAD_INPUT if typed is not None else 200,
    )  # fmt: skip


@screen
def overview(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Where the case stands, and the one next step."""
    case = case_for(request, case_id, Permission.CASE_READ_AD_FACTS)
    return show_case(
        request,
        "workbench/case.html",
        case,
        tab="overview",
        title=case.title,
        view=overview_of(case, actor_of(request)),
        tour=tour_for(case, actor_of(request)),
    )


@screen
def edit(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The facts."""
    case = case_for(request, case_id, Permission.CASE_EDIT)
    typed = request.POST if request.method == "POST" else None
    form = EditCaseForm(typed, instance=case)
    present = list(case.contacts.values("name", "title", "phone", "email", "publish_in_ad"))
    contacts = ContactFormSet(typed, prefix="contacts", initial=present)
    if typed is not None and form.is_valid() & contacts.is_valid():
        try:
            change_case(RecruitmentCase.objects.get(pk=case.pk), form, contact_lines(contacts), actor=actor_of(request))
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The facts have been saved."))
            return redirect("workbench:case", case.pk)
    fresh = RecruitmentCase.objects.select_related("institution").get(pk=case.pk)
    return show_case(
        request, "workbench/case_edit.html", fresh, tab="edit", title=_("Facts"), form=form, contacts=contacts,
        status=BAD_INPUT if typed is not None else 200,
    )  # fmt: skip
