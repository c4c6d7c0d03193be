"""Independent rating: what each may see of what the others think."""

import uuid

import pytest

from recruitment.access.models import ConflictOfInterestDeclaration
from recruitment.access.roles import Role
from recruitment.applications.queries import CandidateFilter
from recruitment.assessments.actions import lock_ratings, put_in_bucket, rate, save_comment
from recruitment.assessments.candidates import AssessedFilter, candidate_rows, missing_raters
from recruitment.assessments.insight import expected_raters, insight_of
from recruitment.assessments.models import Comment, FinalRanking, Rating
from recruitment.assessments.overview import committee_overview
from tests.factories.assessing import as_, seat_rater


@pytest.fixture
def rated(field):
    """The manager has rated, commented for the committee, for HR and for themselves; the chair has sorted."""
    manager = field.ours.actor(Role.HIRING_MANAGER)
    rate(field.application, 5, actor=manager)
    for visibility in ("COMMITTEE", "HR", "PRIVATE"):
        save_comment(field.application, uuid.uuid4(), visibility, visibility=visibility, actor=manager)
    put_in_bucket(field.application, "A", actor=as_(field.chair))
    return field


def seen(world, actor):
    insight = insight_of(actor, world.ours.case)
    return (
        insight.ratings(Rating.objects.all()).count(),
        set(insight.comments(Comment.objects.all()).values_list("text", flat=True)),
        insight.rankings(FinalRanking.objects.all()).count(),
    )


def row(world, actor):
    insight = insight_of(actor, world.ours.case)
    rows = candidate_rows(actor, world.ours.case, insight, CandidateFilter(), AssessedFilter())
    return rows.get(pk=world.application.pk)


def test_a_member_sees_the_others_only_after_the_own_rating(rated):
    member = rated.ours.staff[Role.HIRING_COMMITTEE]
    assert seen(rated, as_(member)) == (0, set(), 0)
    assert (row(rated, as_(member)).mean, row(rated, as_(member)).bucket) == (None, None)

    rate(rated.application, 3, actor=as_(member))

    assert seen(rated, as_(member)) == (2, {"COMMITTEE"}, 1)
    assert (row(rated, as_(member)).mean, row(rated, as_(member)).own) == (4.0, 3)


def test_the_own_rating_of_one_opens_nothing_of_another(rated):
    member = as_(rated.ours.staff[Role.HIRING_COMMITTEE])
    rate(rated.others[0], 3, actor=member)
    assert seen(rated, member) == (1, set(), 0)


def test_the_chair_is_a_rater_like_the_others_but_sees_who_is_missing(rated):
    insight = insight_of(as_(rated.chair), rated.ours.case)
    assert seen(rated, as_(rated.chair))[0] == 0
    assert insight.sees_missing
    missing = missing_raters(rated.ours.case, [rated.application])[rated.application.pk]
    assert rated.ours.staff[Role.HIRING_MANAGER] not in missing
    assert rated.chair in missing


@pytest.mark.parametrize("role", [Role.HR_EXTENDED, Role.HR_CASEWORK, Role.HR_LIMITED])
def test_hr_sees_all_but_what_is_private(rated, role):
    assert seen(rated, rated.ours.actor(role)) == (1, {"COMMITTEE", "HR"}, 1)


def test_the_author_sees_all_of_ones_own(rated):
    assert seen(rated, rated.ours.actor(Role.HIRING_MANAGER))[1] == {"COMMITTEE", "HR", "PRIVATE"}


@pytest.mark.parametrize("role", [Role.ADMIN_SUPPORT, Role.COMMUNICATIONS, Role.ADMINISTRATOR])
def test_who_reads_no_applications_sees_nothing_of_it(rated, role):
    assert seen(rated, rated.ours.actor(role)) == (0, set(), 0)


def test_hr_of_another_institution_sees_nothing(rated):
    assert seen(rated, rated.theirs.actor(Role.HR_EXTENDED)) == (0, set(), 0)


@pytest.mark.parametrize("status", ["EXCLUDED", "DECLARED", None])
def test_who_is_excluded_or_has_not_declared_sees_nothing(rated, status):
    user = rated.ours.staff[Role.HR_CASEWORK]
    mine = ConflictOfInterestDeclaration.objects.filter(case=rated.ours.case, user=user)
    mine.update(status=status) if status else mine.delete()
    assert seen(rated, as_(user)) == (0, set(), 0)


def test_open_rating_shows_all_to_all_who_read(rated):
    settings = rated.ours.institution.settings
    settings.blind_rating = False
    settings.save()
    rated.ours.case.refresh_from_db()
    assert seen(rated, rated.ours.actor(Role.HIRING_COMMITTEE)) == (1, {"COMMITTEE"}, 1)


def test_locking_ends_the_blindness(rated):
    lock_ratings(rated.ours.case, actor=as_(rated.chair), locked=True)
    assert seen(rated, rated.ours.actor(Role.HIRING_COMMITTEE))[0] == 1


def test_hidden_ratings_neither_sort_nor_narrow(rated):
    rate(rated.others[0], 1, actor=rated.ours.actor(Role.HIRING_MANAGER))
    member = rated.ours.actor(Role.HIRING_COMMITTEE)
    insight = insight_of(member, rated.ours.case)

    def keys(order):
        rows = candidate_rows(member, rated.ours.case, insight, CandidateFilter(), AssessedFilter(), order=order)
        return list(rows.values_list("pk", flat=True))

    assert keys("mean") == keys("-mean") == keys("received")
    narrowed = candidate_rows(member, rated.ours.case, insight, CandidateFilter(), AssessedFilter(bucket="A"))
    assert not narrowed.exists()


def test_the_overview_tells_the_chair_that_something_was_given_and_not_what(rated):
    chair = as_(rated.chair)
    overview = committee_overview(chair, rated.ours.case, insight_of(chair, rated.ours.case))
    column = overview.raters.index(rated.ours.staff[Role.HIRING_MANAGER])
    cell = next(line for line in overview.lines if line.application == rated.application).cells[column]
    assert (cell.rating, cell.is_hidden, cell.is_missing) == (None, True, False)


def test_the_overview_tells_a_member_neither(rated):
    member = rated.ours.actor(Role.HIRING_COMMITTEE)
    overview = committee_overview(member, rated.ours.case, insight_of(member, rated.ours.case))
    cells = [cell for line in overview.lines for cell in line.cells]
    assert not any(cell.rating or cell.is_hidden or cell.is_missing for cell in cells)


def test_those_who_are_to_rate_are_manager_and_committees_without_the_excluded(field):
    out = seat_rater(field.ours, "inhabil")
    ConflictOfInterestDeclaration.objects.filter(user=out).update(status="EXCLUDED")
    applicant = seat_rater(field.ours, "ansoeger")
    field.application.candidate.email = applicant.email.upper()
    field.application.candidate.save()

    staff = field.ours.staff
    assert set(expected_raters(field.ours.case)) == {
        field.chair, staff[Role.HIRING_MANAGER], staff[Role.HIRING_COMMITTEE], staff[Role.ASSESSMENT_COMMITTEE]
    }  # fmt: skip
