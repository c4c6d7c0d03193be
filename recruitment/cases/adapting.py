"""An institution changes what its cases are made of: fields of the profile, names of states, stages of its own."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.audit.record import record
from recruitment.cases.adapted import ProfileField, StateLabel, SubStage
from recruitment.cases.models import CaseState, RecruitmentCase
from recruitment.cases.profile import JobProfile
from recruitment.cases.queries import ENDED
from recruitment.errors import NotPossible, Obstacle
from recruitment.organisation.models import Institution
from recruitment.people.actor import Actor

#: Fields that ship, in their usual order.
SHIPPED = (
    "tasks", "organisation_placement", "education_requirement", "education_is_formal", "experience_requirement",
    "preconditions", "success_criteria", "development_opportunities", "redistribution_note",
)  # fmt: skip
#: What a new ad can be given of the frame around the job (guide p. 11); each is for the house until somebody says otherwise.
FRAME = ("organisation_placement", "preconditions", "success_criteria", "development_opportunities")
ALWAYS_ASKED = frozenset({"tasks"})  # GRD-1


def profile_fields_of(institution: Institution) -> list[ProfileField]:
    """The fields of the institution's job profiles, in order: what it has decided, and the shipped ones it has said nothing of."""
    own = list(ProfileField.objects.filter(institution=institution))
    known = {field.column for field in own if field.column}
    rest = [
        ProfileField(
            institution=institution, column=column, label_da="", position=place,
            is_shown=True,
        )
        for place, column in enumerate(SHIPPED) if column not in known
    ]  # fmt: skip
    return [*own, *rest] if own else rest


def shipped_label(column: str) -> str:
    """What a shipped field is called where the institution has not named it."""
    field: Any = JobProfile._meta.get_field(column)
    return str(field.verbose_name)


def _own(rows: Any, line: Mapping[str, Any]) -> Any:
    """The row that the line names among these, if it names one."""
    return rows.filter(pk=line["id"]).first() if line.get("id") else None


@transaction.atomic
def save_profile_fields(institution: Institution, lines: Iterable[Mapping[str, Any]], *, actor: Actor) -> None:
    """The fields in their order; `id` names an own field that stays, `column` a shipped one. An own field that is left out goes.

    Answers in profiles are kept: a field that comes back finds them only under the same field.
    """
    require(actor, Permission.INSTITUTION_EDIT_MASTER_DATA, institution)
    kept = []
    for place, line in enumerate(lines):
        column = line.get("column") or ""
        if column and column not in SHIPPED:
            raise NotPossible([Obstacle("unknown_field", _("There is no such field."), "fields")])
        if not column and not str(line.get("label_da", "")).strip():
            continue
        if column in ALWAYS_ASKED and not line.get("is_shown", True):
            raise NotPossible([Obstacle("always_asked", _("Tasks are part of every job profile."), "fields")])
        rows = ProfileField.objects.filter(institution=institution)
        row = rows.filter(column=column).first() if column else _own(rows.filter(column=""), line)
        row = row or ProfileField(institution=institution, column=column)
        for name in ("label_da", "label_en", "help_da", "is_shown"):
            if name in line:
                setattr(row, name, line[name])
        row.position = place
        row.save()
        kept.append(row.pk)
    ProfileField.objects.filter(institution=institution).exclude(pk__in=kept).delete()
    record(actor, "profile_fields.save", institution)


@transaction.atomic
def name_states(institution: Institution, labels: Mapping[str, tuple[str, str]], *, actor: Actor) -> None:
    """What the institution calls the fixed states, in Danish and English; an empty name gives the shipped one back."""
    require(actor, Permission.INSTITUTION_EDIT_MASTER_DATA, institution)
    for state, (danish, english) in labels.items():
        rows = StateLabel.objects.filter(institution=institution, state=CaseState(state))
        if danish.strip():
            StateLabel.objects.update_or_create(
                institution=institution, state=state, defaults={"label_da": danish.strip(), "label_en": english.strip()}
            )
        else:
            rows.delete()
    record(actor, "states.name", institution, states=sorted(labels))


@transaction.atomic
def save_sub_stages(institution: Institution, lines: Iterable[Mapping[str, Any]], *, actor: Actor) -> None:
    """The stages inside the states, in order; `id` names one that stays. Cases in one that is left out stand in its state only."""
    require(actor, Permission.INSTITUTION_EDIT_MASTER_DATA, institution)
    kept = []
    for place, line in enumerate(lines):
        if not str(line.get("label_da", "")).strip():
            continue
        row = _own(SubStage.objects.filter(institution=institution), line) or SubStage(institution=institution)
        row.label_da, row.label_en = line["label_da"].strip(), str(line.get("label_en", "")).strip()
        row.state, row.position = CaseState(line["state"]), place
        row.save()
        kept.append(row.pk)
    gone = SubStage.objects.filter(institution=institution).exclude(pk__in=kept)
    RecruitmentCase.objects.filter(sub_stage__in=gone).update(sub_stage=None)
    gone.delete()
    record(actor, "sub_stages.save", institution)


@transaction.atomic
def enter_stage(case: RecruitmentCase, stage: SubStage | None, *, actor: Actor) -> RecruitmentCase:
    """The case stands in a stage of its institution, inside its state; None for the state alone."""
    require(actor, Permission.CASE_EDIT, case)
    locked = RecruitmentCase.objects.select_for_update().get(pk=case.pk)
    if locked.state in ENDED:
        raise NotPossible([Obstacle("closed", _("The case is closed."))])
    if stage is not None and (stage.institution_id != locked.institution_id or stage.state != locked.state):
        raise NotPossible([Obstacle("other_state", _("The stage lies in another state."), "stage")])
    locked.sub_stage = stage
    locked.save(update_fields=["sub_stage", "updated_at"])
    record(actor, "RecruitmentCase.stage", locked, stage=str(stage.pk) if stage else "")
    return locked


def leave_stage(case: RecruitmentCase) -> None:
    """A case that moves on leaves the stage inside the state it comes from."""
    if case.sub_stage_id is not None:
        RecruitmentCase.objects.filter(pk=case.pk).exclude(sub_stage__state=case.state).update(sub_stage=None)
