"""Text files, whatever editor wrote them: UTF-8 is kept, what is clearly text in another coding becomes UTF-8."""

import codecs
import unicodedata

from recruitment.documents.refusals import Refused

MAX_TEXT = 500_000  # characters kept of one document
_ALLOWED_CONTROLS = "\n\t\f"
_MOST_FOREIGN = 0.3  # share of letters beyond ASCII in a Latin-1 text; Danish has about 0.05


def decode_text(content: bytes) -> str:
    """The words, lines ended by a newline alone. Raises Refused(not_text, empty)."""
    text = _decoded(content).removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if any(unicodedata.category(sign) == "Cc" and sign not in _ALLOWED_CONTROLS for sign in set(text)):
        raise Refused("not_text")
    if not text.strip():
        raise Refused("empty")
    return text


def storable(text: str) -> str:
    """Without NUL, other control signs and lone surrogates, which a database refuses."""
    kept = text.encode("utf-8", "ignore").decode()
    return "".join(sign for sign in kept if sign in _ALLOWED_CONTROLS or unicodedata.category(sign) != "Cc")


def _decoded(content: bytes) -> str:
    coding = "utf-16" if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8"
    try:
        return content.decode(coding)
    except UnicodeDecodeError:
        return _from_western(content)


def _from_western(content: bytes) -> str:
    """Windows-1252, of which Latin-1's letters are a part."""
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        raise Refused("not_text") from None
    foreign = [sign for sign in text if ord(sign) > 127]
    if len(foreign) > _MOST_FOREIGN * len(text) or not all(_is_written(sign) for sign in foreign):
        raise Refused("not_text")
    return text


def _is_written(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LPSNZ" or sign == "\xad"
