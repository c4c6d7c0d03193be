"""The first page after signing in: what waits, one's cases, and the days ahead. Every line leads to where it is done."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component

from portal.guard import actor_of
from portal.workbench.decisions.waiting import of_decisions
from portal.workbench.fairness import tasks as fairness
from portal.workbench.letters.waiting import of_letters
from portal.workbench.lines import SHOWN, Group, Line, group_of
from portal.workbench.places import ad_address
from portal.workbench.setup.first_steps import steps_for
from portal.workbench.setup.frame import administered
from portal.workbench.templatetags.workbench_tags import short_deadline, short_time
from recruitment import clock
from recruitment.access.decide import may, visible
from recruitment.access.impartiality import conflicts_to_decide
from recruitment.access.permissions import Permission
from recruitment.advertising.lifecycle import SEEN_GONE
from recruitment.advertising.media_requests import requests_to_decide
from recruitment.advertising.models import Publication
from recruitment.advertising.outdated import outdated_versions
from recruitment.advertising.pictures import ads_with_ending_consent
from recruitment.advertising.reviews.actions import token_of
from recruitment.advertising.reviews.queries import comments_to_settle, reviews_waiting_for
from recruitment.applications.queries import cpr_to_mask, notices_due, unread_applications
from recruitment.cases.queries import cases_to_write_ads_for, deadlines_ahead, drafts_to_approve, my_cases, state_of
from recruitment.channels.queries import deliveries_to_settle, out_of_order, waiting_for_a_hand, waiting_to_come_down
from recruitment.documents.scanning import has_scanner
from recruitment.interviews.queries import answers_to_see_to, interviews_ahead
from recruitment.people.actor import Actor
from recruitment.planning.queries import due_by

AHEAD = dt.timedelta(days=14)
SOON = dt.timedelta(days=7)


def _case(name: str, case: Any) -> str:
    return reverse(f"workbench:{name}", args=[getattr(case, "pk", case)])


def _application(row: Any, note: str) -> Line:
    return Line(
        row.candidate.full_name or row.reference,
        reverse("workbench:application", args=[row.case_id, row.pk]),
        f"{row.case.title} · {note}",
    )


def waiting(actor: Actor) -> list[Group]:
    """What somebody in the person's place must do, sort by sort."""
    found = (
        _set_up, _tasks, _of_interviews, fairness.groups, of_decisions, _of_cases, _of_media, _of_applications, of_letters,
    )  # fmt: skip
    return [group for groups in found for group in groups(actor)]


def _tasks(actor: Actor) -> Iterable[Group]:
    """One's own steps that are overdue or due within a week."""
    if actor.user is not None:
        yield from group_of(
            _("My tasks"), due_by(actor, clock.today() + SOON),
            lambda task: Line(capfirst(task.name), _case("plan", task.plan.case_id), _task_note(task)),
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
        _("Write and publish the ad"), cases_to_write_ads_for(actor),
        lambda case: Line(case.title, ad_address(case) if may(actor, Permission.AD_EDIT, case) else _case("case", case), case.case_number),
        f"{reverse('workbench:cases')}?state=READY",
    )  # fmt: skip
    yield from group_of(
        _("Decide whether somebody is impartial"), conflicts_to_decide(actor),
        lambda row: Line(str(row.user), reverse("workbench:impartiality", args=[row.case_id, row.pk]), row.case.title),
    )  # fmt: skip
    yield from _reviews(actor)
    yield from _pictures(actor)
    yield from _old_names(actor)
    yield from group_of(
        _("Put up on a medium by hand"), visible(actor, Permission.PUBLICATION_MANAGE, waiting_for_a_hand()),
        lambda row: Line(str(row.medium), reverse("workbench:publication", args=[row.round.case_id, row.pk]), row.round.case.title),
    )  # fmt: skip
    yield from group_of(
        _("See that the ad is down"), visible(actor, Permission.PUBLICATION_MANAGE, waiting_to_come_down()),
        lambda row: Line(str(row.medium), _seen_gone(row), row.round.case.title),
    )  # fmt: skip


def _seen_gone(publication: Publication) -> str:
    return reverse("workbench:move", args=["publication", publication.pk, SEEN_GONE[publication.state].name])


def _of_media(actor: Actor) -> Iterable[Group]:
    """What a medium could not be told, and media that colleagues have asked for."""
    yield from group_of(
        _("See to a medium"), visible(actor, Permission.PUBLICATION_MANAGE, deliveries_to_settle()),
        lambda row: Line(
            f"{row.publication.medium}: {row.get_act_display()}", _case("media", row.publication.round.case_id),
            f"{row.publication.round.case.title} · {row.error or row.get_state_display()}",
        ),
    )  # fmt: skip
    yield from group_of(
        _("See why a medium does not answer"), visible(actor, Permission.MEDIALIST_EDIT, out_of_order()),
        lambda row: Line(
            str(row.entry.medium), reverse("workbench:channel", args=[row.entry.institution_id, row.entry_id]),
            _("since %s") % short_time(row.failing_since or row.gone_at),
        ),
    )  # fmt: skip
    yield from group_of(
        _("Decide on media that colleagues ask for"), requests_to_decide(actor),
        lambda row: Line(row.name, reverse("workbench:media_list", args=[row.institution_id]), row.why),
    )  # fmt: skip


def _reviews(actor: Actor) -> Iterable[Group]:
    """Ads that a colleague wants looked at, and what colleagues have said about one's own."""
    yield from group_of(
        _("Look at an ad"), reviews_waiting_for(actor),
        lambda row: Line(row.case.title, reverse("ad_review", args=[token_of(row)]), row.case.case_number),
    )  # fmt: skip
    yield from group_of(
        _("Comments on ads"), comments_to_settle(actor),
        lambda row: Line(row.review.case.title, f"/admin/pages/{row.review.page_id}/edit/", str(row.by or "")),
    )  # fmt: skip


def _old_names(actor: Actor) -> Iterable[Group]:
    """Published ads that say names or places which have been changed."""
    found = outdated_versions(actor)
    if found:
        lines = [
            Line(ad.headline, reverse("ads_to_renew"), ", ".join(change.now for change in changes))
            for ad, changes in found[:SHOWN]
        ]
        yield Group(_("Give published ads their new names and places"), len(found), lines, reverse("ads_to_renew"))


def _pictures(actor: Actor) -> Iterable[Group]:
    """Live ads that show somebody who has agreed to a day that is over or near."""
    found = ads_with_ending_consent(actor)
    if found:
        lines = [
            Line(ad.headline, f"/admin/pages/{ad.page_id}/edit/", _("%(people)s agreed until %(day)s") % {
                "people": consent.people, "day": formats.date_format(consent.expires_on, "SHORT_DATE_FORMAT"),
            })
            for ad, consent in found[:SHOWN]
        ]  # fmt: skip
        yield Group(_("Take pictures down, or ask for a new consent"), len(found), lines)


def _of_applications(actor: Actor) -> Iterable[Group]:
    yield from group_of(_("Mask CPR numbers"), cpr_to_mask(actor), lambda row: _application(row, row.reference))
    yield from group_of(
        _("Tell people registered by hand how their data are used"), notices_due(actor, clock.now()),
        lambda row: _application(row, _("by %s") % short_time(row.notice_due_at)),
    )  # fmt: skip
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
            row["case__title"], f"{_case('applications', row['case'])}?unread=on",
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


def desk_panels(request: HttpRequest) -> list[DeskPanel]:
    """The three columns."""
    return [
        DeskPanel(
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
