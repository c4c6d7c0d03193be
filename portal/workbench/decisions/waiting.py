"""What waits at the end of cases, as lines of the desk: answers to offers, and broken promises."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.workbench.lines import Group, Line, group_of
from recruitment.decisions.confirming import short_letters_to_send
from recruitment.decisions.models import OfferAnswer
from recruitment.decisions.queries import broken_promises, offers_to_see_to
from recruitment.people.actor import Actor
from recruitment.talent.proposing import proposals_to_decide


def of_decisions(actor: Actor) -> Iterable[Group]:
    """The most pressing first."""
    yield from group_of(_("Answers to offers"), offers_to_see_to(actor), _offer)
    yield from group_of(_("Short letters after a call"), short_letters_to_send(actor), _short)
    yield from group_of(_("Proposed for a talent pool"), proposals_to_decide(actor), _proposal)
    yield from group_of(
        _("Promised answers that are overdue"), broken_promises(actor), _promise, reverse("workbench:promises")
    )


def _offer(row: Any) -> Line:
    name = row.application.candidate.full_name or row.application.reference
    address = reverse("workbench:offer", args=[row.application.case_id, row.pk])
    due = row.answer_by if row.answer == OfferAnswer.NONE else None
    return Line(name, address, f"{row.application.case.title} · {row.get_answer_display()}", due)


def _short(row: Any) -> Line:
    address = reverse("workbench:answer", args=[row.case_id, row.pk])
    return Line(row.candidate.full_name or row.reference, address, row.case.title)


def _proposal(row: Any) -> Line:
    name = row.application.candidate.full_name or row.application.reference
    address = reverse("workbench:pool_ask", args=[row.application.case_id, row.application_id])
    return Line(name, address, f"{row.pool} · {row.application.case.title}")


def _promise(case: Any) -> Line:
    waits = ngettext("%d waits", "%d wait", case.owed) % case.owed
    day = formats.date_format(case.expected_answer_date, "SHORT_DATE_FORMAT")
    address = reverse("workbench:answers", args=[case.pk])
    return Line(case.title, address, f"{day} · {waits}", case.expected_answer_date)
