"""CPR numbers in what people write. They are found so that they can be taken out again (INV-18), never to be used."""

import re
from datetime import date
from typing import NamedTuple

MASK = "xxxxxx-xxxx"

# Six digits, a hyphen, a space or nothing, four digits; not a part of a longer word, number or account.
_CANDIDATE = re.compile(
    r"(?<![^\W_])(?<![0-9][-./‐‑–])([0-9]{6})(\s?[-‐‑–]\s?|[ \u00a0])?([0-9]{4})(?![^\W_]|[-./‐‑–][0-9])"
)
# What stands right before a number that is something else.
_OTHER_LABEL = re.compile(
    r"(?<![^\W_])(?:isbn|issn|ean|cvr|p-nr|iban|konto|kontonr|kontonummer|account|reg|sag|sagsnr|sagsnummer|case|journal|journalnr|"
    r"j\.?\s?nr|tlf|telefon|telefonnummer|mobil|mobilnr|mobile|phone|tel|fax|faktura|fakturanr|invoice|ordre|ordrenr|order|"
    r"orcid|varenr|serienr|løbenr|studienr|licens|certifikat|nummer på sagen)"
    r"(?:\.|\s?nr\.?|\s?no\.?|\s?number|\s?nummer|\s?id)?\s?[:#.]?\s{0,2}(?:[0-9]{4}\s)?$",
    re.IGNORECASE,
)
_LABEL_REACH = 30  # characters looked at before the number
_BEFORE_ACCOUNT = re.compile(r"(?<![0-9])[0-9]{4}[ .]$")  # a bank's registration number and its blank
_FIRST_BIRTH_YEAR = 1900


class Span(NamedTuple):
    """Where a number stands: `text[start:end]`."""

    start: int
    end: int


def find_cpr_numbers(text: str) -> list[Span]:
    """Every place with a CPR pattern that passes the date check (INV-18), in reading order.

    A number that its label calls a phone, account, case or book number is passed over.
    """
    return [Span(*match.span()) for match in _CANDIDATE.finditer(text) if _looks_like_cpr(match, text)]


def mask(text: str) -> str:
    """The text with every CPR number hidden, date of birth included (age may not be known either)."""
    for start, end in reversed(find_cpr_numbers(text)):
        text = text[:start] + MASK + text[end:]
    return text


def _looks_like_cpr(match: re.Match[str], text: str) -> bool:
    birth, separator, serial = match.groups()
    before = text[max(0, match.start() - _LABEL_REACH) : match.start()]
    if _OTHER_LABEL.search(before):
        return False
    hyphenated = separator is not None and separator.strip() != ""
    return (hyphenated or not _BEFORE_ACCOUNT.search(before)) and _is_birth_date(birth, serial)


def _is_birth_date(birth: str, serial: str) -> bool:
    """The seventh digit gives the century (CPR-kontoret, "Personnummeret i CPR"); nobody born before 1900 applies."""
    year = _birth_year(int(birth[4:]), int(serial[0]))
    try:
        date(year, int(birth[2:4]), int(birth[:2]))
    except ValueError:
        return False
    return year >= _FIRST_BIRTH_YEAR


def _birth_year(year: int, seventh: int) -> int:
    if seventh <= 3:
        return 1900 + year
    if seventh in {4, 9}:
        return (2000 if year <= 36 else 1900) + year
    return (2000 if year <= 57 else 1800) + year
