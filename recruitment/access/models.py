"""Seats: roles at a level of an institution, seats on a case, and declared conflicts of interest (domain B2)."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruitment.access.roles import CASE_ROLES, LEVEL_ROLES, Role
from recruitment.organisation.models import Institution, OrganisationalUnit
from recruitment.people.models import User
from recruitment.reach import Reach
from recruitment.rows import Row


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    """Role assignments, with verbs."""

    def active(self, at: dt.datetime | None = None) -> "RoleAssignmentQuerySet":
        """Those in force at the instant (default: now): begun, not ended, not revoked, the person not gone."""
        at = at or timezone.now()
        return self.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gt=at),
            valid_from__lte=at,
            revoked_at__isnull=True,
            user__is_active=True,
        )


class RoleAssignment(Row):
    """A role at a level: the whole institution, or a unit and everything below it (guide p. 22)."""

    REACH: ClassVar[Reach] = Reach(institution="institution")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_assignments")
    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="role_assignments")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    unit = models.ForeignKey(
        OrganisationalUnit, null=True, blank=True, on_delete=models.CASCADE, related_name="role_assignments"
    )
    is_deputy = models.BooleanField(_("deputy"), default=False)
    deputy_for = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    valid_from = models.DateTimeField(default=timezone.now)
    valid_until = models.DateTimeField(null=True, blank=True)
    granted_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    granted_at = models.DateTimeField(default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in LEVEL_ROLES]), name="case_roles_are_given_on_cases"
            ),
            models.CheckConstraint(
                condition=Q(role__in=[Role.ADMINISTRATOR, Role.COMMUNICATIONS], unit__isnull=True)
                | (~Q(role__in=[Role.ADMINISTRATOR, Role.COMMUNICATIONS]) & Q(unit__isnull=False)),
                name="hr_roles_stand_at_a_unit_setup_roles_do_not",
            ),
            models.CheckConstraint(
                condition=Q(is_deputy=False) | (Q(role=Role.ADMINISTRATOR) & Q(valid_until__isnull=False)),
                name="a_deputy_administrator_has_an_end_date",
            ),
            models.UniqueConstraint(
                fields=["user", "institution", "role", "unit"],
                condition=Q(revoked_at__isnull=True),
                name="role_given_once",
                nulls_distinct=False,
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_role_display()} ({self.institution_id})"


class MemberFunction(models.TextChoices):
    """What someone does on a committee."""

    CHAIR = "CHAIR", _("chair")
    MEMBER = "MEMBER", _("member")
    SECRETARY = "SECRETARY", _("secretary")
    UNION_REPRESENTATIVE = "UNION_REPRESENTATIVE", _("union representative")
    EXTERNAL_EXPERT = "EXTERNAL_EXPERT", _("external expert")
    OBSERVER = "OBSERVER", _("observer")


class CaseMember(Row):
    """A seat on one case: the case-bound roles live here and nowhere else (INV-4)."""

    REACH: ClassVar[Reach] = Reach(institution="case__institution", unit="case__unit__path", case="case")

    case = models.ForeignKey("recruitment.RecruitmentCase", on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="case_memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    function = models.CharField(_("function"), max_length=20, choices=MemberFunction, default=MemberFunction.MEMBER)
    is_chair = models.BooleanField(_("chair"), default=False)
    invited_at = models.DateTimeField(default=timezone.now)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    accepted_confidentiality_at = models.DateTimeField(null=True, blank=True)
    access_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in CASE_ROLES]), name="level_roles_are_given_at_levels"
            ),
            models.UniqueConstraint(fields=["case", "user", "role"], name="one_seat_a_role_on_a_case"),
            models.UniqueConstraint(fields=["case", "role"], condition=Q(is_chair=True), name="one_chair_a_committee"),
            models.CheckConstraint(
                condition=Q(is_chair=False) | Q(role__in=[Role.HIRING_COMMITTEE, Role.ASSESSMENT_COMMITTEE]),
                name="only_committees_have_a_chair",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_role_display()} ({self.case_id})"


class Entrance(Row):
    """A link that opens a case once for the one who was invited to it, from their own mailbox (`entrances.py`)."""

    REACH: ClassVar[Reach] = Reach(
        institution="member__case__institution", unit="member__case__unit__path", case="member__case"
    )

    member = models.ForeignKey(CaseMember, on_delete=models.CASCADE, related_name="entrances")
    address = models.EmailField()  # an entrance that was mailed elsewhere than where the person is now opens nothing
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"entrance of {self.member_id}"


class ConflictStatus(models.TextChoices):
    """What somebody has said of their own impartiality on a case (INV-7)."""

    NONE = "NONE", _("no conflict of interest")
    DECLARED = "DECLARED", _("declared, waits for a decision")
    CLEARED = "CLEARED", _("declared and cleared")
    EXCLUDED = "EXCLUDED", _("excluded from the case")


class ConflictOfInterestDeclaration(Row):
    """One person's declaration on one case, members and HR alike. No row means not declared yet."""

    REACH: ClassVar[Reach] = Reach(institution="case__institution", unit="case__unit__path", case="case")

    case = models.ForeignKey("recruitment.RecruitmentCase", on_delete=models.CASCADE, related_name="declarations")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="conflict_declarations")
    status = models.CharField(max_length=10, choices=ConflictStatus)
    relation_text = models.TextField(_("what the connection is"), blank=True)
    concerns_application = models.ForeignKey(
        "recruitment.Application", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    declared_at = models.DateTimeField(default=timezone.now)
    decision = models.TextField(blank=True)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "user"], name="one_declaration_a_person_a_case"),)

    def __str__(self) -> str:
        return f"{self.status} ({self.case_id})"
