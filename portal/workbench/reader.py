"""Reading one application: pages, words, answers, facts; and the files behind them."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.guard import actor_of
from portal.workbench.candidate_search import field_of
from portal.workbench.evidence import evidence_of
from portal.workbench.fairness.frame import pages_of
from portal.workbench.screens import case_for, in_reach, screen, show_case
from recruitment.access.decide import may, require
from recruitment.access.permissions import Permission
from recruitment.applications.asking_again import replies_of
from recruitment.applications.blinding import redacted_words
from recruitment.applications.followups import FollowUpReply
from recruitment.applications.lifecycle import WITHDRAW_FOR
from recruitment.applications.likeness import carried_with, perhaps_same
from recruitment.applications.masking import is_hidden, mask_for, words_of
from recruitment.applications.models import Application
from recruitment.applications.moving import shortlist_reason
from recruitment.applications.queries import handed_in, other_applications
from recruitment.applications.review import mark_cpr_handled, open_application
from recruitment.applications.summary import answers_in_force
from recruitment.assessments.actions import may_rate
from recruitment.assessments.candidates import still_to_rate
from recruitment.assessments.insight import insight_of
from recruitment.assessments.models import Visibility
from recruitment.assessments.reading import reading_of
from recruitment.cases.models import RecruitmentCase
from recruitment.documents.actions import open_original
from recruitment.documents.discretion import readable
from recruitment.documents.models import Document, DocumentKind, DocumentPage
from recruitment.letters.queries import letters_seen
from recruitment.people.actor import Actor
from recruitment.references.sharing import shared_results
from recruitment.rows import uuid7
from recruitment.talent.proposing import proposals_of
from recruitment.talent.queries import memberships_by_application

READ_FIRST = (DocumentKind.COVER_LETTER, DocumentKind.ORIGINAL, DocumentKind.CV)


def application_for(request: HttpRequest, case: RecruitmentCase, application_id: uuid.UUID) -> Application:
    """The application of the case, or 404 for who does not meet it."""
    rows = handed_in(Application.objects.filter(case=case)).select_related(
        "candidate", "case__institution", "round", "source_medium", "registered_by"
    )
    application: Application = in_reach(request, Permission.APPLICATION_READ_DOCUMENTS, rows, application_id)
    return mask_for(actor_of(request), case).put_on(application)


@screen
@require_GET
def read(request: HttpRequest, case_id: uuid.UUID, application_id: uuid.UUID) -> HttpResponse:
    """Open it: noted in the trail, once for each opening."""
    case = case_for(request, case_id, Permission.APPLICATION_READ_DOCUMENTS)
    actor = actor_of(request)
    application = open_application(application_for(request, case, application_id), actor=actor)
    hidden = is_hidden(application)
    return show_case(
        request, "workbench/reader.html", case, tab="applications", title=application.candidate.full_name or application.reference,
        crumbs=[(_("Applicants"), reverse("workbench:applications", args=[case.pk]))], application=application,
        documents=[] if hidden else readable(actor, documents_of(application)), answers=(answers := _answers(application)), evidence=evidence_of(actor, application, len(answers)), hidden=hidden, redacted=redacted_words(application) if hidden else "", **_around(request, case, application),
        **_for_some(actor, application), **_assessment(actor, case, application),
    )  # fmt: skip


def _assessment(actor: Actor, case: RecruitmentCase, application: Application) -> dict[str, Any]:
    """The column beside the document: one's own levels, icons and words, and others' as far as they may be seen."""
    insight = insight_of(actor, case)
    return {
        "reading": reading_of(application, insight), "may_rate": may_rate(actor, case), "left": still_to_rate(actor, case),
        "may_comment": may(actor, Permission.APPLICATION_COMMENT, application), "visibilities": Visibility.choices,
        "comment_key": uuid7(), "me": actor.user, "reason": shortlist_reason(application), "follow_ups": _follow_ups(application),
    }  # fmt: skip


def _for_some(actor: Actor, application: Application) -> dict[str, Any]:
    """What only some readers see."""
    sees_claim = may(actor, Permission.PRIORITY_VIEW, application)
    sees_letters = may(actor, Permission.MESSAGE_SEND_STANDARD, application)
    return {
        "claim": getattr(application, "priority_claim", None) if sees_claim else None,
        "may_copy": may(actor, Permission.APPLICATION_COPY_TO_CASE, application),
        "may_pool": (may_pool := may(actor, Permission.TALENTPOOL_ADD_MEMBER, application)),
        "pools": memberships_by_application([application]).get(application.pk, []) if may_pool else [],
        "may_propose": (
            may_propose := not is_hidden(application) and may(actor, Permission.TALENTPOOL_PROPOSE, application)
        ),
        "proposals": list(proposals_of(application)) if may_pool or may_propose else [],
        "shared_references": shared_results(actor, application),
        "others": () if is_hidden(application) else other_applications(actor, application),
        "alike": perhaps_same(actor, application)
        if (decides := may(actor, Permission.APPLICATION_CHANGE_STATE, application))
        else (),
        "carried": carried_with(application),
        "may_part": decides,
        "may_withdraw_for": decides and application.state in WITHDRAW_FOR.sources,
        "letters": letters_seen(actor, application.case).filter(application=application),
        "writes": may(actor, Permission.MESSAGE_SEND_INTERVIEW, application),
        "may_answer": may(actor, Permission.REJECT_LOG_PHONE, application),
        "keeps_mail": sees_letters,
        "fair_pages": () if is_hidden(application) else pages_of(actor, application),
        "sees_tests": may(actor, Permission.TEST_VIEW, application),
        "masks_cpr": decides,
        "sees_contact": sees_letters or may(actor, Permission.APPLICATION_SEE_OTHERS, application),
    }


def _answers(application: Application) -> list[tuple[str, Any]]:
    def shown(answer: Any) -> Any:
        return (
            [words_of(application, line) for line in answer]
            if isinstance(answer, list)
            else words_of(application, answer)
        )

    return [(question, shown(answer)) for question, answer in answers_in_force(application)]


def _follow_ups(application: Application) -> list[tuple[FollowUpReply, list[tuple[str, str]]]]:
    replies = replies_of(application)
    return [
        (reply, [(question, words_of(application, answer)) for question, answer in reply.pairs()]) for reply in replies
    ]


def documents_of(application: Application) -> list[Document]:
    """With their pages; the letter first, then the CV, then the rest."""
    found = application.documents.filter(replaced_at__isnull=True).prefetch_related("pages")
    return sorted(
        found, key=lambda document: READ_FIRST.index(document.kind) if document.kind in READ_FIRST else len(READ_FIRST)
    )


def _around(request: HttpRequest, case: RecruitmentCase, application: Application) -> dict[str, Any]:
    """The way through the list as it was filtered: before, after, and "14 of 64"."""
    keys = list(field_of(request, case).rows.values_list("pk", flat=True))
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    if application.pk not in keys:
        return {"place": 0, "count": len(keys), "previous": "", "next": "", "query": query}
    here = keys.index(application.pk)

    def address(place: int) -> str:
        return reverse("workbench:application", args=[case.pk, keys[place]]) + query if 0 <= place < len(keys) else ""

    return {
        "place": here + 1,
        "count": len(keys),
        "previous": address(here - 1),
        "next": address(here + 1),
        "query": query,
    }


@screen
@require_POST
def handled(request: HttpRequest, case_id: uuid.UUID, application_id: uuid.UUID) -> HttpResponse:
    """HR has dealt with the CPR numbers of this application (INV-18)."""
    case = case_for(request, case_id, Permission.APPLICATION_CHANGE_STATE)
    application = application_for(request, case, application_id)
    actor = actor_of(request)
    if application.has_cpr_number and application.cpr_handled_at is None:
        mark_cpr_handled(application, actor=actor)
    for document in application.documents.filter(has_cpr_number=True, cpr_handled_at__isnull=True):
        mark_cpr_handled(document, actor=actor)
    messages.success(request, _("Noted: the CPR number has been dealt with."))
    return redirect("workbench:application", case.pk, application.pk)


@screen
@require_GET
def original(request: HttpRequest, case_id: uuid.UUID, application_id: uuid.UUID, document_id: uuid.UUID) -> Any:
    """The file as it came, as an attachment that no browser opens; refused while a scanner has not passed it."""
    case = case_for(request, case_id, Permission.APPLICATION_READ_DOCUMENTS)
    application = application_for(request, case, application_id)
    refuse_if_hidden(application)
    document = get_object_or_404(application.documents, pk=document_id, replaced_at__isnull=True)
    if not readable(actor_of(request), [document], messages=True):
        raise Http404
    try:
        stream = open_original(document, actor=actor_of(request))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("workbench:application", case.pk, application.pk)
    except FileNotFoundError as lost:
        raise Http404 from lost
    response = FileResponse(
        stream, as_attachment=True, filename=document.filename, content_type="application/octet-stream"
    )
    return sealed(response)


@screen
@require_GET
def page_image(request: HttpRequest, case_id: uuid.UUID, application_id: uuid.UUID, page_id: uuid.UUID) -> Any:
    """One rendered page. The opening was noted when the application was opened."""
    case = case_for(request, case_id, Permission.APPLICATION_READ_DOCUMENTS)
    application = application_for(request, case, application_id)
    require(actor_of(request), Permission.APPLICATION_READ_DOCUMENTS, application)
    refuse_if_hidden(application)
    page = get_object_or_404(
        DocumentPage, pk=page_id, document__application=application, document__replaced_at__isnull=True
    )
    if not readable(actor_of(request), [page.document], messages=True):
        raise Http404
    if page.document.scan_state == "INFECTED":
        raise PermissionDenied
    try:
        return sealed(FileResponse(page.image.open("rb"), content_type=page.mime))
    except FileNotFoundError as lost:
        raise Http404 from lost


def refuse_if_hidden(application: Application) -> None:
    """Documents stay closed under the mask (blind screening)."""
    if is_hidden(application):
        raise Http404


def sealed(response: Any) -> Any:
    """Nothing of an application is kept by a browser or a proxy, and nothing in it runs."""
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
