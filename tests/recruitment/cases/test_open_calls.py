"""A call for open applications: an ad without an end that leads to no job of its own, told apart wherever ads are listed."""

import pytest

from recruitment import clock
from recruitment.advertising.models import JobAdvertisement
from recruitment.advertising.queries import public_ads
from recruitment.cases.moving import advertise_case, approve_case
from recruitment.errors import NotPossible
from recruitment.mail.models import Message
from tests.factories.world import HOUSE, advertise, make_application, make_case
from tests.house.public_pages import _picture, publish

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves a picture's temporary file to the garbage collector when it makes a rendition.
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"),
]


def without_deadline(employer, kind: str):
    case = make_case(employer, title="Uopfordret ansøgning", case_type=kind)
    case.rounds.update(application_deadline=None)
    return case


@pytest.fixture
def call(world):
    case = without_deadline(world.ours, "OPEN_APPLICATION")
    advertise(case)
    return case


def test_it_is_advertised_without_a_deadline_and_stays(call):
    ad = JobAdvertisement.objects.get(round__case=call)

    assert ad in public_ads(clock.now().replace(year=clock.now().year + 5))


def test_a_vacancy_without_a_deadline_is_not(world):
    case = approve_case(without_deadline(world.ours, "RECRUITMENT"), actor=HOUSE)

    with pytest.raises(NotPossible) as refused:
        advertise_case(case, actor=HOUSE)

    assert "deadline" in [obstacle.code for obstacle in refused.value.obstacles]


def test_it_stays_off_the_portal_for_vacancies(call):
    assert not call.rounds.get().publications.filter(medium__is_mandatory_public=True).exists()


def test_somebody_applies_and_the_receipt_speaks_of_no_deadline(call):
    application = make_application(call.rounds.get())

    receipt = Message.objects.get(application=application, template__code="APPLICATION_RECEIPT")
    assert "ingen frist" in receipt.text
    assert "None" not in receipt.text


def test_the_list_tells_it_from_vacancies(client, call, world):
    page = client.get("/job/")
    facet = next(facet for facet in page.context["facets"] if facet.name == "slags")

    assert {value: number for value, _label, number, _chosen in facet.choices} == {
        "RECRUITMENT": 2,
        "OPEN_APPLICATION": 1,
    }
    assert client.get("/job/?slags=OPEN_APPLICATION").context["total"] == 1
    assert [ad.round.case_id for ad in client.get("/job/?slags=OPEN_APPLICATION").context["page_obj"]] == [call.pk]


def test_where_there_are_vacancies_only_nobody_is_asked(client, world):
    assert "slags" not in [facet.name for facet in client.get("/job/").context["facets"]]


def test_feeds_of_a_search_hold_only_what_was_asked_for(client, call):
    feed = client.get("/feeds/job.json?slags=OPEN_APPLICATION").json()

    assert len(feed["items"]) == 1


def test_its_page_is_no_job_posting_to_search_engines(client, world):
    world.picture = _picture()
    case = without_deadline(world.ours, "OPEN_APPLICATION")
    approve_case(case, actor=HOUSE)

    page = publish(world, case, "da")

    shown = client.get(page.url).content.decode()
    assert "JobPosting" not in shown
    assert f"/soeg/{case.rounds.get().pk}/" in shown
