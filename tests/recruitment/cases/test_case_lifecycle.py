"""From draft to assessment: each guard blocks once and opens once."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from recruitment import clock
from recruitment.access.roles import Role
from recruitment.advertising.actions import announce, change_publication, mark_live, plan_usual_media
from recruitment.advertising.lifecycle import CONFIRM_DOWN
from recruitment.advertising.models import Medium, Publication
from recruitment.advertising.queries import public_ads, removed_ads, waiting_for_a_hand, waiting_to_come_down
from recruitment.advertising.taking_down import call_media_back, expire_media_of, take_down
from recruitment.applications.models import Application
from recruitment.audit.models import AuditEntry
from recruitment.cases.actions import create_case, edit_case, set_deadline
from recruitment.cases.dates import usual_answer_date
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.moving import approve_case, cancel_case
from recruitment.cases.profile import CaseStateChange
from recruitment.cases.profiling import edit_profile
from recruitment.errors import NotPossible
from recruitment.lifecycle import make
from recruitment.people.actor import Actor
from recruitment.questions.models import ApplicationForm
from recruitment.timetable import pass_deadlines
from tests.factories.world import FRAME, HOUSE, ad_content, advertise, make_case


def codes(refusal) -> set[str]:
    return {obstacle.code for obstacle in refusal.value.obstacles}


def test_numbers_run_within_institution_and_year(world):
    year = clock.today().year
    assert [make_case(world.ours).case_number, make_case(world.theirs).case_number] == [f"{year}-0002", f"{year}-0002"]


@pytest.mark.parametrize("role", [Role.HR_EXTENDED, Role.HR_LIMITED])
def test_hr_creates_and_edits_its_cases(world, role):
    actor = world.ours.actor(role)
    case = create_case(world.ours.unit, actor=actor, frame=FRAME)

    edit_case(case, actor=Actor.person(actor.user), frame={"title": "Chefkonsulent"})

    assert RecruitmentCase.objects.get(pk=case.pk).title == "Chefkonsulent"


@pytest.mark.parametrize("role", [Role.HR_CASEWORK, Role.COMMUNICATIONS, Role.ADMINISTRATOR, Role.HIRING_MANAGER])
def test_nobody_else_creates_or_edits_a_case(world, role):
    with pytest.raises(PermissionDenied):
        create_case(world.ours.unit, actor=world.ours.actor(role), frame=FRAME)
    with pytest.raises(PermissionDenied):
        edit_case(world.ours.case, actor=world.ours.actor(role), frame={"title": "Nej"})


def test_hr_does_not_create_in_a_unit_beside_its_own(world):
    with pytest.raises(PermissionDenied):
        create_case(world.ours.sibling, actor=world.ours.actor(Role.HR_EXTENDED), frame=FRAME)


def test_a_case_is_not_approved_before_its_frame_is_whole(world):
    case = make_case(world.ours)
    edit_profile(case, actor=HOUSE, fields={"tasks": ""}, competences=[])
    case.contacts.all().delete()

    with pytest.raises(NotPossible) as refusal:
        approve_case(case, actor=world.ours.actor(Role.HR_EXTENDED))

    assert codes(refusal) == {"tasks", "competences", "contact"}
    assert approve_case(make_case(world.ours), actor=world.ours.actor(Role.HR_EXTENDED)).state == "READY"


def test_sensitive_data_need_a_profile_that_allows_them(world):
    case = make_case(world.ours, data_class="SENSITIVE")

    with pytest.raises(NotPossible) as refusal:
        approve_case(case, actor=HOUSE)

    assert codes(refusal) == {"sensitive_not_allowed"}


def test_an_ad_goes_out_only_with_everything_the_law_asks(world):
    case = make_case(world.ours, pay_placement_text="", postal_application_address="")
    round_ = case.rounds.get()

    with pytest.raises(NotPossible) as refusal:
        announce(round_, ad_content(case, blocks=[], intro=""), actor=HOUSE)

    assert {"pay", "postal_address", "intro", "tasks", "terms", "contact_block"} <= codes(refusal)
    case.refresh_from_db()
    assert (case.state, round_.advertisements.count()) == ("DRAFT", 0)


def test_less_than_fourteen_days_need_a_reason(world):
    case = make_case(world.ours, days=13)
    with pytest.raises(NotPossible) as refusal:
        advertise(case)
    assert codes(refusal) == {"short_period"}

    round_ = case.rounds.get()
    set_deadline(round_, round_.application_deadline, actor=HOUSE, short_period_reason="Kunne være slået op internt.")

    assert advertise(case).opens_at is not None


def test_without_the_notice_that_applicants_read_first_no_case_is_approved(world, monkeypatch):
    case = make_case(world.ours)
    monkeypatch.setattr(
        "recruitment.cases.lifecycle.text_in_force", lambda *_asked: None
    )  # shipped ones are always there
    with pytest.raises(NotPossible) as refusal:
        approve_case(case, actor=HOUSE)
    assert codes(refusal) == {"notice_missing"}

    monkeypatch.undo()

    assert approve_case(case, actor=HOUSE).state == "READY"


def test_jobnet_cannot_be_left_out(world):
    case = make_case(world.ours)
    plan_usual_media(case.rounds.get(), actor=HOUSE)
    world.ours.institution.media_list.filter(medium__code="JOBNET").delete()
    case.rounds.get().publications.filter(medium__code="JOBNET").delete()

    with pytest.raises(NotPossible) as refusal:
        announce(case.rounds.get(), ad_content(case), actor=HOUSE)

    assert codes(refusal) == {"jobnet"}


def test_communications_publishes_an_approved_case_but_does_not_approve_one(world):
    communications = world.ours.actor(Role.COMMUNICATIONS)
    case = make_case(world.ours)
    plan_usual_media(case.rounds.get(), actor=HOUSE)
    with pytest.raises(PermissionDenied):
        announce(case.rounds.get(), ad_content(case), actor=communications)

    case = approve_case(RecruitmentCase.objects.get(pk=case.pk), actor=HOUSE)
    announce(case.rounds.get(), ad_content(case), actor=communications)

    case.refresh_from_db()
    assert case.state == "ADVERTISED"


def test_advertising_locks_the_form_opens_the_round_and_leaves_a_trail(world):
    case = world.ours.case

    assert ApplicationForm.objects.get(case=case).locked_at is not None
    assert [c.to_state for c in CaseStateChange.objects.filter(case=case)] == ["READY", "ADVERTISED"]
    assert AuditEntry.objects.filter(case_id=case.pk, action="RecruitmentCase.advertise").count() == 1


def test_the_ad_leaves_the_list_at_the_deadline_by_the_clock_alone(world):
    deadline = world.ours.round.application_deadline
    instant = dt.timedelta(microseconds=1)

    assert public_ads(deadline - instant).filter(round=world.ours.round).exists()
    assert not public_ads(deadline).filter(round=world.ours.round).exists()
    assert removed_ads(deadline).filter(round=world.ours.round).exists()
    assert not removed_ads(deadline + dt.timedelta(days=91)).filter(round=world.ours.round).exists()


def test_at_the_deadline_the_case_and_its_applications_go_on(world):
    assert pass_deadlines() == 0
    with clock.shifted(dt.timedelta(days=22)):
        assert pass_deadlines() == 2

    world.ours.case.refresh_from_db()
    assert world.ours.case.state == "ASSESSING"
    assert set(Application.objects.values_list("state", flat=True)) == {"UNDER_REVIEW"}
    assert set(world.ours.round.publications.values_list("state", flat=True)) == {"EXPIRED"}


def test_an_open_deadline_moves_later_only_and_never_after_it_has_passed(world):
    round_ = world.ours.round
    with pytest.raises(NotPossible):
        set_deadline(round_, round_.application_deadline - dt.timedelta(days=1), actor=HOUSE)
    moved = set_deadline(round_, round_.application_deadline + dt.timedelta(days=3), actor=HOUSE)
    assert moved.publications.get(medium__code="SITE").publish_until == moved.application_deadline
    with clock.shifted(dt.timedelta(days=40)), pytest.raises(NotPossible):
        set_deadline(moved, moved.application_deadline + dt.timedelta(days=60), actor=HOUSE)


def test_a_case_with_applications_is_not_cancelled(world):
    with pytest.raises(NotPossible):
        cancel_case(world.ours.case, actor=HOUSE, reason="Omorganisering")

    cancelled = cancel_case(make_case(world.ours), actor=HOUSE, reason="Omorganisering")

    assert (cancelled.state, cancelled.outcome) == ("CLOSED", "CANCELLED")


def test_cancelling_needs_a_reason(world):
    with pytest.raises(NotPossible):
        cancel_case(make_case(world.ours), actor=HOUSE, reason="  ")


def test_jobnet_is_a_task_until_somebody_gives_its_address(world):
    jobnet = world.ours.round.publications.get(medium__code="JOBNET")
    assert list(waiting_for_a_hand().filter(round=world.ours.round)) == [jobnet]
    with pytest.raises(NotPossible):
        mark_live(jobnet, actor=HOUSE)

    mark_live(jobnet, actor=HOUSE, external_url="https://job.example/1")

    assert not waiting_for_a_hand().filter(round=world.ours.round).exists()


def put_up_by_hand(round_, code: str, kind: str):
    medium = Medium.objects.create(code=code, name_da=code, kind=kind)
    publication = Publication.objects.create(round=round_, medium=medium, cost_amount=0, publish_from=clock.now())
    return mark_live(publication, actor=HOUSE, external_url=f"https://{code.lower()}.example/1")


def test_what_somebody_put_up_is_a_task_when_its_time_is_over_until_somebody_has_seen_it_gone(world):
    board = put_up_by_hand(world.ours.round, "TORVET", "COMMERCIAL_PORTAL")
    put_up_by_hand(world.ours.round, "BLADET", "PRINT")  # print stays printed
    assert not waiting_to_come_down().exists()

    expire_media_of([world.ours.round])
    assert list(waiting_to_come_down()) == [board]

    board.refresh_from_db()
    make(CONFIRM_DOWN, board, actor=world.ours.actor(Role.COMMUNICATIONS))
    assert not waiting_to_come_down().exists()
    assert board.history.get(move="confirm_down").by_user == world.ours.staff[Role.COMMUNICATIONS]


def test_what_the_house_calls_back_is_a_task_and_what_a_person_takes_down_is_none(world):
    board = put_up_by_hand(world.ours.round, "TORVET", "COMMERCIAL_PORTAL")
    take_down(put_up_by_hand(world.ours.round, "OPSLAGET", "OTHER"), actor=world.ours.actor(Role.COMMUNICATIONS))
    call_media_back(world.ours.case)

    assert list(waiting_to_come_down()) == [board]


def test_who_plans_no_media_confirms_nothing(world):
    board = put_up_by_hand(world.ours.round, "TORVET", "COMMERCIAL_PORTAL")
    expire_media_of([world.ours.round])
    board.refresh_from_db()

    with pytest.raises(PermissionDenied):
        make(CONFIRM_DOWN, board, actor=world.ours.actor(Role.HIRING_MANAGER))


def test_jobnet_shows_an_ad_for_eight_weeks_at_the_longest(world):
    case = make_case(world.ours, days=90)
    plan_usual_media(case.rounds.get(), actor=HOUSE)
    jobnet = case.rounds.get().publications.get(medium__code="JOBNET")
    start = clock.now()

    with pytest.raises(NotPossible):
        change_publication(jobnet, actor=HOUSE, publish_from=start, publish_until=start + dt.timedelta(days=57))
    change_publication(jobnet, actor=HOUSE, publish_from=start, publish_until=start + dt.timedelta(days=56))


def test_the_database_refuses_what_the_code_would_refuse(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        RecruitmentCase.objects.filter(pk=world.ours.case.pk).update(advertising_required=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        world.ours.case.rounds.create(number=2)


def test_the_trail_cannot_be_changed_or_removed(world):
    entry = AuditEntry.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry.objects.filter(pk=entry.pk).update(action="intet")
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry.objects.filter(pk=entry.pk).delete()


def test_a_new_case_promises_an_answer_after_the_usual_days_unless_it_says_another(world):
    usual = make_case(world.ours)
    told = make_case(world.ours, expected_answer_date=clock.today())
    days = world.ours.institution.settings.expected_answer_days

    assert usual.expected_answer_date == usual_answer_date(usual.rounds.get().application_deadline, days)
    assert told.expected_answer_date == clock.today()
