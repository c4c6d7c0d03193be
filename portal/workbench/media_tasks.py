"""What a medium could not be told: try again by a click, or say that it has been done by hand."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.guard import actor_of
from portal.workbench.screens import case_for, screen
from recruitment.access.permissions import Permission
from recruitment.channels.actions import done_by_hand, try_again
from recruitment.channels.models import Delivery

DEEDS = {"again": try_again, "done": done_by_hand}


@screen
@require_POST
def settle(request: HttpRequest, case_id: uuid.UUID, delivery_id: uuid.UUID) -> HttpResponse:
    """One task of one medium."""
    case = case_for(request, case_id, Permission.PUBLICATION_MANAGE)
    delivery = get_object_or_404(
        Delivery.objects.select_related("publication__medium"), publication__round__case=case, pk=delivery_id
    )
    button = request.POST.get("button", "")
    try:
        DEEDS.get(button, try_again)(delivery, actor=actor_of(request))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        told = _("%s is being told again.") if button != "done" else _("%s: seen to.")
        messages.success(request, told % delivery.publication.medium)
    return redirect("workbench:media", case.pk)
