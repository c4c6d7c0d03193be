"""Reading references: of one applicant, what waits, how many there are, and what is told and collected."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recruitment.access.decide import visible
from recruitment.access.permissions import Permission
from recruitment.applications.models import Application
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.queries import ENDED
from recruitment.consents.models import ConsentState
from recruitment.errors import Obstacle
from recruitment.fairness.collecting import Piece
from recruitment.fairness.models import FactNote
from recruitment.people.actor import Actor
from recruitment.planning.forecast import Coming
from recruitment.planning.models import ActivityKind
from recruitment.references.lifecycle import BEGIN, LATE_ENOUGH
from recruitment.references.models import FEWER, TAKEN, RefereeWish, ReferenceCheck, ReferenceState

WANTED = 2  # the guide, p. 18
TO_ACT_ON = (ReferenceState.CONSENT_GIVEN, ReferenceState.IN_PROGRESS)
#: Named, and the applicant has not answered.
BEFORE_THE_YES = (ReferenceState.PLANNED, ReferenceState.CONSENT_REQUESTED)


def checks_of(application: Application) -> QuerySet[ReferenceCheck]:
    """In the order in which the referees were named."""
    rows = ReferenceCheck.objects.filter(referee__application=application)
    return rows.select_related("referee__application", "consent", "guide", "fact", "hearing").order_by(
        "created_at", "id"
    )


def taken(application: Application) -> int:
    """How many referees have answered."""
    return ReferenceCheck.objects.filter(referee__application=application, state__in=TAKEN).count()


def why_fewer(application: Application) -> FactNote | None:
    """What was written on why fewer than two are taken."""
    return FactNote.objects.filter(application=application, source_person=FEWER).order_by("-created_at").first()


def too_few(application: Application) -> bool:
    """Whether fewer than two have answered about somebody who may be hired, and nobody has said why: a nudge, and stops nobody."""
    return application.state in LATE_ENOUGH and taken(application) < WANTED and why_fewer(application) is None


def may_contact(check: ReferenceCheck) -> bool:
    """Whether the staff are shown how to reach the referee: not before the applicant has said yes."""
    return check.consent is not None and check.consent.state == ConsentState.GIVEN


def references_to_take(actor: Actor) -> QuerySet[ReferenceCheck]:
    """The applicant has said yes, and the referee has not been asked to the end."""
    rows = visible(actor, Permission.REFERENCE_MANAGE, ReferenceCheck.objects.filter(state__in=TO_ACT_ON))
    rows = rows.filter(referee__application__state__in=LATE_ENOUGH).exclude(referee__application__case__state__in=ENDED)
    return rows.select_related("referee__application__candidate", "referee__application__case").order_by("created_at")


def late_applicants(actor: Actor, case: RecruitmentCase) -> QuerySet[Application]:
    """Of whom references may be taken."""
    rows = visible(actor, Permission.REFERENCE_MANAGE, Application.objects.filter(case=case, state__in=LATE_ENOUGH))
    return rows.select_related("candidate").order_by("received_at", "pk")


def waits_for_applicant(application: Application) -> bool:
    """Whether the applicant is asked for names, or for a yes."""
    return bool(asked_about_referees([application]))


def asked_about_referees(applications: Iterable[Application]) -> set[Any]:
    """Those whose applicants are asked for names, or for a yes; two queries, however many."""
    rows = {row.pk: row for row in applications}
    checks = ReferenceCheck.objects.filter(referee__application__in=rows).values_list("referee__application", "state")
    named = set(checks)
    to_consent = {key for key, state in named if state == ReferenceState.CONSENT_REQUESTED}
    wished = RefereeWish.objects.filter(application__in=rows).values_list("application", flat=True)
    without_names = set(wished) - {key for key, _state in named}
    return to_consent | {key for key in without_names if rows[key].state in LATE_ENOUGH}


def has_something(application: Application) -> bool:
    """Whether there is a page on references to show the applicant."""
    return (
        RefereeWish.objects.filter(application=application).exists()
        or ReferenceCheck.objects.filter(referee__application=application).exists()
    )


def told_to_applicant(application: Application) -> dict[str, Any]:
    """For the applicant's own data: whom they named, and what they said to each."""
    return {
        "referees": [
            {"name": check.referee.name, "workplace": check.referee.organisation, "state": check.state,
             "yes": check.consent.given_at if check.consent else None,
             "taken_back": check.consent.withdrawn_at if check.consent else None}
            for check in checks_of(application)
        ],
    }  # fmt: skip


def pieces(application: Application) -> Iterator[Piece]:
    """What referees said, for the applicant who asks to see it."""
    for check in checks_of(application).prefetch_related("notes"):
        for note in check.notes.all():
            asked = check.guide.questions if check.guide else []
            lines = [f"{question}\n{answer}" for question, answer in zip(asked, note.answers, strict=False) if answer]
            title = _("Reference from %s") % f"{check.referee.name}, {check.referee.organisation}"
            yield Piece(title, "\n\n".join([*lines, *([note.remarks] if note.remarks else [])]))


def contacts_to_come(case: RecruitmentCase) -> list[Coming]:
    """GRD-11 as a forecast: referees who were named and may not be contacted yet."""
    rows = ReferenceCheck.objects.filter(referee__application__case=case, state__in=BEFORE_THE_YES)
    number = rows.filter(referee__application__state__in=LATE_ENOUGH).count()
    if not number:
        return []
    words = ngettext(
        "%d referee may not be contacted before the applicant has said yes.",
        "%d referees may not be contacted before the applicant has said yes.",
        number,
    )
    in_the_way = [Obstacle("no_consent", words % number, "fairness.references")]
    return [(BEGIN, ActivityKind.REFERENCES, Permission.REFERENCE_MANAGE, in_the_way)]
