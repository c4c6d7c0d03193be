"""Making a case and changing it: the deeds behind the two forms, each in one transaction."""

from collections.abc import Iterable

from django.db import transaction

from portal.workbench.case_forms import EditCaseForm, NewCaseForm
from recruitment.access.actions import invite_user, seat_member
from recruitment.access.roles import Role
from recruitment.cases.actions import (
    ContactLine,
    appoint_hiring_manager,
    create_case,
    edit_case,
    edit_profile,
    hand_over_case,
    set_contacts,
    set_deadline,
)
from recruitment.cases.lifecycle import current_round
from recruitment.cases.models import RecruitmentCase
from recruitment.people.actor import Actor
from recruitment.people.models import User


@transaction.atomic
def make_case(form: NewCaseForm, contacts: Iterable[ContactLine], *, actor: Actor) -> RecruitmentCase:
    """The case with its people and the start of its profile; nothing at all where one part is refused."""
    typed = form.cleaned_data
    unit = typed["unit"]
    manager: User | None = typed["hiring_manager"]
    if typed["manager_email"]:
        manager = invite_user(typed["manager_email"], institution=unit.institution, actor=actor)
    case = create_case(
        unit, actor=actor, frame=form.frame(), deadline=typed["deadline"], hiring_manager=manager, contacts=contacts
    )
    _give_reason(case, typed["short_period_reason"], actor)
    for address in typed["members"]:
        member = invite_user(address, institution=unit.institution, actor=actor)
        seat_member(case, member, Role.HIRING_COMMITTEE, actor=actor)
    competences = [{"name_da": line.strip()[:160]} for line in typed["competences"].splitlines() if line.strip()]
    edit_profile(case, actor=actor, fields={"tasks": typed["tasks"]}, competences=competences)
    return case


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
