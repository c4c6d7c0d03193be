"""An ad whose first points are those of the job profile."""

from portal.pages.models import JobAdPage
from portal.pages.new_ad import begin_ad
from recruitment.access.roles import Role
from recruitment.cases.profile import JobProfile
from recruitment.cases.profiling import edit_profile
from tests.factories.world import HOUSE, make_case


def points(page: JobAdPage) -> dict[str, list[str]]:
    fresh = JobAdPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return {
        block.block_type: list(block.value["items"]) for block in fresh.body if block.block_type in {"tasks", "profile"}
    }


def test_an_ad_begins_with_the_tasks_and_requirements_of_the_profile(world, client):
    case = make_case(world.ours)
    client.force_login(world.ours.staff[Role.HR_EXTENDED])

    client.post("/admin/ads/new/", {"case": case.pk, "language": "da", "from_profile": "on"})

    assert points(JobAdPage.objects.get(case=case)) == {
        "tasks": ["Føre tilsyn", "Skrive afgørelser"], "profile": ["Forvaltningsret", "Klar formidling"],
    }  # fmt: skip


def test_an_ad_in_the_other_language_takes_only_what_is_said_in_it(world):
    case = make_case(world.ours)
    rows = [{"name_da": "Forvaltningsret", "name_en": "Administrative law"}, {"name_da": "Klar formidling"}]
    edit_profile(case, actor=HOUSE, fields={}, competences=rows)

    assert points(begin_ad(case, "en", actor=HOUSE, from_profile=True)) == {"profile": ["Administrative law"]}


def test_what_is_for_the_house_never_comes_into_the_ad(world):
    case = make_case(world.ours)
    edit_profile(
        case, actor=HOUSE, fields={"redistribution_note": "Arkivet går til Bo", "own_answers": {"x": "Hemmeligt"}}
    )

    page = begin_ad(case, "da", actor=HOUSE, from_profile=True)

    assert not {"Arkivet går til Bo", "Hemmeligt"} & {point for found in points(page).values() for point in found}


def test_an_empty_ad_stays_empty_where_it_is_wanted(world):
    assert points(begin_ad(make_case(world.ours), "da", actor=HOUSE)) == {}


def paragraphs(page: JobAdPage) -> dict[str, str]:
    fresh = JobAdPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return {
        block.value["heading"]: block.value["body"].source for block in fresh.body if block.block_type == "paragraph"
    }


def test_of_the_frame_the_ad_takes_what_hr_lets_it_take(world, client):
    case = make_case(world.ours)
    frame = {"success_criteria": "Køen er væk <om et år>.", "organisation_placement": "Under direktøren."}
    edit_profile(case, actor=HOUSE, fields=frame)
    assert paragraphs(begin_ad(case, "da", actor=HOUSE, from_profile=True)) == {}

    other = make_case(world.ours)
    edit_profile(other, actor=HOUSE, fields={**frame, "shown_in_ad": ["success_criteria"]})
    assert paragraphs(begin_ad(other, "da", actor=HOUSE, from_profile=True)) == {
        "Succeskriterier": "<p>Køen er væk &lt;om et år&gt;.</p>"
    }
    assert paragraphs(begin_ad(other, "en", actor=HOUSE, from_profile=True)) == {}


def test_which_is_chosen_on_the_profile_and_nothing_else_can_be(world, client):
    case = make_case(world.ours)
    client.force_login(world.ours.staff[Role.HR_EXTENDED])
    address = f"/admin/cases/{case.pk}/profile/"
    typed = {"tasks": "Føre tilsyn", "competences-TOTAL_FORMS": "0", "competences-INITIAL_FORMS": "0"}

    assert client.post(address, {**typed, "shown_in_ad": ["redistribution_note"]}).status_code == 422
    assert client.post(address, {**typed, "shown_in_ad": ["preconditions"]}).status_code == 302
    assert JobProfile.objects.get(case=case).shown_in_ad == ["preconditions"]
