"""The media list: what HR may choose, in which order, and at what price."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from portal.guard import actor_of
from portal.workbench.fields import Kroner
from portal.workbench.screens import BAD_INPUT, blame, screen
from portal.workbench.setup.frame import institution_for, show_setup
from recruitment.access.permissions import Permission
from recruitment.advertising.media_list import add_own_medium, change_entry, list_medium, media_not_listed
from recruitment.advertising.media_requests import approve_request, decline_request
from recruitment.advertising.models import MediaListEntry, MediaRequestState, Medium, MediumKind
from recruitment.channels.actions import channel_of
from recruitment.organisation.models import Institution

OWN_KINDS = [choice for choice in MediumKind.choices if choice[0] not in {MediumKind.OWN_SITE, MediumKind.INTRANET}]


class ListForm(forms.Form):
    """One of the known media."""

    medium = forms.ModelChoiceField(queryset=Medium.objects.none(), label=gettext_lazy("Medium"), empty_label=None)


class OwnMediumForm(forms.Form):
    """A medium nobody knows yet."""

    name = forms.CharField(max_length=120, label=gettext_lazy("Name"))
    name_en = forms.CharField(required=False, max_length=120, label=gettext_lazy("Name in English"))
    kind = forms.ChoiceField(choices=OWN_KINDS, label=gettext_lazy("Kind"))
    cost = Kroner(required=False, label=gettext_lazy("Usual price in kroner"))


class EntryForm(forms.Form):
    """One line of the list."""

    active = forms.BooleanField(required=False, label=gettext_lazy("Can be chosen"))
    default_selected = forms.BooleanField(required=False, label=gettext_lazy("Chosen for every ad"))
    default_cost = Kroner(
        required=False,
        label=gettext_lazy("Usual price in kroner"),
        help_text=gettext_lazy("Empty: the medium's own price."),
    )
    head_start_days = forms.IntegerField(min_value=0, max_value=60, label=gettext_lazy("Days before the others"))
    position = forms.IntegerField(min_value=0, max_value=999, label=gettext_lazy("Place in the list"))
    note = forms.CharField(required=False, max_length=240, label=gettext_lazy("Note"))


@screen
def entries(request: HttpRequest, institution_id: uuid.UUID) -> HttpResponse:
    """The list, and two ways to make it longer."""
    institution = institution_for(request, institution_id, Permission.MEDIALIST_EDIT)
    posted = request.method == "POST"
    is_own = "name" in request.POST
    known = ListForm(request.POST if posted and not is_own else None)
    known.fields["medium"].queryset = media_not_listed(institution)
    own = OwnMediumForm(request.POST if posted and is_own else None)
    chosen = own if is_own else known
    if posted and chosen.is_valid():
        _add(request, institution, known, own)
        messages.success(request, _("The medium is on the list."))
        return redirect("workbench:media_list", institution.pk)
    return show_setup(
        request, "workbench/setup/media_list.html", institution, tab="media_list", title=_("Media list"), known=known, own=own,
        entries=_entries(institution), wishes=_wishes(institution), status=BAD_INPUT if posted else 200,
    )  # fmt: skip


def _entries(institution: Institution) -> list[Any]:
    """Each line with what can be said of its connection."""
    rows = institution.media_list.select_related("medium", "connection")
    return [(row, _may_connect(row), getattr(row, "connection", None)) for row in rows]


def _may_connect(row: MediaListEntry) -> bool:
    own = row.medium.institution_id == row.institution_id and row.medium.kind != MediumKind.FEED
    return channel_of(row) is not None or own


def _wishes(institution: Institution) -> Any:
    return institution.media_requests.filter(state=MediaRequestState.ASKED).select_related("asked_by")


@screen
@require_POST
def wish(request: HttpRequest, institution_id: uuid.UUID, wish_id: uuid.UUID) -> HttpResponse:
    """Decide on a medium that somebody has asked for."""
    institution = institution_for(request, institution_id, Permission.MEDIALIST_EDIT)
    asked = get_object_or_404(institution.media_requests.all(), pk=wish_id)
    try:
        if request.POST.get("button") == "decline":
            decline_request(asked, actor=actor_of(request), reason=request.POST.get("reason", ""))
        else:
            approve_request(asked, actor=actor_of(request))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Answered."))
    return redirect("workbench:media_list", institution.pk)


def _add(request: HttpRequest, institution: Institution, known: ListForm, own: OwnMediumForm) -> None:
    actor = actor_of(request)
    if own.is_bound:
        add_own_medium(institution, actor=actor, **own.cleaned_data)
    else:
        list_medium(institution, known.cleaned_data["medium"], actor=actor)


@screen
def entry(request: HttpRequest, institution_id: uuid.UUID, entry_id: uuid.UUID) -> HttpResponse:
    """Price, order, default."""
    institution = institution_for(request, institution_id, Permission.MEDIALIST_EDIT)
    row = get_object_or_404(institution.media_list.select_related("medium"), pk=entry_id)
    initial = {name: getattr(row, name) for name in EntryForm.base_fields}
    form = EntryForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_entry(row, actor=actor_of(request), changes=form.cleaned_data)
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("%s has been saved.") % row.medium)
            return redirect("workbench:media_list", institution.pk)
    return show_setup(
        request, "workbench/setup/one_form.html", institution, tab="media_list", title=str(row.medium), form=form,
        status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip
