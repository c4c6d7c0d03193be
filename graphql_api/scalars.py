"""Scalars that say what a text is."""

import datetime as dt
from decimal import Decimal
from typing import NewType

import strawberry
from django.utils.dateparse import parse_date, parse_datetime
from strawberry.schema.config import StrawberryConfig
from strawberry.types.scalar import ScalarDefinition

URL = NewType("URL", str)
EmailAddress = NewType("EmailAddress", str)
Html = NewType("Html", str)


def _instant_as_text(value: dt.datetime) -> str:
    return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


def _instant(text: str) -> dt.datetime:
    value = parse_datetime(text) if isinstance(text, str) else None
    if value is None or value.tzinfo is None:
        raise ValueError("Give an instant with its zone, such as 2026-11-23T09:30:00Z.")
    return value


def _day(text: str) -> dt.date:
    value = parse_date(text) if isinstance(text, str) else None
    if value is None:
        raise ValueError("Give a date such as 2026-11-23.")
    return value


def _unread(_text: str) -> str:
    raise ValueError("This type is for answers only.")


def _scalar(name: str, description: str, **options: object) -> ScalarDefinition:
    return strawberry.scalar(name=name, description=description, **options)  # type: ignore[call-overload]


SCALARS: dict[object, ScalarDefinition] = {
    dt.datetime: _scalar(
        "DateTime",
        "An instant in UTC, ISO 8601 with Z: 2026-11-23T09:30:00Z. Given as an argument it may have any zone.",
        specified_by_url="https://scalars.graphql.org/andimarek/date-time.html",
        serialize=_instant_as_text,
        parse_value=_instant,
    ),
    dt.date: _scalar(
        "Date",
        "A day, ISO 8601: 2026-11-23.",
        specified_by_url="https://scalars.graphql.org/andimarek/local-date.html",
        serialize=dt.date.isoformat,
        parse_value=_day,
    ),
    Decimal: _scalar(
        "Decimal",
        'A decimal number, written as text so that nothing is lost: "4950.00".',
        specified_by_url="https://www.w3.org/TR/xmlschema11-2/#decimal",
        serialize=str,
        parse_value=_unread,
    ),
    URL: _scalar(
        "URL",
        "An absolute address.",
        specified_by_url="https://url.spec.whatwg.org/",
        serialize=str,
        parse_value=_unread,
    ),
    EmailAddress: _scalar(
        "EmailAddress",
        "An e-mail address.",
        specified_by_url="https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address",
        serialize=str,
        parse_value=_unread,
    ),
    Html: _scalar(
        "Html",
        "A fragment of HTML without scripts, styles or frames, ready to be put into a page.",
        specified_by_url="https://html.spec.whatwg.org/",
        serialize=str,
        parse_value=_unread,
    ),
}

CONFIG = StrawberryConfig(scalar_map=SCALARS, disable_field_suggestions=True)
