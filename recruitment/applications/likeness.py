"""Applications that may come from one person: found by what they share, for somebody to look at. Nothing follows by itself."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, TextChoices, Value
from django.db.models.functions import Concat, Lower, Replace, Trim
from django.utils.translation import gettext_lazy as _

from recruitment.access.decide import visible
from recruitment.access.permissions import Permission
from recruitment.applications.models import Application, ApplicationState
from recruitment.applications.same_person import SamePerson, Verdict
from recruitment.cases.models import RecruitmentCase
from recruitment.documents.models import Document
from recruitment.people.actor import Actor
from recruitment.people.models import Candidate

SHORTEST_PHONE = 8  # digits; fewer are no telephone number
MOST_ALIKE = 6  # more who share one thing share it by chance: a switchboard, a file that the ad asked for
MOST_NAMESAKES = 50
NOT_ALONE = (ApplicationState.STARTED, ApplicationState.WITHDRAWN)
#: What of a candidate is compared.
FACTS = (
    "candidate", "candidate__given_name", "candidate__family_name", "candidate__email", "candidate__phone",
    "candidate__address", "candidate__postal_code",
)  # fmt: skip
_DIGITS = Func(F("candidate__phone"), Value(r"\D"), Value(""), Value("g"), function="regexp_replace")
_NAME = Lower(Concat("candidate__given_name", Value(" "), "candidate__family_name"))
#: What `_marks_of` makes of telephone and name, in the database's words.
_FOLDED = {
    "phone_digits": _DIGITS,
    "folded_name": Trim(
        Func(
            Replace(_NAME, Value("ß"), Value("ss")),
            Value(r"[\s\u00a0]+"),
            Value(" "),
            Value("g"),
            function="regexp_replace",
        )
    ),
}


class Sign(TextChoices):
    """What two applications share, the weightiest first. None of them is proof."""

    PERSON = "PERSON", _("the same applicant in two rounds")
    FOUND = "FOUND", _("found to be the same person before")
    EMAIL = "EMAIL", _("same e-mail address")
    FILE = "FILE", _("the same file")
    PHONE = "PHONE", _("same telephone number")
    ADDRESS = "ADDRESS", _("same name and address")
    NAME = "NAME", _("same name")


@dataclass(frozen=True)
class Likeness:
    """Two applications, the earlier one first, and what they share."""

    first: Application
    second: Application
    signs: tuple[Sign, ...]


def alike_on(actor: Actor, case: Any) -> list[Likeness]:
    """Pairs on the case that the actor decides on and nobody has found to be two people; four queries, however many."""
    shared = pairs_on(actor, case)
    rows = Application.objects.select_related("candidate", "case").in_bulk({key for pair in shared for key in pair})
    found = []
    for (one, other), signs in shared.items():
        first, second = sorted((rows[one], rows[other]), key=lambda row: (row.received_at, row.pk))
        found.append(Likeness(first, second, in_order(signs)))
    return sorted(found, key=lambda each: (list(Sign).index(each.signs[0]), each.first.received_at))


def pairs_on(actor: Actor, case: RecruitmentCase) -> dict[tuple[Any, Any], set[Sign]]:
    """The same as keys, for a list that only says how many there are; three queries."""
    return _pairs_among(_compared(actor, case), case.institution_id)


def pairs_of(actor: Actor, application: Application) -> dict[tuple[Any, Any], set[Sign]]:
    """Those of `pairs_on` that the application is in. Only who shares something with it is looked at; three queries."""
    sharing = _compared(actor, application.case).annotate(**_FOLDED).filter(_may_share_with(application))
    pairs = _pairs_among(sharing, application.case.institution_id)
    return {pair: signs for pair, signs in pairs.items() if application.pk in pair}


def _compared(actor: Actor, case: Any) -> QuerySet[Application]:
    rows = visible(actor, Permission.APPLICATION_CHANGE_STATE, Application.objects.filter(case=case))
    return rows.exclude(state__in=NOT_ALONE)


def _may_share_with(application: Application) -> Q:
    """As `_marks_of` compares: whoever holds one of the application's marks, and perhaps somebody more."""
    candidate = application.candidate
    own = Document.objects.filter(application=application.pk, replaced_at__isnull=True).exclude(sha256="")
    same_file = Document.objects.filter(application=OuterRef("pk"), sha256__in=own.values("sha256"))
    found = Q(candidate=application.candidate_id) | Q(Exists(same_file.filter(replaced_at__isnull=True)))
    if candidate.email:
        found |= Q(candidate__email__iexact=candidate.email)
    if phone := digits_of(candidate.phone):
        found |= Q(phone_digits__endswith=phone)
    if candidate.given_name and candidate.family_name:
        found |= Q(folded_name=_plain(f"{candidate.given_name} {candidate.family_name}"))
    return found


def _pairs_among(rows: QuerySet[Application], institution: Any) -> dict[tuple[Any, Any], set[Sign]]:
    facts = {key: tuple(of) for key, *of in rows.values_list("pk", *FACTS)}
    shared: dict[tuple[Any, Any], set[Sign]] = defaultdict(set)
    for sign, keys in _who_share(facts, _files_of(facts)):
        for one, other in itertools.combinations(sorted(keys), 2):
            shared[one, other].add(sign)
    people = {key: about[0] for key, about in facts.items()}
    findings = findings_about(institution, people.values())
    for one, other in list(shared):
        verdict = findings.get(pair_of(people[one], people[other]))
        if verdict == Verdict.DIFFERENT:
            del shared[one, other]
        elif verdict == Verdict.SAME:
            shared[one, other].add(Sign.FOUND)
    return dict(shared)


def _who_share(facts: Mapping[Any, tuple[Any, ...]], files: Mapping[Any, set[str]]) -> Iterator[tuple[Sign, set[Any]]]:
    """Keys of those who share one thing."""
    holders: dict[tuple[Sign, str], set[Any]] = defaultdict(set)
    for key, about in facts.items():
        for mark in _marks_of(about, files.get(key, ())):
            holders[mark].add(key)
    for (sign, _value), keys in holders.items():
        if 1 < len(keys) <= MOST_ALIKE:
            yield sign, keys


def _facts_of(candidate: Candidate) -> tuple[Any, ...]:
    return (candidate.pk, candidate.given_name, candidate.family_name, candidate.email, candidate.phone, candidate.address, candidate.postal_code)  # fmt: skip


def _marks_of(about: tuple[Any, ...], files: Iterable[str]) -> Iterator[tuple[Sign, str]]:
    person, given, family, email, phone, address, postal_code = about
    yield Sign.PERSON, str(person)
    if email:
        yield Sign.EMAIL, email.casefold()
    for checksum in files:
        yield Sign.FILE, checksum
    if digits := digits_of(phone):
        yield Sign.PHONE, digits
    if given and family:
        name = _plain(f"{given} {family}")
        yield Sign.NAME, name
        if address:
            yield Sign.ADDRESS, f"{name}|{_plain(address)}|{postal_code.strip()}"


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


def digits_of(phone: str) -> str:
    """The last eight digits, without country code and spaces; nothing where there are fewer."""
    digits = "".join(sign for sign in phone if sign.isdecimal())
    return digits[-SHORTEST_PHONE:] if len(digits) >= SHORTEST_PHONE else ""


def _files_of(applications: Iterable[Any]) -> dict[Any, set[str]]:
    """Checksums by application."""
    files: dict[Any, set[str]] = defaultdict(set)
    kept = Document.objects.filter(application__in=list(applications), replaced_at__isnull=True)
    for application, checksum in kept.exclude(sha256="").values_list("application", "sha256"):
        files[application].add(checksum)
    return files


def in_order(signs: Iterable[Sign]) -> tuple[Sign, ...]:
    """The weightiest first."""
    found = set(signs)
    return tuple(sign for sign in Sign if sign in found)


def signs_between(one: Application, other: Application) -> tuple[Sign, ...]:
    """What the two share."""
    files = _files_of([one.pk, other.pk])
    mine, theirs = (set(_marks_of(_facts_of(row.candidate), files.get(row.pk, ()))) for row in (one, other))
    return in_order(sign for sign, _value in mine & theirs)


def alike_elsewhere(actor: Actor, application: Application) -> list[Likeness]:
    """The same institution's other cases, as far as the actor decides on them: more than a name must be shared."""
    candidate = application.candidate
    wanted = Q()
    if candidate.given_name and candidate.family_name:
        wanted |= Q(candidate__given_name__iexact=candidate.given_name, candidate__family_name__iexact=candidate.family_name)  # fmt: skip
    if phone := digits_of(candidate.phone):
        wanted |= Q(phone_digits__endswith=phone)
    if not wanted:
        return []
    others = _others_here(actor, application).filter(wanted).exclude(candidate__email__iexact=candidate.email or "-")
    rows = list(others[:MOST_NAMESAKES])
    findings = findings_about(application.case.institution_id, {candidate.pk, *(row.candidate_id for row in rows)})
    files = _files_of([application.pk, *(row.pk for row in rows)])
    mine = set(_marks_of(_facts_of(candidate), files.get(application.pk, ())))
    found = []
    for row in rows:
        signs = {sign for sign, _value in mine & set(_marks_of(_facts_of(row.candidate), files.get(row.pk, ())))}
        if pair_of(candidate.pk, row.candidate_id) not in findings and signs - {Sign.NAME}:
            found.append(Likeness(application, row, in_order(signs)))
    return found


def perhaps_same(actor: Actor, application: Application) -> list[Application]:
    """Who may be the same person, on this case and elsewhere, for somebody who decides on the application."""
    here = Application.objects.filter(
        pk__in={key for pair in pairs_of(actor, application) for key in pair} - {application.pk}
    )
    return [
        *here.select_related("candidate", "case"),
        *(each.second for each in alike_elsewhere(actor, application)),
    ]


def carried_with(application: Application) -> list[Application]:
    """The one that counts for it, or those that it counts for."""
    return [application.joined_to] if application.joined_to else list(application.joined.all())


def _others_here(actor: Actor, application: Application) -> QuerySet[Application]:
    rows = visible(actor, Permission.APPLICATION_CHANGE_STATE, Application.objects.all())
    rows = rows.filter(case__institution=application.case.institution_id).annotate(phone_digits=_DIGITS)
    rows = rows.exclude(candidate=application.candidate_id).exclude(case=application.case_id)
    return rows.exclude(state__in=NOT_ALONE).select_related("candidate", "case").order_by("-received_at", "pk")


def pair_of(one: Any, other: Any) -> tuple[Any, Any]:
    """The lower number first."""
    return (one, other) if one < other else (other, one)


def findings_about(institution: Any, candidates: Iterable[Any]) -> dict[tuple[Any, Any], str]:
    """What has been found about any two of them in the institution."""
    among = list(candidates)
    rows = SamePerson.objects.filter(institution=institution, first__in=among, second__in=among)
    return {(first, second): verdict for first, second, verdict in rows.values_list("first", "second", "verdict")}


def found_same(application: Application) -> list[Any]:
    """Candidates that the application's institution has found to be the same person."""
    known = SamePerson.objects.filter(institution=application.case.institution_id, verdict=Verdict.SAME)
    rows = known.filter(Q(first=application.candidate_id) | Q(second=application.candidate_id))
    return [
        second if first == application.candidate_id else first for first, second in rows.values_list("first", "second")
    ]
