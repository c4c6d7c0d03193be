"""One language for saying no: refused rights, and deeds that are not possible now."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError


@dataclass(frozen=True)
class Obstacle:
    """Why a deed is not possible yet: a code for programs, a sentence for people, and where to mend it.

    `place` names the screen or field that mends it (for example "ad.pay"); the faces turn it into a link.
    """

    code: str
    message: str
    place: str = ""


class NotPossible(ValidationError):
    """A deed that its lifecycle does not allow now. Carries every obstacle, not only the first."""

    def __init__(self, obstacles: Sequence[Obstacle]) -> None:
        super().__init__([ValidationError(o.message, code=o.code) for o in obstacles])
        self.obstacles = list(obstacles)


class StaleRow(ValidationError):
    """Someone else changed the row while this person looked at it."""


class ConflictNotDeclared(PermissionDenied):
    """The person must first say whether they are disqualified on this case (INV-7)."""

    def __init__(self, case_id: object) -> None:
        super().__init__("Declare first whether you have a conflict of interest on this case.")
        self.case_id = case_id
