"""The checks beside the editor: live, on their own page, and mended with a click."""

import pytest
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from portal.pages.checking import remarks_on
from portal.pages.layouts import StandardText
from portal.pages.models import JobAdPage
from portal.pages.new_ad import begin_ad
from recruitment.access.roles import Role
from recruitment.advertising.house_rules import set_rules
from recruitment.cases.moving import approve_case
from tests.factories.world import HOUSE, make_case

WRITER = Role.COMMUNICATIONS
TEXT = '<p>Vi søger en formand. Se mere <a href="https://styrelsen.example/">klik her</a>.</p>'


@pytest.fixture
def page(world) -> JobAdPage:
    case = approve_case(make_case(world.ours), actor=HOUSE)
    ad = begin_ad(case, "da", actor=HOUSE)
    ad.intro = "Vi har et ungt team."
    ad.body = [
        ("paragraph", {"heading": "Om os", "body": TEXT}),
        ("tasks", {"heading": "", "body": "", "items": ["lede udvalget som formand"]}),
    ]
    ad.save_revision()
    return ad


def form_of(page: JobAdPage, body: str = TEXT, **changes) -> dict:
    point = {
        "items-count": "1",
        "items-0-deleted": "",
        "items-0-order": "0",
        "items-0-type": "item",
        "items-0-value": "lede udvalget som formand",
        "items-0-id": "",
    }
    return nested_form_data({
        "title": page.title, "slug": page.slug, "case": str(page.case_id), "layout": "", "picture": "", "intro": page.intro,
        "body": streamfield([("paragraph", {"heading": "Om os", "body": rich_text(body)}),
                             ("tasks", {"heading": "", "body": rich_text(""), **point})]),
        "seo_title": "", "search_description": "", "go_live_at": "", "expire_at": "", **changes,
    })  # fmt: skip


def codes(remarks) -> set[str]:
    return {remark["code"] for remark in remarks}


def newest(page: JobAdPage) -> JobAdPage:
    return JobAdPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def test_what_stands_in_the_form_is_checked_without_being_saved(world, page, client):
    client.force_login(world.ours.staff[WRITER])
    before = page.latest_revision_id

    told = client.post(
        f"/admin/ads/{page.pk}/checks/", form_of(page, "<p>Vi skriver til alle interesserede.</p>", intro="Vil du?")
    ).json()

    assert codes(told["remarks"]) == {"contents", "contact", "gender", "pay_range", "interview_dates"}
    assert told["stops"] == 4
    page.refresh_from_db()
    assert page.latest_revision_id == before


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_saved_draft_is_checked_on_a_page_of_its_own(world, page, client, language):
    client.force_login(world.ours.staff[Role.HR_EXTENDED])

    shown = client.get(f"/admin/ads/{page.pk}/checks/", headers={"accept-language": language})

    assert shown.status_code == 200
    assert {told.remark.code for told in shown.context["told"]} >= {"gender", "age", "link_words", "equality_call"}
    assert 'name="mend"' not in shown.content.decode()


@pytest.mark.parametrize(
    "role", [Role.HR_CASEWORK, Role.HIRING_MANAGER, Role.HIRING_COMMITTEE, Role.ADMIN_SUPPORT, Role.ADMINISTRATOR]
)
def test_who_may_not_edit_the_ad_gets_no_checks(world, page, client, role):
    client.force_login(world.ours.staff[role])

    for answer in (
        client.get(f"/admin/ads/{page.pk}/checks/"),
        client.post(f"/admin/ads/{page.pk}/checks/", form_of(page)),
    ):
        assert answer.status_code in {302, 403, 404}


def test_another_institutions_writer_meets_no_such_ad(world, page, client):
    client.force_login(world.theirs.staff[WRITER])

    assert client.get(f"/admin/ads/{page.pk}/checks/").status_code == 404
    assert client.post(f"/admin/ads/{page.pk}/checks/", form_of(page)).status_code == 404


def test_a_form_that_is_no_form_is_answered_with_its_faults(world, page, client):
    client.force_login(world.ours.staff[WRITER])

    answer = client.post(f"/admin/ads/{page.pk}/checks/", {**form_of(page), "case": "no-case", "title": "x" * 400})

    assert answer.status_code == 422
    assert {"case", "title"} <= set(answer.json()["faults"])


def mend(client, page, code, words="", body=TEXT):
    remark = next(each for each in remarks_on(newest(page)) if each.code == code)
    return client.post(
        f"/admin/pages/{page.pk}/edit/", {**form_of(page, body), "mend": remark.key, f"words:{remark.key}": words}
    )


def test_a_click_saves_what_was_typed_and_mends_one_place(world, page, client):
    client.force_login(world.ours.staff[WRITER])

    answer = mend(client, page, "gender", body=TEXT.replace("Se mere", "Læs om løn"))

    assert answer.headers["Location"] == f"/admin/pages/{page.pk}/edit/"
    body = newest(page).body
    assert "en forperson. Læs om løn" in body[0].value["body"].source
    assert list(body[1].value["items"]) == ["lede udvalget som formand"]


def test_a_link_gets_the_words_that_were_typed_and_none_without(world, page, client):
    client.force_login(world.ours.staff[WRITER])

    mend(client, page, "link_words")
    unchanged = newest(page).body[0].value["body"].source
    mend(client, page, "link_words", words="styrelsens opgaver")

    assert "klik her" in unchanged
    assert ">styrelsens opgaver</a>" in newest(page).body[0].value["body"].source


def test_the_call_to_everybody_is_inserted_as_a_paragraph(world, page, client):
    client.force_login(world.ours.staff[WRITER])

    mend(client, page, "equality_call")

    assert [child.block_type for child in newest(page).body] == ["paragraph", "tasks", "paragraph"]
    assert "equality_call" not in {remark.code for remark in remarks_on(newest(page))}


def test_a_point_of_a_list_is_mended_where_it_stands(world, page, client):
    client.force_login(world.ours.staff[WRITER])

    mend(client, page, "gender")
    mend(client, page, "gender", body=TEXT.replace("formand", "forperson"))

    assert list(newest(page).body[1].value["items"]) == ["lede udvalget som forperson"]


def test_saving_tells_how_much_there_is_to_remark_without_any_script(world, page, client):
    client.force_login(world.ours.staff[WRITER])

    saved = client.post(f"/admin/pages/{page.pk}/edit/", form_of(page), follow=True)
    autosaved = client.post(f"/admin/pages/{page.pk}/edit/", form_of(page), headers={"accept": "application/json"})

    assert f'<a href="/admin/ads/{page.pk}/checks/">' in saved.content.decode()
    assert autosaved.json()["success"]
    assert f'<a href="/admin/ads/{page.pk}/checks/">' not in client.get("/admin/").content.decode()


def test_who_may_not_edit_mends_nothing(world, page, client):
    client.force_login(world.ours.staff[Role.HIRING_MANAGER])

    assert mend(client, page, "gender").status_code in {302, 403, 404}

    assert "formand" in newest(page).body[0].value["body"].source


def test_a_standard_paragraph_is_told_of_but_mended_in_its_library(world, page):
    standard = StandardText.objects.create(
        name="Om os", body="<p>Vores formand.</p>", institution=world.ours.institution
    )
    page.intro, page.body = "", [("standard_text", standard)]

    [remark] = [each for each in remarks_on(page) if each.code == "gender"]

    assert remark.mend is None


def test_the_institution_switches_advice_off_and_names_its_own_words(world, page):
    set_rules(
        world.ours.institution,
        switched_off=["pay_range", "interview_dates"],
        unwanted=[("team", "hold")],
        manager_approves=False,
        actor=HOUSE,
    )

    told = remarks_on(page)

    assert {"pay_range", "interview_dates"}.isdisjoint(remark.code for remark in told)
    [own] = [remark for remark in told if remark.code == "own_words"]
    assert (own.quote, own.mend.new) == ("team", "hold")


def test_the_checks_stand_beside_the_ad_and_beside_no_other_page(world, page, client):
    client.force_login(world.ours.staff[WRITER])

    ad = client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    institution = client.get(f"/admin/pages/{page.get_parent().pk}/edit/").content.decode()

    assert f'data-ad-checks="/admin/ads/{page.pk}/checks/"' in ad
    assert "data-ad-checks" not in institution
