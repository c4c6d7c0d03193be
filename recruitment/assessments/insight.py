"""What a person may see of what others think of applications. Every face asks here and nowhere else."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from recruitment.access.decide import may, must_declare
from recruitment.access.models import CaseMember, ConflictOfInterestDeclaration, ConflictStatus, MemberFunction
from recruitment.access.permissions import Permission
from recruitment.access.roles import Role
from recruitment.assessments.models import AssessmentFrame, Comment, CriterionRating, FinalRanking, Rating, Visibility
from recruitment.cases.models import RecruitmentCase
from recruitment.people.actor import Actor
from recruitment.people.models import User

RATING_ROLES = (Role.HIRING_MANAGER, Role.HIRING_COMMITTEE, Role.ASSESSMENT_COMMITTEE)
NOT_RATING = (MemberFunction.OBSERVER, MemberFunction.SECRETARY)


@dataclass(frozen=True)
class Insight:
    """One person's view into the assessment of one case.

    `sees_all`: others' ratings without having rated. `sees_missing`: who has not rated yet. `is_hr`: comments to HR.
    """

    user: User | None
    reads: bool
    sees_all: bool
    sees_missing: bool
    is_hr: bool

    def ratings(self, rows: QuerySet[Rating]) -> QuerySet[Rating]:
        """Those of the ratings that the person may see: own ones, and others' as independent rating allows."""
        return self._narrow(rows, "rater")

    def criteria(self, rows: QuerySet[CriterionRating]) -> QuerySet[CriterionRating]:
        """As ratings, for the competences."""
        return self._narrow(rows, "rater")

    def rankings(self, rows: QuerySet[FinalRanking]) -> QuerySet[FinalRanking]:
        """The chair's ranking: to those who may write it, to others once they have rated, for it tells what others think."""
        if self.reads and self.user is not None and self.sees_missing:
            return rows
        return self._narrow(rows, "set_by")

    def comments(self, rows: QuerySet[Comment]) -> QuerySet[Comment]:
        """Own ones; the committee's once others' ratings may be seen, for they tell the same; HR's to HR."""
        if not self.reads or self.user is None:
            return rows.none()
        mine = Q(author=self.user)
        shared = Q(visibility=Visibility.COMMITTEE)
        if not self.sees_all:
            shared &= Q(Exists(Rating.objects.filter(application=OuterRef("application"), rater=self.user)))
        to_hr = Q(visibility=Visibility.HR) if self.is_hr else Q(pk__in=[])
        return rows.filter(mine | shared | to_hr)

    def _narrow(self, rows: Any, who: str) -> Any:
        if not self.reads or self.user is None:
            return rows.none()
        if self.sees_all:
            return rows
        rated = Rating.objects.filter(application=OuterRef("application"), rater=self.user)
        return rows.filter(Q(**{who: self.user}) | Exists(rated))


def insight_of(actor: Actor, case: RecruitmentCase) -> Insight:
    """Others' ratings are hidden until one's own is saved, where the institution rates independently (H8).

    HR follows the work and is no rater by its seat, so it sees all; chair, manager and HR see who is missing.
    """
    reads = may(actor, Permission.APPLICATION_READ_DOCUMENTS, case)
    is_hr = may(actor, Permission.APPLICATION_CHANGE_STATE, case)
    is_open = not case.institution.settings.blind_rating or are_locked(case)
    return Insight(
        user=actor.user,
        reads=reads and not is_excluded(actor, case),
        sees_all=is_hr or is_open,
        sees_missing=may(actor, Permission.APPLICATION_FINAL_RANK, case),
        is_hr=is_hr,
    )


def is_excluded(actor: Actor, case: RecruitmentCase) -> bool:
    """Whether the person has still to declare, or has declared a conflict (INV-7): they see nothing of the assessment."""
    return actor.user is None or must_declare(actor, case.pk)


def are_locked(case: RecruitmentCase) -> bool:
    """Whether the ratings of the case have been closed for changes."""
    return AssessmentFrame.objects.filter(case=case, locked_at__isnull=False).exists()


def expected_raters(case: RecruitmentCase) -> list[User]:
    """Who is to rate each application: the manager and the committees, without observers and those who are excluded."""
    members = CaseMember.objects.filter(case=case, role__in=RATING_ROLES, access_until__isnull=True)
    members = (
        members.exclude(function__in=NOT_RATING).select_related("user").order_by("-is_chair", "role", "invited_at")
    )
    out = set(
        ConflictOfInterestDeclaration.objects.filter(
            case=case, status__in=[ConflictStatus.DECLARED, ConflictStatus.EXCLUDED]
        ).values_list("user", flat=True)
    )
    out |= _applicants_among(members, case)
    return list({member.user_id: member.user for member in members if member.user_id not in out}.values())


def _applicants_among(members: QuerySet[CaseMember], case: RecruitmentCase) -> set[Any]:
    """Seats whose holders have applied to the case themselves (INV-31); two questions, however many seats."""
    addresses = {member.user.email.lower(): member.user_id for member in members}
    applied = case.applications.exclude(state="STARTED")
    by_user = set(applied.filter(candidate__user__in=addresses.values()).values_list("candidate__user", flat=True))
    typed = applied.exclude(candidate__email="").values_list("candidate__email", flat=True)
    return by_user | {addresses[email.lower()] for email in typed if email.lower() in addresses}
