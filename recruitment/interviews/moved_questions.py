"""A question that can wait: it leaves the application form and is asked at the interview (guide p. 15)."""

from django.db import transaction
from django.utils.translation import override

from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.profile import CompetenceKind
from recruitment.interviews.records import GuideQuestion, GuideSection, InterviewGuide, SectionCode
from recruitment.people.actor import Actor
from recruitment.questions.actions import retire_question
from recruitment.questions.models import ScreeningQuestion

#: Where a question is asked that hangs on a requirement of this kind; one without goes to the professional part.
SECTION_OF = {
    CompetenceKind.PROFESSIONAL: SectionCode.PROFESSIONAL,
    CompetenceKind.PERSONAL: SectionCode.PERSONAL,
}


@transaction.atomic
def move_to_interview(question: ScreeningQuestion, *, actor: Actor) -> None:
    """Ask it no more in the form, and put it into the case's guides: those there are, and each that is begun later.

    Only while the form is open: what applicants have been asked stays asked.
    """
    require(actor, Permission.CASE_EDIT, question)
    retire_question(question, actor=actor)
    question.is_for_interview = True
    question.save(update_fields=["is_for_interview"])
    for guide in InterviewGuide.objects.filter(round__case=question.form.case_id):
        add_question(guide, question)


def add_question(guide: InterviewGuide, question: ScreeningQuestion) -> None:
    """Last in the section it belongs to, with its requirement; in the first section where the guide has left that one out."""
    requirement = question.linked_requirement
    code = SECTION_OF[CompetenceKind(requirement.kind)] if requirement else SectionCode.PROFESSIONAL
    sections = GuideSection.objects.filter(guide=guide).order_by("position")
    section = sections.filter(code=code).first() or sections.first()
    if section is not None:
        case = guide.round.case
        with override(case.language):
            text = question.text
        GuideQuestion.objects.create(
            section=section, text=text, competence=requirement, position=section.questions.count()
        )


def questions_that_waited(case: RecruitmentCase) -> list[ScreeningQuestion]:
    """Those that left the form for the interview, in their order."""
    rows = ScreeningQuestion.objects.filter(form__case=case, is_for_interview=True)
    return list(rows.select_related("linked_requirement"))
