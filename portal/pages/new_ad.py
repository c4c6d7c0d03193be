"""A new ad from a template: the case gives the facts, the template the first words, the layout the look."""

from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from portal.guard import actor_of, require_seat
from portal.pages.forms import WRITABLE, CaseChoice
from portal.pages.from_profile import filled_from_profile
from portal.pages.layouts import AdLayout, ContentTemplate
from portal.pages.merging import merged_line, merged_stream, values_of
from portal.pages.models import InstitutionPage, JobAdPage
from recruitment.access.decide import require, visible
from recruitment.access.permissions import Permission
from recruitment.advertising.facts import ad_facts
from recruitment.cases.lifecycle import current_round
from recruitment.cases.models import RecruitmentCase
from recruitment.people.actor import Actor
from recruitment.rows import Language


class NewAdForm(forms.Form):
    """Case, language, template and layout; only what the writer may reach."""

    case = CaseChoice(queryset=RecruitmentCase.objects.none(), label=_("Case"))
    language = forms.ChoiceField(choices=Language.choices, label=_("Language"))
    template = forms.ModelChoiceField(
        queryset=ContentTemplate.objects.none(), required=False, label=_("Begin with"), empty_label=_("an empty ad")
    )
    layout = forms.ModelChoiceField(
        queryset=AdLayout.objects.none(),
        required=False,
        label=_("Layout"),
        empty_label=_("the template's, or the usual one"),
    )
    from_profile = forms.BooleanField(
        required=False, label=_("Fill in tasks and requirements from the job profile"),
        help_text=_("Where the template has none of its own."),
    )  # fmt: skip

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cases = visible(actor, Permission.AD_EDIT, RecruitmentCase.objects.filter(state__in=WRITABLE))
        ours = Q(institution__in=cases.values("institution")) | Q(institution__isnull=True)
        self.fields["case"].queryset = cases.order_by("-created_at")
        self.fields["template"].queryset = ContentTemplate.objects.filter(ours, live=True)
        self.fields["layout"].queryset = AdLayout.objects.filter(ours, live=True)

    def clean(self) -> dict[str, Any]:
        """What begins or dresses the ad must hold for the case's unit, and be in the ad's language."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        case, template = cleaned.get("case"), cleaned.get("template")
        for name in ("template", "layout"):
            if case and cleaned.get(name) and not cleaned[name].holds_for(case.unit):
                self.add_error(
                    name, forms.ValidationError(_("It does not hold for the unit of this case."), code="unit")
                )
        if template and template.language != cleaned.get("language"):
            self.add_error(
                "template", forms.ValidationError(_("It is in another language than the ad."), code="language")
            )
        return cleaned


def new_ad(request: HttpRequest) -> HttpResponse:
    """The form, and then the editor with the draft. An ad that exists in the language is opened instead."""
    actor = require_seat(request, Permission.AD_EDIT)
    form = NewAdForm(
        actor,
        request.POST if request.method == "POST" else None,
        initial={"case": request.GET.get("case"), "language": "da", "from_profile": True},
    )
    if request.method == "POST" and form.is_valid():
        page = begin_ad(actor=actor_of(request), **form.cleaned_data)
        return redirect("wagtailadmin_pages:edit", page.pk)
    return render(request, "pages/new_ad.html", {"form": form}, status=422 if form.is_bound else 200)


def begin_ad(
    case: RecruitmentCase, language: str, *, actor: Actor, template: ContentTemplate | None = None,
    layout: AdLayout | None = None, from_profile: bool = False,
) -> JobAdPage:  # fmt: skip
    """A draft page under the institution's page, filled from the template (and the job profile); the draft that exists if there is one."""
    require(actor, Permission.AD_EDIT, case)
    existing = JobAdPage.objects.filter(case=case, locale__language_code=language).first()
    if existing is not None:
        return existing
    parent = InstitutionPage.objects.get(institution=case.institution, locale__language_code=language)
    begun = _first_words(template, case, language)
    if from_profile:
        begun["body"] = filled_from_profile(begun["body"], case, language)
    title = case.title_en if language == "en" and case.title_en else case.title
    other = JobAdPage.objects.filter(case=case).first()
    page = JobAdPage(
        title=title, slug=f"{case.case_number}", case=case, locale=parent.locale, live=False,
        layout=layout or (template.layout if template else None), intro=begun["intro"], body=begun["body"], owner=actor.user,
    )  # fmt: skip
    if other is not None:
        page.translation_key = other.translation_key
    parent.add_child(instance=page)
    page.save_revision(user=actor.user)
    return page


def _first_words(template: ContentTemplate | None, case: RecruitmentCase, language: str) -> dict[str, Any]:
    """The template's words with the case's own in them."""
    if template is None:
        return {"intro": "", "body": []}
    round_ = current_round(case)
    values = values_of(case, ad_facts(case, round_, language), language)
    return {"intro": merged_line(template.intro, values), "body": merged_stream(list(template.body.raw_data), values)}
