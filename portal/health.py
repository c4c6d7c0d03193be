"""For whoever watches the portal: `/healthz` says the process answers, `/readyz` that it can do its work.

Neither names a secret or a person; both answer without signing in and without a session.
"""

import datetime as dt
from collections.abc import Callable
from contextlib import suppress

from celery import current_app
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from recruitment.outbox.models import Heartbeat

OLDEST_HEARTBEAT = dt.timedelta(minutes=3)
BROKER_TIMEOUT = 2  # seconds


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process answers; asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when all checks hold, else 503; each check by name as `ok` or the reason in a few words."""
    results = {name: outcome(check) for name, check in CHECKS.items()}
    ready = all(result == "ok" for result in results.values())
    return JsonResponse(results, status=200 if ready else 503)


def outcome(check: Callable[[], str]) -> str:
    """Any failure becomes its kind alone: messages of drivers carry addresses and user names."""
    try:
        return check() or "ok"
    except Exception as error:  # noqa: BLE001 -- a health check reports whatever went wrong
        return type(error).__name__


def database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return ""


def migrations() -> str:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(plan)} not applied" if plan else ""


def broker() -> str:
    """A connection of its own, closed again: the pool's would hide a broker that went away."""
    link = current_app.connection(connect_timeout=BROKER_TIMEOUT)
    try:
        link.ensure_connection(max_retries=1, timeout=BROKER_TIMEOUT)
        link.default_channel  # noqa: B018 -- a virtual transport connects only when a channel is opened
    finally:
        with suppress(Exception):
            link.release()
    return ""


def timetable() -> str:
    newest = Heartbeat.objects.order_by("-at").values_list("at", flat=True).first()
    if newest is None:
        return "never ran"
    return "" if timezone.now() - newest < OLDEST_HEARTBEAT else f"silent since {newest:%Y-%m-%dT%H:%M:%SZ}"


CHECKS = {"database": database, "migrations": migrations, "broker": broker, "timetable": timetable}
