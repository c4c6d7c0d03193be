"""Merge fields in standard words: `{{ case.title }}` and the like, from a palette of plain values."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override
from wagtail.admin.panels import Panel

from portal.pages.designs import liquid
from portal.pages.designs.findings import Refused, as_errors
from recruitment.advertising.blocks import BLOCKS, FieldKind
from recruitment.advertising.facts import Fact
from recruitment.cases.models import RecruitmentCase

FACTS = ("deadline", "workplace", "hours", "start", "pay", "interviews", "answer")
RICH_FIELDS = {field.name for kind in BLOCKS.values() for field in kind.fields if field.kind == FieldKind.RICH}
PALETTE: Mapping[str, frozenset[str]] = {
    "case": frozenset({"title", "number", "unit", *FACTS}),
    "institution": frozenset({"name", "address", "postal_code", "city", "website"}),
    "contact": frozenset({"name", "title", "phone", "email"}),
}


def faults_in_words(source: str) -> list[ValidationError]:
    """What cannot be understood in words that hold merge fields, with its line; nothing but fields may stand in them."""
    return as_errors(liquid.faults(source, PALETTE, liquid.TAGS_OF_WORDS)) if "{" in source else []


def values_of(case: RecruitmentCase, facts: Iterable[Fact], language: str) -> dict[str, dict[str, str]]:
    """The palette filled from a case and its key facts, in the ad's language: plain words only."""
    with override(language):
        known = {fact.code: fact.value for fact in facts}
        institution = case.institution
        contact = case.contacts.filter(publish_in_ad=True).first()
        title = case.title_en if language == "en" and case.title_en else case.title
        return {
            "case": {"title": title, "number": case.case_number, "unit": case.unit.name}
            | {name: known.get(name, "") for name in FACTS},
            "institution": {"name": institution.name, "address": institution.address, "website": institution.website,
                            "postal_code": institution.postal_code, "city": institution.city},
            "contact": {name: str(getattr(contact, name, "") or "") for name in PALETTE["contact"]},
        }  # fmt: skip


def merged(source: str, values: Mapping[str, Any]) -> SafeString:
    """Stored rich text with the fields put in, escaped. What cannot be filled stays as it was written."""
    if "{" not in source:
        return mark_safe(source)  # noqa: S308 - rich text as the editor stored it
    try:
        return mark_safe(liquid.rendered(source, values, liquid.TAGS_OF_WORDS))  # noqa: S308 - values are escaped
    except Refused:
        return mark_safe(source)  # noqa: S308


def merged_line(source: str, values: Mapping[str, Any]) -> str:
    """A line of plain text with the fields put in, not escaped: whoever shows it escapes it."""
    if "{" not in source:
        return source
    try:
        return liquid.rendered(source, values, liquid.TAGS_OF_WORDS, escape=False)
    except Refused:
        return source


def words_of_stream(stream: Any) -> str:
    """Every word of a body, one a line."""
    return "\n".join(_words(list(getattr(stream, "raw_data", None) or [])))


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _words(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _words(inner)


def merged_stream(raw: Any, values: Mapping[str, Any], field: str = "") -> Any:
    """The stored blocks with the fields put in; in rich text they are escaped."""
    if isinstance(raw, str):
        return str(merged(raw, values)) if field in RICH_FIELDS else merged_line(raw, values)
    if isinstance(raw, Mapping):
        return {name: merged_stream(inner, values, name) for name, inner in raw.items()}
    if isinstance(raw, list):
        return [merged_stream(inner, values, field) for inner in raw]
    return raw


class MergeFieldsPanel(Panel):
    """Lists the fields, as they are written."""

    class BoundPanel(Panel.BoundPanel):
        """In the snippet's editor."""

        template_name = "pages/merge_fields.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The names in the order of the palette."""
            names = [f"{group}.{name}" for group, fields in PALETTE.items() for name in sorted(fields)]
            return {**super().get_context_data(parent_context), "names": names}
