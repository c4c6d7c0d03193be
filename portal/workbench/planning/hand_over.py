"""A colleague is ill or on leave: what they have on their hands goes to somebody else in one act."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.guard import actor_of, require_seat
from portal.workbench.fields import Colleague, DayInput
from portal.workbench.screens import BAD_INPUT, blame, screen, show
from recruitment.access.decide import visible
from recruitment.access.permissions import Permission
from recruitment.access.queries import colleagues
from recruitment.cases.models import RecruitmentCase
from recruitment.organisation.models import Institution
from recruitment.people.actor import Actor
from recruitment.planning.handing_over import HandedOver, hand_over_work, work_of


class HandOverForm(forms.Form):
    """From whom to whom, and for how long the first is away."""

    user = Colleague(label=gettext_lazy("Who is away"))
    to = Colleague(label=gettext_lazy("Who takes over"))
    begins = forms.DateField(required=False, label=gettext_lazy("First day away"), widget=DayInput())
    ends = forms.DateField(
        required=False, label=gettext_lazy("Last day away"), widget=DayInput(),
        help_text=gettext_lazy("Leave the days empty where nobody knows. No reason is asked."),
    )  # fmt: skip

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = colleagues([institution.pk])
        self.fields["user"].queryset = self.fields["to"].queryset = people

    def clean(self) -> dict[str, Any]:
        """Both days or none, in the right order."""
        cleaned = self.cleaned_data
        begins, ends = cleaned.get("begins"), cleaned.get("ends")
        if bool(begins) != bool(ends) and not self.errors:
            self.add_error("ends" if begins else "begins", _("Write both days, or none."))
        if begins and ends and ends < begins:
            self.add_error("ends", _("The last day comes before the first."))
        return cleaned


def _institution(actor: Actor) -> Institution:
    """Where the person edits cases; the first by name for one who serves two."""
    cases = visible(actor, Permission.CASE_EDIT, RecruitmentCase.objects.all())
    found = Institution.objects.filter(pk__in=cases.values("institution")).order_by("name_da").first()
    return found or Institution.objects.filter(role_assignments__user=actor.user).order_by("name_da")[0]


@screen
def hand_over(request: HttpRequest) -> HttpResponse:
    """GET with a person shows what they have; POST hands it on."""
    actor = require_seat(request, Permission.CASE_EDIT)
    institution = _institution(actor)
    form = HandOverForm(
        institution, request.POST if request.method == "POST" else None, initial={"user": request.GET.get("user")}
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        away = (typed["begins"], typed["ends"]) if typed["begins"] else None
        try:
            handed = hand_over_work(typed["user"], typed["to"], institution, actor=actor_of(request), away=away)
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            tell(request, handed)
            return redirect("workbench:hand_over")
    asked = request.GET.get("user", "")
    person = colleagues([institution.pk]).filter(pk=asked).first() if asked.isdigit() else None
    return show(
        request, "workbench/planning/hand_over.html", title=_("Hand work over"), icon="group", form=form, person=person,
        work=work_of(person, institution, actor=actor) if person else None, status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip


def tell(request: HttpRequest, handed: HandedOver) -> None:
    """What went along, and what did not."""
    cases = ngettext("%d case", "%d cases", handed.cases) % handed.cases
    steps = ngettext("%d task", "%d tasks", handed.tasks) % handed.tasks
    messages.success(request, _("Handed over: %(cases)s and %(tasks)s.") % {"cases": cases, "tasks": steps})
    if handed.left:
        names = ", ".join(f"{task.name} ({task.plan.case.case_number})" for task in handed.left)
        messages.warning(request, _("Left where they were, because the colleague has no seat on the case: %s.") % names)
