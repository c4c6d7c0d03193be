"""Writing to one applicant from a template: the class is said while typing and again before it goes."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from portal.guard import actor_of
from portal.workbench.letters.sending import crumbs_of
from portal.workbench.screens import BAD_INPUT, blame, case_for, in_reach, screen, show_case
from recruitment.access.permissions import Permission
from recruitment.applications.masking import is_hidden, mask_for
from recruitment.applications.models import Application
from recruitment.applications.queries import handed_in
from recruitment.cases.models import RecruitmentCase
from recruitment.letters.composing import (
    Composed,
    compose,
    fields_to_fill,
    known_values,
    letters_for,
    template_of,
    write_to,
)
from recruitment.letters.labels import label_of_field
from recruitment.letters.outcomes import deal_with
from recruitment.letters.queries import letters_seen
from recruitment.mail.models import Direction, Message, MessageClass, MessageTemplate
from recruitment.mail.render import subject_line
from recruitment.rows import uuid7

FIELD = "field_"
RIGHT = Permission.MESSAGE_SEND_INTERVIEW
PRIVATE = {"yes": True, "no": False}  # nothing: not said yet


class LetterForm(forms.Form):
    """Own words, what the house does not know, and the whole wording for who must change it."""

    own_words = forms.CharField(
        required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 8}), label=gettext_lazy("Your own words"),
        help_text=gettext_lazy("They stand in the free area of the letter. Leave an empty line between paragraphs."),
    )  # fmt: skip
    about_person = forms.ChoiceField(
        required=False, widget=forms.RadioSelect, label=gettext_lazy("Does it tell anything of the applicant as a person?"),
        choices=[("no", gettext_lazy("No, practical matters only")), ("yes", gettext_lazy("Yes, only the applicant may read it: to the secure inbox"))],
        help_text=gettext_lazy(
            "Health, family, union, money, what others said of them or how you judged them. The portal looks for words that tell such "
            "things, but it does not understand what you write."
        ),
    )  # fmt: skip
    wording = forms.CharField(
        required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 16}), label=gettext_lazy("The letter's own wording"),
        help_text=gettext_lazy("A changed paragraph makes the letter confidential: it then goes to the secure inbox."),
    )  # fmt: skip
    key = forms.UUIDField(widget=forms.HiddenInput)
    seen_class = forms.CharField(required=False, widget=forms.HiddenInput, max_length=12)

    def __init__(self, *args: Any, wanted: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in wanted:
            self.fields[f"{FIELD}{name}"] = forms.CharField(
                required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2}), label=label_of_field(name)
            )

    def typed(self) -> dict[str, str]:
        """The merge fields that were filled in."""
        return {name.removeprefix(FIELD): words for name, words in self.cleaned_data.items() if name.startswith(FIELD)}


def application_to_write_to(request: HttpRequest, case: RecruitmentCase, application_id: uuid.UUID) -> Application:
    """The application, or 404; nobody writes to somebody whose name they may not know."""
    rows = handed_in(Application.objects.filter(case=case)).select_related(
        "candidate", "case__institution", "case__unit", "round"
    )
    application: Application = in_reach(request, RIGHT, rows, application_id)
    if is_hidden(mask_for(actor_of(request), case).put_on(application)):
        raise PermissionDenied
    return application


@screen
def choose(request: HttpRequest, case_id: uuid.UUID, application_id: uuid.UUID) -> HttpResponse:
    """Which letter to begin with."""
    case = case_for(request, case_id, RIGHT)
    application = application_to_write_to(request, case, application_id)
    offered = letters_for(actor_of(request), application)
    if not offered:
        raise PermissionDenied
    query, values = f"?{request.GET.urlencode()}" if request.GET else "", known_values(application)
    lines = [(each, subject_line(each, values)) for each in offered]
    return show_case(
        request, "workbench/letters/choose.html", case, tab="letters", title=_("Write to %s") % _name(application),
        crumbs=crumbs_of(case), application=application, offered=lines, query=query,
    )  # fmt: skip


def _name(application: Application) -> str:
    return application.candidate.full_name or application.reference


def _template(request: HttpRequest, application: Application, code: str) -> MessageTemplate:
    """The version in force, or 404 for a letter that the person may not begin with."""
    if code not in {template.code for template in letters_for(actor_of(request), application)}:
        raise Http404
    return template_of(application, code)


@screen
def write(request: HttpRequest, case_id: uuid.UUID, application_id: uuid.UUID, code: str) -> HttpResponse:
    """Write, look, send. What is sent has the class that was last shown; another class is shown first."""
    case = case_for(request, case_id, RIGHT)
    application = application_to_write_to(request, case, application_id)
    template = _template(request, application, code)
    wanted = fields_to_fill(template, known_values(application))
    form = LetterForm(request.POST if request.method == "POST" else None, wanted=wanted, initial={"key": uuid7()})
    composed, status = None, 200
    if request.method == "POST":
        composed = _composed(form, application, code)
        status = BAD_INPUT if form.errors else 200
        if composed and request.POST.get("button") == "send" and _sent(request, form, application, composed):
            return redirect("workbench:letters", case.pk)
        status = BAD_INPUT if form.errors else status
    else:
        composed = _as_it_stands(application, code)
        form.initial["wording"] = composed.letter.text if composed else ""
    return show_case(
        request, "workbench/letters/write.html", case, tab="letters", title=template.name, crumbs=[
            *crumbs_of(case), (_("Write to %s") % _name(application), reverse("workbench:write", args=[case.pk, application.pk])),
        ], application=application, version=template, form=form, composed=composed, wanted=[form[f"{FIELD}{name}"] for name in wanted],
        paper=not application.candidate.email, answers=_answered(request, case), looked=request.method == "POST" and not form.errors,
        status=status,
    )  # fmt: skip


def _as_it_stands(application: Application, code: str) -> Composed | None:
    try:
        return compose(application, code, typed={})
    except ValidationError:
        return None


def _composed(form: LetterForm, application: Application, code: str) -> Composed | None:
    if not form.is_valid():
        return None
    typed = form.cleaned_data
    try:
        return compose(
            application, code, typed=form.typed(), own_words=typed["own_words"], wording=typed["wording"],
            private=PRIVATE.get(typed["about_person"]),
        )  # fmt: skip
    except ValidationError as refusal:
        blame(form, refusal)
        return None


def _answered(request: HttpRequest, case: RecruitmentCase) -> Message | None:
    """What the letter answers, if it does."""
    number = request.GET.get("answers", "")
    try:
        key = uuid.UUID(number)
    except ValueError:
        return None
    return letters_seen(actor_of(request), case).filter(pk=key).first()


def _sent(request: HttpRequest, form: LetterForm, application: Application, composed: Composed) -> bool:
    if form.cleaned_data["seen_class"] != composed.message_class:
        form.data = form.data.copy()
        form.add_error(None, _("Look at the letter once more: it is %s now.") % composed.message_class.label)
        return False
    answered = _answered(request, application.case)
    if answered is not None and answered.application_id != application.pk:
        answered = None
    actor = actor_of(request)
    try:
        write_to(
            application, composed, key=f"written:{application.pk}:{form.cleaned_data['key']}", actor=actor,
            answers=(answered.in_reply_to or answered) if answered else None,
        )  # fmt: skip
        if answered and answered.direction == Direction.INCOMING and answered.settled_at is None:
            deal_with(answered, actor=actor)
    except ValidationError as refusal:
        blame(form, refusal)
        return False
    messages.success(request, _told(application, composed))
    return True


def _told(application: Application, composed: Composed) -> str:
    if not application.candidate.email:
        return _("The letter waits to be printed and posted.")
    if composed.message_class == MessageClass.STANDARD:
        return _("The letter goes by e-mail now.")
    return _("The letter lies in the secure inbox; an e-mail says that it waits.")


@screen
@require_POST
def look(request: HttpRequest, case_id: uuid.UUID, application_id: uuid.UUID, code: str) -> HttpResponse:
    """While somebody types: the class, why, and the letter as it would go."""
    case = case_for(request, case_id, RIGHT)
    application = application_to_write_to(request, case, application_id)
    template = _template(request, application, code)
    form = LetterForm(request.POST, wanted=fields_to_fill(template, known_values(application)))
    return render(
        request,
        "workbench/letters/_composed.html",
        {"composed": _composed(form, application, code), "form": form, "paper": not application.candidate.email},
    )
