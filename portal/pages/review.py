"""A colleague looks at an ad by link: as it will look, with a place to comment and two buttons. No knowledge of Wagtail."""

from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin

from portal.guard import actor_of
from portal.pages.ads import preview_ad
from portal.pages.models import JobAdPage
from portal.pages.publishing import content_of
from recruitment.advertising.blocks import BLOCKS
from recruitment.advertising.content import AdContent
from recruitment.advertising.reviews.actions import (
    LONGEST,
    approve,
    ask_for_changes,
    comment,
    review_behind,
)
from recruitment.advertising.reviews.models import AdReview
from recruitment.errors import StaleRow

APPROVE, CHANGES, COMMENT = "approve", "changes", "comment"
WIDTHS = {"telefon": "phone", "skrivebord": "desk"}


class CommentForm(forms.Form):
    """What is said, and about which part."""

    about = forms.ChoiceField(label=gettext_lazy("About"), required=False)
    text = forms.CharField(
        label=gettext_lazy("Your comment"), widget=forms.Textarea(attrs={"rows": 5}), max_length=LONGEST, required=False
    )

    def __init__(self, content: AdContent, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = [(block["id"], _heading(block)) for block in content.blocks]
        self.fields["about"].choices = [("", _("the whole ad")), *parts]


def _heading(block: dict[str, Any]) -> str:
    return block["value"].get("heading") or str(BLOCKS[block["kind"]].label)


def for_the_named_person(view: Any) -> Any:
    """Sign in first; then the link opens for the person it was sent to, and for nobody else."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.path})}")
        try:
            review = review_behind(token, actor_of(request))
        except AdReview.DoesNotExist:
            return render(request, "pages/review_ended.html", status=404)
        except PermissionDenied:
            return render(request, "pages/review_not_yours.html", status=403)
        page = JobAdPage.objects.filter(pk=review.page_id, case=review.case_id).first()
        if page is None:
            raise Http404
        answer: HttpResponse = view(request, review, page.get_latest_revision_as_object(), token)
        return answer

    return guarded


@for_the_named_person
def look(request: HttpRequest, review: AdReview, page: JobAdPage, token: str) -> HttpResponse:
    """The ad in a frame, what has been said, and the two answers."""
    content = content_of(page)
    form = CommentForm(content, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        if form.is_valid() and _answered(request, review, content, form):
            return redirect(request.path)
        status = 422
    review.refresh_from_db()
    width = WIDTHS.get(request.GET.get("bredde", ""), "desk")
    return render(
        request, "pages/review.html",
        {"review": review, "page": page, "case": review.case, "token": token, "form": form, "width": width, "digest": content.digest,
         "comments": review.comments.select_related("by", "settled_by"), "history": review.history.select_related("by_user"),
         "is_these_words": review.approved_digest == content.digest},
        status=status,
    )  # fmt: skip


def _answered(request: HttpRequest, review: AdReview, content: AdContent, form: CommentForm) -> bool:
    actor, typed, button = actor_of(request), form.cleaned_data, request.POST.get("button", COMMENT)
    try:
        if button == APPROVE:
            approve(review, content, seen=request.POST.get("seen", ""), actor=actor)
            messages.success(request, _("You have approved the ad. Thank you."))
        elif button == CHANGES:
            ask_for_changes(review, typed["text"], actor=actor)
            messages.success(request, _("The writer has been told what you would like to have changed."))
        else:
            heading = dict(form.fields["about"].choices).get(typed["about"], "") if typed["about"] else ""
            comment(review, typed["text"], block=typed["about"], heading=str(heading), actor=actor)
            messages.success(request, _("Your comment has been kept."))
    except StaleRow as stale:
        messages.warning(request, stale.messages[0])
        return False
    except ValidationError as refusal:
        form.add_error("text", refusal.messages)
        return False
    return True


@xframe_options_sameorigin
@for_the_named_person
def shown(request: HttpRequest, review: AdReview, page: JobAdPage, token: str) -> HttpResponse:
    """The draft as visitors will see it."""
    return preview_ad(page, request, review.language)
