"""Users: who has which role, who signed in when, who joins, stands in, and leaves."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from portal.guard import actor_of
from portal.workbench.confirm import ask_first
from portal.workbench.fields import Colleague, CopenhagenTime
from portal.workbench.planning.hand_over import tell
from portal.workbench.screens import BAD_INPUT, blame, screen
from portal.workbench.setup.frame import institution_for, show_setup
from portal.workbench.setup.units import Place
from recruitment.access.actions import deactivate_user, grant_role, invite_again, invite_user, revoke_role
from recruitment.access.models import CaseMember, RoleAssignment
from recruitment.access.permissions import Permission
from recruitment.access.queries import colleagues
from recruitment.access.roles import LEVEL_ROLES, Role
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.queries import ENDED
from recruitment.mail.queries import invitation_of
from recruitment.organisation.models import Institution, OrganisationalUnit
from recruitment.people.models import User
from recruitment.planning.handing_over import hand_over_work, work_of

AT_UNITS = {Role.HR_EXTENDED, Role.HR_CASEWORK, Role.HR_LIMITED}


class RoleForm(forms.Form):
    """A role at a level, for good or as a deputy until a date."""

    role = forms.ChoiceField(
        choices=[("", gettext_lazy("choose")), *((role.value, role.label) for role in LEVEL_ROLES)],
        label=gettext_lazy("Role"),
    )
    unit = Place(
        required=False,
        queryset=OrganisationalUnit.objects.none(),
        label=gettext_lazy("At the unit and everything below"),
        help_text=gettext_lazy(
            "For the roles in HR. Administrators and communications stand for the whole institution."
        ),
    )
    is_deputy = forms.BooleanField(required=False, label=gettext_lazy("Deputy administrator"))
    valid_from = CopenhagenTime(required=False, label=gettext_lazy("From"))
    valid_until = CopenhagenTime(
        required=False, label=gettext_lazy("Until"), help_text=gettext_lazy("A deputy needs one.")
    )

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = institution.units.filter(active=True).order_by("path")

    def clean(self) -> dict[str, Any]:
        """Roles in HR stand at a unit, the others do not."""
        cleaned = self.cleaned_data
        if cleaned.get("role") in AT_UNITS and not cleaned.get("unit"):
            self.add_error("unit", _("Choose the unit where the role begins."))
        if cleaned.get("role") and cleaned["role"] not in AT_UNITS:
            cleaned["unit"] = None
        if cleaned.get("is_deputy") and cleaned.get("role") != Role.ADMINISTRATOR:
            self.add_error("is_deputy", _("Only an administrator has a deputy."))
        return cleaned

    def grant(self, user: User, institution: Institution, actor: Any) -> None:
        """Give it."""
        typed = self.cleaned_data
        grant_role(
            user, Role(typed["role"]), institution=institution, actor=actor, unit=typed["unit"], is_deputy=typed["is_deputy"],
            valid_from=typed["valid_from"], valid_until=typed["valid_until"], deputy_for=actor.user if typed["is_deputy"] else None,
        )  # fmt: skip


class InviteForm(RoleForm):
    """Somebody new with a first role."""

    email = forms.EmailField(label=gettext_lazy("E-mail"))
    first_name = forms.CharField(required=False, max_length=100, label=gettext_lazy("First name"))
    last_name = forms.CharField(required=False, max_length=100, label=gettext_lazy("Last name"))
    title = forms.CharField(required=False, max_length=120, label=gettext_lazy("Job title"))
    phone = forms.CharField(required=False, max_length=40, label=gettext_lazy("Telephone"))
    field_order = ("email", "first_name", "last_name", "title", "phone", "role", "unit")


class HandOverForm(forms.Form):
    """Who takes the cases and the tasks."""

    to = Colleague(label=gettext_lazy("Hand cases and tasks over to"))


@screen
def people(request: HttpRequest, institution_id: uuid.UUID) -> HttpResponse:
    """Everybody with a role or a seat."""
    institution = institution_for(request, institution_id, Permission.USER_CREATE_ANY)
    roles = RoleAssignment.objects.active().filter(institution=institution).select_related("unit")
    seats = CaseMember.objects.filter(case__institution=institution, access_until__isnull=True)
    users = colleagues([institution.pk]).prefetch_related(
        Prefetch("role_assignments", queryset=roles, to_attr="roles_here"),
        Prefetch("case_memberships", queryset=seats, to_attr="seats_here"),
    )
    return show_setup(request, "workbench/setup/users.html", institution, tab="users", title=_("Users"), users=users)


@screen
def invite(request: HttpRequest, institution_id: uuid.UUID) -> HttpResponse:
    """Invite and give the first role, both or neither."""
    institution = institution_for(request, institution_id, Permission.USER_CREATE_ANY)
    form = InviteForm(institution, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            user = _invite(form, institution, actor_of(request))
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("%s has been invited.") % user)
            return redirect("workbench:users", institution.pk)
    return show_setup(
        request, "workbench/setup/one_form.html", institution, tab="users", title=_("Invite somebody"), form=form,
        status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip


@transaction.atomic
def _invite(form: InviteForm, institution: Institution, actor: Any) -> User:
    typed = {name: form.cleaned_data[name] for name in ("email", "first_name", "last_name", "title", "phone")}
    user = invite_user(institution=institution, actor=actor, **typed)
    form.grant(user, institution, actor)
    return user


@screen
def person(request: HttpRequest, institution_id: uuid.UUID, user_id: int) -> HttpResponse:
    """Roles, seats and cases of one colleague; POST gives a role or hands cases over."""
    institution = institution_for(request, institution_id, Permission.USER_CREATE_ANY)
    user = get_object_or_404(colleagues([institution.pk]), pk=user_id)
    wants_hand_over = "to" in request.POST
    form = RoleForm(institution, request.POST if request.method == "POST" and not wants_hand_over else None)
    hand_over = HandOverForm(request.POST if wants_hand_over else None)
    hand_over.fields["to"].queryset = colleagues([institution.pk]).exclude(pk=user.pk)
    chosen = hand_over if wants_hand_over else form
    if request.method == "POST" and chosen.is_valid():
        try:
            _change(request, institution, user, form, hand_over)
        except ValidationError as refusal:
            blame(chosen, refusal)
        else:
            messages.success(request, _("Done."))
            return redirect("workbench:user", institution.pk, user.pk)
    return show_setup(
        request, "workbench/setup/user.html", institution, tab="users", title=str(user), person=user, form=form,
        hand_over=hand_over, roles=RoleAssignment.objects.active().filter(user=user, institution=institution).select_related("unit"),
        seats=CaseMember.objects.filter(user=user, case__institution=institution, access_until__isnull=True).select_related("case"),
        work=work_of(user, institution, actor=actor_of(request)), invitation=invitation_of(user, institution), status=BAD_INPUT if request.method == "POST" else 200,
    )  # fmt: skip


def _open_cases(user: User, institution: Institution) -> Any:
    return RecruitmentCase.objects.filter(hr_responsible=user, institution=institution).exclude(state__in=ENDED)


@transaction.atomic
def _change(
    request: HttpRequest, institution: Institution, user: User, form: RoleForm, hand_over: HandOverForm
) -> None:
    if not hand_over.is_bound:
        form.grant(user, institution, actor_of(request))
        return
    tell(request, hand_over_work(user, hand_over.cleaned_data["to"], institution, actor=actor_of(request)))


@screen
@require_POST
def revoke(request: HttpRequest, institution_id: uuid.UUID, assignment_id: uuid.UUID) -> HttpResponse:
    """Take a role away, from the next request on."""
    institution = institution_for(request, institution_id, Permission.USER_CREATE_ANY)
    assignment = get_object_or_404(
        RoleAssignment.objects.select_related("user", "unit"),
        pk=assignment_id,
        institution=institution,
        revoked_at__isnull=True,
    )
    who, role = assignment.user, assignment.get_role_display()
    asked = ask_first(
        request, title=_("Take the role away?"), button=_("Take the role away"), back=_address(institution, who),
        consequence=_("%(who)s will no longer be %(role)s, from the next page they open.") % {"who": who, "role": role},
    )  # fmt: skip
    return asked or _tell(request, institution, lambda: revoke_role(assignment, actor=actor_of(request)))


def _address(institution: Institution, user: User) -> str:
    return reverse("workbench:user", args=[institution.pk, user.pk])


@screen
@require_POST
def leave(request: HttpRequest, institution_id: uuid.UUID, user_id: int) -> HttpResponse:
    """Somebody leaves: every role and seat here ends."""
    institution = institution_for(request, institution_id, Permission.USER_CREATE_ANY)
    user = get_object_or_404(colleagues([institution.pk]), pk=user_id)
    cases = _open_cases(user, institution).count()
    consequence = _("Every role and seat that %s has here ends at once.") % user
    if cases:
        left = ngettext(
            "%d open case is left without anybody responsible.",
            "%d open cases are left without anybody responsible.",
            cases,
        )
        consequence = f"{consequence} {left % cases}"
    asked = ask_first(
        request, title=_("Does this person leave?"), button=_("This person leaves"), back=_address(institution, user),
        consequence=consequence,
    )  # fmt: skip
    return asked or _tell(
        request, institution, lambda: deactivate_user(user, institution=institution, actor=actor_of(request))
    )


@screen
@require_POST
def again(request: HttpRequest, institution_id: uuid.UUID, user_id: int) -> HttpResponse:
    """Mail the invitation once more."""
    institution = institution_for(request, institution_id, Permission.USER_CREATE_ANY)
    user = get_object_or_404(colleagues([institution.pk]), pk=user_id)
    return _tell(request, institution, lambda: invite_again(user, institution=institution, actor=actor_of(request)))


def _tell(request: HttpRequest, institution: Institution, deed: Any) -> HttpResponse:
    try:
        deed()
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Done."))
    return redirect("workbench:users", institution.pk)
