"""Where a link in a document leads, and which ways are let through."""

import re

# Opens a web page, a mail, a call or a chat: what people put in a CV.
HARMLESS_SCHEMES = {
    "http", "https", "mailto", "tel", "callto", "sms", "fax", "skype", "whatsapp", "facetime", "ftp", "doi", "urn", "orcid", "geo",
}  # fmt: skip
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(.*)", re.IGNORECASE | re.DOTALL)
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_PHONE_NUMBER = re.compile(r"[+()-]*[0-9][+0-9()-]{3,}")


def is_harmless_link(target: str) -> bool:
    """Whether a click can only open a page, a mail or a call; a link without a scheme ("www.example.dk") may stand."""
    bare = _INVISIBLE.sub("", target)
    if bare.startswith(("\\\\", "//\\", "\\/")) or "\\\\" in bare[:8]:
        return False
    match = _SCHEME.match(bare)
    if match is None:
        return True
    scheme, rest = match[1].lower(), match[2]
    return scheme in HARMLESS_SCHEMES or "." in scheme or ("-" not in scheme and bool(_PHONE_NUMBER.fullmatch(rest)))


def is_file_beside(target: str) -> bool:
    """Whether it names a file in the same place, as LaTeX writes for a link without a scheme; no path upwards, no other machine."""
    bare = _INVISIBLE.sub("", target)
    return (
        bool(bare) and not bare.startswith("/") and "\\" not in bare and ":" not in bare and ".." not in bare.split("/")
    )


def is_on_own_disk(target: str) -> bool:
    r"""Whether it names a file on the writer's own drive: `file:///C:\Users\...` or a bare name. Word writes its template so."""
    path = re.sub(r"^file:(///|/)?", "", _INVISIBLE.sub("", target), flags=re.IGNORECASE)
    return bool(re.match(r"[a-z]:[\\/]", path, re.IGNORECASE)) or is_file_beside(path)
