"""What each step of the form asks, built from the case's form: fields, rules and words. Faces only lay it out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recruitment.applications.applicant_list import TICK, has_applicant_list
from recruitment.applications.models import Application, Origin
from recruitment.questions import asking
from recruitment.questions.kinds import kind_of
from recruitment.questions.models import ApplicationForm, Demand, MotivationForm, ScreeningQuestion
from recruitment.questions.specification import in_language

ABOUT, PAPERS, QUESTIONS = "about", "papers", "questions"
STEPS = (ABOUT, PAPERS, QUESTIONS)
LONGEST_MOTIVATION = 20_000
OTHER_SOURCE = "OTHER"
spec_of = asking.spec_of

#: Spaces, dashes, brackets and country codes are fine; letters are not.
phone_number = RegexValidator(
    r"^[+()\d\s./-]{6,40}$", gettext_lazy("Write the telephone number with digits, for example 12 34 56 78."), "phone"
)


@dataclass(frozen=True)
class StepState:
    """How far one step is: its form bound to what was typed, and the faults of what is missing."""

    name: str
    form: forms.Form
    faults: dict[str, list[str]]

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing or wrong."""
        return not self.faults


def steps_of(application: Application) -> list[str]:
    """The steps this case has, in order; a case without questions has no step for them."""
    form = application.case.form
    has_questions = form.questions.filter(retired_at__isnull=True).exists()
    return [ABOUT, PAPERS, *([QUESTIONS] if has_questions else [])]


def as_typed(values: Mapping[str, Any]) -> MultiValueDict[str, str]:
    """Stored raw values (name to list of strings) as Django forms want them."""
    typed: MultiValueDict[str, str] = MultiValueDict()
    for name, value in values.items():
        typed.setlist(name, [str(v) for v in (value if isinstance(value, list) else [value])])
    return typed


def form_for(application: Application, step: str, data: MultiValueDict[str, str] | None = None) -> forms.Form:
    """The step's form; without `data` it shows what was saved, unchecked."""
    builder = {ABOUT: _about, PAPERS: _papers, QUESTIONS: _questions}[step]
    saved = application.draft.get(step, {})
    initial_source = as_typed(saved)
    return builder(application, data, initial_source)


def state_of(application: Application, step: str) -> StepState:
    """The step checked as it would be on handing in."""
    form = form_for(application, step, as_typed(application.draft.get(step, {})))
    faults = {name: [str(m) for m in messages] for name, messages in form.errors.items()}
    if step == PAPERS:
        faults |= missing_papers(application)
    return StepState(step, form, faults)


def _made_form(
    fields: dict[str, forms.Field], data: MultiValueDict[str, str] | None, saved: MultiValueDict[str, str]
) -> forms.Form:
    initial = {name: _initial(field, saved, name) for name, field in fields.items() if name in saved}
    form_class = type("StepForm", (forms.Form,), dict(fields))
    made: forms.Form = form_class(data=data, initial=initial)
    return made


def _initial(field: forms.Field, saved: MultiValueDict[str, str], name: str) -> Any:
    return saved.getlist(name) if isinstance(field, forms.MultipleChoiceField) else saved.get(name)


def _text(
    label: str, missing: str, *, required: bool = True, autocomplete: str = "", longest: int = 100, **more: Any
) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=longest,
        error_messages={"required": missing, "max_length": _("Use at most %d characters.") % longest},
        widget=forms.TextInput(attrs={"autocomplete": autocomplete}), **more,
    )  # fmt: skip


def _about(
    application: Application, data: MultiValueDict[str, str] | None, saved: MultiValueDict[str, str]
) -> forms.Form:
    fields: dict[str, forms.Field] = {
        "given_name": _text(_("First name"), _("Write your first name."), autocomplete="given-name"),
        "family_name": _text(_("Last name"), _("Write your last name."), autocomplete="family-name"),
        "email": forms.EmailField(
            label=_("E-mail"), help_text=_("We send the receipt and all answers to this address."), max_length=254,
            error_messages={
                "required": _("Write your e-mail address."),
                "invalid": _("Write an e-mail address such as navn@eksempel.dk."),
            },
            widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        ),
    }  # fmt: skip
    fields |= _asked_contact(application.case.form)
    fields |= _asked_beside(application)
    return _made_form(fields, data, saved)


def _asked_beside(application: Application) -> dict[str, forms.Field]:
    """What the employer, the statistics or the law want to know besides who it is."""
    form = application.case.form
    fields: dict[str, forms.Field] = {}
    if form.origin_question:
        fields["origin"] = forms.ChoiceField(
            label=_("Do you work at %s today?") % application.case.institution.name,
            choices=[(Origin.INTERNAL, _("Yes")), (Origin.EXTERNAL, _("No"))], widget=forms.RadioSelect,
            error_messages={"required": _("Choose whether you work there today.")},
        )  # fmt: skip
    if form.source_question:
        fields["source"] = forms.ChoiceField(
            label=_("Where did you see the ad?"), required=False, choices=source_choices(application)
        )
    if form.priority_question:
        fields["priority"] = forms.BooleanField(
            label=_("I wish to make use of preferential access"), required=False,
            help_text=_(
                "For applicants with a disability who are entitled to it. Only those who handle your application "
                "see it. You need not send any medical papers."
            ),
        )  # fmt: skip
    if has_applicant_list(application.case):
        fields[TICK] = forms.BooleanField(
            label=_("Do not show my name on the list of applicants"), required=False,
            help_text=_("This is a civil servant's post. Other applicants may ask to see who has applied."),
        )  # fmt: skip
    return fields


def _asked_contact(form: ApplicationForm) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {}
    if form.phone != Demand.HIDDEN:
        fields["phone"] = _text(
            _("Telephone"), _("Write your telephone number."), required=form.phone == Demand.REQUIRED,
            autocomplete="tel", longest=40, validators=[phone_number],
        )  # fmt: skip
    if form.address != Demand.HIDDEN:
        required = form.address == Demand.REQUIRED
        fields["address"] = _text(
            _("Address"), _("Write your address."), required=required, autocomplete="street-address", longest=200
        )
        fields["postal_code"] = _text(
            _("Postal code"), _("Write the postal code."), required=required, autocomplete="postal-code", longest=12
        )
        fields["city"] = _text(_("Town"), _("Write the town."), required=required, autocomplete="address-level2")
    return fields


def source_choices(application: Application) -> list[tuple[str, str]]:
    """The round's media and "another place" (E3)."""
    media = application.round.publications.exclude(state="WITHDRAWN").select_related("medium")
    named = [(p.medium.code, str(p.medium)) for p in media]
    return [("", _("Choose")), *named, (OTHER_SOURCE, _("Another place"))]


def _papers(
    application: Application, data: MultiValueDict[str, str] | None, saved: MultiValueDict[str, str]
) -> forms.Form:
    fields: dict[str, forms.Field] = {}
    if application.case.form.motivation == MotivationForm.TYPED_OR_UPLOADED:
        fields["motivation"] = forms.CharField(
            label=_("Your application"), required=False, max_length=LONGEST_MOTIVATION,
            help_text=_("Write here why you apply, or upload your application as a file below."),
            widget=forms.Textarea(attrs={"rows": 12}),
            error_messages={"max_length": _("Use at most %d characters.") % LONGEST_MOTIVATION},
        )  # fmt: skip
    return _made_form(fields, data, saved)


def missing_papers(application: Application) -> dict[str, list[str]]:
    """What of the required documents is not there yet, by the field that mends it."""
    form = application.case.form
    present: dict[str, int] = {}
    for kind in application.documents.filter(replaced_at__isnull=True).values_list("kind", flat=True):
        present[kind] = present.get(kind, 0) + 1
    faults: dict[str, list[str]] = {}
    typed = str(as_typed(application.draft.get(PAPERS, {})).get("motivation", "") or "").strip()
    if form.motivation != MotivationForm.NOT_ASKED and not typed and not present.get("COVER_LETTER"):
        where = "motivation" if form.motivation == MotivationForm.TYPED_OR_UPLOADED else "document-COVER_LETTER"
        faults[where] = [_("Write your application, or upload it as a file.")]
    for wanted in form.document_requirements.all():
        if present.get(wanted.kind, 0) < wanted.minimum:
            faults[f"document-{wanted.kind}"] = [_("Upload: %s") % wanted.label]
    return faults


def questions_of(application: Application) -> list[ScreeningQuestion]:
    """The questions that are asked now, in order."""
    return list(application.case.form.questions.filter(retired_at__isnull=True))


def _questions(
    application: Application, data: MultiValueDict[str, str] | None, saved: MultiValueDict[str, str]
) -> forms.Form:
    fields: dict[str, forms.Field] = {}
    for question in questions_of(application):
        spec = spec_of(question)
        fields |= kind_of(spec.kind).form_fields(spec)
    made = _made_form(fields, data, saved)
    if data is not None:
        _check_answers(application, made, data)
    return made


def _check_answers(application: Application, made: forms.Form, data: MultiValueDict[str, str]) -> None:
    """Let each kind check its own answer; it says at which field its message stands."""
    made.errors  # noqa: B018 - runs the fields' own checks first
    for question in questions_of(application):
        spec = spec_of(question)
        try:
            made.cleaned_data[f"answer:{question.pk}"] = kind_of(spec.kind).parse(spec, data)
        except forms.ValidationError as error:
            made.add_error(None, error)


@dataclass(frozen=True)
class Asked:
    """One question as it is laid out: `heading` stands above fields that are named by their options."""

    question: ScreeningQuestion
    heading: str
    help: str
    fields: list[forms.BoundField]


def asked_in(application: Application, form: forms.Form) -> list[Asked]:
    """The fields of the questions' form, question by question."""
    laid_out = []
    for question in questions_of(application):
        spec = spec_of(question)
        kind = kind_of(spec.kind)
        fields = [form[name] for name in kind.form_fields(spec)]
        for field in fields:
            field.field.counts_as_required = spec.required  # type: ignore[attr-defined]  # read by the template
        laid_out.append(Asked(question, kind.heading(spec), in_language(spec.help), fields))
    return laid_out
