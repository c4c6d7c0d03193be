"""Applicants side by side: what each interview showed of each competence, and where something is missing."""

from collections.abc import Iterable
from dataclasses import dataclass

from recruitment.cases.models import RecruitmentCase
from recruitment.cases.profile import Competence
from recruitment.interviews.models import InterviewInvitation, InvitationState
from recruitment.interviews.records import AskedQuestion, Finding, GuideQuestion, Interview

#: Those with an interview to compare, or with one to come.
COMPARED = (InvitationState.ACCEPTED, InvitationState.HELD)


@dataclass(frozen=True)
class Cell:
    """One applicant and one competence. `asked` of `questions` were put; a gap is what was never asked or never noted."""

    asked: int
    questions: int
    level: int | None
    words: str

    @property
    def was_not_asked(self) -> bool:
        """Questions about it exist, and not all were put."""
        return self.asked < self.questions

    @property
    def is_gap(self) -> bool:
        """Nothing was noted, or something was not asked: the applicant cannot be compared on it."""
        return self.level is None or self.was_not_asked


@dataclass(frozen=True)
class Column:
    """One applicant with a cell for each competence, in the same order."""

    invitation: InterviewInvitation
    interview: Interview | None
    cells: tuple[Cell, ...]
    not_asked: int

    @property
    def is_to_come(self) -> bool:
        """Agreed, and nothing has been written yet: there is nothing to compare, and no gap."""
        return self.interview is None

    @property
    def gaps(self) -> int:
        """How many competences cannot be compared."""
        return 0 if self.is_to_come else sum(cell.is_gap for cell in self.cells)


@dataclass(frozen=True)
class Comparison:
    """All of it."""

    competences: tuple[Competence, ...]
    columns: tuple[Column, ...]


def compare(case: RecruitmentCase, invitations: Iterable[InterviewInvitation]) -> Comparison:
    """Of these invitations those held or agreed; six queries, however many."""
    chosen = [row for row in invitations if row.state in COMPARED]
    keys = [row.pk for row in chosen]
    interviews = {row.invitation_id: row for row in Interview.objects.filter(invitation__in=keys)}
    competences = tuple(Competence.objects.filter(profile__case=case).order_by("kind", "position", "id"))
    questions = list(
        GuideQuestion.objects.filter(section__guide__round__case=case).values_list(
            "pk", "competence", "section__guide__round"
        )
    )
    asked: dict[object, set[object]] = {}
    for interview, question in AskedQuestion.objects.filter(interview__invitation__in=keys).values_list(
        "interview", "question"
    ):
        asked.setdefault(interview, set()).add(question)
    found = {(f.interview_id, f.competence_id): f for f in Finding.objects.filter(interview__invitation__in=keys)}

    def column(row: InterviewInvitation) -> Column:
        interview = interviews.get(row.pk)
        put = asked.get(interview.pk, set()) if interview else set()
        own = [(key, about) for key, about, round_ in questions if round_ == row.round_id]
        cells = []
        for competence in competences:
            about = [key for key, tells_of in own if tells_of == competence.pk]
            finding = found.get((interview.pk, competence.pk)) if interview else None
            cells.append(
                Cell(
                    len([key for key in about if key in put]),
                    len(about),
                    finding.level if finding else None,
                    finding.words if finding else "",
                )
            )
        return Column(row, interview, tuple(cells), len([key for key, _about in own if key not in put]))

    return Comparison(competences, tuple(column(row) for row in chosen))
