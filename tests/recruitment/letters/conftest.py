"""Applicants of one case to write to, and a way to let the worker and the clock do their part."""

import datetime as dt

import pytest

from recruitment import clock
from recruitment.access.roles import Role
from recruitment.applications.letters import values_for
from recruitment.applications.models import Application
from recruitment.letters.bulk import Line
from recruitment.letters.models import BulkLine
from recruitment.outbox.delivery import carry_out, waiting
from recruitment.outbox.models import OutboxItem
from tests.factories.world import make_application


@pytest.fixture
def hr(world):
    return world.ours.actor(Role.HR_EXTENDED)


@pytest.fixture
def applicants(world):
    """Three who have applied for our job."""
    return [
        make_application(world.ours.round, email=f"{name}@ansoeger.example", given_name=name.title())
        for name in ("asta", "bo", "cilla")
    ]


def lines_for(applications, code="PROCESS_DELAYED", **values) -> list[Line]:
    return [Line(Application.objects.get(pk=each.pk), code, {**values_for(each), **values}) for each in applications]


def pass_grace(minutes: int = 30) -> None:
    """The errands of sendings are due, as if the time had gone by."""
    OutboxItem.objects.filter(kind="bulk_line", state="QUEUED").update(due_at=clock.now() - dt.timedelta(seconds=1))
    BulkLine.objects.filter(due_at__isnull=False).update(due_at=clock.now() - dt.timedelta(minutes=minutes))


def sweep(kind: str = "bulk_line") -> int:
    """Carry out what is due of one kind; returns how many."""
    numbers = OutboxItem.objects.filter(pk__in=waiting(), kind=kind).values_list("pk", flat=True)
    return sum(carry_out(number) is not None for number in list(numbers))
