"""Making a case and changing it: the deeds behind the two forms, each in one transaction."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import transaction

from portal.workbench.case_forms import EditCaseForm, NewCaseForm
from recruitment.access.actions import invite_user, seat_member
from recruitment.access.roles import Role
from recruitment.cases.actions import (
    ContactLine,
    appoint_hiring_manager,
    create_case,
    edit_case,
    hand_over_case,
    set_contacts,
    set_deadline,
)
from recruitment.cases.copying import copy_case
from recruitment.cases.lifecycle import current_round
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.profile import Competence
from recruitment.cases.profiling import edit_profile
from recruitment.people.actor import Actor
from recruitment.people.models import User
from recruitment.questions.models import ScreeningQuestion


@transaction.atomic
def make_case(
    form: NewCaseForm, contacts: Iterable[ContactLine], *, actor: Actor, source: RecruitmentCase | None = None
) -> RecruitmentCase:
    """The case with its people and the start of its profile; nothing at all where one part is refused.

    With a `source` it begins as that one: what was typed goes before.
    """
    typed = form.cleaned_data
    unit = typed["unit"]
    manager: User | None = typed["hiring_manager"]
    if typed["manager_email"]:
        manager = invite_user(typed["manager_email"], institution=unit.institution, actor=actor, to_case=True)
    begin = partial(copy_case, source) if source else create_case
    case = begin(
        unit, actor=actor, frame=form.frame(), deadline=typed["deadline"], hiring_manager=manager, contacts=contacts
    )
    _give_reason(case, typed["short_period_reason"], actor)
    for address in typed["members"]:
        member = invite_user(address, institution=unit.institution, actor=actor, to_case=True)
        seat_member(case, member, Role.HIRING_COMMITTEE, actor=actor)
    edit_profile(case, actor=actor, fields={"tasks": typed["tasks"]}, competences=_lines(case, typed["competences"]))
    return case


def _lines(case: RecruitmentCase, typed: str) -> list[dict[str, Any]]:
    """What was typed, a line each; a line that names a copied requirement is that one, with its weight and its questions.

    A copied requirement whose line was taken out is taken out of its questions too, which then have to be tied anew.
    """
    names = [line.strip()[:160] for line in typed.splitlines() if line.strip()]
    present = {row.name_da: row for row in Competence.objects.filter(profile__case=case)}
    gone = [row.pk for name, row in present.items() if name not in names]
    ScreeningQuestion.objects.filter(linked_requirement__in=gone).update(linked_requirement=None)
    return [{"name_da": name, **({"id": present[name].pk} if name in present else {})} for name in names]


def _give_reason(case: RecruitmentCase, reason: str, actor: Actor) -> None:
    round_ = current_round(case)
    if reason and round_ is not None and round_.application_deadline is not None:
        set_deadline(round_, round_.application_deadline, actor=actor, short_period_reason=reason)


@transaction.atomic
def change_case(
    case: RecruitmentCase, form: EditCaseForm, contacts: Iterable[ContactLine], *, actor: Actor
) -> RecruitmentCase:
    """Everything the form holds; what did not change is not touched."""
    typed = form.cleaned_data
    changed = set(form.changed_data)
    frame = {name: value for name, value in form.frame().items() if name in changed or name == "weekly_hours_min"}
    case = edit_case(case, actor=actor, frame=frame)
    round_ = current_round(case)
    if round_ is not None and typed["deadline"] is not None and changed & {"deadline", "short_period_reason"}:
        set_deadline(round_, typed["deadline"], actor=actor, short_period_reason=typed["short_period_reason"])
    set_contacts(case, contacts, actor=actor)
    if "hiring_manager" in changed and typed["hiring_manager"]:
        appoint_hiring_manager(case, typed["hiring_manager"], actor=actor)
    if "hr_responsible" in changed and typed["hr_responsible"]:
        hand_over_case(case, typed["hr_responsible"], actor=actor)
    return case
