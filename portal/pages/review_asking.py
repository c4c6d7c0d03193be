"""Beside the editor: asking a colleague to look at the ad, reading what they say, calling the link back."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.auth import require_admin_access

from portal.guard import actor_of
from portal.pages.checking import ad_to_edit
from portal.pages.models import JobAdPage
from recruitment.access.permissions import Permission
from recruitment.access.queries import holders
from recruitment.advertising.house_rules import rules_of
from recruitment.advertising.reviews.actions import ask_colleague, call_back, settle
from recruitment.advertising.reviews.models import AdComment
from recruitment.advertising.reviews.queries import open_comments, reviews_of
from recruitment.cases.models import RecruitmentCase
from recruitment.people.models import User


def may_be_asked(case: RecruitmentCase) -> Any:
    """Those with a say about the ad (D2)."""
    return holders(Permission.AD_PROPOSE, institution=case.institution_id, unit_path=case.unit.path, case=case.pk)


class AskForm(forms.Form):
    """Whom, and what to look at."""

    of = forms.ModelChoiceField(queryset=User.objects.none(), label=gettext_lazy("Colleague"), empty_label=None)
    note = forms.CharField(
        required=False,
        max_length=600,
        label=gettext_lazy("What shall they look at?"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, page: JobAdPage, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="review_%s", **kwargs)
        self.fields["of"].queryset = may_be_asked(page.case).exclude(pk=user.pk)
        self.initial.setdefault("of", page.case.hiring_manager_id)


def review_context(page: JobAdPage, user: Any) -> dict[str, Any]:
    """What the panel shows."""
    return {
        "ask_form": AskForm(page, user), "reviews": reviews_of(page.pk), "open_comments": open_comments(page.pk),
        "must_be_approved": rules_of(page.case.institution).manager_approves,
    }  # fmt: skip


def _back(page: JobAdPage) -> HttpResponse:
    return redirect("wagtailadmin_pages:edit", page.pk)


@require_admin_access
@require_POST
def ask(request: HttpRequest, page_id: int) -> HttpResponse:
    """Send the link."""
    page = ad_to_edit(request, page_id)
    form = AskForm(page, request.user, request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a colleague who has a say about this ad."))
        return _back(page)
    try:
        review = ask_colleague(
            page.case, page_id=page.pk, language=page.language, actor=actor_of(request), **form.cleaned_data
        )
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("%s has been sent a link to the ad.") % review.asked_of)
    return _back(page)


@require_admin_access
@require_POST
def end_link(request: HttpRequest, page_id: int, review_id: uuid.UUID) -> HttpResponse:
    """The link opens nothing any more."""
    page = ad_to_edit(request, page_id)
    review = get_object_or_404(reviews_of(page.pk), pk=review_id)
    try:
        call_back(review, actor=actor_of(request))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("The link has been called back."))
    return _back(page)


@require_admin_access
@require_POST
def settle_comment(request: HttpRequest, page_id: int, comment_id: uuid.UUID) -> HttpResponse:
    """What was asked has been done."""
    page = ad_to_edit(request, page_id)
    comment = get_object_or_404(AdComment.objects.filter(review__page_id=page.pk), pk=comment_id)
    settle(comment, actor=actor_of(request))
    messages.success(request, _("The comment is settled."))
    return _back(page)
