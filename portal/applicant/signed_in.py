"""Pages for somebody who is signed in; anybody else is led to the code by mail, and back."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse

from portal.proof import take_over_what_came_since

View = Callable[..., Any]


def signed_in_only(view: View) -> View:
    """The view for somebody who is signed in; anybody else is led to the code by mail, and back here."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> Any:
        if not request.user.is_authenticated:
            return redirect(f"{reverse('account_request_login_code')}?{urlencode({'next': request.get_full_path()})}")
        take_over_what_came_since(request)
        return view(request, *args, **kwargs)

    return guarded
