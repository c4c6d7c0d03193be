"""The institution's own rules for its ads: which checks it does without, which words it does not want, who approves."""

import uuid
from typing import Any

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
from recruitment.access.decide import visible
from recruitment.access.permissions import Permission
from recruitment.advertising.checks.rules import RULES, SWITCHABLE
from recruitment.advertising.house_rules import rules_of, set_rules
from recruitment.organisation.models import Institution

LONGEST = 60


class RulesForm(forms.Form):
    """Ticked is in use. What the law decides is shown above the form and is not part of it."""

    used = forms.MultipleChoiceField(
        required=False,
        label=gettext_lazy("Advice in use"),
        widget=forms.CheckboxSelectMultiple,
        choices=[(rule.code, rule.title) for rule in RULES if not rule.by_law],
    )
    unwanted = forms.CharField(
        required=False,
        label=gettext_lazy("Words you do not want"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("One a line; after = what to write instead, as in: robust = calm"),
    )
    manager_approves = forms.BooleanField(
        required=False,
        label=gettext_lazy("The hiring manager approves each ad before it goes out"),
        help_text=gettext_lazy("A change of the words after the approval needs a new one."),
    )

    def clean_unwanted(self) -> list[tuple[str, str]]:
        """Pairs of word and replacement. Raises ValidationError naming the line that is too long."""
        pairs = []
        for number, line in enumerate(self.cleaned_data["unwanted"].splitlines(), start=1):
            word, _sign, instead = (part.strip() for part in line.partition("="))
            if len(word) > LONGEST or len(instead) > LONGEST:
                raise ValidationError(_("Line %(n)d is longer than %(most)d letters.") % {"n": number, "most": LONGEST})
            if word:
                pairs.append((word, instead))
        return pairs


@screen
def ad_rules(request: HttpRequest, institution_id: uuid.UUID) -> HttpResponse:
    """One form, and what the law decides above it."""
    institution = institution_for(request, institution_id, Permission.CONTENT_TEMPLATE_EDIT)
    form = RulesForm(request.POST if request.method == "POST" else None, initial=_values(institution))
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, institution, form.cleaned_data)
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The rules for ads have been saved."))
            return redirect("workbench:ad_rules", institution.pk)
    return show_setup(
        request, "workbench/setup/ad_rules.html", institution, tab="ad_rules", title=_("Rules for ads"), form=form,
        by_law=[rule for rule in RULES if rule.by_law], advice=[rule for rule in RULES if not rule.by_law],
        status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip


def _values(institution: Institution) -> dict[str, Any]:
    rules = rules_of(institution)
    lines = [f"{word} = {instead}" if instead else word for word, instead in rules.unwanted]
    used = [rule.code for rule in RULES if not rule.by_law and rule.code not in rules.switched_off]
    return {"used": used, "unwanted": "\n".join(lines), "manager_approves": rules.manager_approves}


def _keep(request: HttpRequest, institution: Institution, typed: dict[str, Any]) -> None:
    set_rules(
        institution, switched_off=SWITCHABLE - set(typed["used"]), unwanted=typed["unwanted"],
        manager_approves=typed["manager_approves"], actor=actor_of(request),
    )  # fmt: skip


@screen
def choose_ad_rules(request: HttpRequest) -> HttpResponse:
    """To the institution whose templates one writes; the first, where there are several."""
    mine = visible(actor_of(request), Permission.CONTENT_TEMPLATE_EDIT, Institution.objects.all()).first()
    if mine is None:
        raise Http404
    return redirect("workbench:ad_rules", mine.pk)
