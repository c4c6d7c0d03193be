"""Levels, icons and the rows of the candidate list. Rows are written here and not in a template: there may be five hundred."""

from collections.abc import Callable, Mapping
from typing import Any

from django import template
from django.urls import reverse
from django.utils import formats
from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from portal.workbench.candidate_search import ANSWER, COLUMNS
from portal.workbench.templatetags.workbench_tags import application_state, short_time, sort_heading
from recruitment.applications.models import Application
from recruitment.assessments.marks import CandidateIcon, RatingLevel
from recruitment.people.models import User

register = template.Library()

SORTED = {"own", "mean", "spread", "rank", "state", "received", "channel"}
NUMBERS = {"own", "mean", "spread", "documents", "letters", "others"}
NEEDS = {"missing": "sees_missing", "letters": "sees_letters", "others": "sees_others"}


@register.simple_tag
def level_chip(level: RatingLevel | None) -> SafeString:
    """Number and colour; what is read aloud stands hidden beside them."""
    if level is None:
        return mark_safe("")
    return format_html(
        '<span class="workbench-level workbench-tone-{}" title="{}"><span aria-hidden="true">{}</span><span class="w-sr-only">{}</span></span>',
        level.tone, level.label, level.value, level.spoken,
    )  # fmt: skip


@register.simple_tag
def candidate_icon(icon: CandidateIcon) -> SafeString:
    """The drawing in its colour, with its name for those who do not see it and on pointing."""
    return format_html(
        '<span class="workbench-icon workbench-tone-{}" title="{}"><svg class="icon" aria-hidden="true"><use href="#icon-{}"></use></svg><span class="w-sr-only">{}</span></span>',
        icon.tone, icon.meaning or icon.label, icon.symbol, icon.spoken,
    )  # fmt: skip


@register.filter
def initials(user: User) -> str:
    """LØ for Lise Ørum."""
    return "".join(part[:1] for part in str(user).replace("@", " ").split()[:3]).upper()


@register.filter
def one_decimal(value: float | None) -> str:
    """3,6; a dash for nothing."""
    return "–" if value is None else formats.number_format(value, 1)


def _shown(context: Mapping[str, Any]) -> list[str]:
    granted = {
        "sees_missing": context["insight"].sees_missing,
        **{name: context[name] for name in ("sees_letters", "sees_others")},
    }
    return [name for name in context["columns"] if granted.get(NEEDS.get(name, ""), True)]


@register.simple_tag(takes_context=True)
def candidate_headings(context: dict[str, Any]) -> SafeString:
    """One for each column that is shown."""
    questions = {f"{ANSWER}{question.pk}": question.text for question in context["asked"]}
    found = []
    for name in _shown(context):
        label = str(COLUMNS.get(name) or questions.get(name, ""))
        if name in SORTED:
            found.append(sort_heading(context, name, label))
        else:
            found.append(format_html('<th scope="col"{}>{}</th>', _number(name), label))
    return format_html_join("", "{}", ((heading,) for heading in found))


def _number(name: str) -> SafeString:
    return mark_safe(' class="workbench-number"' if name in NUMBERS else "")  # noqa: S308 - our own words


@register.simple_tag(takes_context=True)
def candidate_rows(context: dict[str, Any]) -> SafeString:
    """The rows of the page, column by column."""
    writers = [(name, CELLS.get(name, _answer)) for name in _shown(context)]
    asked = [f"{ANSWER}{question.pk}" for question in context["asked"]]
    query = f"?{context['query']}" if context["query"] else ""
    addresses = reverse("workbench:applications", args=[context["case"].pk])
    words: dict[Any, Any] = {"choose": _("Choose %s"), "new": _("new"), "levels": context["levels"], "asked": asked}
    parts = []
    for row in context["page"].object_list:
        cells = "".join(f"<td{_number(name)}>{writer(row, name, words)}</td>" for name, writer in writers)
        parts.append(_row(row, f"{addresses}{row.pk}/", query, words, cells))
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped where it is made


def _row(row: Application, address: str, query: str, words: Mapping[str, Any], cells: str) -> str:
    name = escape(row.candidate.full_name or row.reference)
    unread = f' <span class="workbench-unread">{escape(words["new"])}</span>' if row.is_new else ""
    return (
        f'<tr{" class=workbench-new" if row.is_new else ""} data-rate="{address}rate/">'
        f'<td class="workbench-tick"><input type="checkbox" form="choose" name="only" value="{escape(row.reference)}" aria-label="{escape(words["choose"]) % name}"></td>'
        f'<th scope="row" class="title"><a href="{address}{escape(query)}">{name}</a>{unread}</th>{cells}</tr>'
    )


def _once(words: dict[Any, Any], key: Any, make: Callable[[], str]) -> str:
    """The same mark is made once for all rows."""
    if key not in words:
        words[key] = make()
    made: str = words[key]
    return made


def _own(row: Any, _name: str, words: dict[Any, Any]) -> str:
    chip = _once(words, ("level", row.own), lambda: level_chip(words["levels"].get(row.own)))
    return f"<span data-own>{chip}</span>"


def _icons(row: Any, _name: str, words: dict[Any, Any]) -> str:
    return " ".join(_once(words, each.icon_id, lambda icon=each.icon: candidate_icon(icon)) for each in row.shown_icons)


def _missing(row: Any, _name: str, words: dict[Any, Any]) -> str:
    return " ".join(_once(words, user.pk, lambda who=user: _initials_of(who)) for user in row.missing)


def _initials_of(user: User) -> str:
    return format_html('<span class="workbench-initials" title="{}">{}</span>', user, initials(user))


def _state(row: Any, _name: str, words: dict[Any, Any]) -> str:
    return _once(words, (row.state, row.joined_to_id is None), lambda: application_state(row))


def _rank(row: Any, _name: str, _words: Mapping[str, Any]) -> str:
    return escape(" ".join(str(part) for part in (row.rank, row.bucket) if part))


def _answer(row: Any, name: str, words: Mapping[str, Any]) -> str:
    text = row.shown_answers[words["asked"].index(name)]
    return f'<div class="workbench-answer">{escape(text if len(text) < 160 else text[:157] + "…")}</div>'


def _text(read: Callable[[Any], Any]) -> Callable[[Any, str, Mapping[str, Any]], str]:
    return lambda row, _name, _words: conditional_escape(read(row) or "")


CELLS: dict[str, Callable[[Any, str, dict[Any, Any]], str]] = {
    "own": _own, "icons": _icons, "missing": _missing, "rank": _rank,
    "mean": lambda row, _name, _words: one_decimal(row.mean), "spread": lambda row, _name, _words: one_decimal(row.spread),
    "state": _state, "received": _text(lambda row: short_time(row.received_at)),
    "origin": _text(lambda row: row.get_applicant_origin_display()), "channel": _text(lambda row: row.get_channel_display()),
    "source": _text(lambda row: row.source_medium), "documents": _text(lambda row: row.document_count),
    "letters": _text(lambda row: row.message_count), "others": _text(lambda row: row.other_count),
}  # fmt: skip
