"""A new case that begins as an earlier one: frame, profile, form and contacts; nothing of its applicants, and none of its dates."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from recruitment.access.decide import may, require
from recruitment.access.permissions import Permission
from recruitment.audit.record import record
from recruitment.cases.actions import FRAME, ContactLine, create_case
from recruitment.cases.adapted import CaseTemplate
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.profile import Competence, JobProfile
from recruitment.errors import NotPossible, Obstacle
from recruitment.organisation.models import OrganisationalUnit
from recruitment.people.actor import Actor
from recruitment.people.models import User
from recruitment.questions.models import ApplicationForm, DocumentRequirement, ScreeningQuestion

#: Belongs to the one recruitment and not to the kind of job.
NOT_COPIED = {"start_date", "interview_dates", "expected_answer_date", "duration_until", "records_reference"}
PROFILE = (
    "tasks", "organisation_placement", "success_criteria", "preconditions", "development_opportunities",
    "education_requirement", "education_is_formal", "experience_requirement", "redistribution_note", "own_answers", "shown_in_ad",
)  # fmt: skip
COMPETENCE = ("kind", "name_da", "name_en", "description", "weight", "must_have", "position")
FORM = (
    "languages", "phone", "address", "motivation", "origin_question", "source_question", "priority_question", "intro_da", "intro_en",
)  # fmt: skip
DOCUMENT = ("kind", "label_da", "label_en", "minimum", "maximum", "position")
QUESTION = (
    "position", "kind", "text_da", "text_en", "help_da", "help_en", "required", "options", "scale", "limits", "allow_other",
    "justification", "data_class",
)  # fmt: skip


def frame_of(source: RecruitmentCase) -> dict[str, Any]:
    """What a new case of the kind has in common with the source."""
    frame = {name: getattr(source, name) for name in FRAME if name not in NOT_COPIED}
    return {
        **frame, "collective_agreements": list(source.collective_agreements.all()), "workplaces": list(source.workplaces.all()),
    }  # fmt: skip


def contacts_of(source: RecruitmentCase) -> list[ContactLine]:
    """The people applicants could talk to."""
    rows = source.contacts.values("name", "phone", "email", "title", "publish_in_ad")
    return [ContactLine(**row) for row in rows]


def may_begin_as(source: RecruitmentCase, unit: OrganisationalUnit, actor: Actor) -> bool:
    """Whoever sees the earlier case; and everybody in a unit for which it is kept as a template."""
    if source.institution_id != unit.institution_id:
        return False
    kept = CaseTemplate.objects.filter(case=source, active=True).select_related("unit")
    return any(unit.path.startswith(template.unit.path) for template in kept) or may(
        actor, Permission.CASE_VIEW, source
    )


@transaction.atomic
def copy_case(
    source: RecruitmentCase, unit: OrganisationalUnit, *, actor: Actor, frame: Mapping[str, Any] | None = None,
    deadline: dt.datetime | None = None, hiring_manager: User | None = None, contacts: Iterable[ContactLine] | None = None,
) -> RecruitmentCase:  # fmt: skip
    """A new draft in the unit that begins as the source; what `frame` names goes before.

    Raises PermissionDenied for a case that the actor does not see and that is no template of the unit.
    """
    if not may_begin_as(source, unit, actor):
        raise PermissionDenied
    typed = dict(frame or {})
    if typed.get("title", source.title) != source.title:
        typed.setdefault("title_en", "")  # the old title's translation is not the new one's
    case = create_case(
        unit, actor=actor, frame={**frame_of(source), **typed}, deadline=deadline, hiring_manager=hiring_manager,
        contacts=contacts_of(source) if contacts is None else contacts, copied_from=source,
    )  # fmt: skip
    competences = _copy_profile(source, case)
    _copy_form(source, case, competences)
    record(actor, "RecruitmentCase.copy", case, source=str(source.pk))
    return case


def _copy_profile(source: RecruitmentCase, case: RecruitmentCase) -> dict[Any, Competence]:
    """Returns the new competences by the keys of the old ones."""
    old = JobProfile.objects.filter(case=source).first()
    if old is None:
        return {}
    new = JobProfile.objects.get(case=case)
    for name in PROFILE:
        setattr(new, name, getattr(old, name))
    new.save()
    made = {
        competence.pk: Competence(profile=new, **{name: getattr(competence, name) for name in COMPETENCE})
        for competence in old.competences.all()
    }
    Competence.objects.bulk_create(made.values())
    return made


def _copy_form(source: RecruitmentCase, case: RecruitmentCase, competences: Mapping[Any, Competence]) -> None:
    old, new = ApplicationForm.objects.filter(case=source).first(), ApplicationForm.objects.get(case=case)
    if old is None:
        return
    for name in FORM:
        setattr(new, name, getattr(old, name))
    new.save()
    new.document_requirements.all().delete()
    DocumentRequirement.objects.bulk_create(
        DocumentRequirement(form=new, **{name: getattr(row, name) for name in DOCUMENT})
        for row in old.document_requirements.all()
    )
    ScreeningQuestion.objects.bulk_create(
        ScreeningQuestion(
            form=new,
            linked_requirement=competences.get(question.linked_requirement_id),
            **{name: getattr(question, name) for name in QUESTION},
        )
        for question in old.questions.filter(retired_at__isnull=True)
    )


@transaction.atomic
def keep_as_template(case: RecruitmentCase, unit: OrganisationalUnit, *, actor: Actor, name: str) -> CaseTemplate:
    """New cases of the unit and below can begin as this one; a name that is taken is given to this case instead."""
    require(actor, Permission.CASE_TEMPLATE_EDIT, unit)
    if unit.institution_id != case.institution_id or not may(actor, Permission.CASE_VIEW, case):
        raise PermissionDenied
    if not name.strip():
        raise NotPossible([Obstacle("name", _("Give the template a name."), "name")])
    template, _made = CaseTemplate.objects.update_or_create(
        unit=unit, name=name.strip(), defaults={"institution": unit.institution, "case": case, "active": True}
    )
    record(actor, "case_template.keep", template, case=str(case.pk))
    return template


@transaction.atomic
def end_template(template: CaseTemplate, *, actor: Actor) -> None:
    """No new case begins as it any more; those that did stay as they are."""
    require(actor, Permission.CASE_TEMPLATE_EDIT, template)
    template.active = False
    template.save(update_fields=["active"])
    record(actor, "case_template.end", template)
