"""The one mask of blind screening: who meets numbers instead of people, where, and until when. Every face puts rows through it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from recruitment.access.decide import may, visible
from recruitment.access.permissions import Permission
from recruitment.applications.blind import blind_screenings
from recruitment.applications.models import Application, Stage
from recruitment.people.actor import Actor, ActorKind
from recruitment.people.models import Candidate

HIDDEN = "▇▇▇"
SHORTEST_NAME = 3  # a part of a name shorter than this would hide half the text
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
#: Telephone numbers as Danes write them, and CPR numbers; two years in a row are neither.
_NUMBER = re.compile(
    r"(?<!\d)(?!(?:19|20)\d\d\s+(?:19|20)\d\d)(?:\+\d\d\s?)?(?:\d\d\s?){3}\d\d(?!\d)|(?<!\d)\d{6}-?\d{4}(?!\d)"
)
_LINK = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)
Rows = TypeVar("Rows", bound=Iterable[Application])


@dataclass(frozen=True)
class Mask:
    """One person's mask on one case. Where it is not on, everything is as it was."""

    is_on: bool

    def hides(self, application: Application) -> bool:
        """Until the application has been shortlisted; whoever was, is known from then on."""
        return self.is_on and application.stage_reached < Stage.SCREENED

    def put_on(self, application: Application) -> Application:
        """The row without its person, if it is hidden: name, addresses, source and typed words are not on it any more."""
        if self.hides(application):
            application.hidden_person = application.candidate  # type: ignore[attr-defined]
            application.other_count = 0  # type: ignore[attr-defined]
            application.candidate = Candidate(given_name=name_for(application))
            application.motivation_text, application.draft, application.source_medium = "", {}, None
        return application

    def put_on_all(self, rows: Rows) -> Rows:
        """The same for many, in place."""
        for row in rows:
            self.put_on(row)
        return rows


def is_hidden(application: Any) -> bool:
    """Whether the mask has been put on this row."""
    return getattr(application, "hidden_person", None) is not None


def words_of(application: Any, text: str) -> str:
    """What the applicant wrote, without what tells who they are, if the mask has been put on the row."""
    person = getattr(application, "hidden_person", None)
    return without_identity(text, person) if person is not None else text


NO_MASK = Mask(is_on=False)


def mask_for(actor: Actor, case: Any) -> Mask:
    """On for those who assess: manager and committees, and programs. HR and support write to people and must know them."""
    if actor.is_house or not blind_screenings().filter(case=case).exists():
        return Mask(is_on=False)
    return Mask(is_on=not _knows_people(actor, case))


def _knows_people(actor: Actor, case: Any) -> bool:
    if may(actor, Permission.APPLICATION_CHANGE_STATE, case):
        return True
    return actor.kind == ActorKind.PERSON and not may(actor, Permission.APPLICATION_READ_DOCUMENTS, case)


def hidden_from(actor: Actor, rows: QuerySet[Application]) -> QuerySet[Application]:
    """Those of the rows, of whatever cases, whose people the actor may not know yet; in the same query."""
    blind = rows.filter(Exists(blind_screenings().filter(case=OuterRef("case"))), stage_reached__lt=Stage.SCREENED)
    if actor.is_house:
        return rows.none()
    known = visible(actor, Permission.APPLICATION_CHANGE_STATE, Application.objects.all())
    hidden = blind.exclude(pk__in=known.values("pk"))
    if actor.kind == ActorKind.PERSON:
        readers = visible(actor, Permission.APPLICATION_READ_DOCUMENTS, Application.objects.all())
        hidden = hidden.filter(pk__in=readers.values("pk"))
    return hidden


def name_for(application: Application) -> str:
    """Ansøger 14, say: the number tells neither when it came nor where the name stands in a list."""
    return _("Applicant %s") % (application.blind_number or "–")


def by_number(words: str) -> Q:
    """What a search for words finds under the mask: the number, and the reference."""
    digits = "".join(sign for sign in words if sign.isdecimal())[:9]
    found = Q(reference__icontains=words)
    return found | Q(blind_number=int(digits)) if digits else found


def without_identity(text: str, candidate: Candidate) -> str:
    """The words without the person's own name, addresses and numbers. A help for who redacts, not a promise."""
    for known in sorted(_known_of(candidate), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(known)}(?!\w)", HIDDEN, text, flags=re.IGNORECASE)
    for shape in (_ADDRESS, _LINK, _NUMBER):
        text = shape.sub(HIDDEN, text)
    return text


def _known_of(candidate: Candidate) -> set[str]:
    names = [*candidate.given_name.split(), *candidate.family_name.split()]
    parts = [candidate.full_name, candidate.email, candidate.phone, candidate.address, *names]
    return {part.strip() for part in parts if len(part.strip()) >= SHORTEST_NAME}
