"""Talent pools as the person sees them: what they are asked, where they are, and the way out."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.applicant.signed_in import signed_in_only
from portal.guard import actor_of
from recruitment.talent.actions import leave, say_yes
from recruitment.talent.consenting import questions_of
from recruitment.talent.models import MembershipState, TalentPoolMembership
from recruitment.talent.queries import own_memberships

BAD_INPUT = 422


@require_safe
@signed_in_only
def pools(request: HttpRequest) -> HttpResponse:
    """Every pool the person is in, or is asked into."""
    rows = own_memberships(request.user)  # type: ignore[arg-type]
    return render(request, "applicant/pools.html", {"memberships": rows, "section": "mine"})


def _own(request: HttpRequest, membership_id: uuid.UUID) -> TalentPoolMembership:
    found = own_memberships(request.user).filter(pk=membership_id).first()  # type: ignore[arg-type]
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def answer(request: HttpRequest, membership_id: uuid.UUID) -> HttpResponse:
    """Two questions, each with its own box and neither ticked; also to renew."""
    membership, language = _own(request, membership_id), request.LANGUAGE_CODE[:2]
    ticked = set(request.POST.getlist("yes")) if request.method == "POST" else set()
    faults: list[str] = []
    if request.method == "POST":
        try:
            say_yes(
                membership, storing="storing" in ticked, contact="contact" in ticked, language=language,
                actor=actor_of(request),
            )  # fmt: skip
        except ValidationError as refusal:
            faults = refusal.messages
        else:
            messages.success(request, _("Thank you. You are in the talent pool “%s”.") % membership.pool)
            return redirect("applicant:pools")
    return render(
        request, "applicant/pool.html",
        {"membership": membership, "questions": [(q, q.name in ticked) for q in questions_of(membership.pool, language)],
         "is_new": membership.state == MembershipState.INVITED, "faults": faults, "section": "mine"},
        status=BAD_INPUT if faults else 200,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def go(request: HttpRequest, membership_id: uuid.UUID) -> HttpResponse:
    """Out of the pool, or no to the question; asked first, as it deletes."""
    membership = _own(request, membership_id)
    if request.method == "POST":
        leave(membership, actor=actor_of(request))
        messages.success(request, _("You are deleted from the talent pool “%s”.") % membership.pool)
        return redirect("applicant:pools")
    context = {"membership": membership, "is_new": membership.state == MembershipState.INVITED, "section": "mine"}
    return render(request, "applicant/pool_leave.html", context)
