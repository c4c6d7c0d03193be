"""Papers that not everybody on a case may read: tests, interview forms, notes from references and job centres, replies to hearings."""

from collections.abc import Iterable

from django.db.models import QuerySet

from recruitment.access.decide import may
from recruitment.access.permissions import Permission
from recruitment.documents.models import Document, DocumentKind, UploadedBy
from recruitment.people.actor import Actor

OWN_RIGHT = {
    DocumentKind.TEST: Permission.TEST_VIEW,
    DocumentKind.INTERVIEW_FORM: Permission.INTERVIEW_CONDUCT,
    DocumentKind.REFERENCE_FORM: Permission.REFERENCE_MANAGE,
    DocumentKind.JOB_CENTRE: Permission.PRIORITY_VIEW,
}


def right_of(document: Document) -> Permission | None:
    """The right that this paper needs beside that of reading applications; None for what they applied with.

    What came with a message is read by those whom the message is for.
    """
    if document.kind == DocumentKind.MESSAGE:
        return Permission.MESSAGE_SEND_CONFIDENTIAL
    if document.kind == DocumentKind.HEARING:
        return Permission.HEARING_VIEW
    if document.uploaded_by != UploadedBy.STAFF:
        return None
    return OWN_RIGHT.get(DocumentKind(document.kind))


def readable(actor: Actor, documents: Iterable[Document], *, messages: bool = False) -> list[Document]:
    """Those of one application that the actor may read; a question for each kind of paper that needs a right of its own.

    What came with `messages` stands with the message, and is left out where that is not asked for.
    """
    held: dict[Permission, bool] = {}
    found = []
    for document in documents:
        if document.kind == DocumentKind.MESSAGE and not messages:
            continue
        right = right_of(document)
        if right is not None and right not in held:
            held[right] = may(actor, right, document)
        if right is None or held[right]:
            found.append(document)
    return found


def without_papers_of_staff(documents: QuerySet[Document], *, messages: bool = False) -> QuerySet[Document]:
    """What the applicant handed in, in whatever way; what the staff wrote about them is given out as access to data is.

    With what came along with `messages` only where that is asked for.
    """
    own = documents.exclude(uploaded_by=UploadedBy.STAFF, kind__in=OWN_RIGHT)
    return own if messages else own.exclude(kind=DocumentKind.MESSAGE)


def of_the_application(documents: QuerySet[Document]) -> QuerySet[Document]:
    """What they applied with: neither papers of the staff nor what they answered a hearing with."""
    return without_papers_of_staff(documents).exclude(kind=DocumentKind.HEARING)


def papers_of_staff(documents: QuerySet[Document]) -> QuerySet[Document]:
    """The rest: written by the staff about the applicant."""
    return documents.filter(uploaded_by=UploadedBy.STAFF, kind__in=OWN_RIGHT)
