"""One person, two applications: found by what they share, handled as one by somebody, parted again."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from recruitment.access.roles import Role
from recruitment.applications import likeness
from recruitment.applications.actions import withdraw_for
from recruitment.applications.joining import find, join, part
from recruitment.applications.likeness import alike_elsewhere, alike_on, pair_of, pairs_of, pairs_on
from recruitment.applications.models import Application, PriorityClaim
from recruitment.applications.queries import candidate_list, counted, other_applications
from recruitment.applications.same_person import SamePerson, Verdict
from recruitment.audit.models import AuditEntry
from recruitment.audit.purge import purging
from recruitment.documents.models import Document
from recruitment.errors import NotPossible
from recruitment.mail.models import Message
from recruitment.people.models import Candidate
from tests.factories.assessing import apply_many, to_assessment
from tests.factories.world import advertise, declare, make_application, make_case

WHY = "Spurgt i telefonen 3. marts."


@pytest.fixture
def field(world):
    """Kirsten Holm and two others, all under review."""
    return to_assessment(world, more=2)


@pytest.fixture
def twin(field):
    """Kirsten Holm once more, under another address."""
    Candidate.objects.filter(pk=field.others[0].candidate_id).update(given_name="KIRSTEN", family_name="Holm")
    return Application.objects.get(pk=field.others[0].pk)


def hr(world):
    return world.ours.actor(Role.HR_CASEWORK)


def fresh(application):
    return Application.objects.get(pk=application.pk)


def about(application, **words) -> None:
    Candidate.objects.filter(pk=application.candidate_id).update(**words)


class TestFinding:
    @pytest.mark.parametrize(
        ("theirs", "mine", "sign"),
        [
            ({"email": "Kirsten@EXAMPLE.dk"}, {"email": "kirsten@example.dk"}, "EMAIL"),
            ({"phone": "+45 12 34 56 78"}, {"phone": "12345678"}, "PHONE"),
            ({"given_name": "Ulla", "family_name": "Bo"}, {"given_name": "ulla", "family_name": "BO"}, "NAME"),
        ],
    )
    def test_two_that_share_something_are_told(self, field, theirs, mine, sign):
        one, other = field.others
        about(one, **theirs)
        about(other, **mine)

        (pair,) = alike_on(hr(field), field.ours.case)

        assert {pair.first.pk, pair.second.pk} == {one.pk, other.pk}
        assert sign in pair.signs

    def test_address_counts_with_the_name_only(self, field):
        one, other = field.others
        for each in (one, other):
            about(each, address="Havnegade 1", postal_code="8000")
        assert alike_on(hr(field), field.ours.case) == []

        for each in (one, other):
            about(each, given_name="Ulla", family_name="Bo")
        assert alike_on(hr(field), field.ours.case)[0].signs == ("ADDRESS", "NAME")

    def test_what_many_share_is_no_sign(self, field):
        for application in Application.objects.filter(case=field.ours.case):
            about(application, phone="12")
        assert alike_on(hr(field), field.ours.case) == []

    def test_those_found_to_be_two_people_are_told_no_more(self, field, twin):
        assert len(alike_on(hr(field), field.ours.case)) == 1
        find(field.application, twin, Verdict.DIFFERENT, actor=hr(field))

        assert alike_on(hr(field), field.ours.case) == []

    def test_nobody_else_is_told(self, field, twin):
        for role in set(Role) - {Role.HR_EXTENDED, Role.HR_CASEWORK, Role.HR_LIMITED}:
            assert alike_on(field.ours.actor(role), field.ours.case) == []
        assert alike_on(field.theirs.actor(Role.HR_EXTENDED), field.ours.case) == []

    def test_on_other_cases_more_than_a_name_must_be_shared_and_no_other_employer_is_asked(self, field):
        elsewhere = make_case(field.ours)
        advertise(elsewhere)
        there = make_application(elsewhere.rounds.get(), email="ny@adresse.example")
        there.documents.all().delete()
        name = {"given_name": "Kirsten", "family_name": "Holm"}
        about(there, **name, phone="")
        about(field.application, **name, phone="87654321")
        about(field.their_application, **name, phone="87654321")
        assert alike_elsewhere(hr(field), fresh(field.application)) == []

        about(there, phone="+45 87 65 43 21")
        (found,) = alike_elsewhere(hr(field), fresh(field.application))
        assert (found.second.pk, found.signs) == (there.pk, ("PHONE", "NAME"))


class TestOneApplication:
    """What the reader asks: the same pairs as the case's, without a look at everybody."""

    @pytest.fixture
    def crowd(self, field):
        apply_many(field.ours, 6)
        rows = list(Application.objects.filter(case=field.ours.case).order_by("received_at", "pk"))
        about(rows[0], given_name="Straße", family_name="Holm  Berg", email="ÆRLIG@EXAMPLE.dk", phone="+45 12 34 56 78")
        about(rows[1], given_name=" STRASSE ", family_name="holm\u00a0berg", email="en@example.dk", phone="87654321")
        about(rows[2], given_name="Bo", family_name="", email="ærlig@example.dk", phone="12345678", address="Torvet 1")
        about(rows[3], given_name="ÅSE", family_name="ØSTERGÅRD", email="", phone="(87) 65 43 21", address="Torvet 1")
        about(
            rows[4], given_name="åse", family_name="østergård", email="to@example.dk", phone="123", address="torvet  1"
        )
        return rows

    def test_it_finds_what_the_list_finds(self, field, crowd):
        actor, case = hr(field), field.ours.case
        everything = pairs_on(actor, case)
        assert len(everything) >= 4

        for row in crowd:
            mine = {pair: signs for pair, signs in everything.items() if row.pk in pair}
            assert pairs_of(actor, fresh(row)) == mine

    def test_who_shares_nothing_with_it_is_not_looked_at(self, field, crowd, monkeypatch):
        Document.objects.filter(application=crowd[0].pk).delete()
        looked_at = []
        real = likeness._marks_of
        monkeypatch.setattr(
            likeness, "_marks_of", lambda about, files: looked_at.append(about[0]) or real(about, files)
        )

        pairs_of(hr(field), fresh(crowd[0]))
        assert sorted(looked_at) == sorted(row.candidate_id for row in crowd[:3])

    def test_one_that_does_not_stand_alone_has_no_pairs(self, field, twin):
        Application.objects.filter(pk=twin.pk).update(state="WITHDRAWN")

        assert pairs_of(hr(field), fresh(twin)) == {}
        assert pairs_of(field.theirs.actor(Role.HR_EXTENDED), fresh(field.application)) == {}


class TestOthersHere:
    """The column counts what the reader names."""

    def counts(self, world, role=Role.HR_EXTENDED):
        return {row.pk: row.other_count for row in candidate_list(world.ours.actor(role), world.ours.case)}

    def agree(self, world) -> bool:
        actor, counts = hr(world), self.counts(world)
        rows = Application.objects.filter(pk__in=counts)
        return all(counts[row.pk] == other_applications(actor, row).count() for row in rows)

    def test_people_who_are_handled_as_one_count_together(self, field, twin):
        assert self.counts(field)[field.application.pk] == 0
        join(field.application, twin, reason=WHY, actor=hr(field))

        counts = self.counts(field)
        assert (counts[field.application.pk], counts[twin.pk], counts[field.others[1].pk]) == (1, 1, 0)
        assert self.agree(field)

    def test_one_address_and_one_finding_are_counted_once(self, field, twin):
        about(twin, email=field.application.candidate.email.upper())
        find(field.application, twin, Verdict.SAME, actor=hr(field), reason=WHY)

        assert self.counts(field)[field.application.pk] == 1
        assert self.agree(field)

    def test_two_who_left_no_address_count_by_the_finding(self, field, twin):
        about(twin, email="")
        about(field.application, email="")
        find(field.application, twin, Verdict.SAME, actor=hr(field), reason=WHY)

        assert self.counts(field)[field.application.pk] == 1
        assert self.agree(field)

    def test_what_another_employer_has_found_or_received_counts_nothing(self, field, twin):
        first, second = pair_of(field.application.candidate_id, twin.candidate_id)
        SamePerson.objects.create(
            institution=field.theirs.institution, first_id=first, second_id=second, verdict="SAME", reason="x"
        )
        assert self.counts(field)[field.application.pk] == 0

        first, second = pair_of(field.application.candidate_id, field.their_application.candidate_id)
        SamePerson.objects.create(
            institution=field.ours.institution, first_id=first, second_id=second, verdict="SAME", reason="x"
        )
        assert self.counts(field)[field.application.pk] == 0
        assert self.agree(field)

    def test_not_the_same_person_counts_nothing(self, field, twin):
        find(field.application, twin, Verdict.DIFFERENT, actor=hr(field))

        assert self.counts(field)[field.application.pk] == 0


class TestJoining:
    def test_one_counts_and_the_other_is_kept_beside_it(self, field, twin):
        before = counted(Application.objects.filter(case=field.ours.case)).count()

        join(field.application, twin, reason=WHY, actor=hr(field))

        aside = fresh(twin)
        assert (aside.state, aside.joined_to_id, aside.stage_reached) == ("WITHDRAWN", field.application.pk, 0)
        assert fresh(field.application).state == "UNDER_REVIEW"
        assert counted(Application.objects.filter(case=field.ours.case)).count() == before - 1
        assert SamePerson.objects.get().reason == WHY
        assert alike_on(hr(field), field.ours.case) == []
        letter = Message.objects.get(code="APPLICATIONS_JOINED")
        assert (letter.application_id, letter.message_class) == (twin.pk, "STANDARD")

    def test_it_is_in_the_trail_of_both(self, field, twin):
        join(field.application, twin, reason=WHY, actor=hr(field))

        actions = set(AuditEntry.objects.filter(application_id=twin.pk).values_list("action", flat=True))
        assert {"Application.join", "Application.found_same"} <= actions
        assert AuditEntry.objects.filter(application_id=field.application.pk, action="Application.carries").exists()
        assert twin.history.get(move="join").reason == WHY

    def test_parted_it_is_as_it_was(self, field, twin):
        before = (twin.state, twin.stage_reached)
        join(field.application, twin, reason=WHY, actor=hr(field))

        back = part(fresh(twin), reason="De var to.", actor=hr(field))

        assert (back.state, back.stage_reached, back.joined_to_id) == (*before, None)
        assert not SamePerson.objects.exists()
        assert len(alike_on(hr(field), field.ours.case)) == 1

    def test_a_late_one_is_late_again(self, field, twin):
        Application.objects.filter(pk=twin.pk).update(state="LATE", stage_reached=0)
        join(field.application, fresh(twin), reason=WHY, actor=hr(field))

        assert part(fresh(twin), reason="De var to.", actor=hr(field)).state == "LATE"

    def test_who_has_applied_anew_keeps_the_new_one(self, field, twin):
        join(field.application, twin, reason=WHY, actor=hr(field))
        Application.objects.create(
            reference="NYYY-NYYY", candidate=twin.candidate, case=twin.case, round=twin.round, state="UNDER_REVIEW",
            received_at=twin.received_at,
        )  # fmt: skip
        with pytest.raises(NotPossible) as refused:
            part(fresh(twin), reason="De var to.", actor=hr(field))
        assert [o.code for o in refused.value.obstacles] == ["applied_again"]

    @pytest.mark.parametrize("state", ["INVITED", "INTERVIEWED", "FINALIST", "OFFERED", "HIRED", "REJECTED"])
    def test_who_has_been_called_is_not_set_aside(self, field, twin, state):
        Application.objects.filter(pk=twin.pk).update(state=state)
        with pytest.raises(NotPossible):
            join(field.application, fresh(twin), reason=WHY, actor=hr(field))
        assert fresh(twin).state == state
        assert not SamePerson.objects.exists()

    def test_no_claim_to_preferential_access_is_lost(self, field, twin):
        PriorityClaim.objects.create(application=twin)
        with pytest.raises(NotPossible) as refused:
            join(field.application, twin, reason=WHY, actor=hr(field))
        assert [o.code for o in refused.value.obstacles] == ["claim_lies_there"]

        assert join(twin, field.application, reason=WHY, actor=hr(field)).joined_to_id == twin.pk

    def test_without_a_reason_nothing_happens(self, field, twin):
        with pytest.raises(NotPossible):
            join(field.application, twin, reason=" ", actor=hr(field))
        assert not SamePerson.objects.exists()
        assert fresh(twin).joined_to_id is None

    def test_another_cases_or_employers_application_is_not_joined(self, field):
        with pytest.raises(PermissionDenied):
            join(field.application, field.their_application, reason=WHY, actor=hr(field))
        with pytest.raises(PermissionDenied):
            find(field.application, field.their_application, Verdict.SAME, reason=WHY, actor=hr(field))

    @pytest.mark.parametrize(
        "role", [role for role in Role if role not in {Role.HR_EXTENDED, Role.HR_CASEWORK, Role.HR_LIMITED}]
    )
    def test_nobody_but_hr_may(self, field, twin, role):
        with pytest.raises(PermissionDenied):
            join(field.application, twin, reason=WHY, actor=field.ours.actor(role))
        with pytest.raises(PermissionDenied):
            find(field.application, twin, Verdict.DIFFERENT, actor=field.ours.actor(role))

    def test_the_database_keeps_what_was_joined_off_the_field(self, field, twin):
        with pytest.raises(IntegrityError), transaction.atomic():
            Application.objects.filter(pk=twin.pk).update(joined_to=field.application)
        Application.objects.filter(pk=twin.pk).update(state="WITHDRAWN")
        with pytest.raises(IntegrityError), transaction.atomic():
            Application.objects.filter(pk=twin.pk).update(joined_to=twin)


class TestElsewhere:
    def test_a_finding_shows_the_others_of_the_person(self, field):
        elsewhere = make_case(field.ours)
        advertise(elsewhere)
        there = make_application(elsewhere.rounds.get(), email="ny@adresse.example")
        declare(elsewhere, field.ours.staff[Role.HR_CASEWORK])
        assert list(other_applications(hr(field), field.application)) == []

        find(field.application, there, Verdict.SAME, reason=WHY, actor=hr(field))
        assert list(other_applications(hr(field), field.application)) == [there]
        assert fresh(there).state == "SUBMITTED"

        find(field.application, there, Verdict.DIFFERENT, actor=hr(field))
        assert list(other_applications(hr(field), field.application)) == []


class TestWithdrawnByTelephone:
    def test_it_is_noted_with_its_reason_and_confirmed(self, field):
        gone = withdraw_for(field.application, reason="Ringede 3. marts.", actor=hr(field))

        assert gone.state == "WITHDRAWN"
        assert gone.answer_delivered_at == gone.withdrawn_at
        assert Message.objects.filter(code="WITHDRAWAL_CONFIRMED", application=gone).count() == 1

    def test_not_without_a_reason_and_by_nobody_but_hr(self, field):
        with pytest.raises(NotPossible):
            withdraw_for(field.application, reason="", actor=hr(field))
        with pytest.raises(PermissionDenied):
            withdraw_for(field.application, reason="Ringede.", actor=field.ours.actor(Role.HIRING_MANAGER))


class TestForgetting:
    """What HR wrote about two people is kept no longer than what it is about, whoever deletes it."""

    def erase(self, application) -> None:
        with purging():
            fresh(application).delete()

    def test_the_finding_goes_with_the_application(self, field, twin):
        join(field.application, twin, reason=WHY, actor=hr(field))

        self.erase(twin)

        assert not SamePerson.objects.exists()
        assert fresh(field.application).joined.count() == 0

    def test_it_goes_with_the_one_that_counts_too(self, field, twin):
        join(field.application, twin, reason=WHY, actor=hr(field))

        self.erase(field.application)

        assert not SamePerson.objects.exists()
        assert fresh(twin).joined_to_id is None

    def test_it_goes_with_the_person(self, field, twin):
        find(field.application, twin, Verdict.SAME, reason=WHY, actor=hr(field))

        with purging():
            Candidate.objects.get(pk=twin.candidate_id).delete()

        assert not SamePerson.objects.exists()

    def test_it_stays_while_both_have_something_with_the_employer(self, field, twin):
        find(field.application, twin, Verdict.SAME, reason=WHY, actor=hr(field))
        another = make_application(advertise(make_case(field.ours)))
        Application.objects.filter(pk=another.pk).update(candidate=twin.candidate_id)

        self.erase(twin)
        assert SamePerson.objects.get().reason == WHY

        self.erase(another)
        assert not SamePerson.objects.exists()

    def test_what_the_other_employer_has_keeps_no_finding_of_ours(self, field, twin):
        find(field.application, twin, Verdict.SAME, reason=WHY, actor=hr(field))
        Application.objects.filter(pk=field.their_application.pk).update(candidate=twin.candidate_id)

        self.erase(twin)

        assert not SamePerson.objects.exists()
