"""The list of a case's applicants."""

import uuid
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.guard import actor_of
from portal.workbench.candidate_search import A_PAGE, ANSWER, COLUMNS, FIRST, Field, field_of
from portal.workbench.saved_views import views_for
from portal.workbench.screens import case_for, screen, show_case
from recruitment.access.decide import may
from recruitment.access.permissions import Permission
from recruitment.applications.answers import side_by_side
from recruitment.applications.likeness import pairs_on
from recruitment.applications.masking import mask_for, words_of
from recruitment.applications.models import Application
from recruitment.applications.moving import FOR_MANY, last_undoable
from recruitment.assessments.actions import may_rate
from recruitment.assessments.candidates import beside, counts_by_state, still_to_rate
from recruitment.assessments.expert import uses_committee
from recruitment.assessments.furnishing import scale_of
from recruitment.assessments.guards import warning_before_invitations
from recruitment.cases.models import CaseState, RecruitmentCase
from recruitment.people.actor import Actor


@screen
def candidates(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Everybody who has applied; support sees name, contact and state."""
    case = case_for(request, case_id, Permission.APPLICATION_LIST)
    actor = actor_of(request)
    field = field_of(request, case)
    search = field.search
    page = Paginator(field.rows, A_PAGE).get_page(request.GET.get("p"))
    may_read = may(actor, Permission.APPLICATION_READ_DOCUMENTS, case)
    narrowing = [name for name in (*search.fields, "only") if request.GET.get(name)]
    return show_case(
        request, "workbench/candidates.html", case, tab="applications", title=_("Applicants"), search=search, page=page,
        order=field.order, query=request.GET.urlencode(), is_filtered=bool(narrowing), narrows_more=any(name not in {*FIRST, "only"} for name in narrowing), only=search.wanted().only,
        kept=[(name, value) for name, values in request.GET.lists() if name not in {"only", "p"} for value in values],
        counts=counts_by_state(actor, case), sees_letters=may(actor, Permission.MESSAGE_SEND_STANDARD, case),
        sees_others=may(actor, Permission.APPLICATION_SEE_OTHERS, case),
        may_register=may(actor, Permission.APPLICATION_REGISTER_MANUAL, case), may_read=may_read,
        **(_for_readers(actor, case, field, page) if may_read else {}), **views_for(request, "applications"),
    )  # fmt: skip


def _for_readers(actor: Actor, case: RecruitmentCase, field: Field, page: Page[Application]) -> dict[str, Any]:
    """Columns of assessment, and what may be done with several at once."""
    columns = field.search.columns()
    rows = list(page.object_list)
    page.object_list = rows
    shown = [question for question in field.search.questions if f"{ANSWER}{question.pk}" in columns]
    around, answers = beside(case, rows, field.insight), side_by_side(rows, shown)
    mask = mask_for(actor, case)
    mask.put_on_all(rows)
    for row in rows:
        row.shown_icons, row.missing = around.icons.get(row.pk, []), around.missing.get(row.pk, [])
        given = [answers.get(row.pk, {}).get(question.pk, "") for question in shown]
        row.shown_answers = [words_of(row, "; ".join(each) if isinstance(each, list) else each) for each in given]
    moves_many = may(actor, Permission.APPLICATION_SHORTLIST, case)
    return {
        "columns": columns, "all_columns": _choices(field, columns), "asked": shown, "insight": field.insight,
        "levels": {level.value: level for level in scale_of(case).levels.all()}, "may_rate": may_rate(actor, case),
        "left": still_to_rate(actor, case), "moves_many": FOR_MANY.values() if moves_many else (),
        "undoable": last_undoable(case, actor) if moves_many else None, "may_rank": may(actor, Permission.APPLICATION_FINAL_RANK, case),
        "warning": warning_before_invitations(case) if moves_many else None,
        "names_are_hidden": mask.is_on, "may_blind": may(actor, Permission.CASE_EDIT, case), "uses_committee": uses_committee(case), "may_export": may(actor, Permission.EXPORT_APPLICANTS, case), "may_ask_again": may(actor, Permission.APPLICATION_CHANGE_STATE, case), "may_pool": may(actor, Permission.TALENTPOOL_ADD_MEMBER, case), "may_bind": may(actor, Permission.APPLICATION_FOLDER, case),
        "calls_to": _calls_to(actor, case), "alike": len(pairs_on(actor, case)) if may(actor, Permission.APPLICATION_CHANGE_STATE, case) else 0,
    }  # fmt: skip


def _calls_to(actor: Actor, case: RecruitmentCase) -> str:
    """Where the chosen are called to interview: the newest round, once there is one."""
    if case.state not in {CaseState.ASSESSING, CaseState.INTERVIEWING} or not may(
        actor, Permission.INTERVIEW_INVITE, case
    ):
        return ""
    newest = case.interview_rounds.order_by("-number").values_list("pk", flat=True).first()
    return reverse("workbench:interview_call", args=[case.pk, newest]) if newest else ""


def _choices(field: Field, columns: list[str]) -> list[tuple[str, str, bool]]:
    named = [(name, str(label)) for name, label in COLUMNS.items()]
    named += [(f"{ANSWER}{question.pk}", question.text) for question in field.search.questions]
    return [(name, label, name in columns) for name, label in named]
