"""Standard paragraphs, content templates and master data: who shows which words, and since when."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from portal.pages.ads import shown_facts
from portal.pages.models import JobAdPage
from portal.pages.new_ad import NewAdForm, begin_ad
from portal.pages.publishing import content_of
from portal.pages.renewing import outdated_ads, renew
from portal.pages.taking import drafts_with_old_words, old_texts_of, take_new_words
from portal.pages.texts import ContentTemplate, StandardText
from recruitment.access.roles import Role
from recruitment.advertising.models import JobAdvertisement
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.moving import approve_case
from recruitment.people.actor import Actor
from tests.factories.world import HOUSE, make_case
from tests.portal.pages.test_publishing import BODY, editor_form

TEXTS = "/admin/snippets/pages/standardtext"


@pytest.fixture
def writer(world, client):
    client.force_login(world.ours.staff[Role.COMMUNICATIONS])
    return client


@pytest.fixture
def text(world):
    return StandardText.objects.create(
        name="Mangfoldighed",
        heading="Om {{ institution.name }}",
        body="<p>Gamle ord.</p>",
        institution=world.ours.institution,
    )


@pytest.fixture
def page(world, text):
    page = begin_ad(approve_case(make_case(world.ours), actor=HOUSE), "da", actor=HOUSE)
    page.intro, page.body = "Vil du være med?", [*BODY, ("standard_text", text)]
    page.save_revision().publish()
    return JobAdPage.objects.get(pk=page.pk)


def reword(text, body="<p>Nye ord.</p>"):
    text.body = body
    text.save()


def test_a_changed_paragraph_tells_which_ads_hold_the_old_words(world, text, page, writer):
    assert drafts_with_old_words(text, world.ours.actor(Role.COMMUNICATIONS)) == []
    reword(text)

    listed = writer.get(f"{TEXTS}/edit/{text.pk}/").content.decode()

    assert drafts_with_old_words(text, world.ours.actor(Role.COMMUNICATIONS)) == [page]
    assert f"/admin/pages/{page.pk}/edit/" in listed
    assert old_texts_of(page) == [text]


def test_nobody_is_told_of_ads_out_of_reach(world, text, page):
    text.institution = None
    reword(text)

    assert drafts_with_old_words(text, world.theirs.actor(Role.COMMUNICATIONS)) == []


def test_the_draft_takes_the_new_words_by_one_press_and_what_is_published_keeps_the_old(
    world, text, page, writer, client
):
    reword(text)
    assert "take_new_words" in writer.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert "Gamle ord." in content_of(page).html

    take_new_words(page, actor=world.ours.actor(Role.COMMUNICATIONS))
    client.logout()

    assert "Nye ord." in content_of(page).html
    assert "Gamle ord." in client.get(page.url).content.decode()
    page.save_revision().publish()
    assert "Nye ord." in client.get(page.url).content.decode()


def test_the_button_saves_the_draft_and_takes_the_words(world, text, page, writer):
    reword(text)
    block = page.body[-1]
    form = editor_form(page) | {
        "body-count": "6", "body-5-deleted": "", "body-5-order": "5", "body-5-type": "standard_text", "body-5-id": block.id,
        "body-5-value": str(text.pk), "intro": "Nyt indledende afsnit", "take_new_words": "1",
    }  # fmt: skip

    answer = writer.post(f"/admin/pages/{page.pk}/edit/", form)

    assert answer.status_code == 302
    assert JobAdPage.objects.get(pk=page.pk).get_latest_revision_as_object().intro == "Nyt indledende afsnit"
    assert page.taken_texts.get().body == "<p>Nye ord.</p>"


def test_only_who_may_edit_the_ad_takes_new_words(world, text, page):
    reword(text)

    with pytest.raises(PermissionDenied):
        take_new_words(page, actor=world.theirs.actor(Role.COMMUNICATIONS))

    assert page.taken_texts.get().body == "<p>Gamle ord.</p>"


def test_a_block_that_goes_forgets_its_words_and_another_paragraph_takes_its_own(world, text, page):
    other = StandardText.objects.create(name="Andet", body="<p>Andre ord.</p>", institution=world.ours.institution)
    block_id = page.body[-1].id
    page.body[-1] = ("standard_text", other, block_id)
    page.save_revision()
    assert [(row.text, row.block_id) for row in page.taken_texts.all()] == [(other, block_id)]

    page.body = BODY
    page.save_revision()
    assert not page.taken_texts.exists()


def test_fields_are_filled_from_the_case_and_values_are_escaped(world, text, page):
    RecruitmentCase.objects.filter(pk=page.case_id).update(title="<script>alert(1)</script>")
    reword(text, "<p>Søg {{ case.title }} hos {{ contact.name }}</p>")
    fresh = JobAdPage.objects.get(pk=page.pk)
    take_new_words(fresh, actor=HOUSE)

    words = content_of(fresh).blocks[-1]["value"]

    assert words["heading"] == "Om Styrelsen ours"
    assert words["body"] == "<p>Søg &lt;script&gt;alert(1)&lt;/script&gt; hos Anders Høgsbro</p>"


@pytest.mark.parametrize(
    ("body", "line"), [("<p>{{ case.cpr }}</p>", 1), ("<p>a</p>\n<p>{{ user }}</p>", 2), ("<p>{% if x %}</p>", 1)]
)
def test_a_field_that_does_not_exist_is_refused_with_its_line(text, body, line):
    text.body = body

    with pytest.raises(ValidationError, match=str(line)) as refused:
        text.full_clean()

    assert set(refused.value.error_dict) == {"body"}


def test_a_new_ad_begins_with_the_templates_words_about_its_own_case(world):
    template = ContentTemplate.objects.create(
        name="t", institution=world.ours.institution, intro="Bliv {{ case.title }} & mere", live=True,
        body=[("tasks", {"heading": "Hos {{ institution.name }}", "body": "<p>{{ case.title }}</p>", "items": ["i {{ case.workplace }}"]})],
    )  # fmt: skip
    RecruitmentCase.objects.filter(pk=world.ours.case.pk).update(title="A & <b>B</b>")

    page = begin_ad(RecruitmentCase.objects.get(pk=world.ours.case.pk), "da", actor=HOUSE, template=template)

    block = page.body[0].value
    assert page.intro == "Bliv A & <b>B</b> & mere"
    assert block["body"].source == "<p>A &amp; &lt;b&gt;B&lt;/b&gt;</p>"
    assert (block["heading"], list(block["items"])) == ("Hos Styrelsen ours", ["i Viborg"])


def test_templates_are_offered_where_they_hold_and_in_the_ads_language(world):
    make = ContentTemplate.objects.create
    fits = make(name="enhed", institution=world.ours.institution, unit=world.ours.unit, live=True)
    elsewhere = make(name="nabo", institution=world.ours.institution, unit=world.ours.sibling, live=True)
    theirs = make(name="deres", institution=world.theirs.institution, live=True)
    english = make(name="engelsk", language="en", live=True)
    asked = {"case": str(world.ours.case.pk), "language": "da"}
    actor = world.ours.actor(Role.COMMUNICATIONS)

    accepted = {
        t: NewAdForm(actor, {**asked, "template": str(t.pk)}).is_valid() for t in (fits, elsewhere, theirs, english)
    }

    assert accepted == {fits: True, elsewhere: False, theirs: False, english: False}


def test_changed_master_data_are_in_drafts_at_once_and_in_published_ads_when_told(world, page, writer, client):
    draft = begin_ad(make_case(world.ours), "da", actor=HOUSE)
    assert outdated_ads(world.ours.actor(Role.COMMUNICATIONS)) == []
    world.ours.institution.name_da = "Styrelsen for Alt"
    world.ours.institution.save()
    client.logout()

    def published():
        return client.get(page.url).content.decode().split("<article", 1)[1].split("</dl>", 1)[0]

    assert {fact.code: fact.value for fact in shown_facts(draft, None)}["employer"] == "Styrelsen for Alt"
    assert "Styrelsen for Alt" not in published()
    writer.force_login(world.ours.staff[Role.COMMUNICATIONS])
    listed = writer.get("/admin/ads/renew/")
    assert [[change.now for change in ad.changes] for ad in listed.context["ads"]] == [["Styrelsen for Alt"]]
    assert writer.post("/admin/ads/renew/", {"ad": [str(page.pk)]}).status_code == 302
    client.logout()

    assert "Styrelsen for Alt" in published()
    kept = JobAdvertisement.objects.filter(page_id=page.pk).order_by("version")
    assert [(ad.version, ad.retired_at is None) for ad in kept] == [(1, False), (2, True)]
    assert outdated_ads(world.ours.actor(Role.COMMUNICATIONS)) == []


def test_a_renewed_ad_keeps_its_other_words(world, text, page):
    reword(text)
    take_new_words(page, actor=HOUSE)
    world.ours.institution.name_da = "Styrelsen for Alt"
    world.ours.institution.save()

    actor = world.ours.actor(Role.COMMUNICATIONS)
    renewed = renew(outdated_ads(actor)[0], actor=actor)

    assert "Gamle ord." in renewed.html


def test_nobody_of_another_institution_renews_or_sees_the_list(world, page, client):
    world.ours.institution.name_da = "Styrelsen for Alt"
    world.ours.institution.save()
    client.force_login(world.theirs.staff[Role.COMMUNICATIONS])

    listed = client.get("/admin/ads/renew/")
    client.post("/admin/ads/renew/", {"ad": [str(page.pk)]})

    assert listed.context["ads"] == []
    assert JobAdvertisement.objects.filter(page_id=page.pk).count() == 1
    assert outdated_ads(Actor.person(world.theirs.staff[Role.HR_EXTENDED])) == []


def test_who_publishes_nothing_gets_no_list(world, client):
    client.force_login(world.ours.staff[Role.ADMINISTRATOR])

    assert client.get("/admin/ads/renew/").status_code in {302, 403}


def test_communications_makes_looks_at_and_publishes_a_template(world, writer):
    form = nested_form_data({
        "name": "Fuldmægtig", "language": "da", "institution": str(world.ours.institution.pk), "unit": str(world.ours.unit.pk), "layout": "",
        "intro": "Bliv {{ case.title }}", "body": streamfield([("paragraph", {"heading": "Hos os", "body": rich_text("<p>{{ institution.name }}</p>")})]),
    })  # fmt: skip
    refused = writer.post("/admin/snippets/pages/contenttemplate/add/", form | {"intro": "Bliv {{ case.cpr }}"})

    made = writer.post("/admin/snippets/pages/contenttemplate/add/", form | {"action-publish": "1"})

    template = ContentTemplate.objects.get(name="Fuldmægtig")
    assert refused.context["form"].errors.as_data()["intro"][0].code == "unknown_field"
    assert refused.context["form"]["intro"].value() == "Bliv {{ case.cpr }}"
    assert (made.status_code, template.live, template.unit) == (302, True, world.ours.unit)
    preview = f"/admin/snippets/pages/contenttemplate/preview/{template.pk}/?mode="
    assert writer.post(preview, form).json()["is_valid"]
    assert "Hos os" in writer.get(preview).content.decode()


def test_the_list_of_outdated_ads_costs_the_same_for_one_and_for_many(
    world, page, writer, django_assert_max_num_queries
):
    world.ours.institution.name_da = "Styrelsen for Alt"
    world.ours.institution.save()

    def queries():
        with django_assert_max_num_queries(60) as captured:
            assert writer.get("/admin/ads/renew/").status_code == 200
        return len(captured)

    queries()
    one = queries()
    world.ours.institution.name_da = "Styrelsen ours"
    world.ours.institution.save()
    for _ in range(3):
        more = begin_ad(approve_case(make_case(world.ours), actor=HOUSE), "da", actor=HOUSE)
        more.intro, more.body = "Vil du være med?", BODY
        more.save_revision().publish()
    world.ours.institution.name_da = "Styrelsen for Alt"
    world.ours.institution.save()

    assert len(outdated_ads(world.ours.actor(Role.COMMUNICATIONS))) == 4
    assert queries() == one
