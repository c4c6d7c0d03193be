"""The two questions a pool asks, word for word, and the two answers in the ledger (C7)."""

from dataclasses import dataclass
from typing import Any

from recruitment.consents.actions import give
from recruitment.consents.models import Consent, ConsentKind
from recruitment.organisation.legal import LegalText, LegalTextKind
from recruitment.organisation.queries import filled_text, text_in_force
from recruitment.talent.models import TalentPool, TalentPoolMembership

KINDS = {
    "storing": (LegalTextKind.TALENT_POOL, ConsentKind.TALENT_POOL),
    "contact": (LegalTextKind.FUTURE_CONTACT, ConsentKind.FUTURE_CONTACT),
}


@dataclass(frozen=True)
class Asked:
    """One question: its text in force and what it says of this pool."""

    name: str
    text: LegalText
    words: str


def questions_of(pool: TalentPool, language: str) -> list[Asked]:
    """Both questions, each for itself. Raises LegalText.DoesNotExist where a text is missing."""
    return [_ask(name, pool, language) for name in KINDS]


def _ask(name: str, pool: TalentPool, language: str) -> Asked:
    text = text_in_force(pool.institution, KINDS[name][0], language)
    if text is None:
        raise LegalText.DoesNotExist(name)
    words = filled_text(text, pool.institution)
    for field, value in (("pool", pool.name), ("purpose", pool.purpose), ("months", str(pool.months))):
        words = words.replace("{" + field + "}", value)
    return Asked(name, text, words)


def keep_answers(membership: TalentPoolMembership, language: str, expires_at: Any) -> dict[str, Consent]:
    """The two yeses, with the words that were shown."""
    given = {}
    for asked in questions_of(membership.pool, language):
        consent = give(
            KINDS[asked.name][1], candidate=membership.candidate, application=None, text=asked.text,
            shown_text=asked.words, language=language,
        )  # fmt: skip
        Consent.objects.filter(pk=consent.pk).update(expires_at=expires_at)
        given[asked.name] = consent
    return given
