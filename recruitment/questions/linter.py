"""Looks at a question before an applicant does: may it be asked, is it asked already, can it wait? (INV-23, INV-24)

Words are all it knows. What is sure blocks; what is only likely warns, and a person decides.
"""

import enum
import re
from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from recruitment.questions.duplicates import ASKED_ALREADY, CAN_WAIT
from recruitment.questions.forbidden import (
    ABOUT_OTHERS,
    ABOUT_WORK,
    ANY_AGE,
    OVER_EIGHTEEN,
    TO_THE_PERSON,
    TOPICS,
    Topic,
)
from recruitment.questions.kinds import QuestionSpec, kind_of

_SENTENCE_END = re.compile(r"(?<=[.?!])\s+|\n+")


class Severity(enum.StrEnum):
    """BLOCK: the form cannot be opened with it (GRD-3). WARN: somebody should look again."""

    BLOCK = "BLOCK"
    WARN = "WARN"


class Finding(NamedTuple):
    """One remark on one question; `message` is in the active language, `rule` names the invariant."""

    code: str
    severity: Severity
    message: str
    rule: str


def lint(spec: QuestionSpec, *, is_linked: bool) -> list[Finding]:
    """All remarks on the question, the blocking ones first; none when it may be asked as it stands.

    `is_linked`: it belongs to a requirement of the ad or the profile, or its justification is written down.
    """
    findings = [*_topics(spec), *_asked_already(spec), *_could_wait(spec)]
    if not is_linked:
        findings.append(_not_linked())
    return sorted(dict.fromkeys(findings), key=lambda finding: finding.severity is not Severity.BLOCK)


def blocking_findings(*texts: str, kind: str = "FREE_TEXT") -> list[Finding]:
    """What forbids asking (GRD-3), from one question's words, help and options in any language."""
    spec = QuestionSpec("question", kind, {str(number): text for number, text in enumerate(texts)})
    return [finding for finding in lint(spec, is_linked=True) if finding.severity is Severity.BLOCK]


def is_clean(findings: list[Finding]) -> bool:
    """Whether the form may be opened with it (GRD-3): warnings do not stand in the way."""
    return all(finding.severity is not Severity.BLOCK for finding in findings)


def _topics(spec: QuestionSpec) -> Iterator[Finding]:
    for sentence in _sentences(spec, with_options=True):
        if OVER_EIGHTEEN.search(sentence) and not ABOUT_WORK.search(sentence):
            yield _over_eighteen(spec, sentence)
            continue
        for topic in TOPICS:
            if topic.asked.search(sentence):
                yield _forbidden(topic)
            elif _is_hinted_at(topic, sentence):
                yield _near_forbidden(topic)


def _is_hinted_at(topic: Topic, sentence: str) -> bool:
    """The word stands in a question to the person, and neither their work nor other people are what it is about."""
    if topic.named is None or not topic.named.search(sentence) or not TO_THE_PERSON.search(sentence):
        return False
    return not ABOUT_WORK.search(sentence) and not ABOUT_OTHERS.search(sentence)


def _over_eighteen(spec: QuestionSpec, sentence: str) -> Finding:
    only_eighteen = set(ANY_AGE.findall(sentence)) <= {"18"}
    if not (only_eighteen and kind_of(spec.kind).answers_yes_or_no):
        return _forbidden(next(topic for topic in TOPICS if topic.code == "age"))
    message = _(
        "You may only ask whether an applicant is over 18 where the law or the collective agreement sets that limit for the job. "
        "Write the reason beside the question."
    )
    return Finding("over_eighteen", Severity.WARN, message, "INV-24")


def _asked_already(spec: QuestionSpec) -> Iterator[Finding]:
    for sentence in _sentences(spec, with_options=False):
        for field in ASKED_ALREADY:
            if field.asked.search(sentence) and not ABOUT_WORK.search(sentence):
                message = _("The application form already asks about %(field)s. Leave the question out.") % {
                    "field": field.name
                }
                yield Finding(f"asked_already_{field.code}", Severity.WARN, message, "INV-23")


def _could_wait(spec: QuestionSpec) -> Iterator[Finding]:
    if any(CAN_WAIT.search(sentence) for sentence in _sentences(spec, with_options=False)):
        message = _(
            "This can wait for the interview. Move it to the interview guide, and the application takes less time."
        )
        yield Finding("could_wait", Severity.WARN, message, "INV-23")


def _not_linked() -> Finding:
    message = _("Link the question to a requirement in the ad, or write why it is needed.")
    return Finding("not_linked", Severity.BLOCK, message, "INV-23")


def _forbidden(topic: Topic) -> Finding:
    message = _("The question asks about %(topic)s, and that may not be asked of applicants. Leave it out.") % {
        "topic": topic.name
    }
    return Finding(f"forbidden_{topic.code}", Severity.BLOCK, message, topic.rule)


def _near_forbidden(topic: Topic) -> Finding:
    message = _(
        "The question may be about %(topic)s. Applicants may not be asked about that: ask about the work instead."
    ) % {"topic": topic.name}
    return Finding(f"near_{topic.code}", Severity.WARN, message, topic.rule)


def _sentences(spec: QuestionSpec, *, with_options: bool) -> Iterator[str]:
    """Every sentence of every language; options and grades too, since a question can hide in its answers."""
    texts = [spec.text, spec.help]
    if with_options:
        texts += [option.label for option in (*spec.options, *spec.scale)]
    for text in texts:
        for words in text.values():
            yield from filter(None, map(str.strip, _SENTENCE_END.split(words)))
