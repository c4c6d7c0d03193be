"""Asking before what cannot be undone: a page that says what will happen to whom, with one button."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from portal.workbench.screens import Crumb, show

AGREED = "confirmed"


def ask_first(
    request: HttpRequest,
    *,
    title: str,
    consequence: str,
    button: str,
    back: str,
    crumbs: tuple[Crumb, ...] = (),
    **context: Any,
) -> HttpResponse | None:
    """The page that asks; None when the person has pressed its button."""
    if request.POST.get(AGREED):
        return None
    return show(
        request, "workbench/confirm.html", title=title, crumbs=crumbs, consequence=consequence, button=button, back=back,
        agreed=AGREED, **context,
    )  # fmt: skip
