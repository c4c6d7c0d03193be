"""Further questions about an application, answered by the one who sent it."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.applicant.ownership import owned_by_person
from portal.applicant.signed_in import signed_in_only
from portal.guard import actor_of
from recruitment.applications.asking_again import LONGEST_ANSWER, answer_again, is_open
from recruitment.applications.followups import FollowUpReply

BAD_INPUT = 422


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def follow_up(request: HttpRequest, application_id: uuid.UUID, round_id: uuid.UUID) -> HttpResponse:
    """The questions with room for answers; what was sent can be changed until the deadline."""
    application = owned_by_person(request, application_id)
    rows = FollowUpReply.objects.select_related("round", "application").filter(application=application, round=round_id)
    reply = rows.first()
    if reply is None:
        raise Http404
    typed, faults = request.POST.getlist("answer"), []
    if request.method == "POST":
        try:
            answer_again(reply, typed, actor=actor_of(request))
        except ValidationError as refusal:
            faults = refusal.messages
        else:
            messages.success(request, _("We have received your answers."))
            return redirect("applicant:follow_up", application.pk, round_id)
    answers = [*(typed or reply.answers), *([""] * len(reply.round.questions))]
    return render(
        request, "applicant/follow_up.html", {
            "application": application, "case": application.case, "round": application.round, "reply": reply, "faults": faults, "most": LONGEST_ANSWER,
            "lines": list(zip(reply.round.questions, answers, strict=False)), "is_open": is_open(reply), "section": "mine",
        }, status=BAD_INPUT if faults else 200,
    )  # fmt: skip
