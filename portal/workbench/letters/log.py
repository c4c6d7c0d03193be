"""The letters of a case: the list with how each was delivered, and one letter with what can be done about it."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from portal.guard import actor_of
from portal.workbench.letters.sending import ALL, crumbs_of, title_of
from portal.workbench.reader import sealed
from portal.workbench.screens import BAD_INPUT, case_for, screen, show_case
from recruitment.access.decide import may
from recruitment.access.permissions import Permission
from recruitment.applications.masking import mask_for
from recruitment.cases.models import RecruitmentCase
from recruitment.letters import outcomes
from recruitment.letters.paper import as_pdf, has_address
from recruitment.letters.queries import LetterFilter, letters_seen, open_letter, sendings_of
from recruitment.mail.models import Channel, Direction, Message, MessageState

A_PAGE = 100
READS = Permission.MESSAGE_SEND_INTERVIEW
Deed = Callable[[Message, HttpRequest], Any]
DEEDS: dict[str, tuple[Deed, Any]] = {
    "again": (
        lambda letter, request: outcomes.send_again(letter, request.POST.get("address", ""), actor=actor_of(request)),
        gettext_lazy("The letter is on its way again."),
    ),
    "paper": (
        lambda letter, request: outcomes.send_on_paper(letter, actor=actor_of(request)),
        gettext_lazy("The letter waits to be printed and posted."),
    ),
    "phone": (
        lambda letter, request: outcomes.told_by_phone(letter, request.POST.get("note", ""), actor=actor_of(request)),
        gettext_lazy("Noted: told by telephone."),
    ),
    "arrived": (
        lambda letter, request: outcomes.has_arrived(letter, actor=actor_of(request)),
        gettext_lazy("Noted: the letter has arrived."),
    ),
    "posted": (
        lambda letter, request: outcomes.posted(letter, actor=actor_of(request)),
        gettext_lazy("Noted: the letter is in the post."),
    ),
    "call_back": (
        lambda letter, request: outcomes.call_back(letter, actor=actor_of(request)),
        gettext_lazy("The letter will not be sent."),
    ),
    "seen": (
        lambda letter, request: outcomes.deal_with(letter, actor=actor_of(request)),
        gettext_lazy("Noted: dealt with."),
    ),
}


class LetterSearch(forms.Form):
    """The filters of the list; they live in the address."""

    words = forms.CharField(required=False, label=gettext_lazy("Name, reference or subject"), max_length=100)
    state = forms.ChoiceField(required=False, label=gettext_lazy("State"), choices=[ALL, *MessageState.choices])
    code = forms.ChoiceField(required=False, label=gettext_lazy("Letter"))
    channel = forms.ChoiceField(required=False, label=gettext_lazy("By"), choices=[ALL, *Channel.choices])

    def __init__(self, data: Any, *, letters: Any) -> None:
        super().__init__(data)
        named = letters.order_by("code").values_list("code", "template__name").distinct()
        self.fields["code"].choices = [ALL, *sorted({code: name or code for code, name in named}.items())]

    def wanted(self) -> LetterFilter:
        """What was chosen; what could not be understood does not narrow."""
        self.is_valid()
        return LetterFilter(**{name: self.cleaned_data.get(name, "") for name in self.fields})


@screen
@require_GET
def letters(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Every letter of the case that the person meets, and what was sent to many."""
    case = case_for(request, case_id, READS)
    actor = actor_of(request)
    seen = letters_seen(actor, case)
    search = LetterSearch(request.GET, letters=seen)
    wanted = search.wanted()
    rows = wanted.narrow(seen).select_related("application__candidate", "template", "sent_by")
    page = Paginator(rows.defer("text", "html", "raw", "calendar"), A_PAGE).get_page(request.GET.get("p"))
    mask_for(actor, case).put_on_all([letter.application for letter in page.object_list])
    sendings = [(each, title_of(each)) for each in sendings_of(actor, case)[:5]]
    return show_case(
        request, "workbench/letters/log.html", case, tab="letters", title=_("Letters"), page=page, search=search,
        is_filtered=wanted != LetterFilter(), sendings=sendings, writes_many=may(actor, Permission.MESSAGE_SEND_STANDARD, case),
    )  # fmt: skip


def letter_for(request: HttpRequest, case: RecruitmentCase, letter_id: uuid.UUID) -> Message:
    """The letter of the case, or 404 for who does not meet it."""
    rows = letters_seen(actor_of(request), case).select_related(
        "application__candidate",
        "candidate",
        "institution",
        "template",
        "sent_by",
        "settled_by",
        "replaces",
        "announces",
        "in_reply_to",
    )
    return get_object_or_404(rows, pk=letter_id)


@screen
@require_GET
def letter(request: HttpRequest, case_id: uuid.UUID, letter_id: uuid.UUID) -> HttpResponse:
    """One letter as it went, with its way and what can be done."""
    case = case_for(request, case_id, READS)
    return _show(request, case, open_letter(letter_for(request, case, letter_id), actor=actor_of(request)))


def _show(
    request: HttpRequest, case: RecruitmentCase, found: Message, *, problem: str = "", status: int = 200
) -> HttpResponse:
    actor = actor_of(request)
    application = mask_for(actor, case).put_on(found.application)  # type: ignore[arg-type]
    acts = may(actor, outcomes.right_for(found.announces or found), found)
    return show_case(
        request, "workbench/letters/letter.html", case, tab="letters", title=found.subject, crumbs=crumbs_of(case), letter=found,
        application=application, ways=outcomes.ways_out(found) if acts else (), history=list(found.history.all()), problem=problem,
        replacements=list(found.replacements.all()), documents=list(found.attachments.prefetch_related("pages")),
        may_answer=found.direction == Direction.INCOMING and may(actor, Permission.MESSAGE_SEND_CONFIDENTIAL, found),
        may_read=may(actor, Permission.APPLICATION_READ_DOCUMENTS, found), can_post=has_address(found), typed=request.POST, status=status,
    )  # fmt: skip


@screen
@require_POST
def act(request: HttpRequest, case_id: uuid.UUID, letter_id: uuid.UUID, deed: str) -> HttpResponse:
    """Take one of the ways out; what is wrong is told beside the letter."""
    case = case_for(request, case_id, READS)
    found = letter_for(request, case, letter_id)
    if deed not in DEEDS:
        raise Http404
    do, told = DEEDS[deed]
    try:
        made = do(found, request)
    except ValidationError as refusal:
        return _show(request, case, found, problem=" ".join(refusal.messages), status=BAD_INPUT)
    messages.success(request, told)
    shown = made if deed == "paper" else found
    return redirect("workbench:letter", case.pk, shown.pk)


@screen
@require_GET
def pdf(request: HttpRequest, case_id: uuid.UUID, letter_id: uuid.UUID) -> Any:
    """To print; for who may send it by post."""
    case = case_for(request, case_id, READS)
    found = letter_for(request, case, letter_id)
    if found.channel != Channel.LETTER:
        raise Http404
    answer = HttpResponse(as_pdf(found, actor=actor_of(request)), content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{case.case_number}.pdf"'
    return sealed(answer)


def letter_address(letter: Message) -> str:
    """Where the letter stands in the workbench."""
    application: Any = letter.application
    return reverse("workbench:letter", args=[application.case_id, letter.pk])
