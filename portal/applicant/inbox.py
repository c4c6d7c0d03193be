"""The secure inbox: what may not go by plain mail, read and answered after sign-in by the one it was written to and nobody else."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from portal.applicant.apply import contact_of
from portal.applicant.second_factor import ask_for_more
from portal.applicant.signed_in import signed_in_only
from portal.guard import actor_of
from portal.proof import BACK, has_second_factor
from recruitment.documents.models import Document
from recruitment.documents.names import content_disposition
from recruitment.letters.replies import LONGEST, MOST_FILES, is_confidential, reply, thread_of
from recruitment.mail.actions import open_message
from recruitment.mail.models import Message
from recruitment.mail.queries import secure_inbox, threads_of
from recruitment.rows import uuid7

BAD_INPUT = 422


class ReplyForm(forms.Form):
    """An answer; files stand beside it."""

    text = forms.CharField(
        max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6, "class": "form-input"}), label=gettext_lazy("Your answer"),
        error_messages={"required": gettext_lazy("Write your message.")},
    )  # fmt: skip
    key = forms.UUIDField(widget=forms.HiddenInput)


@require_safe
@signed_in_only
def inbox(request: HttpRequest) -> HttpResponse:
    """Every letter with its answers as one line, newest first; the unread are marked."""
    letters = threads_of(request.user)  # type: ignore[arg-type]
    return render(
        request,
        "applicant/inbox.html",
        {"letters": letters, "section": "mine", "offers_factor": not has_second_factor(request)},
    )


def _letter(request: HttpRequest, message_id: uuid.UUID) -> Message:
    found = secure_inbox(request.user).filter(pk=message_id).first()  # type: ignore[arg-type]
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def message(request: HttpRequest, message_id: uuid.UUID) -> HttpResponse:
    """One letter with what was answered. Opening it is what counts as having read it."""
    found = _letter(request, message_id)
    if is_confidential(found) and not has_second_factor(request):
        return ask_for_more(request)
    request.session.pop(BACK, None)
    thread = thread_of(found)
    if request.method == "GET":
        _note_read(request, thread)
    form = ReplyForm(request.POST if request.method == "POST" else None, initial={"key": uuid7()})
    if request.method == "POST" and form.is_valid() and _replied(request, found, form):
        return redirect("applicant:message", thread[0].pk)
    contact = contact_of(found.application) if found.application else None
    response = render(
        request, "applicant/message.html", {
            "letter": thread[0], "thread": thread, "contact": contact, "section": "mine", "form": form, "most_files": MOST_FILES,
        }, status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip
    response.headers["Cache-Control"] = "no-store"
    return response


def _note_read(request: HttpRequest, thread: list[Message]) -> None:
    for each in thread:
        if each.is_unread:
            each.read_at = open_message(each, actor=actor_of(request)).read_at


def _replied(request: HttpRequest, found: Message, form: ReplyForm) -> bool:
    files: list[tuple[Any, str]] = [(file.file, file.name or "") for file in request.FILES.getlist("files")]
    typed = form.cleaned_data
    try:
        reply(found, typed["text"], actor=actor_of(request), key=str(typed["key"]), files=files)
    except ValidationError as refusal:
        for words in refusal.messages:
            form.add_error("text", words)
        return False
    messages.success(request, _("Your answer has been sent."))
    return True


@require_safe
@signed_in_only
def attachment(request: HttpRequest, message_id: uuid.UUID, document_id: uuid.UUID) -> FileResponse | HttpResponse:
    """One's own attachment back, as a file that no browser opens."""
    found = _letter(request, message_id)
    if is_confidential(found) and not has_second_factor(request):
        return ask_for_more(request)
    thread = [each.pk for each in thread_of(found)]
    document: Any = get_object_or_404(_documents(thread), pk=document_id)
    response = FileResponse(document.file.open("rb"), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition(document.filename)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


def _documents(thread: list[Any]) -> Any:
    return Document.objects.filter(messages__in=thread, scan_state__in=["CLEAN", "NOT_SCANNED"]).distinct()
