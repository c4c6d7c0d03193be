"""The rules in the order they are told, each with its source. What the law decides cannot be switched off."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from recruitment.advertising.checks import contents, reading, wording
from recruitment.advertising.checks.written import Remark, Weight, WrittenAd

Look = Callable[[WrittenAd], Iterable[Remark]]


@dataclass(frozen=True)
class Rule:
    """One rule: its code, what it is called, which law or page it comes from, and whether an institution may do without."""

    code: str
    title: Any
    source: Any
    look: Look
    by_law: bool = True


RULES: tuple[Rule, ...] = (
    Rule("contents", _("Compulsory contents"), _("PAV 15.3, guide p. 12 (GRD-2)"), contents.compulsory_contents),
    Rule("contact", _("A person to ask"), _("PAV 15.3, guide p. 6 (GRD-2)"), contents.nobody_to_ask),
    Rule("short_period", _("Fourteen days or a reason"), _("PAV 15.3 (GRD-5)"), contents.short_period),
    Rule("equality_call", _("The call to everybody"), _("PAV 15.3 (GRD-2)"), wording.nobody_called),
    Rule("gender", _("Words for one sex"), _("Equal Treatment Act, section 6"), wording.gendered_words),
    Rule("age", _("Words about age"), _("Anti-Discrimination Act, section 5"), wording.age_words),
    Rule("silence", _("An answer to everybody"), _("PAV 15.9.5, the Ombudsman 12 April 2012"), wording.no_answer),
    Rule("link_words", _("Links that say where they lead"), _("Web Accessibility Act, WCAG 2.4.4"), contents.idle_links),
    Rule("picture_words", _("Words for pictures"), _("Web Accessibility Act, WCAG 1.1.1"), contents.speechless_pictures),
    Rule("picture_consent", _("Consent of people in pictures"), _("GDPR, articles 6 and 7"), contents.consent_runs_out),
    Rule("pay_range", _("Pay as a range"), _("Directive (EU) 2023/970, article 5"), contents.no_pay_range, by_law=False),
    Rule("interview_dates", _("Dates of the interviews"), _("guide p. 10"), contents.no_interview_dates, by_law=False),
    Rule("readability", _("Readability"), _("guide p. 12, LIX"), reading.hard_to_read, by_law=False),
    Rule("long_sentences", _("Long sentences"), _("guide p. 12"), reading.long_sentences, by_law=False),
    Rule("length", _("Length"), _("guide p. 12"), reading.too_long, by_law=False),
    Rule("own_words", _("Words of your own list"), _("the institution's guidelines, guide p. 12"), wording.unwanted_words, by_law=False),
)  # fmt: skip
BY_CODE = {rule.code: rule for rule in RULES}
SWITCHABLE = frozenset(rule.code for rule in RULES if not rule.by_law)
_ORDER = list(Weight)


def look_over(ad: WrittenAd, *, switched_off: Collection[str] = ()) -> list[Remark]:
    """Everything that the rules in use have to say, what stops publishing first."""
    off = SWITCHABLE & set(switched_off)
    told = [remark for rule in RULES if rule.code not in off for remark in rule.look(ad)]
    return sorted(told, key=lambda remark: _ORDER.index(remark.weight))
