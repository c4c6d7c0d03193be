"""What the administrator's screens share: the institution one administers, and the menu beside them."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.guard import actor_of
from portal.workbench.screens import show
from portal.workbench.tabs import Tab, gathered
from recruitment.access.decide import institutions_of, may, visible
from recruitment.access.permissions import Permission
from recruitment.organisation.models import Institution
from recruitment.people.actor import Actor

HOUSE, DATA, CASES = gettext_lazy("The house"), gettext_lazy("Personal data"), gettext_lazy("Work on cases")
OUT = gettext_lazy("Ads and letters")
SCREENS = (
    ("first_steps", "", gettext_lazy("What to do next"), Permission.INSTITUTION_EDIT_MASTER_DATA),
    ("institution", HOUSE, gettext_lazy("Institution"), Permission.INSTITUTION_EDIT_MASTER_DATA),
    ("units", HOUSE, gettext_lazy("Units"), Permission.INSTITUTION_EDIT_MASTER_DATA),
    ("rooms", HOUSE, gettext_lazy("Meeting rooms"), Permission.INSTITUTION_EDIT_MASTER_DATA),
    ("users", HOUSE, gettext_lazy("Users"), Permission.USER_CREATE_ANY),
    ("data_protection", DATA, gettext_lazy("Data protection"), Permission.DATAPROTECTION_EDIT),
    ("texts", DATA, gettext_lazy("Texts"), Permission.DATAPROTECTION_EDIT),
    ("profile_fields", CASES, gettext_lazy("Job profile"), Permission.INSTITUTION_EDIT_MASTER_DATA),
    ("stages", CASES, gettext_lazy("Stages"), Permission.INSTITUTION_EDIT_MASTER_DATA),
    ("marks", CASES, gettext_lazy("Scales and icons"), Permission.ICONS_SCALES_EDIT),
    ("reference_guide", CASES, gettext_lazy("Guide to references"), Permission.REFERENCE_GUIDE_EDIT),
    ("advice", CASES, gettext_lazy("Advice"), Permission.CONTENT_TEMPLATE_EDIT),
    ("media_list", OUT, gettext_lazy("Media list"), Permission.MEDIALIST_EDIT),
    ("ad_rules", OUT, gettext_lazy("Rules for ads"), Permission.CONTENT_TEMPLATE_EDIT),
    ("letter_library", OUT, gettext_lazy("Letters"), Permission.MESSAGE_TEMPLATE_PROPOSE),
    ("api_clients", "", gettext_lazy("API clients"), Permission.API_CLIENT_EDIT),
)


def institution_for(request: HttpRequest, institution_id: uuid.UUID, permission: Permission) -> Institution:
    """The institution, or 404 for somebody who does not administer it."""
    rows = Institution.objects.filter(pk__in=institutions_of(actor_of(request), permission))
    return get_object_or_404(rows, pk=institution_id)


def administered(actor: Actor) -> list[Institution]:
    """The institutions whose set-up is the person's."""
    return list(visible(actor, Permission.INSTITUTION_EDIT_MASTER_DATA, Institution.objects.all()))


def show_setup(
    request: HttpRequest,
    template: str,
    institution: Institution,
    *,
    tab: str,
    title: str,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A screen of the set-up, with its tabs."""
    actor = actor_of(request)
    tabs = gathered(
        (heading, Tab(name, str(label), reverse(f"workbench:{name}", args=[institution.pk]), name == tab))
        for name, heading, label, right in SCREENS
        if institution.pk in institutions_of(actor, right)
    )
    crumbs = []
    if may(actor, Permission.INSTITUTION_EDIT_MASTER_DATA, institution):
        crumbs = [(_("Set-up of %s") % institution.name, reverse("workbench:first_steps", args=[institution.pk]))]
    return show(
        request,
        template,
        title=title,
        crumbs=crumbs,
        status=status,
        institution=institution,
        tabs=tabs,
        icon="cogs",
        **context,
    )
