"""States, dates, money and headings as the workbench writes them."""

import datetime as dt
from typing import Any

from django import template
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.guard import actor_of
from recruitment import clock
from recruitment.advertising.facts import Fact, kept_facts
from recruitment.applications.models import Application
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.queries import state_of
from recruitment.interviews.models import InterviewInvitation, InvitationState

register = template.Library()

BUSY_CASES = {"ADVERTISED", "ASSESSING", "INTERVIEWING", "DECIDING", "CONCLUDING"}
BAD = {"LATE", "WITHDRAWN", "REJECTED", "FAILED", "INFECTED"}


@register.simple_tag(takes_context=True)
def case_state(context: dict[str, Any], case: RecruitmentCase) -> SafeString:
    """The state in the words of the case's institution, with a colour."""
    tone = "primary" if case.state in BUSY_CASES else ""
    return _tag(state_of(case, actor_of(context["request"])), tone)


@register.simple_tag
def application_state(application: Application) -> SafeString:
    """The state in words, with a colour."""
    words = _("handled as one with another") if application.joined_to_id else application.get_state_display()
    return _tag(str(words), "" if application.state in BAD else "primary")


@register.simple_tag
def invitation_state(invitation: InterviewInvitation) -> SafeString:
    """The answer in words, with a colour where all is well."""
    return _tag(str(invitation.get_state_display()), "primary" if invitation.state in {"ACCEPTED", "HELD"} else "")


@register.filter
def invitation_state_words(state: str) -> str:
    """A state of an invitation, from its history."""
    return str(InvitationState(state).label) if state in InvitationState.values else state


@register.simple_tag
def state_tag(words: str, tone: str = "") -> SafeString:
    """Any other state."""
    return _tag(words, tone)


def _tag(words: str, tone: str) -> SafeString:
    return format_html('<span class="w-status{}">{}</span>', f" w-status--{tone}" if tone else "", words)


@register.filter
def short_deadline(deadline: dt.datetime | None) -> str:
    """The exclusive instant as its last minute: "tor. 26. nov. 2026 kl. 23.59"."""
    return _short(clock.shown(deadline)) if deadline else ""


@register.filter
def facts_in_order(kept: dict[str, Any]) -> list[Fact]:
    """The key facts of a version, as the ad shows them."""
    return kept_facts(kept)


@register.filter
def short_time(moment: dt.datetime | None) -> str:
    """An instant in Copenhagen."""
    return _short(moment.astimezone(clock.COPENHAGEN)) if moment else ""


def _short(local: dt.datetime) -> str:
    return _("%(day)s %(date)s at %(time)s") % {
        "day": formats.date_format(local, "D"),
        "date": formats.date_format(local, "SHORT_DATE_FORMAT"),
        "time": formats.time_format(local, "TIME_FORMAT"),
    }


@register.filter
def kroner(oere: int | None) -> str:
    """8.450 kr. for 845000, with øre only where there are some; a dash for None."""
    if oere is None:
        return "–"
    whole, rest = divmod(oere, 100)
    amount = formats.number_format(whole + rest / 100, 2 if rest else 0, use_l10n=True, force_grouping=True)
    return _("%s kr.") % amount


@register.simple_tag(takes_context=True)
def sort_heading(context: dict[str, Any], key: str, label: str) -> SafeString:
    """A column heading that sorts, and turns the order round when it does already."""
    query = context["request"].GET.copy()
    order = query.get("order", "")
    query["order"] = f"-{key}" if order == key else key
    query.pop("p", None)
    state = {key: "ascending", f"-{key}": "descending"}.get(order, "none")
    arrow = {"ascending": " ↑", "descending": " ↓"}.get(state, "")
    return format_html(
        '<th scope="col" aria-sort="{}"><a href="?{}">{}<span aria-hidden="true">{}</span></a></th>',
        state, query.urlencode(), label, arrow,
    )  # fmt: skip


@register.filter
def is_list(value: Any) -> bool:
    """Whether an answer is several entries."""
    return isinstance(value, list)


@register.filter
def has_cpr_task(application: Application, documents: list[Any]) -> bool:
    """Whether a CPR number in the words or a file still waits to be masked (INV-18)."""
    in_words = application.has_cpr_number and application.cpr_handled_at is None
    return in_words or any(document.has_cpr_number and document.cpr_handled_at is None for document in documents)


@register.filter
def whole_kroner(oere: int | None) -> str:
    """A price for each, rounded to whole kroner; a dash where nobody came so far."""
    return "–" if oere is None else kroner((oere + 50) // 100 * 100)
