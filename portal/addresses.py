"""Addresses that nothing can answer: NUL is a character that no text of the database holds, so no search can be for it."""

from collections.abc import Callable
from urllib.parse import unquote

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse


class SoundAddressMiddleware:
    """Answers 400 to an address with NUL in it, before any view looks for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """On to the view, or BadRequest."""
        asked = request.path_info + unquote(request.META.get("QUERY_STRING", ""))
        if "\x00" in asked:
            raise BadRequest("NUL in the address")
        return self.get_response(request)
