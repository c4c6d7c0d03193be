"""The interview guide: begun from the institution's template and the case's competences, changed until the first interview."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.audit.record import record
from recruitment.cases.profile import Competence, CompetenceKind
from recruitment.errors import NotPossible, Obstacle, StaleRow
from recruitment.interviews.models import InterviewRound
from recruitment.interviews.moved_questions import SECTION_OF, add_question, questions_that_waited
from recruitment.interviews.records import (
    THE_FIVE,
    AskedQuestion,
    GuideQuestion,
    GuideRole,
    GuideSection,
    GuideTemplate,
    InterviewGuide,
    RoleTask,
    SectionCode,
)
from recruitment.interviews.rounds import possible_panel
from recruitment.people.actor import Actor
from recruitment.people.models import User

SHIPPED = Path(__file__).parent / "data" / "guide.json"
MOST_QUESTIONS = 40


@cache
def _shipped() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(SHIPPED.read_text(encoding="utf-8"))
    return found


def template_for(round_: InterviewRound) -> Mapping[str, Any]:
    """The institution's own guide in the case's language, else the shipped one with the five sections (guide p. 16)."""
    own = GuideTemplate.objects.filter(institution=round_.case.institution_id, language=round_.case.language).first()
    return own.content if own else _shipped()[round_.case.language]


@transaction.atomic
def guide_of(round_: InterviewRound) -> InterviewGuide:
    """The round's guide; made the first time, with a question for each competence of the profile."""
    present = InterviewGuide.objects.filter(round=round_).first()
    if present is not None:
        return present
    locked = InterviewRound.objects.select_for_update(of=("self",)).select_related("case").get(pk=round_.pk)
    guide, made = InterviewGuide.objects.get_or_create(round=locked)
    if made:
        _fill(guide, template_for(locked))
    return guide


def _fill(guide: InterviewGuide, template: Mapping[str, Any]) -> None:
    case = guide.round.case
    guide.welcome, guide.farewell = template["welcome"], template["farewell"]
    guide.save()
    competences = list(Competence.objects.filter(profile__case=case))
    ask = _shipped()["competence"][case.language]
    for position, section in enumerate(template["sections"]):
        row = GuideSection.objects.create(guide=guide, code=section["code"], title=section["title"], position=position)
        with override(case.language):
            about = [(ask % c.name, c) for c in competences if SECTION_OF[CompetenceKind(c.kind)] == section["code"]]
        lines = [*about, *((text, None) for text in section["questions"])]
        GuideQuestion.objects.bulk_create(
            [GuideQuestion(section=row, text=text, competence=c, position=n) for n, (text, c) in enumerate(lines)]
        )
    for question in questions_that_waited(case):
        add_question(guide, question)


def sections_of(guide: InterviewGuide) -> list[GuideSection]:
    """In order, each with its questions and their competences; two queries."""
    return list(guide.sections.prefetch_related("questions__competence"))


def roles_of(guide: InterviewGuide) -> list[tuple[RoleTask, User | None]]:
    """Every task in order, with who has it."""
    taken = {row.task: row.user for row in guide.roles.select_related("user")}
    return [(task, taken.get(task)) for task in RoleTask]


def tasks_of(round_: InterviewRound, people: Iterable[User]) -> list[tuple[User, list[str]]]:
    """Each with what they do at the interview, in the words of the reader's language."""
    rows = GuideRole.objects.filter(guide__round=round_)
    by_user: dict[Any, list[str]] = {}
    for row in sorted(rows, key=lambda row: RoleTask.values.index(row.task)):
        by_user.setdefault(row.user_id, []).append(str(RoleTask(row.task).label))
    return [(user, by_user.get(user.pk, [])) for user in people]


def missing_sections(guide: InterviewGuide) -> list[str]:
    """Which of the five an interview is to uncover the guide leaves out."""
    present = set(guide.sections.values_list("code", flat=True))
    return [str(SectionCode(code).label) for code in THE_FIVE if code not in present]


def lock_guide(guide: InterviewGuide, version: int | None) -> InterviewGuide:
    """Raises StaleRow where a colleague has saved it since `version` was shown."""
    locked = InterviewGuide.objects.select_for_update(of=("self",)).select_related("round__case").get(pk=guide.pk)
    if version is not None and locked.version != version:
        raise StaleRow(_("A colleague has changed the guide meanwhile. Look at it as it is now."), code="changed")
    locked.version += 1
    return locked


@transaction.atomic
def change_guide(
    guide: InterviewGuide, *, actor: Actor, welcome: str, farewell: str, sections: Sequence[Mapping[str, Any]],
    version: int | None = None, five_may_go: bool = False,
) -> InterviewGuide:  # fmt: skip
    """Save the whole guide as it stands on the screen. `sections`: id or "", title, and questions of id or "", text, competence.

    One of the five sections is only left out where `five_may_go`. What has been asked already is not removed.
    """
    require(actor, Permission.INTERVIEW_EDIT_GUIDE, guide)
    _refuse_too_long(welcome, farewell, sections)
    locked = lock_guide(guide, version)
    kept = {str(section["id"]) for section in sections if section.get("id")}
    gone = [row for row in locked.sections.all() if str(row.pk) not in kept]
    if not five_may_go and (five := [row.title for row in gone if row.code in THE_FIVE]):
        message = _("An interview also uncovers: %s. Say that it is to be left out.") % ", ".join(five)
        raise NotPossible([Obstacle("one_of_the_five", message, "sections")])
    _refuse_asked(GuideQuestion.objects.filter(section__in=gone))
    locked.welcome, locked.farewell = welcome, farewell
    locked.save()
    GuideSection.objects.filter(pk__in=[row.pk for row in gone]).delete()
    for position, section in enumerate(sections):
        _save_section(locked, section, position)
    if GuideQuestion.objects.filter(section__guide=locked).count() > MOST_QUESTIONS:
        raise NotPossible([Obstacle("too_many", _("That is more than can be asked in one interview."), "sections")])
    record(actor, "InterviewGuide.change", locked.round)
    return locked


def _refuse_too_long(welcome: str, farewell: str, sections: Sequence[Mapping[str, Any]]) -> None:
    """Nothing is cut off in silence."""
    lengths = [(welcome, 4000), (farewell, 4000), *((section["title"], 120) for section in sections)]
    lengths += [(line["text"], 400) for section in sections for line in section["questions"]]
    if long := [text for text, most in lengths if len(text) > most]:
        message = _("This is too long for the guide: “%s …”") % long[0][:60]
        raise NotPossible([Obstacle("too_long", message, "sections")])


def _refuse_asked(questions: Any) -> None:
    if AskedQuestion.objects.filter(question__in=questions).exists():
        message = _("What an applicant has been asked stays in the guide: the others are to be asked the same.")
        raise NotPossible([Obstacle("asked_already", message, "sections")])


def _save_section(guide: InterviewGuide, section: Mapping[str, Any], position: int) -> None:
    row = guide.sections.filter(pk=section["id"]).first() if section.get("id") else None
    row = row or GuideSection(guide=guide)
    row.title, row.position = section["title"], position
    row.save()
    lines = [line for line in section["questions"] if line["text"].strip()]
    gone = row.questions.exclude(pk__in=[line["id"] for line in lines if line.get("id")])
    _refuse_asked(gone)
    gone.delete()
    competences = Competence.objects.filter(profile__case=guide.round.case_id)
    by_key = {str(competence.pk): competence for competence in competences}
    for place, line in enumerate(lines):
        question = row.questions.filter(pk=line["id"]).first() if line.get("id") else None
        question = question or GuideQuestion(section=row)
        question.text, question.position = line["text"].strip(), place
        question.competence = by_key.get(str(line.get("competence") or ""))
        question.save()


@transaction.atomic
def share_out(guide: InterviewGuide, tasks: Mapping[RoleTask, User | None], *, actor: Actor) -> None:
    """Who does what at the interview; people of the panel only."""
    require(actor, Permission.INTERVIEW_EDIT_GUIDE, guide)
    allowed = set(possible_panel(guide.round.case).values_list("pk", flat=True))
    for task, user in tasks.items():
        if user is None:
            GuideRole.objects.filter(guide=guide, task=task).delete()
        elif user.pk not in allowed:
            raise NotPossible([Obstacle("not_on_case", _("%s has no seat on the case.") % user, "roles")])
        else:
            GuideRole.objects.update_or_create(guide=guide, task=task, defaults={"user": user})
    record(actor, "InterviewGuide.share_out", guide.round)


@transaction.atomic
def save_as_template(guide: InterviewGuide, *, actor: Actor) -> GuideTemplate:
    """Let the institution's next cases begin from this guide; questions about one case's competences stay behind."""
    require(actor, Permission.INTERVIEW_EDIT_GUIDE, guide)
    case = guide.round.case
    content = {
        "welcome": guide.welcome, "farewell": guide.farewell,
        "sections": [
            {"code": row.code, "title": row.title, "questions": [q.text for q in row.questions.all() if q.competence_id is None]}
            for row in sections_of(guide)
        ],
    }  # fmt: skip
    template, _made = GuideTemplate.objects.update_or_create(
        institution=case.institution, language=case.language,
        defaults={"content": content, "saved_by": actor.user, "saved_at": clock.now()},
    )  # fmt: skip
    record(actor, "GuideTemplate.save", template)
    return template
