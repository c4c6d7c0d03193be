"""Writing XML: signs that it cannot hold are left out, wherever they came from (a line break of Word's is one)."""

import re
from typing import Any

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def writable(value: Any) -> Any:
    """A text, or each text of a list, without what XML cannot hold; anything else as it is."""
    if isinstance(value, list):
        return [writable(one) for one in value]
    return NOT_IN_XML.sub("", value) if isinstance(value, str) else value


class _Writable:
    """Before Django's own feeds, which refuse to be written for one odd sign in one entry."""

    def __init__(self, **about: Any) -> None:
        super().__init__(**{name: writable(value) for name, value in about.items()})

    def add_item(self, **about: Any) -> None:
        super().add_item(**{name: writable(value) for name, value in about.items()})  # type: ignore[misc]


class Rss(_Writable, Rss201rev2Feed):
    """RSS 2.0."""


class Atom(_Writable, Atom1Feed):
    """Atom 1.0."""
