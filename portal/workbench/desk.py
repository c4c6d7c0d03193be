"""The first page after signing in: what waits, one's cases, and the days ahead. Every line leads to where it is done."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.ui.components import Component

from portal.guard import actor_of
from portal.workbench.ads_waiting import of_ads, of_media
from portal.workbench.decisions.waiting import of_decisions
from portal.workbench.fairness import tasks as fairness
from portal.workbench.letters.waiting import of_letters
from portal.workbench.lines import Group, Line, group_of, urgent_first
from portal.workbench.setup.first_steps import steps_for
from portal.workbench.setup.frame import administered
from portal.workbench.templatetags.workbench_tags import short_deadline, short_time
from recruitment import clock
from recruitment.access.decide import may
from recruitment.access.impartiality import conflicts_to_decide
from recruitment.access.permissions import Permission
from recruitment.applications.queries import cpr_to_mask, notices_due, read_by_seat, unread_applications
from recruitment.cases.queries import deadlines_ahead, drafts_to_approve, my_cases, state_of
from recruitment.documents.scanning import has_scanner
from recruitment.interviews.queries import answers_to_see_to, interviews_ahead
from recruitment.people.actor import Actor
from recruitment.planning.queries import due_by

AHEAD = dt.timedelta(days=14)
SOON = dt.timedelta(days=7)
OPEN_AT_FIRST = 3  # sorts of things that stand open; what is late always does
FEW = 12  # lines that need no folding


def _case(name: str, case: Any) -> str:
    return reverse(f"workbench:{name}", args=[getattr(case, "pk", case)])


def _application(row: Any, note: str, due: dt.date | None = None) -> Line:
    address = reverse("workbench:application", args=[row.case_id, row.pk])
    return Line(row.candidate.full_name or row.reference, address, f"{row.case.title} · {note}", due)


def waiting(actor: Actor) -> list[Group]:
    """What somebody in the person's place must do, the most pressing sort first. One instant for all of it."""
    with clock.held(clock.now()):
        found = [
            replace(group, area=area)
            for area, _label, sources in AREAS
            for source in sources
            for group in source(actor)
        ]
        return urgent_first(found, clock.today())


def _tasks(actor: Actor) -> Iterable[Group]:
    """One's own steps that are overdue or due within a week."""
    if actor.user is not None:
        yield from group_of(
            _("My tasks"), due_by(actor, clock.today() + SOON),
            lambda task: Line(capfirst(task.name), _case("plan", task.plan.case_id), _task_note(task), task.due_date),
            reverse("workbench:tasks"),
        )  # fmt: skip


def _task_note(task: Any) -> str:
    words = _("overdue since %s") if task.due_date < clock.today() else _("by %s")
    return f"{task.plan.case.title} · {words % formats.date_format(task.due_date, 'SHORT_DATE_FORMAT')}"


def _of_cases(actor: Actor) -> Iterable[Group]:
    yield from group_of(
        _("Approve"), drafts_to_approve(actor), lambda case: Line(case.title, _case("case", case), case.case_number),
        f"{reverse('workbench:cases')}?state=DRAFT",
    )  # fmt: skip
    yield from group_of(
        _("Decide whether somebody is impartial"), conflicts_to_decide(actor),
        lambda row: Line(str(row.user), reverse("workbench:impartiality", args=[row.case_id, row.pk]), row.case.title),
    )  # fmt: skip


def _of_applications(actor: Actor) -> Iterable[Group]:
    yield from group_of(_("Mask CPR numbers"), cpr_to_mask(actor), lambda row: _application(row, row.reference))
    yield from group_of(
        _("Tell people registered by hand how their data are used"), notices_due(actor, clock.now()),
        lambda row: _application(row, _("by %s") % short_time(row.notice_due_at), row.notice_due_at.astimezone(clock.COPENHAGEN).date()),
    )  # fmt: skip
    seated = read_by_seat(actor)
    unread = (
        unread_applications(actor)
        .order_by()
        .values("case", "case__title")
        .annotate(n=Count("pk"))
        .order_by("-n", "case")
    )
    yield from group_of(
        _("Read applications"), unread,
        lambda row: Line(
            row["case__title"], f"{_case('applications', row['case'])}?unread={'on' if row['case'] in seated else 'nobody'}",
            ngettext("%d not opened yet", "%d not opened yet", row["n"]) % row["n"],
        ),
    )  # fmt: skip


def _invitation(row: Any, label: str, note: str) -> Line:
    return Line(label, reverse("workbench:interview_invitation", args=[row.round.case_id, row.pk]), note)


def _of_interviews(actor: Actor) -> Iterable[Group]:
    """What applicants have answered that somebody must act on."""
    yield from group_of(
        _("Answers about interviews"), answers_to_see_to(actor),
        lambda row: _invitation(
            row, row.application.candidate.full_name or row.application.reference,
            f"{row.application.case.title} · {row.get_state_display()}",
        ),
    )  # fmt: skip


def _own_interviews(actor: Actor) -> list[Group]:
    """Those the person sits at or is responsible for; number and room, for screens are seen by others too."""
    return group_of(
        _("Interviews"), interviews_ahead(actor, clock.now(), AHEAD),
        lambda row: _invitation(
            row, short_time(row.slot.starts_at),
            ", ".join([row.round.case.title, *([row.slot.room.name] if row.slot.room else [])]),
        ),
    )  # fmt: skip


def _set_up(actor: Actor) -> Iterable[Group]:
    """For administrators: what the institution still lacks, and a missing virus scanner."""
    for institution in administered(actor):
        lacking = [Line(step.label, step.url) for step in steps_for(institution) if not step.is_done]
        if lacking:
            yield Group(_("Set up %s") % institution.name, len(lacking), lacking)
    if may(actor, Permission.DATAPROTECTION_EDIT) and not has_scanner():
        told = _("No virus scanner is connected: readers see rendered pages, originals are marked “not checked”.")
        yield Group(_("The installation"), 1, [Line(told, reverse("workbench:setup"))])


def cases_of(actor: Actor) -> list[Group]:
    """One's own cases, the nearest deadline first."""
    return group_of("", my_cases(actor), lambda case: _own_case(case, actor), reverse("workbench:cases"))


def _own_case(case: Any, actor: Actor) -> Line:
    state = state_of(case, actor)
    note = f"{state} · {short_deadline(case.deadline)}" if case.deadline else state
    return Line(case.title, _case("case", case), note)


def days_ahead(actor: Actor) -> list[Group]:
    """Deadlines and own interviews within a fortnight."""
    rows = deadlines_ahead(actor, clock.now(), AHEAD)
    ends = group_of(
        "", rows, lambda case: Line(short_deadline(case.deadline), _case("case", case), _("deadline: %s") % case.title)
    )
    return [*_own_interviews(actor), *ends]


#: What waits, area by area: its name in the address, its label, and where its groups come from.
AREAS = (
    ("set-up", gettext_lazy("Set-up"), (_set_up,)),
    ("cases", gettext_lazy("Cases and tasks"), (_tasks, _of_cases)),
    ("ads", gettext_lazy("Ads and media"), (of_ads, of_media)),
    ("applicants", gettext_lazy("Applicants and interviews"), (_of_interviews, _of_applications)),
    ("rights", gettext_lazy("Rights and decisions"), (fairness.groups, of_decisions)),
    ("letters", gettext_lazy("Letters"), (of_letters,)),
)  # fmt: skip


@dataclass(frozen=True)
class Area:
    """One choice of what is shown of all that waits."""

    name: str
    label: str
    count: int
    late: int
    is_here: bool


def narrowed(groups: list[Group], area: str) -> list[Group]:
    """Those of the area, and whatever is late: no choice hides it. All of them without an area that has any."""
    if area in {group.area for group in groups}:
        return [group for group in groups if group.late or group.area == area]
    few = sum(len(group.lines) for group in groups) <= FEW
    return [
        replace(group, is_open=few or bool(group.late) or place < OPEN_AT_FIRST) for place, group in enumerate(groups)
    ]


def areas_of(groups: list[Group], chosen: str) -> list[Area]:
    """All, and each area that has something; none where there is nothing to choose between."""
    found = [
        Area(name, str(label), sum(each.count for each in own), sum(each.late for each in own), name == chosen)
        for name, label, _sources in AREAS
        if (own := [group for group in groups if group.area == name])
    ]
    if len(found) < 2 or len(groups) <= OPEN_AT_FIRST:
        return []
    everything = Area(
        "", _("All"), sum(area.count for area in found), sum(area.late for area in found),
        not any(area.is_here for area in found),
    )  # fmt: skip
    return [everything, *found]


class DeskPanel(Component):
    """One column of the desk."""

    template_name = "workbench/desk/panel.html"

    def __init__(self, name: str, order: int, heading: str, empty: str, groups: Callable[[Actor], list[Group]]) -> None:
        self.name, self.order = name, order
        self.heading, self.empty, self.groups = heading, empty, groups

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Asked for this request's actor."""
        found = self.groups(actor_of(parent_context["request"]))
        count = sum(group.count for group in found)
        heading = f"{self.heading} ({count})" if count else self.heading
        return {"panel": self, "heading": heading, "groups": found, "empty": self.empty}


class WaitingPanel(DeskPanel):
    """What waits: the areas to choose from stand above it, the choice in the address."""

    template_name = "workbench/desk/waiting.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Counted in all, shown as chosen."""
        context = super().get_context_data(parent_context)
        chosen, groups = parent_context["request"].GET.get("waiting", ""), context["groups"]
        late = sum(group.late for group in groups)
        return {**context, "groups": narrowed(groups, chosen), "areas": areas_of(groups, chosen), "late": late}


def desk_panels(request: HttpRequest) -> list[DeskPanel]:
    """The three parts."""
    return [
        WaitingPanel(
            "waiting",
            10,
            _("Waiting for you"),
            _("Nothing waits. Drafts to approve, new applications and letters that come back are told here."),
            waiting,
        ),
        DeskPanel(
            "cases",
            20,
            _("My cases"),
            _("You have no open cases. A case you make, manage or sit on stands here."),
            cases_of,
        ),
        DeskPanel("days", 30, _("Next days"), _("No deadline falls within a fortnight."), days_ahead),
    ]
