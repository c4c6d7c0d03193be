"""An application goes to another case only with the applicant's yes (INV-22)."""

import datetime as dt
import io

import pytest
from django.core.exceptions import PermissionDenied

from recruitment import clock
from recruitment.access.roles import Role
from recruitment.applications.copying import copy_to_round, rounds_to_copy_to
from recruitment.applications.models import Application
from recruitment.audit.models import AuditEntry
from recruitment.documents.actions import receive
from recruitment.documents.models import Document
from recruitment.errors import NotPossible
from recruitment.mail.models import Message
from tests.factories.assessing import to_assessment
from tests.factories.world import HOUSE, advertise, declare_all, make_case

YES = "På telefon 3. marts"


@pytest.fixture
def two(world):
    """Ours being assessed, and a second case of ours that takes applications."""
    to_assessment(world)
    world.second = make_case(world.ours, title="Kontorchef")
    world.round = advertise(world.second)
    first, world.ours.case = world.ours.case, world.second
    declare_all(world.ours)
    world.ours.case = first
    world.application.documents.all().delete()
    receive(io.BytesIO(b"Mit cv i ord"), "cv.txt", application=world.application, kind="CV", actor=HOUSE)
    Document.objects.update(scan_state="CLEAN")
    Application.objects.filter(pk=world.application.pk).update(retention_due_at=clock.now() + dt.timedelta(days=90))
    world.application.refresh_from_db()
    return world


def copied(world, role=Role.HR_EXTENDED, said_yes=YES, round_=None):
    return copy_to_round(world.application, round_ or world.round, said_yes=said_yes, actor=world.ours.actor(role))


def test_person_letter_and_papers_go_along_and_the_original_stays(two):
    copy = copied(two)
    assert (copy.case, copy.state, copy.copied_from, copy.candidate) == (
        two.second,
        "SUBMITTED",
        two.application,
        two.application.candidate,
    )
    assert copy.motivation_text == two.application.motivation_text
    assert [paper.filename for paper in copy.documents.all()] == ["cv.txt"]
    assert copy.documents.get().file.name != two.application.documents.get().file.name
    assert copy.retention_due_at == two.application.retention_due_at
    assert copy.history.get(move="register").reason == YES
    assert Application.objects.get(pk=two.application.pk).state == "UNDER_REVIEW"
    assert Message.objects.filter(application=copy, code="MANUAL_REGISTERED").count() == 1
    assert AuditEntry.objects.filter(action="Application.copy", application_id=two.application.pk).count() == 1


def test_without_a_yes_nothing_is_copied(two):
    with pytest.raises(NotPossible) as refused:
        copied(two, said_yes=" ")
    assert [o.code for o in refused.value.obstacles] == ["no_yes"]
    assert not Application.objects.filter(case=two.second).exists()


def test_nobody_stands_twice_on_a_case(two):
    copied(two)
    with pytest.raises(NotPossible) as refused:
        copied(two)
    assert [o.code for o in refused.value.obstacles] == ["already_there"]


def test_what_was_withdrawn_is_not_copied(two):
    Application.objects.filter(pk=two.application.pk).update(state="WITHDRAWN")
    two.application.refresh_from_db()
    with pytest.raises(NotPossible) as refused:
        copied(two)
    assert [o.code for o in refused.value.obstacles] == ["not_received"]


@pytest.mark.parametrize(
    "role", [Role.HR_CASEWORK, Role.HR_LIMITED, Role.HIRING_MANAGER, Role.HIRING_COMMITTEE, Role.ADMIN_SUPPORT]
)
def test_others_copy_nothing(two, role):
    """HR with limited rights has the right on the own case only, and no seat on the second."""
    with pytest.raises(PermissionDenied):
        copied(two, role=role)


def test_rounds_of_others_past_their_deadline_or_closed_are_not_offered(two):
    hr = two.ours.actor(Role.HR_EXTENDED)
    assert list(rounds_to_copy_to(two.application, hr)) == [two.round]
    with pytest.raises(PermissionDenied):
        copied(two, round_=two.theirs.round)
    with clock.shifted(dt.timedelta(days=60)):
        assert not rounds_to_copy_to(two.application, hr).exists()
    type(two.second).objects.filter(pk=two.second.pk).update(state="DRAFT")
    assert not rounds_to_copy_to(two.application, hr).exists()
