"""From "new ad" to the public list, in Wagtail's own editor."""

import datetime as dt
import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from portal.pages.layouts import AdLayout, ContentTemplate
from portal.pages.models import JobAdPage, JobIndexPage, PortalImage
from portal.pages.new_ad import begin_ad
from portal.pages.publishing import content_of
from portal.pages.site import ensure_site
from recruitment import clock
from recruitment.access.roles import Role
from recruitment.advertising.models import JobAdvertisement
from recruitment.advertising.posting import job_posting
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.moving import approve_case
from tests.factories.world import HOUSE, make_case

BODY = [("tasks", {"heading": "", "body": "<p>Tilsyn</p>", "items": ["føre tilsyn", "skrive"]}), ("profile", {}), ("process", {}),
        ("terms", {}), ("contact", {})]  # fmt: skip


@pytest.fixture
def template(world):
    return ContentTemplate.objects.create(
        name="Fuldmægtig",
        language="da",
        intro="Vil du være med?",
        body=BODY,
        institution=world.ours.institution,
        live=True,
    )


@pytest.fixture
def ready_case(world):
    return approve_case(make_case(world.ours), actor=HOUSE)


def editor_form(page: JobAdPage, **changes) -> dict:
    blocks = [
        (child.block_type, {"heading": "", "body": rich_text("<p>ord</p>")}
         | ({"items": streamfield([]) | {}} if child.block_type in {"tasks", "profile", "offer"} else {}))
        for child in page.body
    ]  # fmt: skip
    return nested_form_data({
        "title": page.title, "slug": page.slug, "case": str(page.case_id), "layout": "", "picture": "", "intro": page.intro,
        "body": streamfield([(kind, _block(kind)) for kind, _value in blocks]),
        "seo_title": "", "search_description": "", "go_live_at": "", "expire_at": "", **changes,
    })  # fmt: skip


def _block(kind: str) -> dict:
    value = {"heading": "", "body": rich_text("<p>ord</p>")}
    if kind in {"tasks", "profile", "offer"}:
        value |= {
            "items-count": "1",
            "items-0-deleted": "",
            "items-0-order": "0",
            "items-0-type": "item",
            "items-0-value": "føre tilsyn",
            "items-0-id": "",
        }
    return value


def test_a_new_ad_is_filled_from_the_template_and_the_case(world, template, ready_case, client):
    client.force_login(world.ours.staff[Role.COMMUNICATIONS])

    response = client.post("/admin/ads/new/", {"case": ready_case.pk, "language": "da", "template": template.pk})

    page = JobAdPage.objects.get(case=ready_case)
    assert response.headers["Location"] == f"/admin/pages/{page.pk}/edit/"
    assert (page.title, page.intro, page.live) == ("Fuldmægtig", "Vil du være med?", False)
    assert [child.block_type for child in page.body] == ["tasks", "profile", "process", "terms", "contact"]


def test_communications_publishes_and_the_ad_is_found(world, template, ready_case, client):
    communications = world.ours.staff[Role.COMMUNICATIONS]
    client.force_login(communications)
    page = begin_ad(ready_case, "da", actor=world.ours.actor(Role.COMMUNICATIONS), template=template)

    response = client.post(f"/admin/pages/{page.pk}/edit/", {**editor_form(page), "action-publish": "action-publish"})

    assert response.status_code == 302, response.context["form"].errors
    ready_case.refresh_from_db()
    assert ready_case.state == "ADVERTISED"
    ad = JobAdvertisement.objects.get(round__case=ready_case)
    assert [block["kind"] for block in ad.blocks] == ["intro", "tasks", "profile", "process", "terms", "contact"]
    client.logout()
    assert "Fuldmægtig" in client.get("/job/").content.decode()
    answer = client.get(page.url)
    shown = answer.content.decode()
    assert answer.context["news"]["first"] == answer.context["news"]["last"] == ad.published_at
    assert shown.index('class="ad__side') < shown.index('class="ad__text')
    assert "Anders Høgsbro" in shown
    assert '"@type": "JobPosting"' in shown


def test_publishing_an_incomplete_ad_is_refused_with_a_list_and_nothing_is_lost(world, template, client):
    case = approve_case(make_case(world.ours, pay_placement_text=""), actor=HOUSE)
    client.force_login(world.ours.staff[Role.COMMUNICATIONS])
    page = begin_ad(case, "da", actor=world.ours.actor(Role.COMMUNICATIONS), template=template)

    response = client.post(
        f"/admin/pages/{page.pk}/edit/", {**editor_form(page, intro="Nye ord"), "action-publish": "1"}, follow=True
    )

    assert "Pay and grading are missing" in response.content.decode() or "Løn" in response.content.decode()
    page.refresh_from_db()
    assert (page.live, page.get_latest_revision_as_object().intro) == (False, "Nye ord")
    assert not JobAdvertisement.objects.filter(round__case=case).exists()


def test_the_ad_stays_readable_after_the_deadline_and_says_so(world, template, ready_case, client):
    page = begin_ad(ready_case, "da", actor=HOUSE, template=template)
    page.save_revision().publish()
    assert client.get(page.url).status_code == 200

    with clock.shifted(dt.timedelta(days=22)):
        shown = client.get(page.url)
        listed = client.get("/job/").content.decode()

    assert shown.status_code == 200
    assert "JobPosting" not in shown.content.decode()
    assert page.url not in listed


def test_an_ad_that_has_not_gone_out_is_seen_by_its_writers_only(world, template, ready_case, client):
    page = begin_ad(ready_case, "da", actor=HOUSE, template=template)
    Page.objects.filter(pk=page.pk).update(live=True)
    assert client.get(page.url).status_code == 404

    client.force_login(world.theirs.staff[Role.COMMUNICATIONS])
    assert client.get(page.url).status_code == 404

    client.force_login(world.ours.staff[Role.COMMUNICATIONS])
    assert client.get(page.url).status_code == 200


@pytest.mark.parametrize("role", [Role.HR_EXTENDED, Role.COMMUNICATIONS, Role.HR_LIMITED])
def test_writers_reach_the_editor_of_their_ads(world, role, template, client):
    page = begin_ad(world.ours.case, "da", actor=HOUSE, template=template)
    client.force_login(world.ours.staff[role])

    assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200


@pytest.mark.parametrize("role", [Role.HIRING_COMMITTEE, Role.ADMIN_SUPPORT, Role.HR_CASEWORK, Role.ADMINISTRATOR])
def test_others_do_not(world, role, template, client):
    page = begin_ad(world.ours.case, "da", actor=HOUSE, template=template)
    client.force_login(world.ours.staff[role])

    assert client.get(f"/admin/pages/{page.pk}/edit/").status_code in {302, 403, 404}


@pytest.mark.parametrize("view", ["edit", "delete", "history", "usage", "unpublish"])
def test_no_view_of_another_institutions_ad_opens(world, view, template, client):
    page = begin_ad(world.ours.case, "da", actor=HOUSE, template=template)
    for role in (Role.COMMUNICATIONS, Role.HR_EXTENDED):
        client.force_login(world.theirs.staff[role])

        response = client.get(f"/admin/pages/{page.pk}/{view}/")

        assert response.status_code in {302, 403, 404}
        assert world.ours.case.title not in response.content.decode()


@pytest.mark.parametrize("view", ["edit", "delete", "history", "usage", "inspect", "unpublish"])
def test_no_view_of_another_institutions_layout_opens(world, view, client):
    layout = AdLayout.objects.create(name="Vores hemmelige layout", institution=world.ours.institution)
    client.force_login(world.theirs.staff[Role.COMMUNICATIONS])

    listed = client.get("/admin/snippets/pages/adlayout/").content.decode()
    opened = client.get(f"/admin/snippets/pages/adlayout/{view}/{layout.pk}/")
    bulk = client.get(f"/admin/bulk/pages/adlayout/delete/?id={layout.pk}")

    assert "hemmelige" not in listed
    assert opened.status_code == 404
    assert "hemmelige" not in bulk.content.decode()


def test_a_layout_with_unreadable_colours_is_refused(world):
    with pytest.raises(ValidationError, match="4,5"):
        AdLayout(name="Gul på hvid", accent="#ffff00", shape="band").full_clean()
    AdLayout(name="Blå", accent="#0b4a6f").full_clean()


def test_choosing_a_layout_changes_the_look(world, template, ready_case, client):
    layout = AdLayout.objects.create(
        name="Rød", accent="#8a1538", institution=world.ours.institution, shape="centred", live=True
    )
    page = begin_ad(ready_case, "da", actor=HOUSE, template=template, layout=layout)
    page.save_revision().publish()

    shown = client.get(page.url).content.decode()

    assert f"/layout/{layout.pk}/" in shown
    assert 'class="ad ad--centred"' in shown
    assert b"#8a1538" in client.get(f"/layout/{layout.pk}/1.css").content


def test_what_is_frozen_holds_no_script(world, template, ready_case):
    page = begin_ad(ready_case, "da", actor=HOUSE, template=template)
    page.body = [("paragraph", {"heading": "", "body": '<p onclick="x()">a<script>alert(1)</script></p>'})]

    content = content_of(page)

    assert "script" not in content.html
    assert "onclick" not in content.html


def test_a_new_search_keeps_the_filters(world, client):
    shown = client.get("/job/?region=1082&sorter=nyeste&ord=tilsyn")

    search = shown.content.decode().split('role="search"', 1)[1].split("</form>", 1)[0]
    assert shown.context["kept"] == [("region", "1082")]
    assert 'name="region" value="1082"' in search
    assert 'name="sorter" value="nyeste"' in search


def list_queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(40) as captured:
        client.get("/job/")
    return len(captured)


def test_the_list_costs_the_same_for_one_job_and_for_many(world, template, client, django_assert_max_num_queries):
    client.get("/job/")
    first = list_queries(client, django_assert_max_num_queries)
    for _ in range(3):
        case = make_case(world.ours, actor=HOUSE)
        page = begin_ad(RecruitmentCase.objects.get(pk=case.pk), "da", actor=HOUSE, template=template)
        page.save_revision().publish()

    assert list_queries(client, django_assert_max_num_queries) == first


@pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning")
def test_frozen_pictures_are_paths_inside_and_whole_addresses_outside(world, template, ready_case, client, settings):
    settings.SITE_URL = "https://job.example"
    page = begin_ad(ready_case, "da", actor=HOUSE, template=template)
    picture = a_picture()
    page.picture = picture
    picture.contextual_alt_text, picture.decorative = "Huset", False
    page.body = [*BODY, ("image", {"image": picture, "caption": "Her"})]
    page.save_revision().publish()

    ad = JobAdvertisement.objects.get(round__case=ready_case)
    block = next(block for block in ad.blocks if block["kind"] == "image")
    assert block["value"]["image"]["url"].startswith("/media/")
    assert ad.image_url.startswith("/media/")
    assert 'src="/media/' in ad.html
    assert 'src="https://job.example/media/' in job_posting(ad)["description"]


def a_picture() -> PortalImage:
    drawn = io.BytesIO()
    Image.new("RGB", (1300, 700), "#0b4a6f").save(drawn, "PNG")
    return PortalImage.objects.create(title="Huset", file=ContentFile(drawn.getvalue(), "hus.png"))


def test_pages_have_danish_names_whether_or_not_catalogues_were_there(db, monkeypatch):
    monkeypatch.setattr("django.utils.translation._trans.gettext", lambda message: message)
    Page.objects.filter(depth__gt=1).delete()

    homes = ensure_site()

    assert homes["da"].title == "Job i det offentlige"
    assert JobIndexPage.objects.get(locale__language_code="da").title == "Ledige stillinger"


def test_a_danish_page_that_got_the_english_name_is_mended_unless_somebody_chose_it(db):
    ensure_site()
    danish = JobIndexPage.objects.get(locale__language_code="da")
    JobIndexPage.objects.filter(pk=danish.pk).update(title="Vacant jobs")
    ensure_site()
    danish.refresh_from_db()
    assert danish.title == "Ledige stillinger"

    danish.title = "Vacant jobs"
    danish.save_revision().publish()
    ensure_site()
    danish.refresh_from_db()
    assert danish.title == "Vacant jobs"


# Wagtail leaves a picture's temporary file to the garbage collector when it makes a rendition.
@pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning")
def test_the_picture_of_an_ad_is_served_and_nothing_beside_it(world, template, ready_case, client):
    drawn = io.BytesIO()
    Image.new("RGB", (60, 40), "#0b4a6f").save(drawn, "PNG")
    picture = PortalImage.objects.create(title="Huset", file=ContentFile(drawn.getvalue(), "hus.png"))
    shown = picture.get_rendition("width-30|format-webp").url

    answer = client.get(shown)

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert b"".join(answer.streaming_content)
    for beside in (
        picture.file.url,
        "/media/documents/cv",
        "/media/images/../original_images/hus.png",
        "/media/images/",
    ):
        assert client.get(beside, follow=True).status_code in {400, 404}
