"""The committee's table, the chair's order by buttons, and the scales and icons that an institution sets up."""

import pytest

from recruitment.access.roles import Role
from recruitment.assessments.actions import rank_in_order, rate
from recruitment.assessments.marks import CandidateIcon, RatingScale
from recruitment.assessments.models import AssessmentFrame, FinalRanking
from tests.factories.assessing import as_, seat_rater, to_assessment


@pytest.fixture
def field(world):
    to_assessment(world, more=2)
    world.chair = seat_rater(world.ours, "formand", chair=True)
    return world


def address(world, more) -> str:
    return f"/admin/cases/{world.ours.case.pk}/applications/{more}"


def order(world):
    return [row.application for row in FinalRanking.objects.filter(rank__isnull=False)]


def test_the_chair_orders_with_buttons(field, client):
    client.force_login(field.chair)
    first, second = field.others
    rank_in_order(field.ours.case, [first, second], actor=as_(field.chair))
    ranked = [first.reference, second.reference]

    for moved, expected in (
        (f"{second.reference}:-1", [second, first]), (f"{field.application.reference}:in", [second, first, field.application]),
        (f"{second.reference}:1", [first, second, field.application]), (f"{first.reference}:out", [second, field.application]),
        (f"{second.reference}:99", [field.application, second]), (f"{second.reference}:nu", [field.application, second]),
    ):  # fmt: skip
        client.post(address(field, "order/"), {"ranked": ranked, "moved": moved})
        assert order(field) == expected
        ranked = [row.reference for row in expected]


def test_a_reference_of_another_case_is_passed_over(field, client):
    client.force_login(field.chair)
    client.post(address(field, "order/"), {"ranked": [field.their_application.reference, field.application.reference]})
    assert order(field) == [field.application]


def test_sorting_and_locking_by_the_chair(field, client):
    client.force_login(field.chair)
    client.post(address(field, f"{field.application.pk}/bucket/"), {"bucket": "A"})
    assert FinalRanking.objects.get().bucket == "A"
    client.post(address(field, "lock/"), {"locked": "yes"})
    assert AssessmentFrame.objects.get().locked_at
    client.post(address(field, "lock/"), {"locked": "no"})
    assert AssessmentFrame.objects.get().locked_at is None


@pytest.mark.parametrize("more", ["order/", "lock/"])
def test_a_member_neither_orders_nor_locks(field, sign_in, more):
    assert sign_in(Role.HIRING_COMMITTEE).post(address(field, more), {}).status_code == 403
    assert sign_in(Role.HR_EXTENDED, field.theirs).post(address(field, more), {}).status_code == 404


def test_a_member_sees_no_buttons_of_the_chairs(field, sign_in):
    page = sign_in(Role.HIRING_COMMITTEE).get(address(field, "committee/")).content.decode()
    assert address(field, "order/") not in page
    assert address(field, "order/") in sign_in(Role.HIRING_MANAGER).get(address(field, "committee/")).content.decode()


def test_what_is_missing_is_shown_to_the_chair_and_numbers_to_who_may_see_them(field, client, sign_in):
    rate(field.application, 5, actor=field.ours.actor(Role.HIRING_MANAGER))
    seen = sign_in(Role.HR_CASEWORK).get(address(field, "committee/"))
    cells = [cell for line in seen.context["overview"].lines for cell in line.cells]
    assert [cell.rating.level.value for cell in cells if cell.rating] == [5]
    assert sum(cell.is_missing for cell in cells) == 11
    client.force_login(field.chair)
    cells = [c for line in client.get(address(field, "committee/")).context["overview"].lines for c in line.cells]
    assert [cell for cell in cells if cell.rating] == []
    assert sum(cell.is_hidden for cell in cells) == 1


def test_who_has_not_declared_is_asked_before_the_tables(world, sign_in):
    client = sign_in(Role.HIRING_COMMITTEE)
    for more in ("committee/", "progress/"):
        assert "/declare/" in client.get(address(world, more)).headers["Location"]


class TestMarks:
    """Scales and icons of an institution."""

    LEVELS = {
        "levels-TOTAL_FORMS": "3", "levels-INITIAL_FORMS": "0", "levels-0-value": "1", "levels-0-label_da": "nej", "levels-0-tone": "red",
        "levels-1-value": "2", "levels-1-label_da": "ja", "levels-1-tone": "green", "levels-2-value": "",
    }  # fmt: skip

    def test_a_scale_is_made_and_becomes_the_usual_one(self, world, sign_in):
        client, setup = sign_in(Role.HR_EXTENDED), f"/admin/setup/{world.ours.institution.pk}/marks/"
        assert client.get("/admin/setup/marks/").headers["Location"] == setup
        sent = {"name_da": "Ja eller nej", "is_default": "on", "active": "on", **self.LEVELS}
        assert client.post(f"{setup}scales/new/", sent).status_code == 302
        scale = RatingScale.objects.get(institution=world.ours.institution)
        assert [(level.value, level.tone) for level in scale.levels.all()] == [(1, "red"), (2, "green")]
        assert client.get(f"{setup}scales/{scale.pk}/").status_code == 200

    @pytest.mark.parametrize(
        "wrong", [{"levels-1-value": "1"}, {"levels-1-value": "12"}, {"levels-1-label_da": ""}, {"name_da": ""}]
    )
    def test_a_faulty_scale_is_refused_and_nothing_is_lost(self, world, sign_in, wrong):
        sent = {"name_da": "Ja eller nej", "active": "on", **self.LEVELS, **wrong}
        answer = sign_in(Role.ADMINISTRATOR).post(f"/admin/setup/{world.ours.institution.pk}/marks/scales/new/", sent)
        assert answer.status_code == 422
        assert "nej" in answer.content.decode()
        assert not RatingScale.objects.filter(institution=world.ours.institution).exists()

    def test_an_icon_is_made_and_changed_and_a_name_stands_once(self, world, sign_in):
        client, setup = sign_in(Role.ADMINISTRATOR), f"/admin/setup/{world.ours.institution.pk}/marks/icons/"
        sent = {"symbol": "key", "tone": "teal", "label_da": "Nøgleperson", "position": "1", "active": "on"}
        client.post(f"{setup}new/", sent)
        icon = CandidateIcon.objects.get(institution=world.ours.institution)
        assert client.post(f"{setup}{icon.pk}/", {**sent, "label_da": "Nøgle"}).status_code == 302
        assert client.post(f"{setup}new/", {**sent, "label_da": "Nøgle"}).status_code == 422

    @pytest.mark.parametrize("role", [Role.HR_CASEWORK, Role.HR_LIMITED, Role.COMMUNICATIONS, Role.HIRING_MANAGER])
    def test_others_do_not_meet_them(self, world, sign_in, role):
        client = sign_in(role)
        assert client.get(f"/admin/setup/{world.ours.institution.pk}/marks/").status_code == 404
        assert client.get("/admin/setup/marks/").status_code == 404

    def test_the_shipped_scale_and_anothers_are_nobodys_to_edit(self, world, sign_in):
        client, setup = sign_in(Role.ADMINISTRATOR), f"/admin/setup/{world.ours.institution.pk}/marks/"
        theirs = RatingScale.objects.create(institution=world.theirs.institution, name_da="Deres")
        for scale in (RatingScale.objects.get(institution=None), theirs):
            assert client.get(f"{setup}scales/{scale.pk}/").status_code == 404
        assert (
            client.get(f"{setup}icons/{CandidateIcon.objects.filter(institution=None).first().pk}/").status_code == 404
        )
