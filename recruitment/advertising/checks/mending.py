"""Carrying out a mend on the source of a passage: only words change, never mark-up."""

import html
import re

from recruitment.advertising.checks.written import Deed, Mend

_PIECES = re.compile(r"(<[^>]*>)")
_LINK = re.compile(r"(<a\b[^>]*>)(.*?)(</a>)", re.IGNORECASE | re.DOTALL)
_PARAGRAPH = re.compile(r"(<(p|li)\b[^>]*>)((?:(?!<(?:p|li)\b).)*?)(</\2>)", re.IGNORECASE | re.DOTALL)  # the innermost


def mended(source: str, mend: Mend, *, is_rich: bool, words: str = "") -> str:
    """The source with the mend carried out; as it was where its words are no longer there. `words` are a link's new words."""
    if mend.deed == Deed.WORDS:
        return _link_renamed(source, mend, words.strip())
    if mend.deed == Deed.REPLACE:
        return _replaced_in_rich(source, mend.old, mend.new) if is_rich else _replaced(source, mend.old, mend.new)
    return source


def _pattern(old: str) -> re.Pattern[str]:
    """The words, whatever the spaces between them."""
    return re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, old.split())) + r"(?!\w)")


def _replaced(text: str, old: str, new: str) -> str:
    return _pattern(old).sub(lambda _hit: new, text, count=1)


def _replaced_in_rich(source: str, old: str, new: str) -> str:
    pieces = _PIECES.split(source)
    for place, piece in enumerate(pieces):
        if piece.startswith("<"):
            continue
        words = html.unescape(piece)
        changed = _replaced(words, old, new)
        if changed != words:
            pieces[place] = html.escape(changed, quote=False)
            return "".join(pieces)
    return _replaced_across_marks(source, old, new)


def _replaced_across_marks(source: str, old: str, new: str) -> str:
    """A sentence that bold or a link runs through: its paragraph loses them, the others keep theirs."""

    def paragraph(hit: re.Match[str]) -> str:
        words = html.unescape(_PIECES.sub("", hit[3]))
        changed = _replaced(words, old, new)
        return hit[0] if changed == words else f"{hit[1]}{html.escape(changed, quote=False)}{hit[4]}"

    return _PARAGRAPH.sub(paragraph, source)


def _link_renamed(source: str, mend: Mend, words: str) -> str:
    links = list(_LINK.finditer(source))
    if not words or mend.link >= len(links):
        return source
    hit = links[mend.link]
    renamed = f"{hit[1]}{html.escape(words, quote=False)}{hit[3]}"
    return source[: hit.start()] + renamed + source[hit.end() :]
