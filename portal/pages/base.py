"""What the public pages have in common."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.models import Page

from portal.kept import for_everybody


class KeptPage(Page):
    """A page that is the same for everybody who is not signed in."""

    class Meta:
        abstract = True

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, which may be kept."""
        return for_everybody(super().serve(request, *args, **kwargs))
