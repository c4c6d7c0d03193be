"""What is wrong with a piece of source, and in which line."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Finding:
    """One thing to mend. A warning may stay; everything else stops the layout from being saved."""

    line: int
    code: str
    message: Any
    is_warning: bool = False

    def __str__(self) -> str:
        """With its line in front."""
        return _("Line %(line)s: %(message)s") % {"line": self.line, "message": self.message}


class Refused(Exception):
    """The source as a whole makes no sense from here on; holds the findings."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__("; ".join(finding.code for finding in findings))
        self.findings = list(findings)


def as_errors(findings: Iterable[Finding]) -> list[ValidationError]:
    """Those that stop, as errors of a form's field, in the order of their lines."""
    stopping = [finding for finding in findings if not finding.is_warning]
    return [ValidationError(str(finding), code=finding.code) for finding in sorted(stopping, key=lambda f: f.line)]
