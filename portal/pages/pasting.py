"""Links that a mail program has wrapped in its own: what is saved leads to where the writer meant."""

import html
import re
from urllib.parse import parse_qs, urlsplit

_HREF = re.compile(r'href="([^"]*)"', re.IGNORECASE)


def unwrapped(source: str) -> str:
    """Rich text whose links lead straight there, without Google's and Microsoft's detours."""
    return _HREF.sub(lambda hit: f'href="{html.escape(straight(html.unescape(hit[1])))}"', source)


def straight(address: str) -> str:
    """The address inside a detour, else the address itself; only web addresses come out."""
    try:
        parts = urlsplit(address)
        host, asked = parts.hostname or "", parse_qs(parts.query)
    except ValueError:
        return address
    inside = ""
    if host in {"www.google.com", "google.com"} and parts.path == "/url":
        inside = (asked.get("q") or asked.get("url") or [""])[0]
    elif host.endswith(".safelinks.protection.outlook.com"):
        inside = (asked.get("url") or [""])[0]
    return inside if inside.startswith(("https://", "http://")) else address
