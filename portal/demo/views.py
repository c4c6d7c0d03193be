"""The demo's sign-in page and its mailbox. Every view answers 404 unless `settings.DEMO`."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from portal.platform import mailbox
from recruitment.access.models import CaseMember, RoleAssignment
from recruitment.access.roles import Role
from recruitment.organisation.models import Institution
from recruitment.people.actions import claim_candidates
from recruitment.people.models import User

View = Callable[..., HttpResponse]


def demo_only(view: View) -> View:
    """The view while the demo is on, else nothing."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@demo_only
def people(request: HttpRequest) -> HttpResponse:
    """Everybody, by institution and role, and some applicants."""
    institutions = [(institution, _people_of(institution)) for institution in Institution.objects.order_by("name_da")]
    applicants = User.objects.filter(is_staff=False, candidates__isnull=False).distinct()[:8]
    return render(request, "demo/people.html", {"institutions": institutions, "applicants": applicants})


def _people_of(institution: Institution) -> list[tuple[str, list[User]]]:
    by_role: dict[str, dict[int, User]] = {}
    for assignment in RoleAssignment.objects.active().filter(institution=institution).select_related("user"):
        by_role.setdefault(assignment.role, {})[assignment.user_id] = assignment.user
    for member in CaseMember.objects.filter(case__institution=institution).select_related("user"):
        by_role.setdefault(member.role, {})[member.user_id] = member.user
    return [(str(role.label), sorted(by_role[role].values(), key=str)) for role in Role if role in by_role]


@demo_only
@require_POST
def sign_in(request: HttpRequest, user_id: int) -> HttpResponse:
    """Become the person."""
    user = get_object_or_404(User, pk=user_id, is_active=True)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    claim_candidates(user)
    return redirect("/admin/" if user.is_staff else "/mine/")


@demo_only
def mails(request: HttpRequest) -> HttpResponse:
    """Every mail the sink has caught, newest first."""
    caught = list(mailbox.newest_first())[:200]
    return render(request, "demo/mails.html", {"mails": caught})


@demo_only
def mail(request: HttpRequest, key: str) -> HttpResponse:
    """One mail as its recipient sees it."""
    found = mailbox.by_key(key)
    if found is None:
        raise Http404
    return render(request, "demo/mail.html", {"mail": found})
