"""Message catalogues without gettext: `python -m portal.platform.messages compile | report`.

A catalogue is `portal/locale/<language>/LC_MESSAGES/django.po` with every `parts/*.po` beside it; together they become
`django.mo`. What scripts say stands in `scripts/*.po` and becomes `djangojs.mo`. Msgids are English, so only Danish needs a
translation of each.
"""

import io
import itertools
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.template.base import Lexer, TokenType

from portal.platform.stamps import Stamp, fingerprint

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "portal" / "locale"
PARTS = {"django": "parts", "djangojs": "scripts"}
OURS = ("portal", "recruitment", "graphql_api", "templates")
NOT_OURS = {"node_modules", "static", "migrations", "platform"}

PLAIN, CONTEXT, PLURAL, CONTEXT_PLURAL = None, ((1, "c"), 2), (1, 2), ((1, "c"), 2, 3)
KEYWORDS = {
    "_": PLAIN, "gettext": PLAIN, "gettext_lazy": PLAIN, "gettext_noop": PLAIN,
    "ngettext": PLURAL, "ngettext_lazy": PLURAL,
    "pgettext": CONTEXT, "pgettext_lazy": CONTEXT, "npgettext": CONTEXT_PLURAL, "npgettext_lazy": CONTEXT_PLURAL,
}  # fmt: skip

QUOTED = r"""(?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
IN_EXPRESSION = re.compile(rf"\b_\({QUOTED}\)")
TRANSLATE = re.compile(rf"(?:trans|translate)\s+{QUOTED}")
IN_CONTEXT = re.compile(rf"\bcontext\s+{QUOTED}")
BLOCKS = re.compile(r"(?:blocktrans|blocktranslate)\b")
END_OF_BLOCK = re.compile(r"end(?:blocktrans|blocktranslate)\b")
PLURAL_TAG = re.compile(r"plural\b")


@dataclass(frozen=True, order=True)
class Found:
    """A string a person may see, and where it stands. `msgid` is a pair where it has a plural."""

    path: str
    line: int
    msgid: str | tuple[str, ...]
    context: str | None = None


def catalogue(language: str, domain: str = "django") -> Catalog:
    """The language's catalogue with its parts; ValueError where two files translate one string differently."""
    folder = LOCALE / language / "LC_MESSAGES"
    whole = Catalog(locale=language, domain=domain)
    for path in sources(folder, domain):
        for message in read_po(io.BytesIO(path.read_bytes()), locale=language, abort_invalid=True):
            if message.id:
                add(whole, message, path)
    return whole


def add(whole: Catalog, message: Message, path: Path) -> None:
    known = whole.get(message.id, message.context)
    if known and translated(known) and translated(message) and known.string != message.string:
        raise ValueError(
            f"{path.name}: {message.id!r} is already translated as {known.string!r}, not {message.string!r}"
        )
    if not known or not translated(known):
        whole[message.id] = message


def sources(folder: Path, domain: str = "django") -> list[Path]:
    parts = sorted((folder / PARTS[domain]).glob("*.po"))
    return [path for path in [folder / f"{domain}.po", *parts] if path.exists()]


def languages() -> list[str]:
    return sorted(path.parent.name for path in LOCALE.glob("*/LC_MESSAGES"))


def compile_catalogues() -> None:
    for language, domain in itertools.product(languages(), PARTS):
        folder = LOCALE / language / "LC_MESSAGES"
        target = folder / f"{domain}.mo"
        files = sources(folder, domain)
        stamp = Stamp(ROOT / ".cache" / f"messages-{domain}-{language}", fingerprint([*files, Path(__file__)]))
        if not files or (stamp.holds() and target.exists()):
            continue
        unfinished = target.with_suffix(".new")
        with unfinished.open("wb") as file:
            write_mo(file, catalogue(language, domain))
        unfinished.rename(target)
        stamp.press()
        print(f"[messages] {language} compiled ({domain})", flush=True)


def translated(message: Message) -> bool:
    if message.fuzzy:
        return False
    return all(message.string) if isinstance(message.string, tuple) else bool(message.string)


# -- what the code and the templates say


def everything_said() -> list[Found]:
    """In source order. Only our own files: others bring their own catalogues."""
    found: list[Found] = []
    for top in OURS:
        for path in sorted((ROOT / top).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and not NOT_OURS & set(path.relative_to(ROOT).parts):
                read = said_in_python if path.suffix == ".py" else said_in_template
                found += read(path.read_text(), str(path.relative_to(ROOT)))
    return found


def said_in_python(source: str, path: str) -> list[Found]:
    messages = extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS)
    return [Found(path, line, msgid, context) for line, msgid, _, context in messages]


def said_in_template(source: str, path: str) -> list[Found]:
    """Of {% translate %}, {% blocktranslate %} with plural and context, and _("...") inside tags and variables."""
    tokens = iter(Lexer(source).tokenize())
    return [found for token in tokens for found in said_by(token, tokens, path)]


def said_by(token, rest: Iterator, path: str) -> Iterable[Found]:  # noqa: ANN001 -- Django's tokens are untyped
    if token.token_type not in {TokenType.BLOCK, TokenType.VAR}:
        return
    context = in_context(token.contents)
    for quoted in IN_EXPRESSION.finditer(token.contents):
        yield Found(path, token.lineno, unquoted(quoted))
    if plain := TRANSLATE.match(token.contents):
        yield Found(path, token.lineno, unquoted(plain), context)
    elif BLOCKS.match(token.contents):
        trimmed = " trimmed" in token.contents
        yield Found(path, token.lineno, block_text(rest, trimmed=trimmed), context)


def block_text(rest: Iterator, *, trimmed: bool) -> str | tuple[str, ...]:
    """Consumes tokens up to the end of the block; variables become %(name)s as Django looks them up."""
    texts = [""]
    for token in rest:
        if token.token_type == TokenType.BLOCK and END_OF_BLOCK.match(token.contents):
            break
        if token.token_type == TokenType.BLOCK and PLURAL_TAG.match(token.contents):
            texts.append("")
        elif token.token_type == TokenType.VAR:
            texts[-1] += f"%({token.contents})s"
        else:
            texts[-1] += token.contents.replace("%", "%%")
    parts = tuple(
        " ".join(line.strip() for line in text.splitlines() if line.strip()) if trimmed else text for text in texts
    )
    return parts if len(parts) > 1 else parts[0]


def in_context(contents: str) -> str | None:
    match = IN_CONTEXT.search(contents)
    return unquoted(match) if match else None


def unquoted(match: re.Match[str]) -> str:
    return match["text"][1:-1].replace('\\"', '"').replace("\\'", "'")


def untranslated(language: str = "da") -> list[Found]:
    known = catalogue(language)

    def lacks(said: Found) -> bool:
        message = known.get(said.msgid, said.context)
        return message is None or not translated(message)

    return [said for said in everything_said() if lacks(said)]


def report() -> None:
    missing = untranslated()
    for said in missing:
        print(f"{said.path}:{said.line}: {said.msgid!r}")
    print(f"[messages] {len(missing)} strings lack a Danish translation")


def main(deeds: list[str]) -> None:
    for deed in deeds:
        {"compile": compile_catalogues, "report": report}[deed]()


if __name__ == "__main__":
    main(sys.argv[1:] or ["compile"])
