"""Notice and consent texts: versions, languages, and how they read once they are filled in."""

import uuid

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.guard import actor_of
from portal.workbench.screens import BAD_INPUT, blame, screen
from portal.workbench.setup.frame import institution_for, show_setup
from recruitment.access.institutions import publish_text
from recruitment.access.permissions import Permission
from recruitment.organisation.legal import LegalText, LegalTextKind
from recruitment.organisation.models import Institution
from recruitment.organisation.queries import filled_text, text_in_force
from recruitment.rows import DataClass, Language

PREVIEW, STANDARD = "preview", "standard"
FIELDS = (
    "institution",
    "basis",
    "processor_name",
    "controller_contact",
    "dpo_contact",
    "joint_controller_text",
    "retention_text",
    "pool",
    "purpose",
    "months",
)


class TextForm(forms.Form):
    """The words, with names in curly brackets that are filled in."""

    body = forms.CharField(label=gettext_lazy("Text"), widget=forms.Textarea(attrs={"rows": 18}), max_length=40_000)
    data_class = forms.ChoiceField(choices=DataClass.choices, label=gettext_lazy("Covers"))


@screen
def overview(request: HttpRequest, institution_id: uuid.UUID) -> HttpResponse:
    """Which text is in force for each purpose and language."""
    institution = institution_for(request, institution_id, Permission.DATAPROTECTION_EDIT)
    rows = []
    for kind in LegalTextKind:
        for language in Language:
            found = text_in_force(institution, kind, language)
            rows.append((kind, language, found if found and found.language == language else None))
    return show_setup(
        request, "workbench/setup/texts.html", institution, tab="texts", title=_("Notice and consent texts"), rows=rows
    )


def _standard(kind: str, language: str) -> LegalText | None:
    return LegalText.objects.filter(institution=None, kind=kind, language=language).order_by("-version").first()


@screen
def text(request: HttpRequest, institution_id: uuid.UUID, kind: str, language: str) -> HttpResponse:
    """Write a new version; look at it filled in first."""
    institution = institution_for(request, institution_id, Permission.DATAPROTECTION_EDIT)
    if kind not in LegalTextKind.values or language not in Language.values:
        raise Http404
    standard = _standard(kind, language)
    own = LegalText.objects.filter(institution=institution, kind=kind, language=language).order_by("-version")
    current = own.first() or standard
    button = request.POST.get("button", "")
    form = TextForm(
        request.POST if request.method == "POST" and button != STANDARD else None,
        initial=_first_words(button, current, standard),
    )
    if (
        request.method == "POST"
        and button not in {PREVIEW, STANDARD}
        and form.is_valid()
        and _publish(request, institution, kind, language, form)
    ):
        return redirect("workbench:texts", institution.pk)
    return show_setup(
        request, "workbench/setup/text.html", institution, tab="texts", title=str(LegalTextKind(kind).label).capitalize(),
        form=form, language=Language(language).label, versions=own, standard=standard, fields=[f"{{{name}}}" for name in FIELDS],
        filled=_filled(form, institution, kind, language),
        status=BAD_INPUT if form.is_bound and (form.errors or button != PREVIEW) else 200,
    )  # fmt: skip


def _first_words(button: str, current: LegalText | None, standard: LegalText | None) -> dict[str, str]:
    source = standard if button == STANDARD else current
    return {"body": source.body, "data_class": source.data_class} if source else {}


def _publish(request: HttpRequest, institution: Institution, kind: str, language: str, form: TextForm) -> bool:
    typed = form.cleaned_data
    try:
        made = publish_text(
            institution,
            LegalTextKind(kind),
            language,
            typed["body"],
            actor=actor_of(request),
            data_class=DataClass(typed["data_class"]),
        )
    except ValidationError as refusal:
        blame(form, refusal)
        return False
    messages.success(request, _("Version %d is in force.") % made.version)
    return True


def _filled(form: TextForm, institution: Institution, kind: str, language: str) -> str:
    body = form.data.get("body", "") if form.is_bound else form.initial.get("body", "")
    return filled_text(LegalText(kind=kind, language=language, body=body), institution) if body else ""
