"""The name an applicant gave a file: cleaned before it is shown, and never used as a path."""

import unicodedata
from urllib.parse import quote

MAX_NAME_LENGTH = 120  # characters, extension included
NAMELESS = "document"
# Device names of Windows: a file called so cannot be saved or opened there.
RESERVED = {"con", "prn", "aux", "nul"} | {f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)}
UNSAFE_SIGNS = str.maketrans(dict.fromkeys('<>:"|?*', "_"))
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}  # control, format (bidi overrides), surrogate, private, unassigned
BLANK = {"Zs", "Zl", "Zp"}
PLAIN_LETTERS = str.maketrans({"æ": "ae", "Æ": "Ae", "ø": "o", "Ø": "O", "ß": "ss", "–": "-", "—": "-", "’": "'"})
LONGEST_EXTENSION = 10


def clean_filename(name: str) -> str:
    """A name safe to show and to offer when saving: NFC, no path, nothing invisible, at most 120 characters.

    Never empty, never a hidden file; the extension survives shortening. Idempotent.
    """
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(_as_shown(sign) for sign in unicodedata.normalize("NFC", base))
    tidy = " ".join(visible.translate(UNSAFE_SIGNS).split()).strip(". ")
    stem, extension = split_extension(tidy)
    if stem.split(".")[0].strip().lower() in RESERVED:
        stem = f"_{stem}"
    return _shortened(stem, extension) or NAMELESS


def split_extension(name: str) -> tuple[str, str]:
    """`("cv.final", ".PDF")`; the extension has its dot, or is empty."""
    stem, dot, extension = name.rpartition(".")
    if not dot or not stem or not extension.isalnum() or len(extension) > LONGEST_EXTENSION:
        return name, ""
    return stem, f".{extension}"


def with_extension(name: str, extension: str) -> str:
    """The shown name after the content was turned into another type: `IMG_1.heic` becomes `IMG_1.jpg`."""
    stem, _ = split_extension(name)
    return _shortened(stem, f".{extension}")


def content_disposition(name: str) -> str:
    """Header value after RFC 6266: always an attachment, with a plain name for old clients and the full one in UTF-8."""
    shown = clean_filename(name)
    plain = (
        unicodedata.normalize("NFKD", shown.translate(PLAIN_LETTERS))
        .encode("ascii", "ignore")
        .decode()
        .replace("\\", "_")
        .replace("%", "_")
    )
    stem, extension = split_extension(plain.strip(". "))
    return f"attachment; filename=\"{stem or NAMELESS}{extension}\"; filename*=UTF-8''{quote(shown, safe='')}"


def _as_shown(sign: str) -> str:
    category = unicodedata.category(sign)
    if sign.isspace() or category in BLANK:
        return " "
    return "" if category in INVISIBLE else sign


def _shortened(stem: str, extension: str) -> str:
    return stem[: MAX_NAME_LENGTH - len(extension)].rstrip(". ") + extension
