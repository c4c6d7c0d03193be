"""Before anything is read: confidentiality, impartiality, and both again where it matters (INV-7)."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from recruitment import clock
from recruitment.access.decide import may, require
from recruitment.access.impartiality import (
    confirm_confidentiality,
    conflicts_to_decide,
    decide_conflict,
    declare_conflict,
)
from recruitment.access.models import ConflictOfInterestDeclaration
from recruitment.access.permissions import Permission
from recruitment.access.roles import Role
from recruitment.applications.models import Application
from recruitment.applications.queries import declared_for
from recruitment.errors import ConflictNotDeclared
from recruitment.mail.models import Message
from recruitment.people.actor import Actor
from tests.factories.world import make_application

MEMBERS = [Role.HIRING_MANAGER, Role.HIRING_COMMITTEE, Role.ASSESSMENT_COMMITTEE, Role.HR_LIMITED]


def said(world, role: Role, **changes) -> Actor:
    """Somebody who has confirmed and declared."""
    actor = world.ours.actor(role)
    confirm_confidentiality(world.ours.case, actor=actor)
    declare_conflict(world.ours.case, actor=actor, **{"has_conflict": False, **changes})
    return Actor.person(actor.user)


@pytest.mark.parametrize("role", MEMBERS)
def test_a_seat_reads_nothing_before_confidentiality_is_confirmed(world, role):
    actor = world.ours.actor(role)
    declare_conflict(world.ours.case, actor=actor, has_conflict=False)
    with pytest.raises(ConflictNotDeclared):
        require(actor, Permission.APPLICATION_READ_DOCUMENTS, world.application)
    assert not declared_for(actor, Application.objects.all()).exists()

    confirm_confidentiality(world.ours.case, actor=actor)

    require(actor, Permission.APPLICATION_READ_DOCUMENTS, world.application)
    assert declared_for(actor, Application.objects.all()).get() == world.application


def test_hr_without_a_seat_is_bound_by_its_office_and_only_declares(world):
    actor = world.ours.actor(Role.HR_EXTENDED)
    declare_conflict(world.ours.case, actor=actor, has_conflict=False)

    require(actor, Permission.APPLICATION_READ_DOCUMENTS, world.application)


def test_confidentiality_is_confirmed_once(world):
    actor = world.ours.actor(Role.HIRING_COMMITTEE)
    assert [confirm_confidentiality(world.ours.case, actor=actor) for _again in range(2)] == [1, 0]


def test_who_has_no_seat_confirms_nothing(world):
    with pytest.raises(PermissionDenied):
        confirm_confidentiality(world.ours.case, actor=world.theirs.actor(Role.HIRING_COMMITTEE))


def test_a_new_applicant_is_asked_about_and_the_earlier_ones_stay_open(world):
    reader = said(world, Role.HIRING_COMMITTEE)
    late = make_application(world.ours.round, email="ny@ansoeger.example")

    require(reader, Permission.APPLICATION_READ_DOCUMENTS, world.application)
    for right in (Permission.APPLICATION_READ_DOCUMENTS, Permission.APPLICATION_RATE):
        with pytest.raises(ConflictNotDeclared):
            require(reader, right, late)
    with pytest.raises(ConflictNotDeclared):
        require(reader, Permission.APPLICATION_READ_DOCUMENTS, late.documents.get())
    assert set(declared_for(reader, Application.objects.all())) == {world.application}

    require(said(world, Role.HIRING_COMMITTEE), Permission.APPLICATION_READ_DOCUMENTS, late)


def test_a_declared_conflict_is_decided_by_somebody_else_with_a_reason(world):
    actor = said(world, Role.HIRING_COMMITTEE, has_conflict=True, relation_text="Min fætter har søgt.")
    assert not may(actor, Permission.APPLICATION_LIST, world.application)
    (row,) = conflicts_to_decide(world.ours.actor(Role.HR_EXTENDED))
    with pytest.raises(ValidationError):
        decide_conflict(row, actor=world.ours.actor(Role.HR_EXTENDED), excluded=False, decision=" ")

    decide_conflict(row, actor=world.ours.actor(Role.HR_EXTENDED), excluded=False, decision="De ses aldrig.")

    require(Actor.person(actor.user), Permission.APPLICATION_READ_DOCUMENTS, world.application)


def test_who_is_excluded_stays_out_and_cannot_declare_it_away(world):
    actor = said(world, Role.HIRING_COMMITTEE, has_conflict=True, relation_text="Min søster har søgt.")
    row = ConflictOfInterestDeclaration.objects.get(user=actor.user)
    decide_conflict(row, actor=world.ours.actor(Role.HR_EXTENDED), excluded=True, decision="Søskende.")

    out = Actor.person(actor.user)
    assert not may(out, Permission.APPLICATION_LIST, world.application)
    with pytest.raises(PermissionDenied):
        declare_conflict(world.ours.case, actor=out, has_conflict=False)


def test_a_decision_that_cleared_somebody_stands_when_they_are_asked_again(world):
    actor = said(world, Role.HIRING_COMMITTEE, has_conflict=True, relation_text="En nabo har søgt.")
    row = ConflictOfInterestDeclaration.objects.get(user=actor.user)
    decide_conflict(row, actor=world.ours.actor(Role.HR_EXTENDED), excluded=False, decision="Et bekendtskab.")

    status = declare_conflict(world.ours.case, actor=Actor.person(actor.user), has_conflict=False)

    row.refresh_from_db()
    assert (status, row.decision) == ("CLEARED", "Et bekendtskab.")


@pytest.mark.parametrize(
    "role",
    [Role.HIRING_MANAGER, Role.ASSESSMENT_COMMITTEE, Role.ADMIN_SUPPORT, Role.ADMINISTRATOR, Role.COMMUNICATIONS],
)
def test_others_do_not_decide_on_colleagues(world, role):
    said(world, Role.HIRING_COMMITTEE, has_conflict=True, relation_text="Min fætter har søgt.")
    row = ConflictOfInterestDeclaration.objects.get()

    assert not conflicts_to_decide(world.ours.actor(role)).exists()
    with pytest.raises(PermissionDenied):
        decide_conflict(row, actor=world.ours.actor(role), excluded=False, decision="Nej.")


def test_nobody_decides_on_themselves(world):
    said(world, Role.HR_LIMITED, has_conflict=True, relation_text="Min fætter har søgt.")
    row = ConflictOfInterestDeclaration.objects.get()

    with pytest.raises(PermissionDenied):
        decide_conflict(row, actor=world.ours.actor(Role.HR_LIMITED), excluded=False, decision="Nej.")


def test_hr_hears_of_a_conflict_and_the_mail_does_not_say_what_it_is(world):
    said(world, Role.HIRING_COMMITTEE, has_conflict=True, relation_text="Min fætter har søgt.")

    (letter,) = Message.objects.filter(code="STAFF_CONFLICT")
    assert letter.recipient == world.ours.case.hr_responsible.email
    assert "fætter" not in letter.text


def test_declaring_again_is_dated_anew(world):
    actor = said(world, Role.HIRING_COMMITTEE)
    with clock.shifted(dt.timedelta(days=1)):
        declare_conflict(world.ours.case, actor=actor, has_conflict=False)

    assert ConflictOfInterestDeclaration.objects.get().declared_at > clock.now()
