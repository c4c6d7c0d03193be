"""Job analysis, adapted profiles and stages, on the screen."""

import pytest

from recruitment.access.roles import Role
from recruitment.cases.adapted import ProfileField, SubStage
from recruitment.planning.analysis import link_of
from recruitment.planning.analysis_models import Contribution
from tests.factories.world import make_case


def test_from_the_question_by_link_to_the_profile(world, sign_in, client):
    case, hr = make_case(world.ours), sign_in(Role.HR_EXTENDED)
    address = f"/admin/cases/{case.pk}/analysis/"
    assert hr.post(address, {"addresses": "ikke en adresse"}).status_code == 422
    hr.post(address, {"addresses": "ida@andetsted.example\nbo@andetsted.example", "role_in_job": "kolleger"})
    ida, bo = Contribution.objects.order_by("email")[::-1]

    client.logout()
    link = link_of(ida).removeprefix("http://testserver")
    link = link[link.index("/jobanalyse/") :]
    assert client.post(link, {}).status_code == 422
    kept = client.post(link, {"name": "Ida", "tasks": "Holde oplæg\nRejse", "personal": "Tålmodig"})
    assert client.get(kept.headers["Location"]).status_code == 200

    hr = sign_in(Role.HR_EXTENDED)
    shown = hr.get(address).content.decode()
    assert "Holde oplæg" in shown
    assert hr.post(f"{address}{bo.pk}/end/").status_code == 302
    hr.post(f"{address}take/", {"tasks": ["Holde oplæg"], "personal": ["Tålmodig"]})

    case.profile.refresh_from_db()
    assert "Holde oplæg" in case.profile.task_list()
    assert client.get(link).status_code == 404


def test_answers_of_another_case_are_not_found(world, sign_in):
    other = make_case(world.theirs)
    hr = sign_in(Role.HR_EXTENDED)
    assert hr.get(f"/admin/cases/{other.pk}/analysis/").status_code == 404
    assert hr.post(f"/admin/cases/{world.ours.case.pk}/analysis/{other.pk}/end/").status_code == 404
    assert hr.post(f"/admin/cases/{world.ours.case.pk}/analysis/take/", {"tasks": ["x"]}).status_code == 404


@pytest.fixture
def fields(world, sign_in):
    """The address of the set-up, with the first administrator signed in."""
    sign_in(Role.ADMINISTRATOR)
    return f"/admin/setup/{world.ours.institution.pk}/profile-fields/"


def test_a_field_of_one_s_own_is_asked_and_its_answer_kept(world, client, sign_in, fields):
    typed = {
        "fields-TOTAL_FORMS": "3", "fields-INITIAL_FORMS": "2", "fields-0-column": "tasks", "fields-0-is_shown": "on", "fields-0-ORDER": "2",
        "fields-1-column": "preconditions", "fields-1-ORDER": "3", "fields-2-label_da": "Sikkerhedsgodkendelse", "fields-2-is_shown": "on", "fields-2-ORDER": "1",
    }  # fmt: skip
    client.post(fields, typed)
    own = ProfileField.objects.get(column="")

    case, hr = make_case(world.ours), sign_in(Role.HR_EXTENDED)
    profile = f"/admin/cases/{case.pk}/profile/"
    shown = hr.get(profile).content.decode()
    assert shown.index("Sikkerhedsgodkendelse") < shown.index('name="tasks"')
    assert 'name="preconditions"' not in shown
    hr.post(profile, {
        f"own_{own.pk}": "Hemmeligt", "tasks": "Føre tilsyn", "competences-TOTAL_FORMS": "0", "competences-INITIAL_FORMS": "0",
    })  # fmt: skip

    case.profile.refresh_from_db()
    assert case.profile.own_answers == {str(own.pk): "Hemmeligt"}


def test_tasks_cannot_be_switched_off(client, fields):
    typed = {"fields-TOTAL_FORMS": "1", "fields-INITIAL_FORMS": "1", "fields-0-column": "tasks", "fields-0-ORDER": "1"}

    assert client.post(fields, typed).status_code == 422


def test_names_and_stages_are_saved_and_a_case_is_put_in_one(world, sign_in):
    admin, address = sign_in(Role.ADMINISTRATOR), f"/admin/setup/{world.ours.institution.pk}/stages/"
    admin.post(address, {
        "DRAFT_da": "Under udarbejdelse", "stages-TOTAL_FORMS": "1", "stages-INITIAL_FORMS": "0", "stages-0-label_da": "Hos direktionen",
        "stages-0-state": "DRAFT", "stages-0-ORDER": "1",
    })  # fmt: skip
    stage, case, hr = SubStage.objects.get(), make_case(world.ours), sign_in(Role.HR_EXTENDED)

    hr.post(f"/admin/cases/{case.pk}/stage/", {"stage": str(stage.pk)})
    shown = hr.get(f"/admin/cases/{case.pk}/").content.decode()
    assert "Under udarbejdelse" in shown
    case.refresh_from_db()
    assert case.sub_stage == stage

    for nonsense in ("nej", ""):
        assert hr.post(f"/admin/cases/{case.pk}/stage/", {"stage": nonsense}).status_code == 302


def test_many_cases_with_names_of_their_own_cost_no_more(world, sign_in, count_queries):
    sign_in(Role.HR_EXTENDED)
    few = count_queries("/admin/cases/")
    for number in range(4):
        make_case(world.ours, title=f"Sag {number}")

    assert count_queries("/admin/cases/") == few
