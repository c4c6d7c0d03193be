"""Asking several people about a job, laying what they say side by side, and ending it in the job profile."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.audit.record import record
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.profile import CompetenceKind, JobProfile
from recruitment.cases.profiling import edit_profile
from recruitment.cases.queries import ENDED
from recruitment.errors import NotPossible, Obstacle
from recruitment.mail.actions import send_to_address
from recruitment.people.actor import Actor
from recruitment.people.models import User
from recruitment.planning.analysis_models import Contribution, JobAnalysis
from recruitment.planning.models import ActivityKind, PlannedActivity

SALT = "planning.analysis"
OPEN_FOR = dt.timedelta(days=21)
LONGEST = 4000
MOST = 20  # people asked about one job
ASKED = ("tasks", "movable_tasks", "professional", "personal", "success_criteria", "preconditions", "remarks")


def link_of(contribution: Contribution) -> str:
    """The address under which the person answers; whoever has it can answer as them, and see nothing else.

    The same for as long as the question stands, so that a second letter repeats the link of the first.
    """
    token = signing.Signer(salt=SALT).sign(contribution.pk.hex)
    return f"{settings.SITE_URL}/jobanalyse/{token}/"


def contribution_behind(token: str) -> Contribution:
    """Raises Contribution.DoesNotExist for a link that is none, has ended, or whose analysis is completed."""
    try:
        key = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        raise Contribution.DoesNotExist from None
    rows = Contribution.objects.select_related("analysis__case__institution", "analysis__case__unit", "asked_by")
    found = rows.get(pk=key, expires_at__gt=clock.now())
    if found.analysis.completed_at is not None or found.analysis.case.state in ENDED:
        raise Contribution.DoesNotExist
    return found


@transaction.atomic
def ask_about_job(
    case: RecruitmentCase, addresses: Iterable[str], *, actor: Actor, role_in_job: str = ""
) -> list[Contribution]:
    """Send each a link. Somebody who was asked before gets a new letter and keeps what they have answered."""
    require(actor, Permission.CASE_PROPOSE_PROFILE, case)
    wanted = list(dict.fromkeys(address.strip().lower() for address in addresses if address.strip()))
    if case.state in ENDED:
        raise NotPossible([Obstacle("closed", _("The case is closed."))])
    if not wanted:
        raise NotPossible([Obstacle("nobody", _("Write at least one e-mail address."), "addresses")])
    analysis, _made = JobAnalysis.objects.get_or_create(case=case, defaults={"begun_at": clock.now()})
    if analysis.contributions.exclude(email__in=wanted).count() + len(wanted) > MOST:
        raise NotPossible([Obstacle("too_many", _("Ask at most %d people about one job.") % MOST, "addresses")])
    JobAnalysis.objects.filter(pk=analysis.pk).update(completed_at=None)
    return [_ask(analysis, address, role_in_job, actor) for address in wanted]


def _ask(analysis: JobAnalysis, address: str, role_in_job: str, actor: Actor) -> Contribution:
    user = User.objects.filter(email__iexact=address, is_staff=True).first()
    now = clock.now()
    row, _made = Contribution.objects.update_or_create(
        analysis=analysis, email=address,
        defaults={"user": user, "name": str(user) if user else "", "expires_at": now + OPEN_FOR, "asked_by": actor.user,
                  **({"role_in_job": role_in_job} if role_in_job else {})},
    )  # fmt: skip
    case = analysis.case
    send_to_address(
        "STAFF_JOB_ANALYSIS", address=address, language=user.language if user else case.institution.default_language,
        institution=case.institution, actor=actor, key=f"analysis:{row.pk}:{now.date().isoformat()}",
        values={
            "given_name": (user.first_name if user else "") or address, "institution": case.institution.name,
            "job_title": case.title, "case_number": case.case_number, "portal_link": link_of(row),
            "contact_name": str(actor.user) if actor.user else case.institution.name,
            "contact_email": actor.user.email if actor.user else case.institution.support_email,
        },
    )  # fmt: skip
    record(actor, "analysis.ask", case, contribution=str(row.pk))
    return row


@transaction.atomic
def answer(contribution: Contribution, answers: Mapping[str, str], *, name: str = "") -> Contribution:
    """Keep what the person says; it can be said again until the link ends. Raises ValidationError for nothing at all, or a book."""
    said = {field: str(answers.get(field, "")).strip() for field in ASKED}
    if not any(said.values()):
        raise ValidationError(_("Write something in at least one field."), code="empty")
    if too_long := [field for field, words in said.items() if len(words) > LONGEST]:
        raise ValidationError({field: _("Write at most %d characters.") % LONGEST for field in too_long})
    locked = Contribution.objects.select_for_update().get(pk=contribution.pk)
    for field, words in said.items():
        setattr(locked, field, words)
    locked.name = name.strip()[:120] or locked.name
    locked.answered_at = clock.now()
    locked.save()
    record(Actor.house("job analysis"), "analysis.answer", locked.analysis.case, contribution=str(locked.pk))
    return locked


@transaction.atomic
def end_link(contribution: Contribution, *, actor: Actor) -> None:
    """The link opens nothing any more; what was answered stays."""
    require(actor, Permission.CASE_PROPOSE_PROFILE, contribution.analysis.case)
    contribution.expires_at = clock.now()
    contribution.save(update_fields=["expires_at"])
    record(actor, "analysis.end_link", contribution.analysis.case, contribution=str(contribution.pk))


@transaction.atomic
def write_profile_from(case: RecruitmentCase, chosen: Mapping[str, Sequence[str]], *, actor: Actor) -> JobProfile:
    """Take the chosen lines over into the job profile, after what stands there, each once; the analysis is completed.

    `chosen` has lines under `tasks`, `movable_tasks`, `professional`, `personal`, `success_criteria` and `preconditions`.
    """
    require(actor, Permission.CASE_PROPOSE_PROFILE, case)
    profile, _made = JobProfile.objects.get_or_create(case=case)
    fields = {
        name: _joined(getattr(profile, column), chosen.get(name, ())) for name, column in COLUMNS.items()
    }  # fmt: skip
    columns = ("id", "kind", "name_da", "name_en", "description", "weight", "must_have")
    present: list[dict[str, Any]] = [dict(row) for row in profile.competences.values(*columns)]
    known = {row["name_da"].lower() for row in present}
    for name, kind in (("professional", CompetenceKind.PROFESSIONAL), ("personal", CompetenceKind.PERSONAL)):
        for line in chosen.get(name, ()):
            if (words := line.strip()[:160]) and words.lower() not in known:
                known.add(words.lower())
                present.append({"name_da": words, "kind": kind})
    saved = edit_profile(
        case, actor=actor, fields={COLUMNS[name]: words for name, words in fields.items()}, competences=present
    )
    _complete(case, actor)
    return saved


#: Where an answer goes in the profile.
COLUMNS = {
    "tasks": "tasks", "movable_tasks": "redistribution_note", "success_criteria": "success_criteria", "preconditions": "preconditions",
}  # fmt: skip


def _joined(before: str, lines: Iterable[str]) -> str:
    kept = [line.strip() for line in before.splitlines() if line.strip()]
    known = {line.lower() for line in kept}
    for line in lines:
        if (words := line.strip()) and words.lower() not in known:
            known.add(words.lower())
            kept.append(words)
    return "\n".join(kept)


def _complete(case: RecruitmentCase, actor: Actor) -> None:
    now = clock.now()
    JobAnalysis.objects.filter(case=case).update(completed_at=now)
    step = PlannedActivity.objects.filter(plan__case=case, kind=ActivityKind.JOB_ANALYSIS, done_at__isnull=True)
    step.update(done_at=now, done_by=actor.user)
    record(actor, "analysis.complete", case)
