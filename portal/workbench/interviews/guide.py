"""The guide of a round: edited as one page, read and printed by everybody on the panel."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.guard import actor_of
from portal.workbench.advised import advice_beside
from portal.workbench.confirm import AGREED
from portal.workbench.interviews.plan import crumbs_of, rights_of, round_for
from portal.workbench.screens import BAD_INPUT, case_for, screen, show_case
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.cases.advice import AdviceStep
from recruitment.cases.profile import Competence
from recruitment.errors import NotPossible, StaleRow
from recruitment.interviews.guides import (
    change_guide,
    guide_of,
    missing_sections,
    roles_of,
    save_as_template,
    sections_of,
    share_out,
)
from recruitment.interviews.models import InterviewRound
from recruitment.interviews.records import InterviewGuide, RoleTask
from recruitment.interviews.rounds import possible_panel

NEW_LINES = 2  # empty questions at the end of each section
CONFLICT = 409


@screen
@require_GET
def read(request: HttpRequest, case_id: uuid.UUID, round_id: uuid.UUID) -> HttpResponse:
    """As it is asked, with who does what; fit for paper."""
    case = case_for(request, case_id, Permission.INTERVIEW_CONDUCT)
    require(actor_of(request), Permission.INTERVIEW_CONDUCT, case)
    round_ = round_for(case, round_id)
    guide = guide_of(round_)
    return show_case(
        request, "workbench/interviews/guide.html", case, tab="interviews", title=_("Interview guide"), guide=guide, round=round_,
        advice=advice_beside(case, "interviews", AdviceStep.GUIDE), sections=sections_of(guide), roles=roles_of(guide), missing=missing_sections(guide), crumbs=crumbs_of(case),
        **rights_of(actor_of(request), case),
    )  # fmt: skip


@screen
def edit(request: HttpRequest, case_id: uuid.UUID, round_id: uuid.UUID) -> HttpResponse:
    """Sections, questions with what they tell of, and who does what. Leaving out one of the five sections asks first."""
    case = case_for(request, case_id, Permission.INTERVIEW_EDIT_GUIDE)
    round_ = round_for(case, round_id)
    guide = guide_of(round_)
    faults: list[str] = []
    asks = stale = False
    if request.method == "POST":
        try:
            _save(request, guide)
        except ValidationError as refusal:
            asks = isinstance(refusal, NotPossible) and refusal.obstacles[0].code == "one_of_the_five"
            stale = isinstance(refusal, StaleRow)
            faults = refusal.messages
        else:
            messages.success(request, _("The guide has been saved."))
            return redirect("workbench:interview_guide", case.pk, round_.pk)
    return _show(request, round_, guide, faults, asks=asks, status=CONFLICT if stale else BAD_INPUT if faults else 200)


def _save(request: HttpRequest, guide: InterviewGuide) -> None:
    actor, typed = actor_of(request), storable(request.POST)
    version = typed.get("version", "")
    guide = change_guide(
        guide, actor=actor, welcome=typed.get("welcome", ""), farewell=typed.get("farewell", ""),
        sections=[section for section in typed_sections(typed) if section["title"]],
        version=int(version) if version.isdecimal() and len(version) < 10 else -1, five_may_go=bool(typed.get(AGREED)),
    )  # fmt: skip
    people = {str(user.pk): user for user in possible_panel(guide.round.case)}
    share_out(guide, {task: people.get(typed.get(f"role-{task}", "")) for task in RoleTask}, actor=actor)


def storable(typed: QueryDict) -> QueryDict:
    """Without NUL, which no database takes."""
    clean = typed.copy()
    for name, values in typed.lists():
        clean.setlist(name, [value.replace("\x00", "") for value in values])
    return clean


def typed_sections(typed: QueryDict) -> list[dict[str, Any]]:
    """The sections as the page sends them: parallel lists, those ticked as removed left out."""
    removed = set(typed.getlist("remove"))
    found = []
    for place, key in enumerate(typed.getlist("section")):
        if key and key in removed:
            continue
        titles, prefix = typed.getlist("title"), f"s{place}-"
        ids, texts, about = (typed.getlist(prefix + name) for name in ("id", "text", "competence"))
        questions = [
            {"id": one, "text": text, "competence": tells} for one, text, tells in zip(ids, texts, about, strict=False)
        ]
        title = titles[place].strip() if place < len(titles) else ""
        found.append({"id": key, "title": title, "questions": questions})
    return found


def _show(
    request: HttpRequest, round_: InterviewRound, guide: InterviewGuide, faults: list[str], *, asks: bool, status: int
) -> HttpResponse:
    case = round_.case
    removed = request.POST.getlist("remove")
    if request.method == "POST":
        shown = [
            {**section, "is_removed": section["id"] in removed}
            for section in typed_sections(_with_removed(request.POST))
        ]
    else:
        shown = [
            {"id": str(row.pk), "title": row.title, "questions": [
                {"id": str(q.pk), "text": q.text, "competence": str(q.competence_id or "")} for q in row.questions.all()
            ]}
            for row in sections_of(guide)
        ]  # fmt: skip
        shown.append({"id": "", "title": "", "questions": []})
    empty = {"id": "", "text": "", "competence": ""}
    for section in shown:
        filled = [line for line in section["questions"] if line["text"]]
        section["questions"] = filled + [empty] * NEW_LINES
    typed = request.POST
    taken = {task: user.pk if user else None for task, user in roles_of(guide)}
    return show_case(
        request, "workbench/interviews/guide_edit.html", case, tab="interviews", title=_("Change the guide"), guide=guide,
        advice=advice_beside(case, "interviews", AdviceStep.GUIDE), round=round_, sections=shown, faults=faults, asks=asks, agreed=AGREED, crumbs=crumbs_of(case), status=status,
        competences=list(Competence.objects.filter(profile__case=case)), people=possible_panel(case),
        welcome=typed.get("welcome", guide.welcome), farewell=typed.get("farewell", guide.farewell),
        version=typed.get("version", guide.version),
        roles=[(task, typed.get(f"role-{task}", str(taken[task] or ""))) for task in RoleTask],
    )  # fmt: skip


def _with_removed(typed: QueryDict) -> QueryDict:
    """The page as it was sent, sections ticked as removed still in it."""
    copy = typed.copy()
    copy.setlist("remove", [])
    return copy


@screen
@require_POST
def as_template(request: HttpRequest, case_id: uuid.UUID, round_id: uuid.UUID) -> HttpResponse:
    """The institution's next cases begin from this guide."""
    case = case_for(request, case_id, Permission.INTERVIEW_EDIT_GUIDE)
    round_ = round_for(case, round_id)
    save_as_template(guide_of(round_), actor=actor_of(request))
    messages.success(request, _("The next cases begin from this guide, each with its own competences."))
    return redirect("workbench:interview_guide", case.pk, round_.pk)
