"""What cannot be undone asks first."""

import pytest

from recruitment.access.models import CaseMember, RoleAssignment
from recruitment.access.roles import Role
from recruitment.questions.models import ScreeningQuestion
from tests.factories.world import make_case


@pytest.fixture
def asking(world):
    """Addresses that ask, each with the role that may, and what is true until somebody agrees."""
    ours = world.ours
    setup = f"/admin/setup/{ours.institution.pk}"
    leaver = ours.staff[Role.HR_CASEWORK]
    assignment = RoleAssignment.objects.get(user=leaver)
    seat = CaseMember.objects.filter(case=ours.case, role=Role.HIRING_COMMITTEE).get()
    draft = make_case(ours)
    question = ScreeningQuestion.objects.create(form=draft.form, kind="YES_NO", text_da="Ja?")
    return {
        "revoke": (Role.ADMINISTRATOR, f"{setup}/roles/{assignment.pk}/revoke/", assignment, "revoked_at"),
        "leave": (Role.ADMINISTRATOR, f"{setup}/users/{leaver.pk}/leave/", assignment, "revoked_at"),
        "end": (Role.HR_EXTENDED, f"/admin/cases/{ours.case.pk}/members/{seat.pk}/end/", seat, "access_until"),
        "retire": (
            Role.HR_EXTENDED, f"/admin/cases/{draft.pk}/form/questions/{question.pk}/retire/", question, "retired_at",
        ),
    }  # fmt: skip


@pytest.mark.parametrize("deed", ["revoke", "leave", "end", "retire"])
def test_nothing_happens_before_somebody_has_agreed(asking, sign_in, deed):
    role, address, row, column = asking[deed]
    client = sign_in(role)

    asked = client.post(address)
    row.refresh_from_db()
    assert (asked.status_code, getattr(row, column)) == (200, None)

    assert client.post(address, {"confirmed": "1"}).status_code == 302
    row.refresh_from_db()
    assert getattr(row, column) is not None
