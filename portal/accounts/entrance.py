"""A colleague comes to a case by the link of their invitation: one button, a second factor, and they are there.

GET only shows the button, because mail scanners open links.
"""

from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.email_verification import verify_email_indirectly
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.proof import BACK, BY_LINK, has_second_factor
from recruitment.access.decide import may, must_declare
from recruitment.access.entrances import entrance_behind, use_entrance
from recruitment.access.models import CaseMember, Entrance
from recruitment.access.permissions import Permission
from recruitment.allowances.actions import Bucket, take
from recruitment.people.actor import Actor

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
#: Tries from one network: wide, since a ministry sits behind one number; nobody guesses a signature.
TRIES = Bucket(most=300, rate=5)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """What the link opens, and the button that opens it."""
    if not take(TRIES, f"entrance: {get_adapter().get_client_ip(request)}", 1).granted:
        return render(request, "accounts/entrance_ended.html", status=429)
    try:
        if request.method == "POST":
            return _let_in(request, use_entrance(token))
        member = entrance_behind(token).member
    except Entrance.DoesNotExist:
        return render(request, "accounts/entrance_ended.html", status=404)
    if request.user == member.user:
        return redirect(way_to(member))
    return render(request, "accounts/entrance.html", {"member": member, "case": member.case})


def way_to(member: CaseMember) -> str:
    """The case, by way of what the person has to say first."""
    actor, case = Actor.person(member.user), reverse("workbench:case", args=[member.case_id])
    if may(actor, Permission.APPLICATION_READ_DOCUMENTS, member.case) and must_declare(actor, member.case_id):
        return f"{reverse('workbench:declare', args=[member.case_id])}?{urlencode({'next': case})}"
    return case


def _let_in(request: HttpRequest, member: CaseMember) -> HttpResponse:
    """Sign the invited person in; who has a second factor is asked for it before they are signed in at all."""
    if request.user.is_authenticated:
        logout(request)
    record_authentication(request, member.user, method=BY_LINK, email=member.user.email)
    verify_email_indirectly(request, member.user, member.user.email)  # allauth lets nobody make a factor before
    return perform_login(request, Login(user=member.user, redirect_url=way_to(member)))


def ask_for_factor(request: HttpRequest) -> HttpResponse:
    """To the page that offers a second factor; it leads back to where somebody was going, never to a deed."""
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else settings.LOGIN_REDIRECT_URL
    return redirect(f"{reverse('choose_factor')}?{urlencode({'next': back})}")


@require_safe
def choose_factor(request: HttpRequest) -> HttpResponse:
    """Use the second factor that is there, or make one."""
    back = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None) or not back.startswith("/admin/"):
        back = settings.LOGIN_REDIRECT_URL
    if not request.user.is_authenticated:
        return redirect(f"{settings.LOGIN_URL}?{urlencode({'next': back})}")
    if has_second_factor(request):
        return redirect(back)
    request.session[BACK] = back
    context = {"has_one": is_mfa_enabled(request.user, FACTORS), "query": urlencode({"next": back})}
    return render(request, "accounts/choose_factor.html", context)
