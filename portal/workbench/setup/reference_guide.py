"""What referees are asked: the institution's own questions, a version at a time."""

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
from recruitment.access.permissions import Permission
from recruitment.references.guides import guide_in_force, publish_guide
from recruitment.rows import Language


class GuideForm(forms.Form):
    """The questions, one a line."""

    questions = forms.CharField(
        label=gettext_lazy("Questions, one a line"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 14}),
        help_text=gettext_lazy("Ask about the work: tasks, results, working together. Whoever takes the reference reads them out and writes the answers below each."),
    )  # fmt: skip


@screen
def reference_guide(request: HttpRequest, institution_id: uuid.UUID, language: str = "da") -> HttpResponse:
    """The version in force; saving makes a new one."""
    institution = institution_for(request, institution_id, Permission.REFERENCE_GUIDE_EDIT)
    if language not in Language.values:
        raise Http404
    current = guide_in_force(institution, language)
    form = GuideForm(request.POST or None, initial={"questions": "\n".join(current.questions)})
    if form.is_bound and form.is_valid():
        try:
            publish_guide(institution, language, form.cleaned_data["questions"].splitlines(), actor=actor_of(request))
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("Saved as a new version. References that have begun keep their questions."))
            return redirect("workbench:reference_guide_in", institution.pk, language)
    return show_setup(
        request, "workbench/fairness/guide.html", institution, tab="reference_guide", title=_("Guide to references"), form=form,
        current=current, language=language, languages=Language.choices, status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip
