"""Who sees which row, and who may do what: every right of D2 in both directions."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from recruitment.access.actions import deactivate_user, grant_role, revoke_role, seat_member
from recruitment.access.decide import held, may, require, visible
from recruitment.access.impartiality import confirm_confidentiality, declare_conflict
from recruitment.access.models import CaseMember, ConflictOfInterestDeclaration, RoleAssignment
from recruitment.access.permissions import Permission
from recruitment.access.roles import GRANTS, Role
from recruitment.applications.actions import submit
from recruitment.applications.models import Application
from recruitment.cases.models import RecruitmentCase
from recruitment.errors import ConflictNotDeclared
from recruitment.people.actor import Actor
from recruitment.people.models import ApiClient
from tests.factories.world import HOUSE, begin_draft, declare_all, fill_draft, make_case, make_user

PLAIN = list(Permission)


@pytest.mark.parametrize("role", Role)
def test_a_role_reaches_its_own_case_under_exactly_the_rights_of_the_table(world, role):
    actor = world.ours.actor(role)

    held = {p for p in PLAIN if may(actor, p, world.ours.case)}

    chair_only = {p for p, level in GRANTS[role].items() if level == "C!"}
    assert held == set(GRANTS[role]) - chair_only


@pytest.mark.parametrize("role", Role)
def test_rights_asked_for_together_are_those_asked_for_one_by_one(world, role):
    for employer, row in (
        (world.ours, world.ours.case),
        (world.ours, world.application),
        (world.theirs, world.ours.case),
    ):
        actor = employer.actor(role)

        assert held(actor, PLAIN, row) == {p for p in PLAIN if visible(actor, p, type(row).objects.filter(pk=row.pk))}


def test_many_rights_on_a_row_cost_a_question_for_each_ground(world, django_assert_max_num_queries):
    actor = world.ours.actor(Role.HR_EXTENDED)
    may(actor, Permission.CASE_VIEW, world.ours.case)  # reads the seats

    with django_assert_max_num_queries(2):
        assert len(held(actor, PLAIN, world.ours.case)) > 20


@pytest.mark.parametrize("role", Role)
def test_no_role_reaches_anything_of_another_institution(world, role):
    actor = world.theirs.actor(role)

    for permission in PLAIN:
        assert not visible(actor, permission, RecruitmentCase.objects.filter(pk=world.ours.case.pk)).exists()
        assert not visible(actor, permission, Application.objects.filter(case=world.ours.case)).exists()


def test_hr_sees_its_unit_and_below_but_neither_sibling_nor_parent(world):
    ours = world.ours
    below = ours.unit.add_child(institution=ours.institution, name_da="Tilsyn 2")
    cases = {}
    for name, unit in (("below", below), ("sibling", ours.sibling), ("top", ours.top)):
        case = make_case(ours, actor=HOUSE)
        RecruitmentCase.objects.filter(pk=case.pk).update(unit=unit)
        cases[name] = case

    seen = visible(ours.actor(Role.HR_EXTENDED), Permission.CASE_VIEW, RecruitmentCase.objects.all())

    assert set(seen) == {ours.case, cases["below"]}


def test_the_chair_and_only_the_chair_of_a_committee_ranks_finally(world):
    member = CaseMember.objects.get(case=world.ours.case, role=Role.HIRING_COMMITTEE)
    assert not may(Actor.person(member.user), Permission.APPLICATION_FINAL_RANK, world.ours.case)

    CaseMember.objects.filter(pk=member.pk).update(is_chair=True)

    assert may(Actor.person(member.user), Permission.APPLICATION_FINAL_RANK, world.ours.case)


def test_a_person_with_two_roles_has_the_rights_of_both(world):
    user = world.ours.staff[Role.COMMUNICATIONS]
    grant_role(user, Role.HR_CASEWORK, institution=world.ours.institution, unit=world.ours.unit, actor=HOUSE)

    actor = Actor.person(user)

    assert may(actor, Permission.LAYOUT_EDIT, world.ours.institution)
    assert may(actor, Permission.APPLICATION_LIST, world.application)


def test_a_revoked_role_is_gone_at_the_next_request(world):
    user = world.ours.staff[Role.HR_CASEWORK]
    revoke_role(RoleAssignment.objects.get(user=user), actor=world.ours.actor(Role.ADMINISTRATOR))

    assert not may(Actor.person(user), Permission.CASE_VIEW)


def test_who_has_not_declared_is_asked_before_opening_and_let_in_afterwards(world):
    actor = world.ours.actor(Role.HIRING_COMMITTEE)
    with pytest.raises(ConflictNotDeclared):
        require(actor, Permission.APPLICATION_READ_DOCUMENTS, world.application)

    confirm_confidentiality(world.ours.case, actor=actor)
    declare_conflict(world.ours.case, actor=actor, has_conflict=False)

    require(actor, Permission.APPLICATION_READ_DOCUMENTS, world.application)


def test_a_declared_conflict_shuts_the_applicants_of_the_case_and_nothing_else(world):
    actor = world.ours.actor(Role.HIRING_COMMITTEE)

    declare_conflict(world.ours.case, actor=actor, has_conflict=True, relation_text="Min fætter har søgt.")

    assert not visible(actor, Permission.APPLICATION_LIST, Application.objects.all()).exists()
    assert may(actor, Permission.CASE_VIEW, world.ours.case)


def test_a_conflict_is_not_declared_without_words(world):
    with pytest.raises(ValidationError):
        declare_conflict(world.ours.case, actor=world.ours.actor(Role.HIRING_COMMITTEE), has_conflict=True)


def test_who_has_applied_to_a_case_is_nobody_on_it(world):
    user = world.ours.staff[Role.HR_EXTENDED]
    assert may(Actor.person(user), Permission.CASE_VIEW, world.ours.case)

    submit(fill_draft(begin_draft(world.ours.round, Actor.person(user)), email=user.email), actor=Actor.person(user))

    for permission in PLAIN:
        assert not may(Actor.person(user), permission, world.ours.case)
        assert not visible(Actor.person(user), permission, Application.objects.filter(case=world.ours.case)).exists()


def test_an_application_under_somebodys_address_shuts_them_out_too(world):
    user = world.ours.staff[Role.HR_CASEWORK]
    submit(fill_draft(begin_draft(world.ours.round), email=user.email.upper()), actor=Actor.person(None))

    assert not may(Actor.person(user), Permission.CASE_VIEW, world.ours.case)


def test_only_the_administrator_gives_roles(world):
    newcomer = make_user("ny@ours.example")
    grant = {"institution": world.ours.institution, "unit": world.ours.unit}

    with pytest.raises(PermissionDenied):
        grant_role(newcomer, Role.HR_CASEWORK, actor=world.ours.actor(Role.HR_EXTENDED), **grant)
    with pytest.raises(PermissionDenied):
        grant_role(newcomer, Role.HR_CASEWORK, actor=world.theirs.actor(Role.ADMINISTRATOR), **grant)
    grant_role(newcomer, Role.HR_CASEWORK, actor=world.ours.actor(Role.ADMINISTRATOR), **grant)

    assert may(Actor.person(newcomer), Permission.CASE_VIEW, world.ours.case)


@pytest.mark.parametrize("role", [Role.HR_EXTENDED, Role.HR_CASEWORK, Role.HR_LIMITED, Role.ADMINISTRATOR])
def test_hr_and_the_administrator_give_seats_on_a_case(world, role):
    seat_member(world.ours.case, make_user("ny@ours.example"), Role.HIRING_COMMITTEE, actor=world.ours.actor(role))

    assert CaseMember.objects.filter(case=world.ours.case, user__email="ny@ours.example").exists()


@pytest.mark.parametrize("role", [Role.HIRING_MANAGER, Role.HIRING_COMMITTEE, Role.ADMIN_SUPPORT, Role.COMMUNICATIONS])
def test_nobody_else_gives_seats(world, role):
    with pytest.raises(PermissionDenied):
        seat_member(world.ours.case, make_user("ny@ours.example"), Role.HIRING_COMMITTEE, actor=world.ours.actor(role))


def test_the_last_administrator_stays_and_a_third_is_refused(world):
    admin, institution = world.ours.actor(Role.ADMINISTRATOR), world.ours.institution
    with pytest.raises(ValidationError) as refusal:
        revoke_role(RoleAssignment.objects.get(user=admin.user), actor=admin)
    assert refusal.value.code == "last_administrator"
    grant_role(make_user("to@ours.example"), Role.ADMINISTRATOR, institution=institution, actor=admin)

    with pytest.raises(ValidationError) as refusal:
        grant_role(make_user("tre@ours.example"), Role.ADMINISTRATOR, institution=institution, actor=admin)
    assert refusal.value.code == "too_many_administrators"

    revoke_role(RoleAssignment.objects.get(user=admin.user), actor=admin)


def test_a_deputy_needs_an_end_date(world):
    with pytest.raises(ValidationError) as refusal:
        grant_role(
            make_user("vikar@ours.example"), Role.ADMINISTRATOR, institution=world.ours.institution, is_deputy=True,
            actor=world.ours.actor(Role.ADMINISTRATOR),
        )  # fmt: skip
    assert refusal.value.code == "deputy_without_end"


def test_a_leaver_loses_everything_in_the_institution(world):
    user = world.ours.staff[Role.HR_LIMITED]

    deactivate_user(user, institution=world.ours.institution, actor=world.ours.actor(Role.ADMINISTRATOR))

    user.refresh_from_db()
    assert not user.is_staff
    assert not may(Actor.person(user), Permission.CASE_VIEW)


def test_case_roles_cannot_be_given_at_a_level_nor_level_roles_on_a_case(world):
    user = make_user("ny@ours.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleAssignment.objects.create(user=user, institution=world.ours.institution, role=Role.HIRING_COMMITTEE)
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseMember.objects.create(user=user, case=world.ours.case, role=Role.ADMINISTRATOR)


def test_a_client_sees_its_institutions_within_its_scopes(world):
    client = ApiClient.objects.create(
        name="HR-værktøj", client_type="confidential", authorization_grant_type="client-credentials"
    )
    client.institutions.add(world.ours.institution)

    reader = Actor.program(client, frozenset({"cases:read"}))

    assert list(visible(reader, Permission.CASE_VIEW, RecruitmentCase.objects.all())) == [world.ours.case]
    assert not visible(reader, Permission.APPLICATION_LIST, Application.objects.all()).exists()
    assert not visible(Actor.program(client, frozenset()), Permission.CASE_VIEW, RecruitmentCase.objects.all()).exists()


def test_looking_up_the_reach_costs_the_same_for_one_question_and_for_many(world, django_assert_num_queries):
    actor = world.ours.actor(Role.HR_EXTENDED)
    visible(actor, Permission.CASE_VIEW, RecruitmentCase.objects.all())

    with django_assert_num_queries(0):
        for permission in PLAIN:
            visible(actor, permission, RecruitmentCase.objects.all())


def test_everyone_declared_reads(world):
    declare_all(world.ours)
    readers = {role for role in Role if _reads(world.ours.actor(role), world.application)}
    assert readers == {
        Role.HR_EXTENDED, Role.HR_CASEWORK, Role.HR_LIMITED, Role.HIRING_MANAGER, Role.ASSESSMENT_COMMITTEE,
        Role.HIRING_COMMITTEE,
    }  # fmt: skip
    assert ConflictOfInterestDeclaration.objects.filter(case=world.ours.case).count() == len(world.ours.staff)


def _reads(actor: Actor, application: Application) -> bool:
    try:
        require(actor, Permission.APPLICATION_READ_DOCUMENTS, application)
    except PermissionDenied:
        return False
    return True
