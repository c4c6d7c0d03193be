"""The case's tab: who has referees, who is being heard, whose claim, request or question waits."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.guard import actor_of
from portal.workbench.fairness.frame import bound, day_field, done, words_field
from portal.workbench.screens import BAD_INPUT, case_for, screen, show_case
from recruitment.access.decide import may, require
from recruitment.access.permissions import Permission
from recruitment.applications.models import PriorityClaim
from recruitment.cases.models import RecruitmentCase
from recruitment.fairness.claim_lifecycle import SETTLED
from recruitment.fairness.facts import note_fact, notes_of, notes_without_hearing
from recruitment.fairness.models import FactNote, FactSource, PartyHearing
from recruitment.fairness.request_models import AccessRequest, WrittenReasonsRequest
from recruitment.people.actor import Actor
from recruitment.references.models import TAKEN, ReferenceCheck
from recruitment.references.queries import WANTED, late_applicants


class FactForm(forms.Form):
    """What became known, from whom, and when."""

    fact_text = words_field(
        gettext_lazy("What became known"), rows=3,
        help_text=gettext_lazy("As it was said or stood. The note cannot be changed afterwards, only added to."),
    )  # fmt: skip
    source = forms.ChoiceField(
        choices=[each for each in FactSource.choices if each[0] != FactSource.REFERENCE], label=gettext_lazy("How it became known")
    )  # fmt: skip
    source_person = forms.CharField(required=False, max_length=160, label=gettext_lazy("From whom"))
    address = forms.URLField(
        required=False, max_length=600, assume_scheme="https", label=gettext_lazy("Address on the web"),
        help_text=gettext_lazy("Needed for what was found by searching: the applicant must be told where we looked."),
    )  # fmt: skip
    received_on = day_field(gettext_lazy("Day"), help_text=gettext_lazy("Empty: today."))


class ApplicantFactForm(FactForm):
    """... and whether it counts against the applicant."""

    is_adverse = forms.BooleanField(
        required=False, label=gettext_lazy("It counts against the applicant"),
        help_text=gettext_lazy("Then the applicant is heard, or it is written why that is not needed, before anybody decides."),
    )  # fmt: skip


@screen
def overview(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Everything of the case, each line with the way to where it is done."""
    case = case_for(request, case_id, Permission.HEARING_VIEW)
    actor = actor_of(request)
    require(actor, Permission.HEARING_VIEW, case)
    form = bound(FactForm, request, "fact")
    if form.is_bound and done(form, lambda typed: note_fact(case, actor=actor, **typed)):
        messages.success(request, _("The note has been kept."))
        return redirect(reverse("workbench:fairness", args=[case.pk]) + "#facts")
    return show_case(
        request, "workbench/fairness/overview.html", case, tab="fairness", title=_("References and hearings"), form=form,
        status=BAD_INPUT if form.is_bound else 200, wanted=WANTED, **_lists(case, actor),
    )  # fmt: skip


def _lists(case: RecruitmentCase, actor: Actor) -> dict[str, Any]:
    """A fixed number of questions, however many rows."""
    people = {"application__candidate", "application"}
    late = list(late_applicants(actor, case))
    checks = ReferenceCheck.objects.filter(referee__application__in=late).select_related("referee")
    by_applicant: dict[Any, list[ReferenceCheck]] = {}
    for check in checks.order_by("created_at", "id"):
        by_applicant.setdefault(check.referee.application_id, []).append(check)
    facts = FactNote.objects.filter(case=case)
    return {
        "late": [(row, by_applicant.get(row.pk, []), sum(c.state in TAKEN for c in by_applicant.get(row.pk, []))) for row in late],
        "hearings": PartyHearing.objects.filter(application__case=case).select_related(*people).order_by("-created_at"),
        "unheard": notes_without_hearing(facts).select_related(*people),
        "claims": _claims(case) if may(actor, Permission.PRIORITY_VIEW, case) else None,
        "settled": SETTLED,
        "asked": AccessRequest.objects.filter(application__case=case).select_related(*people)
        if may(actor, Permission.ACCESS_DECIDE, case) or may(actor, Permission.DECISION_RECORD, case) else None,
        "answers_access": may(actor, Permission.ACCESS_DECIDE, case), "decides": may(actor, Permission.DECISION_RECORD, case),
        "reasons": WrittenReasonsRequest.objects.filter(application__case=case).select_related(*people)
        if may(actor, Permission.REJECT, case) else None,
        "facts": notes_of(case),
    }  # fmt: skip


def _claims(case: RecruitmentCase) -> Any:
    rows = PriorityClaim.objects.filter(application__case=case).exclude(application__state="STARTED")
    return rows.select_related("application__candidate").order_by("claimed_at")
