"""What the public could read and when: a line of versions, any instant, and the words that changed."""

import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.workbench.fields import CopenhagenTime
from portal.workbench.screens import BAD_INPUT, case_for, screen, show_case
from recruitment import clock
from recruitment.access.permissions import Permission
from recruitment.advertising.models import JobAdvertisement
from recruitment.advertising.versions import before, changes, shown_on, standing_at, versions_of
from recruitment.cases.models import RecruitmentCase


class InstantForm(forms.Form):
    """A day and a time in Copenhagen."""

    at = CopenhagenTime(label=gettext_lazy("What stood on"))


@screen
def versions(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """All versions, and what stood at the instant in the address (now, without one)."""
    case = case_for(request, case_id, Permission.CASE_READ_AD_FACTS)
    asked = bool(request.GET.get("at"))
    form = InstantForm(request.GET if asked else None)
    at = clock.now()
    if asked and form.is_valid():
        at = form.cleaned_data["at"]
    return show_case(
        request, "workbench/versions.html", case, tab="versions", title=_("What was public"), form=form, at=at, asked=asked,
        versions=list(versions_of(case)), standing=standing_at(case, at) if not form.errors else [],
        media=shown_on(case, at) if not form.errors else [], status=BAD_INPUT if form.errors else 200,
    )  # fmt: skip


@screen
def version(request: HttpRequest, case_id: uuid.UUID, version_id: uuid.UUID) -> HttpResponse:
    """One version as it stood, and what it changed in the one before, or in the one that the address names."""
    case = case_for(request, case_id, Permission.CASE_READ_AD_FACTS)
    shown = _version(case, version_id)
    other = _other(case, request.GET.get("from", "")) or before(shown)
    return show_case(
        request, "workbench/version.html", case, tab="versions", title=_("Version %d") % shown.version, version=shown, other=other,
        pieces=changes(other, shown) if other else [], others=_others(case, shown),
    )  # fmt: skip


def _version(case: RecruitmentCase, key: Any) -> JobAdvertisement:
    rows = JobAdvertisement.objects.filter(round__case=case).select_related("published_by", "round")
    return get_object_or_404(rows, pk=key)


def _other(case: RecruitmentCase, key: str) -> JobAdvertisement | None:
    try:
        return _version(case, uuid.UUID(key)) if key else None
    except ValueError:
        return None


def _others(case: RecruitmentCase, shown: JobAdvertisement) -> list[JobAdvertisement]:
    return [each for each in versions_of(case) if each.pk != shown.pk]
