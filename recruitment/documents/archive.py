"""A zip read with suspicion: every byte counted, every name looked at, before anything believes what the archive says.

Two readers of one zip can see two different contents; what lets them (a second directory, overlapping members, names
that differ, bytes before or after) is refused.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from recruitment.documents.refusals import Refused

MAX_ENTRIES = 500
MAX_UNPACKED = 50 * 1024 * 1024
MAX_RATIO = 100
RATIO_COUNTS_ABOVE = 10 * 1024 * 1024  # bytes unpacked; short XML packs well and harms nobody

_END = struct.Struct("<4s4H2LH")
_LOCAL = struct.Struct("<4s5H3L2H")
_ENCRYPTED = 0x0001 | 0x0040 | 0x2000
_SYMBOLIC_LINK = 0o120000
_PIECE = 64 * 1024
_UNSAFE_NAME = re.compile(r"[\x00-\x1f\x7f\\:]|^/|(^|/)\.\.?(/|$)|//")
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROGRAMS = (b"\x7fELF", b"#!")
_UTF8_NAME = 0x0800


def unpack(content: bytes) -> dict[str, bytes]:
    """Name to content, folders left out, in the archive's order. Raises Refused: bomb, password_protected, damaged, disguised."""
    _require_one_directory(content)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            _require_ordinary_entries(entries)
            _require_own_bytes(entries, content)
            return dict(_unpacked(archive, entries))
    except (zipfile.BadZipFile, zlib.error, EOFError, struct.error, UnicodeError, OSError, ValueError, KeyError):
        raise Refused("damaged") from None
    except (RuntimeError, NotImplementedError):
        raise Refused("password_protected") from None


def require_no_file_within(parts: dict[str, bytes]) -> None:
    """No part is an archive, an OLE object or a program, whatever it is called."""
    for content in parts.values():
        if content.startswith((*_ARCHIVES, _OLE)):
            raise Refused("embedded_files")
        if content.startswith(_PROGRAMS) or (content.startswith(b"MZ") and b"PE\0\0" in content[:1024]):
            raise Refused("active_content")


def _require_one_directory(content: bytes) -> None:
    """The archive begins at byte 0 and its end record is the last thing, without a comment."""
    if not content.startswith(b"PK\x03\x04"):
        raise Refused("disguised")
    end = len(content) - _END.size
    if end < 0 or content[end : end + 4] != b"PK\x05\x06":
        raise Refused("disguised" if b"PK\x05\x06" in content else "damaged")
    _mark, _disk, _first_disk, _here, entries, size, offset, _comment = _END.unpack_from(content, end)
    if entries > MAX_ENTRIES:
        raise Refused("bomb")
    if offset + size != end:
        raise Refused("damaged")


def _require_ordinary_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise Refused("bomb")
    if len({entry.filename.lower() for entry in entries}) < len(entries):
        raise Refused("disguised")
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED:
            raise Refused("password_protected")
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise Refused("damaged")
        if _UNSAFE_NAME.search(entry.orig_filename) or (entry.external_attr >> 16) & 0o170000 == _SYMBOLIC_LINK:
            raise Refused("disguised")


def _require_own_bytes(entries: list[zipfile.ZipInfo], content: bytes) -> None:
    """No two members share bytes, and each calls itself by the name the directory gives it."""
    end_of_last = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        mark, *_rest, name_size, extra_size = _LOCAL.unpack_from(content, entry.header_offset)
        name_start = entry.header_offset + _LOCAL.size
        coding = "utf-8" if entry.flag_bits & _UTF8_NAME else "cp437"
        name = content[name_start : name_start + name_size].decode(coding)
        if mark != b"PK\x03\x04" or entry.header_offset < end_of_last or name != entry.orig_filename:
            raise Refused("disguised")
        end_of_last = name_start + name_size + extra_size + entry.compress_size


def _unpacked(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Iterator[tuple[str, bytes]]:
    left = MAX_UNPACKED
    for entry in entries:
        if entry.is_dir():
            continue
        content = _read(archive, entry, left)
        left -= len(content)
        yield entry.filename, content


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, at_most: int) -> bytes:
    """The bytes as they really are; the size that the archive claims is not believed."""
    pieces, size = [], 0
    with archive.open(entry) as member:
        while piece := member.read(_PIECE):
            size += len(piece)
            pieces.append(piece)
            if size > at_most or (size > RATIO_COUNTS_ABOVE and size > MAX_RATIO * entry.compress_size):
                raise Refused("bomb")
    if size != entry.file_size:
        raise Refused("damaged")
    return b"".join(pieces)
