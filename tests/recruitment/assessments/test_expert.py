"""The assessment committee's assessments (C9): written, handed in, checked, commented on, final; never an order (INV-27)."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from recruitment import clock
from recruitment.access.models import CaseMember
from recruitment.access.roles import Role
from recruitment.assessments import expert
from recruitment.assessments.statements import Assessment
from recruitment.errors import NotPossible, StaleRow
from recruitment.mail.models import Message
from recruitment.people.actions import claim_candidates
from tests.factories.assessing import as_
from tests.factories.world import make_user

COMMITTEE, HR = Role.ASSESSMENT_COMMITTEE, Role.HR_CASEWORK


def codes(refused):
    return [o.code for o in refused.value.obstacles]


@pytest.fixture
def written(field):
    """A whole draft; the committee's only member is its chair."""
    CaseMember.objects.filter(case=field.ours.case, role=COMMITTEE).update(is_chair=True)
    settings = field.ours.institution.settings
    settings.legality_check_required = True
    settings.save()
    field.assessment = write(field, "Forskning på højt niveau.", "QUALIFIED")
    return field


def write(world, text, conclusion="", version=0, role=COMMITTEE):
    return expert.write_assessment(
        world.application, text=text, conclusion=conclusion, version=version, actor=world.ours.actor(role)
    )


def sent(world, **more):
    handed = expert.submit(world.assessment, actor=world.ours.actor(COMMITTEE))
    checked = expert.check_legality(handed, actor=world.ours.actor(HR))
    return checked, expert.send_for_comment(checked, actor=world.ours.actor(HR), **more)


def applicant(world):
    user = make_user(world.application.candidate.email)
    claim_candidates(user)
    world.application.refresh_from_db()
    return as_(user)


def test_the_whole_way(written):
    _sent, letter = sent(written)
    assert letter.message_class == "CONFIDENTIAL"
    assert letter.channel == "SECURE"
    assert "Forskning på højt niveau." in letter.text

    commented = expert.comment_as_applicant(
        written.application, "Jeg har også publiceret i 2025.", actor=applicant(written)
    )
    final = expert.finish(commented, actor=written.ours.actor(HR))

    assert (final.state, final.applicant_comment) == ("FINAL", "Jeg har også publiceret i 2025.")
    assert [step.move for step in final.history.all()] == ["submit", "check", "send", "finish"]


@pytest.mark.parametrize("role", list(Role))
def test_only_the_committee_writes(field, role):
    if role == COMMITTEE:
        assert write(field, "Ord.").version == 1
    else:
        with pytest.raises(PermissionDenied):
            write(field, "Ord.", role=role)


def test_only_its_chair_hands_in(written):
    CaseMember.objects.filter(role=COMMITTEE).update(is_chair=False)
    with pytest.raises(PermissionDenied):
        expert.submit(written.assessment, actor=written.ours.actor(COMMITTEE))


@pytest.mark.parametrize("role", [Role.HIRING_MANAGER, Role.HIRING_COMMITTEE, COMMITTEE, Role.ADMIN_SUPPORT])
def test_only_hr_checks_and_sends(written, role):
    handed = expert.submit(written.assessment, actor=written.ours.actor(COMMITTEE))
    for deed in (expert.check_legality, expert.send_for_comment):
        with pytest.raises(PermissionDenied):
            deed(handed, actor=written.ours.actor(role))


def test_what_is_not_whole_is_not_handed_in(field):
    CaseMember.objects.filter(case=field.ours.case, role=COMMITTEE).update(is_chair=True)
    with pytest.raises(NotPossible) as refused:
        expert.submit(write(field, "  "), actor=field.ours.actor(COMMITTEE))
    assert codes(refused) == ["text_missing", "conclusion_missing"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Ansøgeren er nr. 2 af 5.", "ranks"), ("Den stærkeste ansøger i feltet.", "ranks"), ("Better than the other applicants.", "ranks"),
        ("Ansøgerne rangeres herefter.", "ranks"), ("Svagere end de øvrige.", "ranks"), ("Mangler det, som Søger Nr001 har.", "names_another"),
    ],
)  # fmt: skip
def test_an_assessment_puts_nobody_in_an_order(written, words, code):
    changed = write(written, words, "QUALIFIED", version=1)
    with pytest.raises(NotPossible) as refused:
        expert.submit(changed, actor=written.ours.actor(COMMITTEE))
    assert codes(refused) == [code]


def test_the_applicants_own_name_and_plain_numbers_are_fine(written):
    changed = write(written, "Kirsten Holm har nr. 3 i serien og er bedre end krævet.", "QUALIFIED", version=1)
    assert expert.submit(changed, actor=written.ours.actor(COMMITTEE)).state == "SUBMITTED"


def test_two_who_write_at_once_lose_nothing(written):
    with pytest.raises(StaleRow):
        write(written, "Mine ord", version=0)
    assert Assessment.objects.get().text == "Forskning på højt niveau."


def test_what_is_handed_in_does_not_change(written):
    expert.submit(written.assessment, actor=written.ours.actor(COMMITTEE))
    with pytest.raises(NotPossible) as refused:
        write(written, "Andet", version=1)
    assert codes(refused) == ["handed_in"]


def test_hr_sends_back_with_what_must_change(written):
    handed = expert.submit(written.assessment, actor=written.ours.actor(COMMITTEE))
    with pytest.raises(NotPossible):
        expert.send_back(handed, actor=written.ours.actor(HR), reason=" ")
    back = expert.send_back(handed, actor=written.ours.actor(HR), reason="Begrundelsen mangler.")
    assert back.state == "DRAFT"
    assert write(written, "Bedre begrundet.", "QUALIFIED", version=1).version == 2


def test_the_check_is_asked_for_where_the_institution_wants_it(written):
    handed = expert.submit(written.assessment, actor=written.ours.actor(COMMITTEE))
    with pytest.raises(NotPossible) as refused:
        expert.send_for_comment(handed, actor=written.ours.actor(HR))
    assert codes(refused) == ["not_checked"]

    written.ours.institution.settings.legality_check_required = False
    written.ours.institution.settings.save()
    assert expert.send_for_comment(handed, actor=written.ours.actor(HR)) is not None


def test_too_short_a_time_to_comment_is_refused(written):
    with pytest.raises(ValidationError):
        sent(written, until=clock.today() + dt.timedelta(days=2))
    assert not Message.objects.filter(code="ASSESSMENT_FOR_COMMENT").exists()


def test_somebody_without_an_address_gets_no_letter_and_hr_knows(written):
    written.application.candidate.email = ""
    written.application.candidate.save()
    assessment, letter = sent(written)
    assert (assessment.pk, letter) == (written.assessment.pk, None)


def test_it_is_not_final_while_the_applicant_may_comment(written):
    sent(written)
    with pytest.raises(NotPossible) as refused:
        expert.finish(Assessment.objects.get(), actor=written.ours.actor(HR))
    assert codes(refused) == ["may_comment"]
    with clock.shifted(dt.timedelta(days=15)):
        assert expert.finish(Assessment.objects.get(), actor=written.ours.actor(HR)).state == "FINAL"


def test_the_applicant_comments_once_in_time_and_only_the_own(written):
    owner = applicant(written)
    with pytest.raises(NotPossible):
        expert.comment_as_applicant(written.application, "For tidligt", actor=owner)
    sent(written)
    with pytest.raises(PermissionDenied):
        expert.comment_as_applicant(written.application, "Fremmed", actor=as_(make_user("x@y.example")))
    with clock.shifted(dt.timedelta(days=15)), pytest.raises(NotPossible):
        expert.comment_as_applicant(written.application, "For sent", actor=owner)
    with pytest.raises(ValidationError):
        expert.comment_as_applicant(written.application, "  ", actor=owner)
    expert.comment_as_applicant(written.application, "Ja", actor=owner)
    with pytest.raises(NotPossible):
        expert.comment_as_applicant(written.application, "Og mere", actor=owner)


def test_others_read_it_when_hr_has_passed_it_on(written):
    case, manager = written.ours.case, written.ours.actor(Role.HIRING_MANAGER)
    assert not expert.assessments_seen(manager, case).exists()
    assert expert.assessments_seen(written.ours.actor(COMMITTEE), case).exists()
    sent(written)
    assert expert.assessments_seen(written.ours.actor(Role.HIRING_MANAGER), case).exists()
    for nobody in (written.ours.actor(Role.ADMIN_SUPPORT), written.theirs.actor(Role.HR_EXTENDED)):
        assert not expert.assessments_seen(nobody, case).exists()


def test_the_database_keeps_it_whole_and_its_history_as_it_was(written):
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.update(state="SUBMITTED", conclusion="")
    expert.submit(written.assessment, actor=written.ours.actor(COMMITTEE))
    with pytest.raises(Exception, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE recruitment_assessmentstatechange SET reason = 'x'")
