"""Editing the application form. Once the round has opened it is locked: words may be mended, nothing more is asked (INV-19)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.audit.record import record
from recruitment.errors import NotPossible, Obstacle
from recruitment.organisation.legal import ProfileStatus
from recruitment.people.actor import Actor
from recruitment.questions.asking import spec_of
from recruitment.questions.kinds import kind_of
from recruitment.questions.models import ApplicationForm, DocumentRequirement, ScreeningQuestion
from recruitment.rows import DataClass

WORDS_OF_FORM = ("intro_da", "intro_en")
FIELDS_OF_FORM = (
    "languages", "phone", "address", "motivation", "origin_question", "source_question", "priority_question", *WORDS_OF_FORM,
)  # fmt: skip
WORDS_OF_QUESTION = ("text_da", "text_en", "help_da", "help_en")
FIELDS_OF_QUESTION = (
    "kind", *WORDS_OF_QUESTION, "required", "options", "scale", "limits", "allow_other", "linked_requirement",
    "justification", "data_class",
)  # fmt: skip
CLOSED = ("CLOSED", "ANONYMISED")


def _open_for(form: ApplicationForm, actor: Actor) -> ApplicationForm:
    """The form's row, locked for this transaction, for somebody who may change it. Raises NotPossible on a closed case."""
    require(actor, Permission.CASE_EDIT, form)
    locked = ApplicationForm.objects.select_for_update(of=("self",)).select_related("case__institution").get(pk=form.pk)
    if locked.case.state in CLOSED:
        raise NotPossible([Obstacle("closed", _("The case is closed."))])
    return locked


def _refuse_if_locked(form: ApplicationForm) -> None:
    if form.locked_at is not None:
        message = _("The ad is out, so applicants have been asked already. Only typing errors can be mended now.")
        raise NotPossible([Obstacle("form_locked", message)])


def _note_change(form: ApplicationForm, actor: Actor, **detail: Any) -> None:
    """A change after locking is a new version: applicants' answers say which one they saw."""
    if form.locked_at is not None:
        form.version += 1
    form.updated_at = clock.now()
    form.save()
    record(actor, "form.change", form, version=form.version, **detail)


@transaction.atomic
def edit_form(form: ApplicationForm, *, actor: Actor, changes: Mapping[str, Any]) -> ApplicationForm:
    """Change what the form asks besides questions. A locked one takes the introduction only."""
    form = _open_for(form, actor)
    changed = {
        name: value for name, value in changes.items() if name in FIELDS_OF_FORM and getattr(form, name) != value
    }
    if set(changed) - set(WORDS_OF_FORM):
        _refuse_if_locked(form)
    if changed.get("languages") == []:
        raise ValidationError({"languages": _("Choose at least one language.")}, code="no_language")
    for name, value in changed.items():
        setattr(form, name, value)
    if changed:
        _note_change(form, actor, fields=sorted(changed))
    return form


@transaction.atomic
def set_document_requirements(form: ApplicationForm, lines: Iterable[Mapping[str, Any]], *, actor: Actor) -> None:
    """The documents the form asks for, in order; replaces those before. Raises ValidationError for a kind named twice."""
    form = _open_for(form, actor)
    _refuse_if_locked(form)
    wanted = list(lines)
    kinds = [line["kind"] for line in wanted]
    if len(set(kinds)) < len(kinds):
        raise ValidationError(_("Each kind of document can be asked for once."), code="kind_twice")
    if any(line["minimum"] > line["maximum"] for line in wanted):
        raise ValidationError(_("At least cannot be more than at most."), code="backwards")
    form.document_requirements.all().delete()
    DocumentRequirement.objects.bulk_create(
        [DocumentRequirement(form=form, position=position, **line) for position, line in enumerate(wanted)]
    )
    _note_change(form, actor, documents=kinds)


@transaction.atomic
def save_question(
    form: ApplicationForm, fields: Mapping[str, Any], *, actor: Actor, question: ScreeningQuestion | None = None
) -> ScreeningQuestion:
    """Ask a new question, at the end, or change one. Raises ValidationError for one that cannot be asked as it stands.

    In a locked form only words may change, and options keep their number and order.
    """
    form = _open_for(form, actor)
    if question is None:
        _refuse_if_locked(form)
        last = form.questions.aggregate(last=Max("position"))["last"]
        question = ScreeningQuestion(form=form, position=0 if last is None else last + 1)
    elif form.locked_at is not None:
        _refuse_other_than_words(question, fields)
    for name in FIELDS_OF_QUESTION:
        if name in fields:
            setattr(question, name, fields[name])
    _check_question(form, question)
    question.save()
    _note_change(form, actor, question=str(question.pk))
    return question


def _refuse_other_than_words(question: ScreeningQuestion, fields: Mapping[str, Any]) -> None:
    codes = {name: [line["code"] for line in getattr(question, name)] for name in ("options", "scale")}
    for name, value in fields.items():
        if name in codes:
            unchanged = [line["code"] for line in value] == codes[name]
        else:
            unchanged = name in WORDS_OF_QUESTION or getattr(question, name) == value
        if not unchanged:
            _refuse_if_locked(question.form)


def _check_question(form: ApplicationForm, question: ScreeningQuestion) -> None:
    linked = question.linked_requirement
    if linked is not None and linked.profile.case_id != form.case_id:
        raise ValidationError({"linked_requirement": _("The requirement belongs to another case.")}, code="other_case")
    if not (question.text_da.strip() or question.text_en.strip()):
        raise ValidationError({"text_da": _("Write the question.")}, code="text_missing")
    if question.data_class == DataClass.SENSITIVE and not _may_ask_sensitive(form):
        message = _("Sensitive data may not be asked for until the institution's data-protection profile allows it.")
        raise ValidationError({"data_class": message}, code="sensitive_not_allowed")
    kind_of(question.kind).check_spec(spec_of(question))


def _may_ask_sensitive(form: ApplicationForm) -> bool:
    """GRD-30 and INV-2: an approved profile that has not fallen due for renewal."""
    profile = getattr(form.case.institution, "data_protection", None)
    return bool(profile and profile.status == ProfileStatus.APPROVED and profile.sensitive_processing_enabled)


@transaction.atomic
def shift_question(question: ScreeningQuestion, step: int, *, actor: Actor) -> None:
    """So many places up (negative) or down among those that are asked; no further than the ends."""
    form = _open_for(question.form, actor)
    _refuse_if_locked(form)
    asked = list(form.questions.filter(retired_at__isnull=True))
    here = next(place for place, other in enumerate(asked) if other.pk == question.pk)
    there = max(0, min(here + step, len(asked) - 1))
    if there == here:
        return
    asked.insert(there, asked.pop(here))
    for position, each in enumerate(asked):
        each.position = position
    ScreeningQuestion.objects.bulk_update(asked, ["position"])
    _note_change(form, actor, order=[str(each.pk) for each in asked])


@transaction.atomic
def retire_question(question: ScreeningQuestion, *, actor: Actor) -> None:
    """It is asked no more; answers that were given stay readable."""
    form = _open_for(question.form, actor)
    _refuse_if_locked(form)
    question.retired_at = clock.now()
    question.save(update_fields=["retired_at"])
    _note_change(form, actor, retired=str(question.pk))
