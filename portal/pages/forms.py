"""The ad editor's form: only cases and layouts within reach can be chosen."""

from typing import Any

from django import forms
from django.db.models import Q
from wagtail.admin.forms import WagtailAdminPageForm

from portal.guard import actor_of_user
from portal.pages.layouts import AdLayout
from recruitment.access.decide import institutions_of, visible
from recruitment.access.permissions import Permission
from recruitment.cases.models import CaseState, RecruitmentCase

WRITABLE = (CaseState.DRAFT, CaseState.READY, CaseState.ADVERTISED)


class CaseChoice(forms.ModelChoiceField):
    """A case by number and title."""

    def label_from_instance(self, case: RecruitmentCase) -> str:  # type: ignore[override]
        """Number and title: communications may know both."""
        return f"{case.case_number} · {case.title}"


class JobAdPageForm(WagtailAdminPageForm):
    """Narrowed choices; the employer follows from where the ad stands."""

    case = CaseChoice(queryset=RecruitmentCase.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        actor = actor_of_user(self.for_user)
        parent = self.parent_page.specific if self.parent_page else None
        institution = getattr(parent, "institution", None)
        cases = visible(actor, Permission.AD_EDIT, RecruitmentCase.objects.filter(state__in=WRITABLE))
        layouts = AdLayout.objects.filter(live=True)
        if institution is not None:
            cases = cases.filter(institution=institution)
            layouts = layouts.filter(Q(institution=institution) | Q(institution__isnull=True))
        else:
            layouts = layouts.filter(
                Q(institution__in=institutions_of(actor, Permission.AD_EDIT)) | Q(institution__isnull=True)
            )
        if self.instance.case_id:
            cases = cases | RecruitmentCase.objects.filter(pk=self.instance.case_id)
        if "case" in self.fields:
            self.fields["case"].queryset = cases.distinct()
            self.fields["case"].label = RecruitmentCase._meta.verbose_name
        if "layout" in self.fields:
            self.fields["layout"].queryset = layouts
