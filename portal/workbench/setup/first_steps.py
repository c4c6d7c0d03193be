"""What a new institution still lacks before its first ad, in the order in which it is done."""

import uuid
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.guard import actor_of
from portal.workbench.screens import screen
from portal.workbench.setup.frame import administered, institution_for, show_setup
from recruitment.access.models import RoleAssignment
from recruitment.access.permissions import Permission
from recruitment.access.roles import HR_ROLES, Role
from recruitment.organisation.legal import LegalTextKind, ProfileStatus
from recruitment.organisation.models import Institution
from recruitment.organisation.queries import text_in_force


@dataclass(frozen=True)
class FirstStep:
    """One thing to do, and whether it is done."""

    label: str
    url: str
    is_done: bool


def steps_for(institution: Institution) -> list[FirstStep]:
    """Everything an ad needs from the administrator."""
    profile = getattr(institution, "data_protection", None)
    roles = set(RoleAssignment.objects.active().filter(institution=institution).values_list("role", flat=True))
    checks = (
        (_("Write the institution's address, and where replies go"), "institution", bool(institution.address and institution.support_email)),
        (_("Add the workplaces"), "institution", institution.workplaces.exists()),
        (_("Build the tree of units"), "units", institution.units.count() > 1),
        (_("Invite somebody in HR"), "users", bool(roles & set(HR_ROLES))),
        (_("Invite somebody in communications"), "users", Role.COMMUNICATIONS in roles),
        (_("Read the notice that applicants accept"), "texts", text_in_force(institution, LegalTextKind.PRIVACY_NOTICE, "da") is not None),
        (_("Approve the data-protection profile"), "data_protection", bool(profile and profile.status == ProfileStatus.APPROVED)),
        (_("Choose the media that ads are shown on"), "media_list", institution.media_list.filter(active=True).exists()),
    )  # fmt: skip
    return [FirstStep(label, reverse(f"workbench:{name}", args=[institution.pk]), done) for label, name, done in checks]


@screen
def choose(request: HttpRequest) -> HttpResponse:
    """To the institution one administers; the first, where there are several."""
    mine = administered(actor_of(request))
    if not mine:
        raise Http404
    return redirect("workbench:first_steps", mine[0].pk)


@screen
def first_steps(request: HttpRequest, institution_id: uuid.UUID) -> HttpResponse:
    """The checklist."""
    institution = institution_for(request, institution_id, Permission.INSTITUTION_EDIT_MASTER_DATA)
    others = [each for each in administered(actor_of(request)) if each.pk != institution.pk]
    return show_setup(
        request, "workbench/setup/first_steps.html", institution, tab="first_steps", title=_("What to do next"),
        steps=steps_for(institution), others=others,
    )  # fmt: skip
