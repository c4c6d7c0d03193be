"""The list for many applicants: columns, filters and order in the address, many moved at once, and a fixed cost."""

import pytest

from recruitment.access.roles import Role
from recruitment.applications.models import Application, BulkMove
from recruitment.assessments.actions import put_icons, rate
from recruitment.assessments.furnishing import icons_for
from recruitment.questions.models import ScreeningAnswer, ScreeningQuestion
from tests.factories.assessing import apply_many, to_assessment


@pytest.fixture
def field(world):
    return to_assessment(world, more=3)


def address(world, more="") -> str:
    return f"/admin/cases/{world.ours.case.pk}/applications/{more}"


def names(response) -> list[str]:
    page = response.content.decode()
    return [row.split("</a>")[0].rsplit(">", 1)[1] for row in page.split('<th scope="row" class="title">')[1:]]


def test_sorting_and_narrowing_by_what_was_said_of_them(field, sign_in):
    member, others = field.ours.actor(Role.HIRING_COMMITTEE), field.others
    for value, application in ((2, others[0]), (5, others[1])):
        rate(application, value, actor=member)
    icon = icons_for(field.ours.institution).first()
    put_icons(others[1], [icon], actor=member)
    client = sign_in(Role.HIRING_COMMITTEE)

    assert names(client.get(address(field, "?order=-own")))[:2] == ["Søger Nr001", "Søger Nr000"]
    assert names(client.get(address(field, "?order=own")))[:2] == ["Søger Nr000", "Søger Nr001"]
    assert names(client.get(address(field, "?order=-mean")))[0] == "Søger Nr001"
    assert set(names(client.get(address(field, "?mine=unrated")))) == {"Kirsten Holm", "Søger Nr002"}
    assert set(names(client.get(address(field, "?mine=rated")))) == {"Søger Nr000", "Søger Nr001"}
    assert names(client.get(address(field, f"?icon={icon.pk}"))) == ["Søger Nr001"]


def test_answers_narrow_and_stand_side_by_side(field, sign_in):
    form = field.ours.case.form
    licence = ScreeningQuestion.objects.create(form=form, kind="YES_NO", text_da="Har du kørekort?", justification="x")
    options = [{"code": "da", "da": "dansk", "en": "Danish"}, {"code": "de", "da": "tysk", "en": "German"}]
    speaks = ScreeningQuestion.objects.create(
        form=form, kind="MULTIPLE", text_da="Sprog?", options=options, justification="x"
    )
    scale = [{"code": "1", "da": "lidt", "en": "some"}, {"code": "2", "da": "godt", "en": "well"}]
    grade = ScreeningQuestion.objects.create(
        form=form, kind="CLASSIFIED", text_da="Hvor godt?", options=options, scale=scale, justification="x"
    )
    order = ScreeningQuestion.objects.create(
        form=form, kind="PRIORITISED", text_da="Helst?", options=options, justification="x"
    )
    single = ScreeningQuestion.objects.create(
        form=form, kind="SINGLE", text_da="Modersmål?", options=options, justification="x"
    )
    first, second, third = field.others
    for application, answers in (
        (
            first,
            {licence: True, speaks: ["da", "de"], grade: {"da": "2", "de": "1"}, order: ["de", "da"], single: "da"},
        ),
        (second, {licence: False, speaks: ["de"], grade: {"da": "1", "de": "2"}, order: ["da", "de"], single: "de"}),
    ):
        for question, value in answers.items():
            ScreeningAnswer.objects.create(application=application, question=question, value=value)
    client = sign_in(Role.HR_CASEWORK)

    def narrowed(question, code):
        return names(client.get(address(field, f"?a_{question.pk}={code}")))

    assert (narrowed(licence, "yes"), narrowed(licence, "no")) == (["Søger Nr000"], ["Søger Nr001"])
    assert narrowed(speaks, "da") == ["Søger Nr000"]
    assert narrowed(grade, "de:2") == ["Søger Nr001"]
    assert narrowed(order, "de") == ["Søger Nr000"]
    assert narrowed(single, "de") == ["Søger Nr001"]
    assert len(narrowed(licence, "findes-ikke")) == 4
    shown = client.get(address(field, f"?col=a_{speaks.pk}&col=state")).content.decode()
    assert "dansk; tysk" in shown
    assert third.candidate.full_name in shown


def test_the_columns_are_chosen_in_the_address(field, sign_in):
    client = sign_in(Role.HR_CASEWORK)
    table = (
        client.get(address(field, "?col=channel&col=documents"))
        .content.decode()
        .split("<thead>")[1]
        .split("</thead>")[0]
    )
    assert table.count("<th") == 4
    assert "order=channel" in table
    assert "order=mean" not in table


def test_the_reader_goes_through_what_the_list_leaves_in_its_order(field, sign_in):
    member = field.ours.actor(Role.HIRING_COMMITTEE)
    rate(field.others[0], 2, actor=member)
    rate(field.others[1], 5, actor=member)
    page = (
        sign_in(Role.HIRING_COMMITTEE)
        .get(address(field, f"{field.others[1].pk}/?mine=rated&order=-own"))
        .content.decode()
    )
    assert f'{field.others[0].pk}/?mine=rated&amp;order=-own" rel="next"' in page
    assert 'rel="prev"' not in page


class TestMovingMany:
    """Chosen in the list, looked at, moved with a reason, and led back."""

    def test_looked_at_done_and_undone(self, field, sign_in):
        client = sign_in(Role.HIRING_MANAGER)
        Application.objects.filter(pk=field.others[0].pk).update(state="INVITED")
        chosen = [field.others[0].reference, field.others[1].reference, field.application.reference]

        preview = client.get(address(field, "move/shortlist/"), {"only": chosen})
        assert (preview.context["forecast"].moving, [row for row, _why in preview.context["forecast"].staying]) == (
            [row for row in preview.context["chosen"] if row.pk != field.others[0].pk], [field.others[0]],
        )  # fmt: skip
        assert not BulkMove.objects.exists()
        assert client.post(address(field, "move/shortlist/"), {"only": chosen, "reason": ""}).status_code == 422
        client.post(address(field, "move/shortlist/"), {"only": chosen, "reason": "Opfylder alle krav"})
        moved = Application.objects.filter(case=field.ours.case, state="SHORTLISTED")
        assert moved.count() == 2

        client.post(address(field, f"undo/{BulkMove.objects.get().pk}/"))
        assert moved.count() == 0

    def test_nobody_undoes_for_another(self, field, sign_in):
        client = sign_in(Role.HIRING_MANAGER)
        client.post(address(field, "move/reserve/"), {"only": [field.application.reference]})
        assert sign_in(Role.HR_CASEWORK).post(address(field, f"undo/{BulkMove.objects.get().pk}/")).status_code == 404

    def test_references_of_others_are_nobodys(self, field, sign_in):
        client = sign_in(Role.HR_EXTENDED)
        sent = {"only": [field.their_application.reference], "reason": "x"}
        assert client.post(address(field, "move/shortlist/"), sent).status_code == 422
        field.their_application.refresh_from_db()
        assert field.their_application.state == "SUBMITTED"

    @pytest.mark.parametrize("role", [Role.HIRING_COMMITTEE, Role.ASSESSMENT_COMMITTEE, Role.ADMIN_SUPPORT])
    def test_committees_and_support_move_nobody(self, field, sign_in, role):
        client = sign_in(role)
        for more in ("move/shortlist/", "together/"):
            assert (
                client.post(address(field, more), {"only": [field.application.reference], "reason": "x"}).status_code
                == 403
            )
        assert "move/shortlist/" not in client.get(address(field)).content.decode()

    def test_there_is_no_move_that_answers(self, field, sign_in):
        for name in ("reject", "withdraw", "make_finalist"):
            assert sign_in(Role.HR_EXTENDED).get(address(field, f"move/{name}/")).status_code == 404

    def test_assessed_together_with_a_criterion(self, field, sign_in):
        client, sent = sign_in(Role.HR_CASEWORK), {"only": [field.application.reference]}
        assert client.post(address(field, "together/"), {**sent, "criterion": " "}).status_code == 422
        client.post(address(field, "together/"), {**sent, "criterion": "Har ikke autorisation"})
        joint = field.ours.case.joint_assessments.get()
        assert list(joint.applications.all()) == [field.application]
        assert len(names(client.get(address(field, "?unassessed=on")))) == 3


class TestCost:
    """However many apply, the screens ask the database the same number of questions."""

    @pytest.mark.parametrize("screen", ["", "committee/", "progress/", "?order=-mean&mine=unrated"])
    def test_ten_or_five_hundred(self, world, sign_in, count_queries, screen):
        to_assessment(world, more=9)
        sign_in(Role.HR_EXTENDED)
        rate(world.application, 4, actor=world.ours.actor(Role.HIRING_MANAGER))
        few = count_queries(address(world, screen))
        everybody = apply_many(world.ours, 490)
        for application in everybody[:20]:
            rate(application, 3, actor=world.ours.actor(Role.HIRING_MANAGER))
            put_icons(application, icons_for(world.ours.institution)[:2], actor=world.ours.actor(Role.HIRING_MANAGER))

        assert count_queries(address(world, screen)) == few

    @pytest.mark.parametrize("role", [Role.HR_EXTENDED, Role.HIRING_MANAGER])
    def test_reading_one_of_ten_or_of_five_hundred(self, world, sign_in, count_queries, role):
        to_assessment(world, more=9)
        sign_in(role)
        few = count_queries(address(world, f"{world.application.pk}/"))
        apply_many(world.ours, 490)

        assert count_queries(address(world, f"{world.application.pk}/")) == few
