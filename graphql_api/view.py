"""The address of the API: one question in, one answer out. No cookies, no sessions, no HTML, no status 500 for a body."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from strawberry import Schema
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types.graphql import OperationType

from graphql_api.caching import may_be_kept, not_again
from graphql_api.callers import address_of, caller_of
from graphql_api.context import Context
from graphql_api.errors import Code, Refusal, told
from graphql_api.protocol import JSON, STATUS, STATUS_OTHERWISE, NotAccepted, Question, answer_type, question_in
from graphql_api.rates import PER_QUESTION, Account, account_of, account_of_network

METHODS = "OPTIONS, POST"


@method_decorator(csrf_exempt, name="dispatch")
class GraphQLView(View):
    """Answers POST. A bearer token says who asks; a browser's cookies say nothing here, so no form can misuse them."""

    schema: Schema = None  # type: ignore[assignment] # given to as_view

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The answer, with the headers that keep it out of caches."""
        response = self._answer(request)
        patch_vary_headers(response, ["Accept", "Authorization", "Origin"])
        response.setdefault("Cache-Control", "no-store")
        response._has_been_logged = True  # type: ignore[attr-defined] # noqa: SLF001 - by `told`, in one line
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={"Allow": METHODS})
        kind = JSON
        try:
            _require_post(request)
            kind = answer_type(request.headers.get("Accept"))
            question = question_in(request)
            context = _paid_context(request, question)
            response = self._run(question, context, kind)
        except NotAccepted as refused:
            body = {"errors": told([refused.error], executing=False, asker="nobody yet")}
            return _response(body, kind, refused.status, refused.headers)
        if context.is_anonymous and response.status_code == 200 and not context.failed:
            response = not_again(request, may_be_kept(response))
        for name, value in context.account.headers().items():
            response[name] = value
        return response

    def _run(self, question: Question, context: Context, kind: str) -> HttpResponse:
        try:
            result = self.schema.execute_sync(
                question.query,
                variable_values=question.variables,
                context_value=context,
                operation_name=question.operation_name,
                allowed_operation_types=[OperationType.QUERY],
            )
        except (CannotGetOperationTypeError, InvalidOperationTypeError):
            raise NotAccepted(400, "The document has no query of that name.") from None
        body: dict[str, Any] = {}
        if result.errors:
            context.failed = True
            body["errors"] = told(result.errors, executing=context.executing, asker=str(context.actor))
        if result.data is not None or any(error.path for error in result.errors or ()):
            return _response(body | {"data": result.data}, kind, 200)
        return _response(body, kind, _status(body["errors"][0]["extensions"]["code"], kind))


def _paid_context(request: HttpRequest, question: Question) -> Context:
    """Who asks, once the question is paid for. A token that opens nothing is paid for by its network."""
    try:
        actor = caller_of(request)
    except NotAccepted:
        _pay(account_of_network(address_of(request)))
        raise
    account = account_of(actor)
    _pay(account)
    return Context(actor, account, question.operation_name)


def _pay(account: Account) -> None:
    try:
        account.pay(PER_QUESTION)
    except Refusal as broke:
        raise NotAccepted.because(broke, STATUS[Code.RATE_LIMITED], account.headers()) from None


def _require_post(request: HttpRequest) -> None:
    if request.method != "POST":
        raise NotAccepted(405, "Questions are sent with POST.", Allow=METHODS)


def _status(code: str, kind: str) -> int:
    """The status of an answer without data: by its code, or 200 for clients that speak the older media type."""
    status = STATUS.get(code, STATUS_OTHERWISE)
    return 200 if kind == JSON and status == STATUS_OTHERWISE else status


def _response(body: dict[str, Any], kind: str, status: int, headers: dict[str, str] | None = None) -> HttpResponse:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return HttpResponse(text, status=status, content_type=f"{kind}; charset=utf-8", headers=headers)
