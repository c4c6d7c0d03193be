"""Originals of applicants' files, by an address that lives five minutes and opens only with the token that got it."""

from typing import Any

from django.conf import settings
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.views import View

from graphql_api.callers import caller_of
from graphql_api.context import Info
from graphql_api.oauth import Scope
from graphql_api.protocol import NotAccepted
from graphql_api.scalars import URL
from recruitment.applications.masking import hidden_from
from recruitment.applications.models import Application
from recruitment.documents.actions import open_original
from recruitment.documents.models import Document
from recruitment.people.actor import Actor

SECONDS = 300
SALT = "graphql.file"


def file_address(document: Any, info: Info) -> URL | None:
    """Where the asker may fetch the original; None while it may not be served."""
    if not document.may_be_served:
        return None
    claim = signing.dumps({"document": str(document.pk), "for": str(info.context.actor)}, salt=SALT)
    return URL(f"{settings.SITE_URL}{reverse('graphql:file', args=[claim])}")


class FileView(View):
    """Answers GET with the file, to the holder of the token that the address was made for."""

    def get(self, request: HttpRequest, claim: str) -> HttpResponseBase:
        """The file as an attachment; 401 without the token, 404 for everything else that does not fit."""
        try:
            actor = caller_of(request)
        except NotAccepted as refused:
            return _told(refused.status, str(refused), refused.headers)
        document = _claimed(claim, actor)
        if document is None:
            return _told(404, "There is no such file, or the address is older than five minutes.")
        try:
            return _attachment(document, actor)
        except (PermissionDenied, ValidationError, FileNotFoundError):
            return _told(404, "There is no such file, or it may not be fetched now.")


def _claimed(claim: str, actor: Actor) -> Document | None:
    try:
        found = signing.loads(claim, salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return None
    if found["for"] != str(actor) or Scope.PERSONAL not in actor.scopes:
        return None
    hidden = hidden_from(actor, Application.objects.all()).values("pk")
    rows = Document.objects.filter(pk=found["document"], replaced_at__isnull=True)
    return rows.exclude(application__in=hidden).first()


def _attachment(document: Document, actor: Actor) -> FileResponse:
    with transaction.atomic():
        stored = open_original(document, actor=actor)
    response = FileResponse(stored, as_attachment=True, filename=document.filename, content_type=document.mime)
    response["Cache-Control"] = "no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _told(status: int, message: str, headers: dict[str, str] | None = None) -> JsonResponse:
    response = JsonResponse({"errors": [{"message": message}]}, status=status, headers=headers)
    response["Cache-Control"] = "no-store"
    return response
