"""People in pictures: their consent is kept with the picture, and nobody is shown for longer than they agreed to."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.models import Collection

from portal.pages.checking import remarks_on
from portal.pages.crops import CROPS, cut
from portal.pages.layouts import ContentTemplate
from portal.pages.models import JobAdPage, PortalImage
from portal.pages.new_ad import begin_ad
from portal.pages.publishing import rehearse
from recruitment import clock
from recruitment.access.roles import Role
from recruitment.advertising.models import JobAdvertisement
from recruitment.advertising.pictures import ads_with_ending_consent, note_consent
from recruitment.advertising.records import PictureConsent
from recruitment.audit.models import AuditEntry
from recruitment.cases.moving import approve_case
from tests.factories.world import HOUSE, make_case
from tests.portal.pages.test_publishing import BODY

pytestmark = pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning")
WRITER = Role.COMMUNICATIONS
DAY = dt.timedelta(days=1)


def a_png(size: tuple[int, int] = (400, 300)) -> SimpleUploadedFile:
    drawn = io.BytesIO()
    Image.new("RGB", size, "#0b4a6f").save(drawn, "PNG")
    return SimpleUploadedFile("hus.png", drawn.getvalue(), "image/png")


@pytest.fixture
def picture(world) -> PortalImage:
    return PortalImage.objects.create(title="Holdet", file=a_png(), collection=Collection.objects.get(name="ours"))


@pytest.fixture
def page(world, picture) -> JobAdPage:
    case = approve_case(make_case(world.ours), actor=HOUSE)
    template = ContentTemplate.objects.create(name="t", intro="Vil du?", body=BODY, live=True)
    ad = begin_ad(case, "da", actor=HOUSE, template=template)
    ad.body = [
        *ad.body.get_prep_value(),
        {
            "type": "image",
            "value": {"image": {"image": picture.pk, "alt_text": "Holdet", "decorative": False}, "caption": ""},
        },
    ]
    ad.save_revision()
    return ad


def agreed(world, picture, until: dt.date | None) -> PictureConsent:
    consent = note_consent(picture.pk, world.ours.institution, people="Bo Lind", given_on=clock.today() - 30 * DAY, scope="job ads",
                           expires_on=until, actor=HOUSE)  # fmt: skip
    assert consent is not None
    return consent


def test_a_consent_that_is_taken_off_a_picture_leaves_a_trace(world, picture):
    agreed(world, picture, None)

    note_consent(
        picture.pk,
        world.ours.institution,
        people="",
        given_on=None,
        scope="",
        expires_on=None,
        actor=world.ours.actor(WRITER),
    )

    assert not PictureConsent.objects.exists()
    entry = AuditEntry.objects.get(action="picture_consent.forget")
    assert (entry.user_id, entry.institution_id) == (world.ours.staff[WRITER].pk, world.ours.institution.pk)


def form_of(picture, **changes) -> dict:
    return {"title": picture.title, "description": "", "collection": picture.collection_id, "tags": "", "focal_point_x": "", "focal_point_y": "",
            "focal_point_width": "", "focal_point_height": "", "people": "Bo Lind", "given_on": "2026-11-01", "scope": "job ads",
            "expires_on": "2030-01-01", **changes}  # fmt: skip


def test_a_consent_is_kept_with_the_picture(world, picture, client):
    client.force_login(world.ours.staff[WRITER])

    answer = client.post(f"/admin/images/{picture.pk}/", form_of(picture))

    assert answer.status_code == 302, answer.context["form"].errors
    kept = PictureConsent.objects.get(image_id=picture.pk)
    assert (kept.people, kept.expires_on, kept.institution) == ("Bo Lind", dt.date(2030, 1, 1), world.ours.institution)
    assert "Bo Lind" in client.get(f"/admin/images/{picture.pk}/").content.decode()


@pytest.mark.parametrize(
    "changes", [{"given_on": ""}, {"scope": ""}, {"expires_on": "2026-10-01"}, {"given_on": "i går"}]
)
def test_half_a_consent_is_refused(world, picture, client, changes):
    client.force_login(world.ours.staff[WRITER])

    answer = client.post(f"/admin/images/{picture.pk}/", form_of(picture, **changes))

    assert set(changes) <= set(answer.context["form"].errors)
    assert not PictureConsent.objects.exists()


def test_a_picture_of_nobody_has_none(world, picture, client):
    agreed(world, picture, None)
    client.force_login(world.ours.staff[WRITER])

    client.post(f"/admin/images/{picture.pk}/", form_of(picture, people="", given_on="", scope="", expires_on=""))

    assert not PictureConsent.objects.exists()


def test_another_institutions_writer_changes_no_consent(world, picture, client):
    client.force_login(world.theirs.staff[WRITER])

    client.post(f"/admin/images/{picture.pk}/", form_of(picture))

    assert not PictureConsent.objects.exists()


def test_a_picture_whose_consent_has_ended_is_not_offered(world, picture, client):
    client.force_login(world.ours.staff[WRITER])
    offered = lambda: "Holdet" in client.get("/admin/images/chooser/").content.decode()  # noqa: E731

    assert offered()
    agreed(world, picture, clock.today() - DAY)
    assert not offered()


def test_an_ad_with_such_a_picture_does_not_go_out(world, picture, page):
    consent = agreed(world, picture, clock.today() - DAY)
    writer = world.ours.actor(WRITER)
    refused = [obstacle.code for obstacle in rehearse(page, writer)]

    consent.delete()

    assert (refused, rehearse(page, writer)) == (["picture_consent"], [])


def test_the_checks_tell_that_a_consent_ends_before_the_ad(world, picture, page):
    agreed(world, picture, clock.today() + 5 * DAY)

    assert [remark.weight for remark in remarks_on(page) if remark.code == "picture_consent"] == ["LAW"]


def test_a_live_ad_whose_consent_ends_is_a_task_for_its_writers_only(world, picture, page, client):
    agreed(world, picture, clock.today() + 40 * DAY)
    page.save_revision().publish()
    ad = JobAdvertisement.objects.get(page_id=page.pk)
    assert ad.picture_ids == [picture.pk]
    assert ads_with_ending_consent(world.ours.actor(WRITER)) == []

    consent = agreed(world, picture, clock.today() - DAY)

    assert ads_with_ending_consent(world.ours.actor(WRITER)) == [(ad, consent)]
    assert ads_with_ending_consent(world.theirs.actor(WRITER)) == []
    assert ads_with_ending_consent(world.ours.actor(Role.HIRING_COMMITTEE)) == []
    client.force_login(world.ours.staff[WRITER])
    assert f"/admin/pages/{page.pk}/edit/" in client.get("/admin/").content.decode()


@pytest.mark.parametrize("crop", CROPS, ids=[crop.code for crop in CROPS])
def test_each_channel_gets_its_shape_around_the_focal_point(world, crop):
    drawn = Image.new("RGB", (3000, 3000), "white")
    drawn.paste("red", (2000, 0, 3000, 1000))
    kept = io.BytesIO()
    drawn.save(kept, "PNG")
    image = PortalImage.objects.create(
        title="x", file=SimpleUploadedFile("x.png", kept.getvalue()), focal_point_x=2500, focal_point_y=500,
        focal_point_width=900, focal_point_height=900,
    )  # fmt: skip

    rendition = cut(image, crop.code)

    with rendition.file.open() as stored, Image.open(stored) as shown:
        corner = shown.convert("RGB").getpixel((shown.width * 9 // 10, shown.height // 4))
        wanted = tuple(int(part) for part in crop.spec.split("|")[0].removeprefix("fill-").split("x"))
        assert shown.size == wanted
    assert corner[0] > 200
    assert corner[1] < 80
