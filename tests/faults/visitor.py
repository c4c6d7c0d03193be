"""An applicant without a browser: enough of HTTP to press "send" while things fall down."""

import re
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from importlib import import_module

from django.conf import settings

from recruitment.applications.models import Application


class Visitor:
    """A browser that holds one draft and presses "send"."""

    def __init__(self, application: Application, port: int) -> None:
        self.application = application
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session["applications"] = [str(application.pk)]
        session.save()
        self.cookies = {settings.SESSION_COOKIE_NAME: session.session_key}
        self.address = f"http://127.0.0.1:{port}/soeg/ansoegning/{application.pk}/tjek/"
        self.token = ""

    def look(self) -> None:
        request = urllib.request.Request(self.address, headers=self._headers())
        with urllib.request.urlopen(request, timeout=20) as answer:
            page = answer.read().decode()
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                name, _equals, value = cookie.split(";")[0].partition("=")
                self.cookies[name] = value
        self.token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]

    def send(self) -> bool:
        """Whether the server acknowledged: the receipt page came back."""
        data = urllib.parse.urlencode({"csrfmiddlewaretoken": self.token}).encode()
        request = urllib.request.Request(self.address, data=data, headers=self._headers())
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return "kvittering" in answer.url
        except (OSError, urllib.error.URLError):
            return False

    def _headers(self) -> dict[str, str]:
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}


def try_until(deed: Callable[[], bool], times: int = 40) -> bool:
    for _ in range(times):
        if deed():
            return True
        time.sleep(0.5)
    return False


def has_looked(visitor: Visitor) -> bool:
    """Whether the page could be opened just now."""
    try:
        visitor.look()
    except (OSError, urllib.error.URLError):
        return False
    return True
