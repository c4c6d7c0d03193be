"""The stage of a case inside its state: chosen on the overview."""

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
from recruitment.cases.adapted import SubStage
from recruitment.cases.adapting import enter_stage


@screen
@require_POST
def choose(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """One of the institution's own, or none."""
    case = case_for(request, case_id, Permission.CASE_EDIT)
    wanted = request.POST.get("stage", "")
    rows = SubStage.objects.filter(institution=case.institution_id)
    try:
        stage = get_object_or_404(rows, pk=uuid.UUID(wanted)) if wanted else None
        enter_stage(case, stage, actor=actor_of(request))
    except (ValidationError, ValueError) as refusal:
        words = refusal.messages if isinstance(refusal, ValidationError) else [_("There is no such stage.")]
        messages.error(request, " ".join(words))
    return redirect("workbench:case", case.pk)
