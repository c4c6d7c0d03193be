"""C7, C9 and GRD-26: in a talent pool only with both consents, and for no longer than they hold."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from recruitment import clock
from recruitment.access.roles import Role
from recruitment.applications.own_data import own_data
from recruitment.audit.models import AuditEntry
from recruitment.consents.models import Consent
from recruitment.errors import NotPossible
from recruitment.mail.models import Message
from recruitment.people.actor import Actor
from recruitment.talent.actions import (
    close_pool,
    invite,
    invite_many,
    leave,
    mark,
    remove,
    save_pool,
    say_yes,
    see_to_pools,
)
from recruitment.talent.consenting import questions_of
from recruitment.talent.models import PoolProposal, TalentPool, TalentPoolMembership
from recruitment.talent.proposing import decline, proposals_to_decide, propose
from recruitment.talent.queries import members_of, pools_seen
from tests.factories.world import HOUSE, declare_all, make_application
from tests.portal.applicant.test_inbox import person_of

FIELDS = {"name": "It-specialister", "purpose": "At finde folk til registrene", "months": 12}


def make_pool(employer, **fields) -> TalentPool:
    return save_pool(TalentPool(institution=employer.institution), {**FIELDS, **fields}, actor=HOUSE)


def ask(world, pool=None, **more) -> TalentPoolMembership:
    declare_all(world.ours)
    return invite(world.application, pool or make_pool(world.ours), actor=world.ours.actor(Role.HR_EXTENDED), **more)


def join(world, membership, *, storing=True, contact=True) -> TalentPoolMembership:
    member = Actor.person(person_of(world.application))
    return say_yes(
        TalentPoolMembership.objects.get(pk=membership.pk),
        storing=storing,
        contact=contact,
        language="da",
        actor=member,
    )


def codes_written() -> list[str]:
    return list(Message.objects.filter(code__startswith="POOL_").order_by("created_at").values_list("code", flat=True))


def codes(refusal) -> set[str]:
    return {obstacle.code for obstacle in refusal.value.obstacles}


def check_deferred() -> None:
    """What waits for the end of the transaction is asked now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def change(model, key, **fields) -> None:
    """Past the code, straight into the database, to the end of the transaction."""
    with transaction.atomic():
        model.objects.filter(pk=key).update(**fields)
        check_deferred()


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.HR_EXTENDED])
def test_those_who_may_make_pools(world, role):
    pool = save_pool(TalentPool(institution=world.ours.institution), FIELDS, actor=world.ours.actor(role))
    assert pool.created_by == world.ours.staff[role]


@pytest.mark.parametrize("role", [Role.HR_CASEWORK, Role.HR_LIMITED, Role.HIRING_MANAGER, Role.COMMUNICATIONS])
def test_those_who_may_not(world, role):
    with pytest.raises(PermissionDenied):
        save_pool(TalentPool(institution=world.ours.institution), FIELDS, actor=world.ours.actor(role))


@pytest.mark.parametrize("wrong", [{"months": 0}, {"months": 25}, {"purpose": ""}, {"name": ""}])
def test_a_pool_has_a_purpose_and_a_time(world, wrong):
    with pytest.raises(ValidationError):
        make_pool(world.ours, **wrong)


def test_an_invitation_is_a_letter_and_no_membership_yet(world):
    membership = ask(world, note="God til data")

    assert (membership.state, membership.storing, membership.expires_at) == ("INVITED", None, None)
    assert codes_written() == ["POOL_INVITE"]
    assert AuditEntry.objects.filter(action="TalentPoolMembership.invite").exists()


@pytest.mark.parametrize("role", [Role.HR_EXTENDED, Role.HR_CASEWORK, Role.HR_LIMITED])
def test_those_who_may_ask_applicants(world, role):
    declare_all(world.ours)
    assert invite(world.application, make_pool(world.ours), actor=world.ours.actor(role)).pk


@pytest.mark.parametrize("role", [Role.HIRING_MANAGER, Role.HIRING_COMMITTEE, Role.ADMIN_SUPPORT, Role.ADMINISTRATOR])
def test_those_who_may_not_ask(world, role):
    with pytest.raises(PermissionDenied):
        invite(world.application, make_pool(world.ours), actor=world.ours.actor(role))


def test_nobody_is_asked_into_another_employers_pool(world):
    with pytest.raises(NotPossible) as refusal:
        ask(world, make_pool(world.theirs))
    assert codes(refusal) == {"other_institution"}


def test_nobody_is_asked_twice_into_one_pool(world):
    membership = ask(world)
    with pytest.raises(NotPossible) as refusal:
        ask(world, membership.pool)
    assert codes(refusal) == {"already_asked"}


def test_several_are_asked_at_once_and_the_others_are_named_with_the_reason(world):
    declare_all(world.ours)
    other = make_application(world.ours.round, email="ny@ansoeger.example")
    membership = ask(world)

    left_out = invite_many([world.application, other], membership.pool, actor=world.ours.actor(Role.HR_EXTENDED))

    assert [(a.pk, why.code) for a, why in left_out] == [(world.application.pk, "already_asked")]
    assert TalentPoolMembership.objects.count() == 2


def test_two_yeses_are_kept_word_for_word_and_open_the_pool(world):
    membership = join(world, ask(world))

    kept = {consent.kind: consent.shown_text for consent in Consent.objects.filter(application=None)}
    assert membership.state == "ACTIVE"
    assert kept == {
        ("TALENT_POOL" if asked.name == "storing" else "FUTURE_CONTACT"): asked.words
        for asked in questions_of(membership.pool, "da")
    }
    assert "At finde folk til registrene" in kept["TALENT_POOL"]
    assert "12 måneder" in kept["TALENT_POOL"]
    assert codes_written() == ["POOL_INVITE", "POOL_WELCOME"]


@pytest.mark.parametrize(("storing", "contact"), [(True, False), (False, True), (False, False)])
def test_one_yes_is_none(world, storing, contact):
    membership = ask(world)

    with pytest.raises(NotPossible) as refusal:
        join(world, membership, storing=storing, contact=contact)

    assert codes(refusal) == {"both_consents"}
    assert not Consent.objects.filter(application=None).exists()


def test_nobody_says_yes_for_another(world):
    membership = ask(world)
    for actor in (world.ours.actor(Role.HR_EXTENDED), Actor.person(None), HOUSE):
        with pytest.raises(PermissionDenied):
            say_yes(membership, storing=True, contact=True, language="da", actor=actor)


def test_the_database_lets_nobody_in_without_consents(world):
    membership = ask(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        TalentPoolMembership.objects.filter(pk=membership.pk).update(state="ACTIVE")


def test_the_database_keeps_nobody_in_whose_consent_is_taken_back(world):
    membership = join(world, ask(world))
    with pytest.raises(IntegrityError):
        change(Consent, membership.contact_id, state="WITHDRAWN")


def test_the_database_takes_no_consent_to_something_else(world):
    membership = join(world, ask(world))
    with pytest.raises(IntegrityError):
        change(TalentPoolMembership, membership.pk, contact=membership.storing)


def test_who_takes_the_yes_back_is_deleted_at_once_and_told(world):
    membership = join(world, ask(world))

    leave(membership, actor=Actor.person(person_of(world.application)))
    check_deferred()

    assert not TalentPoolMembership.objects.exists()
    assert set(Consent.objects.filter(application=None).values_list("state", flat=True)) == {"WITHDRAWN"}
    assert codes_written()[-1] == "POOL_REMOVED"
    assert AuditEntry.objects.filter(action="TalentPoolMembership.left").exists()


def test_a_no_to_the_question_is_kept_nowhere_and_answered_with_no_letter(world):
    leave(ask(world), actor=Actor.person(person_of(world.application)))

    assert not TalentPoolMembership.objects.exists()
    assert codes_written() == ["POOL_INVITE"]


def test_hr_takes_somebody_out_with_a_reason(world):
    membership = join(world, ask(world))
    actor = world.ours.actor(Role.HR_CASEWORK)

    with pytest.raises(NotPossible):
        remove(membership, reason=" ", actor=actor)
    remove(membership, reason="Bad om det i telefonen", actor=actor)

    assert not TalentPoolMembership.objects.exists()
    assert AuditEntry.objects.get(action="TalentPoolMembership.removed").detail["reason"] == "Bad om det i telefonen"


@pytest.mark.parametrize("role", [Role.HR_LIMITED, Role.HIRING_MANAGER, Role.ADMINISTRATOR])
def test_those_who_look_through_no_pools_change_nobody_in_them(world, role):
    membership = join(world, ask(world))
    with pytest.raises(PermissionDenied):
        remove(membership, reason="Derfor", actor=world.ours.actor(role))
    with pytest.raises(PermissionDenied):
        mark(membership, note="x", icons=(), actor=world.ours.actor(role))


def test_the_time_runs_out_after_a_warning(world, monkeypatch):
    membership = join(world, ask(world))
    until = membership.expires_at

    monkeypatch.setattr(clock, "now", lambda: until - dt.timedelta(days=29))
    see_to_pools()
    see_to_pools()
    assert TalentPoolMembership.objects.get().state == "EXPIRING"
    assert codes_written().count("POOL_RENEW") == 1

    monkeypatch.setattr(clock, "now", lambda: until + dt.timedelta(seconds=1))
    see_to_pools()
    assert not TalentPoolMembership.objects.exists()
    assert set(Consent.objects.filter(application=None).values_list("state", flat=True)) == {"EXPIRED"}
    assert codes_written()[-1] == "POOL_REMOVED"


def test_a_renewal_is_a_new_yes_and_the_old_one_is_replaced(world, monkeypatch):
    membership = join(world, ask(world))
    later = membership.expires_at - dt.timedelta(days=20)
    monkeypatch.setattr(clock, "now", lambda: later)
    see_to_pools()

    renewed = join(world, membership)
    check_deferred()

    assert (renewed.state, renewed.expires_at) == ("ACTIVE", clock.months_after(later, 12))
    states = list(Consent.objects.filter(application=None).values_list("state", flat=True))
    assert sorted(states) == ["GIVEN", "GIVEN", "SUPERSEDED", "SUPERSEDED"]


def test_an_invitation_that_nobody_answers_is_forgotten(world, monkeypatch):
    membership = ask(world)
    monkeypatch.setattr(clock, "now", lambda: membership.invited_at + dt.timedelta(days=61))
    see_to_pools()
    assert not TalentPoolMembership.objects.exists()


def test_a_closed_pool_is_empty_and_takes_nobody(world):
    membership = join(world, ask(world))

    assert close_pool(membership.pool, actor=world.ours.actor(Role.HR_EXTENDED)) == 1

    assert not TalentPoolMembership.objects.exists()
    with pytest.raises(NotPossible) as refusal:
        ask(world, TalentPool.objects.get(pk=membership.pool_id))
    assert codes(refusal) == {"pool_closed"}


def test_members_are_found_by_name_note_and_icon(world):
    icon = world.ours.institution.candidate_icons.create(label_da="Leder", symbol="key")
    membership = ask(world, note="Kan sql", icons=[icon])
    actor, pool = world.ours.actor(Role.HR_EXTENDED), membership.pool

    assert list(members_of(actor, pool, words="sql", icon=icon.pk)) == [membership]
    assert not members_of(actor, pool, words="java")
    assert not members_of(actor, pool, state="ACTIVE")


def test_icons_of_another_employer_are_not_put_on_anybody(world):
    theirs = world.theirs.institution.candidate_icons.create(label_da="Deres", symbol="key")
    assert not ask(world, icons=[theirs]).icons.exists()


def test_pools_of_another_employer_do_not_exist_for_us(world):
    make_pool(world.theirs)
    mine = make_pool(world.ours, name="Maritime fagfolk")
    for role in (Role.HR_EXTENDED, Role.HR_CASEWORK):
        assert [pool.pk for pool in pools_seen(world.ours.actor(role))] == [mine.pk]
    assert not pools_seen(world.ours.actor(Role.HIRING_COMMITTEE))


def test_the_applicant_can_take_along_what_the_pool_keeps(world):
    join(world, ask(world, note="God til data"))
    assert own_data(world.application)["talent_pools"][0]["note"] == "God til data"


@pytest.mark.parametrize(
    ("moment", "months", "expected"),
    [("2026-01-31", 1, "2026-02-28"), ("2026-11-26", 12, "2027-11-26"), ("2027-12-31", 2, "2028-02-29"), ("2026-12-01", 1, "2027-01-01")],
)  # fmt: skip
def test_months_are_counted_by_the_calendar(moment, months, expected):
    assert clock.months_after(dt.datetime.fromisoformat(moment), months) == dt.datetime.fromisoformat(expected)


class TestProposals:
    """The hiring manager proposes, HR decides (D2)."""

    def test_hr_takes_a_proposal_up_by_asking(self, world):
        declare_all(world.ours)
        pool, hr = make_pool(world.ours), world.ours.actor(Role.HR_LIMITED)
        proposal = propose(world.application, pool, actor=world.ours.actor(Role.HIRING_MANAGER), note="God til data")
        assert codes_written() == []
        assert list(proposals_to_decide(hr)) == [proposal]
        assert not proposals_to_decide(world.theirs.actor(Role.HR_EXTENDED)).exists()
        assert not proposals_to_decide(world.ours.actor(Role.HIRING_MANAGER)).exists()

        invite(world.application, pool, actor=hr)

        proposal.refresh_from_db()
        assert (proposal.is_taken_up, proposal.decided_by) == (True, hr.user)
        assert not proposals_to_decide(hr).exists()

    def test_or_says_why_not(self, world):
        declare_all(world.ours)
        pool, hr = make_pool(world.ours), world.ours.actor(Role.HR_EXTENDED)
        proposal = propose(world.application, pool, actor=world.ours.actor(Role.HIRING_MANAGER))
        with pytest.raises(NotPossible):
            decline(proposal, reason=" ", actor=hr)
        with pytest.raises(PermissionDenied):
            decline(proposal, reason="Nej", actor=world.ours.actor(Role.HIRING_MANAGER))

        decline(proposal, reason="Har netop sagt nej tak", actor=hr)

        with pytest.raises(ValidationError):
            decline(proposal, reason="Igen", actor=hr)
        assert not TalentPoolMembership.objects.exists()
        propose(world.application, pool, actor=world.ours.actor(Role.HIRING_MANAGER))  # later, there may be a reason

    def test_once_a_pool_and_never_into_another_employers(self, world):
        declare_all(world.ours)
        pool, manager = make_pool(world.ours), world.ours.actor(Role.HIRING_MANAGER)
        propose(world.application, pool, actor=manager)
        for where, code in ((pool, "already_proposed"), (make_pool(world.theirs), "other_institution")):
            with pytest.raises(NotPossible) as refusal:
                propose(world.application, where, actor=manager)
            assert [each.code for each in refusal.value.obstacles] == [code]

    def test_others_do_not_propose(self, world):
        declare_all(world.ours)
        pool = make_pool(world.ours)
        for actor in (world.ours.actor(Role.HIRING_COMMITTEE), world.ours.actor(Role.ADMIN_SUPPORT),
                      world.theirs.actor(Role.HIRING_MANAGER)):  # fmt: skip
            with pytest.raises(PermissionDenied):
                propose(world.application, pool, actor=actor)

    def test_the_database_wants_a_reason(self, world):
        declare_all(world.ours)
        proposal = propose(world.application, make_pool(world.ours), actor=world.ours.actor(Role.HIRING_MANAGER))
        with pytest.raises(IntegrityError), transaction.atomic():
            PoolProposal.objects.filter(pk=proposal.pk).update(is_taken_up=False, decided_at=clock.now())
