"""What every template may know."""

from django.conf import settings
from django.http import HttpRequest


def everywhere(request: HttpRequest) -> dict[str, object]:
    """Whether the demo is on."""
    return {"demo": settings.DEMO}
