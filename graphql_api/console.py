"""The console: GraphiQL from our own server, for staff, asking as the person who is signed in."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from graphql_api.callers import address_of
from graphql_api.console_tokens import mint
from graphql_api.oauth import TOKEN_SECONDS
from recruitment.access.decide import is_staff
from recruitment.audit.record import record
from recruitment.people.actor import Actor

EXAMPLE = """\
# Ctrl-Enter runs the query. The schema stands behind the book on the left.
{
  viewer { name scopes }
  cases(first: 5) {
    totalCount
    nodes { reference title state counts { applications } }
  }
}
"""


@method_decorator(never_cache, name="dispatch")
class StaffView(LoginRequiredMixin, View):
    """For people with a seat: the same who may enter the workbench."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Sign-in first, then the seat. Raises PermissionDenied for applicants."""
        if request.user.is_authenticated and not is_staff(Actor.person(request.user)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ConsoleView(StaffView, TemplateView):
    """The page. Its script asks for a token itself, so none stands in the HTML."""

    template_name = "graphql/console.html"
    extra_context = {"example": EXAMPLE}


class ConsoleTokenView(StaffView):
    """POST, with the CSRF token of the page, gives a token of fifteen minutes with this person's rights."""

    def post(self, request: HttpRequest) -> JsonResponse:
        """The token in the shape that OAuth2 gives it."""
        actor = Actor.person(request.user, ip=address_of(request))
        with transaction.atomic():
            record(actor, "graphql.console", request.user)  # type: ignore[arg-type]
        return JsonResponse({"access_token": mint(request.user), "token_type": "Bearer", "expires_in": TOKEN_SECONDS})
