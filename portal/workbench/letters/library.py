"""The library of letters: what is in force where, writing a version with its class and preview beside it, and approving."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from portal.guard import actor_of
from portal.workbench.confirm import ask_first
from portal.workbench.screens import BAD_INPUT, blame, screen
from portal.workbench.setup.frame import institution_for, show_setup
from recruitment.access.decide import institutions_of
from recruitment.access.permissions import Permission
from recruitment.letters.labels import LABELS, label_of_field
from recruitment.letters.library import (
    Place,
    changes_class,
    decide,
    editable_units,
    may_put_in_force,
    proposals,
    rows_of,
    save_version,
    use_shipped_again,
)
from recruitment.letters.looking import Words, look_at
from recruitment.mail.fields import CLASS_OF_FIELD
from recruitment.mail.models import MessageClass, MessageTemplate
from recruitment.organisation.models import Institution
from recruitment.rows import Language

RIGHT = Permission.MESSAGE_TEMPLATE_PROPOSE


class TemplateForm(forms.Form):
    """The letter in both languages, and the class that it is declared to have."""

    message_class = forms.ChoiceField(
        choices=MessageClass.choices, label=gettext_lazy("Class"),
        help_text=gettext_lazy("Standard letters may go by e-mail. Fields and words can only make it stricter."),
    )  # fmt: skip
    subject_da = forms.CharField(max_length=200, label=gettext_lazy("Subject in Danish"))
    body_da = forms.CharField(label=gettext_lazy("Letter in Danish"))
    subject_en = forms.CharField(max_length=200, label=gettext_lazy("Subject in English"))
    body_en = forms.CharField(label=gettext_lazy("Letter in English"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language in Language.values:
            self.fields[f"body_{language}"].widget = forms.Textarea(
                attrs={
                    "rows": 22,
                    "class": "letter-code",
                    "lang": language,
                    "data-palette-place": "",
                }
            )
            self.fields[f"subject_{language}"].widget.attrs |= {"lang": language, "data-palette-place": ""}

    def words(self, language: str) -> Words:
        """What was typed in one language, sound or not."""
        return Words(self.data.get(f"subject_{language}", "")[:200], self.data.get(f"body_{language}", ""))


@screen
def choose_library(request: HttpRequest) -> HttpResponse:
    """Straight to one's own institution, where there is one."""
    found = sorted(institutions_of(actor_of(request), RIGHT))
    if not found:
        raise Http404
    return redirect("workbench:letter_library", found[0])


@screen
def library(request: HttpRequest, institution_id: uuid.UUID) -> HttpResponse:
    """Every letter with what is in force, and what waits for approval."""
    institution = institution_for(request, institution_id, RIGHT)
    waiting = [(each, changes_class(each)) for each in proposals(actor_of(request)).filter(institution=institution)]
    return show_setup(
        request, "workbench/letters/library.html", institution, tab="letter_library", title=_("Letters"),
        rows=rows_of(institution), waiting=waiting,
    )  # fmt: skip


def _place(request: HttpRequest, institution: Institution, code: str) -> Place:
    """The letter, for the whole institution or for the unit in the address; 404 for what is out of reach or unknown."""
    unit = None
    if number := request.GET.get("unit", ""):
        try:
            unit = get_object_or_404(editable_units(actor_of(request), institution), pk=uuid.UUID(number))
        except ValueError as bad:
            raise Http404 from bad
    place = Place(institution, code, unit)
    if place.in_force(Language.DANISH) is None:
        raise Http404
    return place


def _initial(place: Place) -> dict[str, str]:
    found: dict[str, str] = {}
    for language in Language.values:
        template = place.in_force(language)
        if template is not None:
            found |= {f"subject_{language}": template.subject, f"body_{language}": template.body}
            found.setdefault("message_class", template.message_class)
    return found


@screen
def template(request: HttpRequest, institution_id: uuid.UUID, code: str) -> HttpResponse:
    """Write a new version; it is in force at once, or waits for somebody who may approve it."""
    institution = institution_for(request, institution_id, RIGHT)
    place = _place(request, institution, code)
    actor = actor_of(request)
    current: Any = place.in_force(Language.DANISH)
    posted = request.method == "POST"
    form = TemplateForm(request.POST if posted else _initial(place))
    if posted and request.POST.get("button") != "look" and form.is_valid() and _saved(request, place, form):
        return redirect("workbench:letter_library", institution.pk)
    chosen = request.POST.get("message_class", current.message_class) if posted else current.message_class
    return show_setup(
        request, "workbench/letters/template.html", institution, tab="letter_library", title=current.name, form=form, place=place,
        looked=_looked(form, place, chosen), palette=_palette(), units=editable_units(actor, institution), posted=posted,
        versions=place.own_versions(), waits=not may_put_in_force(actor, institution, changes_class=False),
        may_end=may_put_in_force(actor, institution, changes_class=False) and place.own_versions().filter(active=True).exists(),
        status=BAD_INPUT if posted and form.errors else 200,
    )  # fmt: skip


def _looked(form: TemplateForm, place: Place, message_class: str) -> list[tuple[str, Any]]:
    chosen = message_class if message_class in MessageClass.values else MessageClass.STANDARD
    return [
        (
            language.label,
            look_at(form.words(language), language=language, template_class=chosen, above=place.above(language)),
        )
        for language in Language
    ]


def _palette() -> list[tuple[str, str, str]]:
    """Name, label and class of each merge field that people choose among, ordinary ones first."""
    return [(name, label_of_field(name), CLASS_OF_FIELD[name]) for name in CLASS_OF_FIELD if name in LABELS]


def _saved(request: HttpRequest, place: Place, form: TemplateForm) -> bool:
    typed = form.cleaned_data
    texts = {language: Words(typed[f"subject_{language}"], typed[f"body_{language}"]) for language in Language.values}
    try:
        made = save_version(place, texts=texts, message_class=typed["message_class"], actor=actor_of(request))
    except ValidationError as refusal:
        blame(form, refusal)
        return False
    if not made:
        messages.info(request, _("Nothing was changed."))
    elif all(each.active for each in made):
        messages.success(request, _("The letter is in force."))
    else:
        messages.success(request, _("The letter waits for approval. Until then the present one is sent."))
    return True


@screen
@require_POST
def look(request: HttpRequest, institution_id: uuid.UUID, code: str) -> HttpResponse:
    """While somebody types: class, reasons, faults and preview of both languages."""
    institution = institution_for(request, institution_id, RIGHT)
    place = _place(request, institution, code)
    looked = _looked(TemplateForm(request.POST), place, request.POST.get("message_class", ""))
    return render(request, "workbench/letters/_looked.html", {"looked": looked})


@screen
@require_POST
def decide_on(request: HttpRequest, institution_id: uuid.UUID, template_id: uuid.UUID) -> HttpResponse:
    """Yes, or no with a reason."""
    institution = institution_for(request, institution_id, Permission.MESSAGE_TEMPLATE_EDIT)
    found = get_object_or_404(MessageTemplate, pk=template_id, institution=institution)
    try:
        decide(
            found,
            approve=request.POST.get("answer") == "yes",
            actor=actor_of(request),
            reason=request.POST.get("refusal", ""),
        )
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Decided."))
    return redirect("workbench:letter_library", institution.pk)


@screen
@require_POST
def end_own(request: HttpRequest, institution_id: uuid.UUID, code: str) -> HttpResponse:
    """Back to what stands above, after asking."""
    institution = institution_for(request, institution_id, Permission.MESSAGE_TEMPLATE_EDIT)
    place = _place(request, institution, code)
    back = reverse("workbench:letter_template", args=[institution.pk, code])
    asked = ask_first(
        request, title=_("Use the shipped letter again"), button=_("Use the shipped letter again"), back=back,
        consequence=_("Your own versions are not sent any more. Letters that have been sent keep theirs."),
    )  # fmt: skip
    if asked is not None:
        return asked
    ended = use_shipped_again(place, actor=actor_of(request))
    messages.success(request, ngettext("%d version has ended.", "%d versions have ended.", ended) % ended)
    return redirect("workbench:letter_library", institution.pk)
