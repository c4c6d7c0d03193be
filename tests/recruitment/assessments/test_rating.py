"""Levels, criteria, comments and icons: who gives them, what is kept, and what is refused."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from recruitment.access.roles import Role
from recruitment.applications.models import Application
from recruitment.assessments.actions import (
    frame_of,
    lock_ratings,
    put_icons,
    rate,
    rate_criteria,
    save_comment,
)
from recruitment.assessments.furnishing import icons_for, save_scale
from recruitment.assessments.marks import CandidateIcon, RatingScale
from recruitment.assessments.models import Comment, CriterionRating, Rating
from recruitment.audit.models import AuditEntry
from recruitment.cases.profiling import edit_profile
from recruitment.errors import ConflictNotDeclared, NotPossible
from tests.factories.assessing import as_
from tests.factories.world import make_user

RATERS = [Role.HR_EXTENDED, Role.HR_CASEWORK, Role.HR_LIMITED, Role.HIRING_MANAGER, Role.HIRING_COMMITTEE,
          Role.ASSESSMENT_COMMITTEE]  # fmt: skip


def code_of(refused) -> str:
    return refused.value.error_list[0].code


@pytest.mark.parametrize("role", list(Role))
def test_who_may_rate_is_what_d2_says(field, role):
    actor = field.ours.actor(role)
    if role in RATERS:
        assert rate(field.application, 4, actor=actor).level.value == 4
    else:
        with pytest.raises(PermissionDenied):
            rate(field.application, 4, actor=actor)
        with pytest.raises(PermissionDenied):
            save_comment(field.application, uuid.uuid4(), "x", visibility="COMMITTEE", actor=actor)
        assert not Rating.objects.exists()


def test_one_rating_a_rater_that_can_be_changed_and_taken_back(field):
    actor = field.ours.actor(Role.HIRING_COMMITTEE)
    rate(field.application, 2, actor=actor)
    rate(field.application, 5, actor=actor)
    assert [rating.level.value for rating in field.application.ratings.all()] == [5]

    rate(field.application, None, actor=actor)
    assert not field.application.ratings.exists()
    assert AuditEntry.objects.filter(action__startswith="Rating.", application_id=field.application.pk).count() == 3


def test_the_database_keeps_it_to_one(field):
    rating = rate(field.application, 2, actor=field.ours.actor(Role.HIRING_COMMITTEE))
    with pytest.raises(IntegrityError), transaction.atomic():
        Rating.objects.create(application=rating.application, rater=rating.rater, level=rating.level)


def test_a_level_that_the_scale_has_not_is_refused(field):
    with pytest.raises(ValidationError) as refused:
        rate(field.application, 9, actor=field.ours.actor(Role.HIRING_COMMITTEE))
    assert code_of(refused) == "not_a_level"


def test_locked_ratings_do_not_change_until_they_are_opened_again(field):
    lock_ratings(field.ours.case, actor=as_(field.chair), locked=True)
    with pytest.raises(NotPossible) as refused:
        rate(field.application, 3, actor=field.ours.actor(Role.HIRING_COMMITTEE))
    assert [o.code for o in refused.value.obstacles] == ["locked"]

    lock_ratings(field.ours.case, actor=as_(field.chair), locked=False)
    assert rate(field.application, 3, actor=field.ours.actor(Role.HIRING_COMMITTEE))


def test_a_member_locks_nothing(field):
    with pytest.raises(PermissionDenied):
        lock_ratings(field.ours.case, actor=field.ours.actor(Role.HIRING_COMMITTEE), locked=True)


@pytest.mark.parametrize(("change", "code"), [({"state": "WITHDRAWN"}, "withdrawn"), ({}, "closed")])
def test_what_is_over_is_not_assessed_any_more(field, change, code):
    if change:
        Application.objects.filter(pk=field.application.pk).update(**change)
    else:
        type(field.ours.case).objects.filter(pk=field.ours.case.pk).update(state="CONCLUDING")
    application = Application.objects.get(pk=field.application.pk)
    with pytest.raises(NotPossible) as refused:
        rate(application, 3, actor=field.ours.actor(Role.HIRING_COMMITTEE))
    assert [o.code for o in refused.value.obstacles] == [code]


def test_who_has_not_declared_rates_nothing(world):
    with pytest.raises(ConflictNotDeclared):
        rate(world.application, 3, actor=world.ours.actor(Role.HIRING_COMMITTEE))


def test_criteria_are_the_competences_of_the_profile_and_no_others(field):
    mine, actor = field.ours.case.profile.competences.first(), field.ours.actor(Role.HIRING_MANAGER)
    foreign = field.theirs.case.profile.competences.first()

    rate_criteria(field.application, {mine.pk: 4}, actor=actor)
    rate_criteria(field.application, {mine.pk: 5}, actor=actor)
    assert [each.level.value for each in CriterionRating.objects.all()] == [5]
    with pytest.raises(ValidationError) as refused:
        rate_criteria(field.application, {foreign.pk: 4}, actor=actor)
    assert code_of(refused) == "not_a_criterion"
    rate_criteria(field.application, {mine.pk: None}, actor=actor)
    assert not CriterionRating.objects.exists()


def test_a_competence_that_somebody_has_rated_stays_in_the_profile(field):
    rate_criteria(
        field.application,
        {field.ours.case.profile.competences.first().pk: 4},
        actor=field.ours.actor(Role.HIRING_MANAGER),
    )
    with pytest.raises(NotPossible) as refused:
        edit_profile(field.ours.case, actor=field.ours.actor(Role.HR_EXTENDED), fields={}, competences=[])
    assert [o.code for o in refused.value.obstacles] == ["competence_in_use"]


def test_a_comment_sent_twice_is_one(field):
    actor, key = field.ours.actor(Role.HIRING_COMMITTEE), uuid.uuid4()
    save_comment(field.application, key, "Skriver klart", visibility="COMMITTEE", actor=actor)
    save_comment(field.application, key, "Skriver klart", visibility="COMMITTEE", actor=actor)
    again = save_comment(field.application, key, "Skriver meget klart", visibility="PRIVATE", actor=actor)

    assert Comment.objects.count() == 1
    assert (again.text, again.visibility, again.edited_at is None) == ("Skriver meget klart", "PRIVATE", False)


def test_nobody_writes_in_anothers_comment_nor_moves_ones_own(field):
    key = uuid.uuid4()
    save_comment(field.application, key, "Mit", visibility="COMMITTEE", actor=field.ours.actor(Role.HIRING_COMMITTEE))
    for application, actor in (
        (field.application, field.ours.actor(Role.HR_EXTENDED)),
        (field.others[0], field.ours.actor(Role.HIRING_COMMITTEE)),
    ):
        with pytest.raises(PermissionDenied):
            save_comment(application, key, "Andet", visibility="COMMITTEE", actor=actor)
    assert Comment.objects.get().text == "Mit"


@pytest.mark.parametrize(
    ("text", "visibility", "field_name"), [("  ", "COMMITTEE", "text"), ("x" * 8001, "COMMITTEE", "text"), ("x", "ALL", "visibility")]
)  # fmt: skip
def test_bad_comments_are_refused(field, text, visibility, field_name):
    with pytest.raises(ValidationError) as refused:
        save_comment(field.application, uuid.uuid4(), text, visibility=visibility, actor=as_(field.chair))
    assert list(refused.value.error_dict) == [field_name]


def test_icons_are_the_shipped_ones_and_ones_own(field):
    actor = field.ours.actor(Role.HIRING_COMMITTEE)
    ours = CandidateIcon.objects.create(institution=field.ours.institution, symbol="key", label_da="Nøgle")
    theirs = CandidateIcon.objects.create(institution=field.theirs.institution, symbol="key", label_da="Nøgle")
    shipped = icons_for(field.ours.institution).exclude(pk=ours.pk).first()

    put_icons(field.application, [ours, shipped], actor=actor)
    put_icons(field.application, [ours], actor=actor)
    assert [each.icon for each in field.application.icons.all()] == [ours]
    with pytest.raises(ValidationError):
        put_icons(field.application, [theirs], actor=actor)

    CandidateIcon.objects.filter(pk=ours.pk).update(active=False)
    put_icons(field.application, [], actor=actor)
    assert field.application.icons.count() == 1  # what is no longer in use stays where it was put


class TestScales:
    """Set up by administrators and HR with extended rights, for their own institution."""

    LEVELS = ({"value": 1, "label_da": "nej"}, {"value": 2, "label_da": "ja"})

    @pytest.mark.parametrize("role", list(Role))
    def test_who_may_edit_them_is_what_d2_says(self, field, role):
        scale = RatingScale(institution=field.ours.institution)
        actor = field.ours.actor(role)
        if role in {Role.ADMINISTRATOR, Role.HR_EXTENDED}:
            assert save_scale(scale, {"name_da": "Ja/nej", "is_default": True}, self.LEVELS, actor=actor).pk
        else:
            with pytest.raises(PermissionDenied):
                save_scale(scale, {"name_da": "Ja/nej"}, self.LEVELS, actor=actor)

    def test_nobody_edits_anothers_nor_the_shipped_one(self, field):
        actor = field.theirs.actor(Role.ADMINISTRATOR)
        for scale in (RatingScale(institution=field.ours.institution), RatingScale.objects.get(institution=None)):
            with pytest.raises(PermissionDenied):
                save_scale(scale, {"name_da": "x"}, self.LEVELS, actor=actor)

    def test_a_case_keeps_the_scale_of_its_first_rating(self, field):
        rate(field.application, 5, actor=as_(field.chair))
        save_scale(
            RatingScale(institution=field.ours.institution), {"name_da": "Ja/nej", "is_default": True}, self.LEVELS,
            actor=field.ours.actor(Role.ADMINISTRATOR),
        )  # fmt: skip
        assert frame_of(field.ours.case).scale.institution is None
        assert rate(field.others[0], 5, actor=as_(field.chair)).level.value == 5

    def test_a_level_that_was_used_does_not_go(self, field):
        actor = field.ours.actor(Role.ADMINISTRATOR)
        scale = save_scale(
            RatingScale(institution=field.ours.institution), {"name_da": "Tre", "is_default": True},
            [*self.LEVELS, {"value": 3, "label_da": "måske"}], actor=actor,
        )  # fmt: skip
        rate(field.application, 3, actor=as_(field.chair))
        with pytest.raises(NotPossible) as refused:
            save_scale(scale, {}, self.LEVELS, actor=actor)
        assert [o.code for o in refused.value.obstacles] == ["level_in_use"]
        assert (
            save_scale(scale, {}, [*self.LEVELS, {"value": 3, "label_da": "tja"}], actor=actor)
            .levels.get(value=3)
            .label_da
            == "tja"
        )

    @pytest.mark.parametrize("levels", [({"value": 1, "label_da": "nej"},), ({"value": 1, "label_da": "a"},) * 2])
    def test_a_scale_has_two_levels_with_a_number_each(self, field, levels):
        with pytest.raises(ValidationError):
            save_scale(
                RatingScale(institution=field.ours.institution), {"name_da": "x"}, levels, actor=field.ours.actor(Role.ADMINISTRATOR)
            )  # fmt: skip


def test_a_stranger_meets_none_of_it(field):
    stranger = as_(make_user("fremmed@ours.example"))
    with pytest.raises(PermissionDenied):
        rate(field.application, 3, actor=stranger)
