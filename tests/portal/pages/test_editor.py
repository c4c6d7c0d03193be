"""The ad editor as the communications role meets it: what is refused leads to its field, who approves, pictures, pasting."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.models import Collection, GroupApprovalTask, PageLogEntry, TaskState

from portal.pages.blocks import tidy
from portal.pages.layouts import ContentTemplate
from portal.pages.models import JobAdPage, PortalImage
from portal.pages.new_ad import begin_ad
from portal.pages.publishing import place_to_mend, rehearse
from recruitment.access.roles import Role
from recruitment.advertising.models import JobAdvertisement
from recruitment.cases.moving import approve_case
from recruitment.people.actor import Actor
from tests.factories.world import HOUSE, make_case
from tests.portal.pages.test_publishing import BODY, editor_form

# Wagtail leaves a picture's temporary file to the garbage collector when it makes a rendition.
pytestmark = pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning")


@pytest.fixture
def page(world) -> JobAdPage:
    case = approve_case(make_case(world.ours), actor=HOUSE)
    template = ContentTemplate.objects.create(name="t", intro="Vil du?", body=BODY, live=True)
    return begin_ad(case, "da", actor=HOUSE, template=template)


def a_png() -> SimpleUploadedFile:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "#0b4a6f").save(drawn, "PNG")
    return SimpleUploadedFile("hus.png", drawn.getvalue(), "image/png")


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_line_of_a_refusal_leads_to_a_place_that_is_there(world, page, client, language):
    page.intro, page.body, page.title = "", [], ""
    writer = world.ours.staff[Role.COMMUNICATIONS]
    writer.wagtail_userprofile = None
    client.force_login(writer)
    client.cookies.load({"django_language": language})
    obstacles = rehearse(page, Actor.person(writer))

    editor = client.get(f"/admin/pages/{page.pk}/edit/", headers={"accept-language": language}).content.decode()

    from django.utils.translation import override  # noqa: PLC0415

    shown_in = re.search(r'<html lang="(\w\w)', editor).group(1)
    with override(shown_in):
        places = {place_to_mend(page, obstacle) for obstacle in obstacles if obstacle.place.startswith("page.")}
    assert len(places) == 3
    assert [place for place in places if f'id="{place[1:]}"' not in editor] == []


def test_communications_adds_pictures_to_its_own_collection_and_meets_no_others(world, client):
    ours, theirs = (Collection.objects.get(name=slug) for slug in ("ours", "theirs"))
    hidden = PortalImage.objects.create(title="Deres hus", file=a_png(), collection=theirs)
    client.force_login(world.ours.staff[Role.COMMUNICATIONS])

    made = client.post("/admin/images/add/", {"title": "Vores hus", "file": a_png(), "collection": ours.pk})

    assert made.status_code == 302, made.context["form"].errors
    assert PortalImage.objects.get(title="Vores hus").collection == ours
    for address in ("/admin/images/", "/admin/images/chooser/", "/admin/images/?q=Deres"):
        shown = client.get(address)
        assert shown.status_code == 200
        assert "Deres hus" not in shown.content.decode()
    for view in ("", "delete/", "usage/"):
        assert client.get(f"/admin/images/{hidden.pk}/{view}").status_code in {302, 403, 404}
    client.post("/admin/images/add/", {"title": "Smuglet", "file": a_png(), "collection": theirs.pk})
    assert not PortalImage.objects.filter(title="Smuglet", collection=theirs).exists()


@pytest.mark.parametrize("role", [Role.HIRING_COMMITTEE, Role.ADMIN_SUPPORT, Role.HR_CASEWORK])
def test_who_writes_no_ads_has_no_pictures(world, client, role):
    client.force_login(world.ours.staff[role])

    assert client.get("/admin/images/").status_code in {302, 403, 404}


def submit(client, page) -> TaskState:
    response = client.post(f"/admin/pages/{page.pk}/edit/", {**editor_form(page), "action-submit": "action-submit"})
    assert response.status_code == 302, response.context["form"].errors
    return TaskState.objects.get(workflow_state__object_id=str(page.pk), status="in_progress")


def test_a_colleague_approves_and_the_ad_goes_out(world, page, client):
    client.force_login(world.ours.staff[Role.COMMUNICATIONS])
    task = submit(client, page)
    client.force_login(world.ours.staff[Role.HR_EXTENDED])

    client.post(f"/admin/pages/{page.pk}/workflow/action/approve/{task.pk}/")

    assert JobAdvertisement.objects.filter(page_id=page.pk, retired_at=None).exists()


def test_an_incomplete_ad_is_not_approved(world, page, client):
    client.force_login(world.ours.staff[Role.COMMUNICATIONS])
    page.intro = ""
    task = submit(client, page)

    answers = [
        client.post(f"/admin/pages/{page.pk}/workflow/action/approve/{task.pk}/"),
        client.post(f"/admin/pages/{page.pk}/edit/", {**editor_form(page), "action-workflow-action": "1", "workflow-action-name": "approve"}),
    ]  # fmt: skip

    assert [answer.status_code for answer in answers] == [302, 302]
    task.refresh_from_db()
    assert task.status == "in_progress"
    assert not JobAdvertisement.objects.filter(page_id=page.pk).exists()


def test_nobody_approves_for_another_institution_or_without_the_right(world, page, client):
    client.force_login(world.ours.staff[Role.COMMUNICATIONS])
    task = submit(client, page)
    for user in (world.theirs.staff[Role.COMMUNICATIONS], world.ours.staff[Role.HR_CASEWORK]):
        client.force_login(user)

        answer = client.post(f"/admin/pages/{page.pk}/workflow/action/approve/{task.pk}/")

        assert answer.status_code in {302, 403, 404}
        task.refresh_from_db()
        assert task.status == "in_progress"


def test_each_institution_has_its_own_approvers(world):
    for slug in ("ours", "theirs"):
        groups = GroupApprovalTask.objects.get(name=f"ads:{slug}").groups.values_list("name", flat=True)
        assert list(groups) == [f"writers:{slug}"]


def test_what_could_not_go_out_by_itself_says_why_in_its_history(world, page):
    page.intro = ""
    page.save_revision().publish()

    page.refresh_from_db()
    [entry] = PageLogEntry.objects.filter(page=page, action="pages.refused")
    assert (page.live, len(entry.data["why"])) == (False, 1)


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("<p>Du\u00a0fører   tilsyn.</p>", "<p>Du fører tilsyn.</p>"),
        ('<p data-block-key="a">  </p><p>Ord</p><p><br/></p>', "<p>Ord</p>"),
        ("<ul><li>føre&nbsp;tilsyn</li></ul>", "<ul><li>føre tilsyn</li></ul>"),
        ("<p>Ord</p>", "<p>Ord</p>"),
        (
            '<a href="https://www.google.com/url?q=https://a.example/b%3Fc%3D1&amp;source=gmail">a</a>',
            '<a href="https://a.example/b?c=1">a</a>',
        ),
        (
            '<a href="https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2F&amp;data=x">a</a>',
            '<a href="https://a.example/">a</a>',
        ),
        (
            '<a href="https://www.google.com/url?q=javascript:alert(1)">a</a>',
            '<a href="https://www.google.com/url?q=javascript:alert(1)">a</a>',
        ),
        (
            '<a href="https://[x">a</a> <a href="mailto:a@b.example">b</a>',
            '<a href="https://[x">a</a> <a href="mailto:a@b.example">b</a>',
        ),
    ],
)
def test_what_pasting_leaves_behind_is_tidied_away(pasted, kept):
    assert tidy(pasted) == kept


def test_the_preview_begins_in_the_ads_own_language(world, page):
    english = begin_ad(page.case, "en", actor=HOUSE)

    assert (page.default_preview_mode, english.default_preview_mode) == ("da", "en")


def test_publishing_many_at_once_lets_no_incomplete_ad_out(world, page, client):
    """Wagtail's bulk publishing does not ask `before_publish_page`: the room itself refuses, and the page comes down again."""
    page.intro, page.body = "", []
    page.save_revision()
    client.force_login(world.ours.staff[Role.COMMUNICATIONS])

    client.post(f"/admin/bulk/wagtailcore/page/publish/?next=/admin/&id={page.pk}")

    page.refresh_from_db()
    assert not page.live
    assert not JobAdvertisement.objects.filter(page_id=page.pk).exists()


def test_publishing_many_at_once_lets_a_complete_ad_out(world, page, client):
    page.save_revision()
    client.force_login(world.ours.staff[Role.COMMUNICATIONS])

    client.post(f"/admin/bulk/wagtailcore/page/publish/?next=/admin/&id={page.pk}")

    page.refresh_from_db()
    assert page.live
    assert JobAdvertisement.objects.filter(page_id=page.pk, retired_at__isnull=True).exists()
