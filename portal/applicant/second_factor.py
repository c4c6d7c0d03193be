"""Confidential letters open only after more than a mailed code: what can be done about it, and paper for who has nothing."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.adapter import get_adapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.applicant.signed_in import signed_in_only
from portal.guard import actor_of
from portal.proof import BACK, has_second_factor
from recruitment.letters.outcomes import ask_for_paper
from recruitment.mail.queries import secure_inbox
from recruitment.organisation.models import InstitutionSettings

View = Callable[..., Any]
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def strongly(view: View) -> View:
    """The view after a second factor; anybody else is led to choose one, and back here."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> Any:
        if not has_second_factor(request):
            return ask_for_more(request)
        return view(request, *args, **kwargs)

    return guarded


def ask_for_more(request: HttpRequest) -> HttpResponse:
    """To the page that offers a second factor; it leads back to where somebody was going, never to a deed."""
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else reverse("applicant:mine")
    return redirect(f"{reverse('applicant:second_factor')}?{urlencode({'next': back})}")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def second_factor(request: HttpRequest) -> HttpResponse:
    """Use the one that is there, make one, or have the letter sent on paper."""
    back = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None) or not back.startswith("/"):
        back = reverse("applicant:inbox")
    if request.method == "POST":
        return _on_paper(request)
    if has_second_factor(request):
        return redirect(back)
    request.session[BACK] = back
    context = {
        "back": back, "section": "mine", "has_one": is_mfa_enabled(request.user, FACTORS), "providers": _providers(request),
        "query": urlencode({"next": back}), "letter": _letter_of(request, back),
    }  # fmt: skip
    return render(request, "applicant/second_factor.html", context)


def _providers(request: HttpRequest) -> list[tuple[str, str]]:
    """Name and address of identity providers that are for everybody (MitID through a broker), not an employer's own."""
    of_employers = set(
        InstitutionSettings.objects.exclude(sign_in_provider="").values_list("sign_in_provider", flat=True)
    )
    return [
        (provider.name, provider.get_login_url(request, process="connect"))
        for provider in get_adapter().list_providers(request)
        if provider.app and provider.app.provider_id not in of_employers
    ]


def _letter_of(request: HttpRequest, back: str) -> Any:
    """The letter that somebody wanted to open, if it was one of theirs."""
    number = back.rstrip("/").rpartition("/")[2]
    try:
        key = uuid.UUID(number)
    except ValueError:
        return None
    return secure_inbox(request.user).filter(pk=key).first()  # type: ignore[arg-type]


def _on_paper(request: HttpRequest) -> HttpResponse:
    """The way out for who has none of them: a letter on paper, as a task for HR."""
    letter = _letter_of(request, f"/{request.POST.get('letter', '')}/")
    if letter is None:
        raise Http404
    try:
        ask_for_paper(letter, actor=actor_of(request))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("We send you the letter by post."))
    return redirect("applicant:inbox")
