"""The institution's meeting rooms."""

import uuid

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.guard import actor_of
from portal.workbench.screens import BAD_INPUT, blame, screen
from portal.workbench.setup.frame import institution_for, show_setup
from recruitment.access.permissions import Permission
from recruitment.interviews.models import MeetingRoom
from recruitment.interviews.rooms import rooms_of, save_room, use_room

RIGHT = Permission.INSTITUTION_EDIT_MASTER_DATA


class RoomForm(forms.ModelForm):
    """One room."""

    class Meta:
        model = MeetingRoom
        fields = ("name", "directions", "seats")


@screen
@require_GET
def rooms(request: HttpRequest, institution_id: uuid.UUID) -> HttpResponse:
    """All of them, with how many interviews lie ahead in each."""
    institution = institution_for(request, institution_id, RIGHT)
    return show_setup(
        request, "workbench/setup/rooms.html", institution, tab="rooms", title=_("Meeting rooms"), rooms=rooms_of(institution)
    )  # fmt: skip


@screen
def room(request: HttpRequest, institution_id: uuid.UUID, room_id: int | None = None) -> HttpResponse:
    """Add one, or change its words."""
    institution = institution_for(request, institution_id, RIGHT)
    row = get_object_or_404(institution.meeting_rooms, pk=room_id) if room_id else None
    typed = request.POST if request.method == "POST" else None
    form = RoomForm(typed, instance=MeetingRoom.objects.get(pk=row.pk) if row else None)
    if typed is not None and form.is_valid():
        try:
            saved = save_room(institution, row, actor=actor_of(request), **form.cleaned_data)
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("%s has been saved.") % saved.name)
            return redirect("workbench:rooms", institution.pk)
    return show_setup(
        request, "workbench/setup/one_form.html", institution, tab="rooms", title=row.name if row else _("New room"), form=form,
        status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip


@screen
@require_POST
def use(request: HttpRequest, institution_id: uuid.UUID, room_id: int) -> HttpResponse:
    """Out of use, or back."""
    institution = institution_for(request, institution_id, RIGHT)
    row = get_object_or_404(institution.meeting_rooms.select_related("institution"), pk=room_id)
    in_use = request.POST.get("button") == "back"
    try:
        use_room(row, in_use=in_use, actor=actor_of(request))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, (_("%s can be chosen again.") if in_use else _("%s is out of use.")) % row.name)
    return redirect("workbench:rooms", institution.pk)
