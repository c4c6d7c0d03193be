"""One case, an ad in Danish and in English: begun, compared, published together, and told to search engines."""

import pytest

from portal.pages.layouts import ContentTemplate
from portal.pages.models import JobAdPage
from portal.pages.new_ad import begin_ad
from portal.pages.translating import Gap, differences, original_and_translation, translate
from recruitment.access.roles import Role
from recruitment.advertising.models import JobAdvertisement
from recruitment.cases.moving import approve_case
from tests.factories.world import HOUSE, make_case
from tests.portal.pages.test_publishing import BODY

WRITER = Role.COMMUNICATIONS
WORDS = [("tasks", {"heading": "Opgaver", "body": "<p>Du fører tilsyn.</p>", "items": ["skrive"]}),
         ("paragraph", {"heading": "Om os", "body": "<p>Vi er mange.</p>"}), *BODY[1:]]  # fmt: skip


@pytest.fixture
def page(world) -> JobAdPage:
    case = approve_case(make_case(world.ours), actor=HOUSE)
    template = ContentTemplate.objects.create(name="t", intro="Vil du?", body=WORDS, live=True)
    return begin_ad(case, "da", actor=HOUSE, template=template)


@pytest.fixture
def english(page) -> JobAdPage:
    return translate(page, actor=HOUSE)


def gaps(page: JobAdPage) -> dict[str, Gap]:
    return {difference.name: difference.gap for difference in differences(*original_and_translation(page))}


def write(page: JobAdPage, **words: str) -> JobAdPage:
    """The draft with other words in the blocks of these kinds."""
    draft = JobAdPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    blocks = [dict(block) for block in draft.body.get_prep_value()]
    for block in blocks:
        if block["type"] in words:
            block["value"] = {
                **block["value"],
                "heading": words[block["type"]],
                "body": f"<p>{words[block['type']]}</p>",
                "items": [],
            }
    draft.body = blocks
    draft.intro = words.get("intro", draft.intro)
    draft.save_revision()
    return draft


def test_a_translation_begins_with_the_originals_blocks_in_the_english_tree(world, page, client):
    client.force_login(world.ours.staff[WRITER])

    answer = client.post(f"/admin/ads/{page.pk}/translate/")

    made = JobAdPage.objects.get(case=page.case, locale__language_code="en")
    assert answer.headers["Location"] == f"/admin/pages/{made.pk}/edit/"
    assert (made.title, made.intro, made.live) == ("Head of section", "Vil du?", False)
    assert [block.id for block in made.body] == [block.id for block in page.body]
    assert made.translation_key == page.translation_key


def test_translating_twice_opens_the_one_that_is_there(world, page, english, client):
    client.force_login(world.ours.staff[WRITER])

    client.post(f"/admin/ads/{page.pk}/translate/")

    assert JobAdPage.objects.filter(case=page.case).count() == 2


@pytest.mark.parametrize("role", [Role.HIRING_MANAGER, Role.HR_CASEWORK, Role.ADMINISTRATOR])
def test_who_may_not_edit_the_ad_translates_nothing(world, page, client, role):
    client.force_login(world.ours.staff[role])

    assert client.post(f"/admin/ads/{page.pk}/translate/").status_code in {302, 403, 404}
    assert not JobAdPage.objects.filter(case=page.case, locale__language_code="en").exists()


def test_words_that_were_not_written_over_are_told(page, english):
    assert set(gaps(page).values()) == {Gap.UNTRANSLATED}

    write(english, intro="Would you?", tasks="Inspections", paragraph="About us")

    assert gaps(page) == gaps(english) == {}


def test_a_change_of_the_original_makes_the_translation_out_of_date_until_somebody_has_looked(
    world, page, english, client
):
    write(english, intro="Would you?", tasks="Inspections", paragraph="About us")
    write(page, tasks="Nye opgaver")
    assert gaps(english) == {"Nye opgaver": Gap.CHANGED}
    client.force_login(world.ours.staff[WRITER])

    client.post(f"/admin/ads/{english.pk}/in-step/", {"button": "current"})

    assert gaps(english) == {}


def test_a_new_block_of_the_original_is_missing_until_it_is_taken_over_in_its_place(world, page, english, client):
    write(english, intro="Would you?", tasks="Inspections", paragraph="About us")
    draft = page.get_latest_revision_as_object()
    quote = {"type": "quote", "value": {"text": "Godt sted", "name": "", "title": ""}}
    draft.body = [quote, *draft.body.get_prep_value()]
    draft.save_revision()
    assert set(gaps(page).values()) == {Gap.MISSING}
    client.force_login(world.ours.staff[WRITER])

    client.post(f"/admin/ads/{page.pk}/in-step/", {"button": "take"})

    after = JobAdPage.objects.get(pk=english.pk).get_latest_revision_as_object()
    assert [block.block_type for block in after.body][:3] == ["quote", "tasks", "paragraph"]
    assert after.body[1].value["heading"] == "Inspections"
    assert set(gaps(page).values()) == {Gap.UNTRANSLATED}


def test_what_the_other_language_lacks_stands_beside_both_editors(world, page, english, client):
    client.force_login(world.ours.staff[WRITER])

    for ad in (page, english):
        assert 'data-gap="UNTRANSLATED"' in client.get(f"/admin/pages/{ad.pk}/edit/").content.decode()


def test_both_are_published_in_one_act_and_point_at_each_other(world, page, english, client):
    client.force_login(world.ours.staff[WRITER])

    client.post(f"/admin/ads/{english.pk}/in-step/", {"button": "publish"})

    live = JobAdvertisement.objects.filter(round__case=page.case, retired_at=None)
    assert {ad.language for ad in live} == {"da", "en"}
    client.logout()
    for ad in live:
        shown = client.get(JobAdPage.objects.get(pk=ad.page_id).url).content.decode()
        assert [f'hreflang="{other.language}" href="{other.url}"' in shown for other in live] == [True, True]


def test_an_ad_in_one_language_points_at_no_other(world, page, client):
    page.save_revision().publish()

    assert 'rel="alternate" hreflang' not in client.get(page.url).content.decode()


def test_where_one_lacks_something_neither_goes_out(world, page, english, client):
    write(english, intro="Would you?")
    draft = english.get_latest_revision_as_object()
    draft.body = []
    draft.save_revision()
    client.force_login(world.ours.staff[WRITER])

    client.post(f"/admin/ads/{page.pk}/in-step/", {"button": "publish"})

    assert not JobAdvertisement.objects.filter(round__case=page.case).exists()


def test_an_unknown_deed_does_nothing(world, page, english, client):
    client.force_login(world.ours.staff[WRITER])

    assert client.post(f"/admin/ads/{page.pk}/in-step/", {"button": "x"}).status_code == 302
    assert client.get(f"/admin/ads/{page.pk}/in-step/").status_code == 405
