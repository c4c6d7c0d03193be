"""A site that reads the old system's list goes on working when its base address changes (domain G.1)."""

import datetime as dt
import json
import re
import xml.etree.ElementTree as ET

import pytest

from recruitment import clock
from recruitment.advertising.actions import announce
from recruitment.cases.profile import CaseContact
from tests.factories.world import HOUSE, ad_content, advertise, make_case

LIST = "/jobportal.svc/ours/positionlist/json/"


def listed(client, address: str = LIST) -> dict:
    return json.loads(client.get(address).content)


def moment(text: str) -> dt.datetime:
    """As the modules that read the feed do it."""
    milliseconds, sign, hours, minutes = re.fullmatch(r"/Date\((\d+)([+-])(\d\d)(\d\d)\)/", text).groups()
    offset = dt.timedelta(hours=int(hours), minutes=int(minutes)) * (1 if sign == "+" else -1)
    return dt.datetime.fromtimestamp(int(milliseconds) / 1000, dt.timezone(offset))


@pytest.fixture
def three(world):
    for title in ("Laborant", "Lektor"):
        advertise(make_case(world.ours, title=title))
    return world


def test_the_envelope_proves_that_the_list_is_whole(three, client):
    answer = listed(client, f"{LIST}?take=2&skip=1")

    assert answer["CustomerAlias"] == "ours"
    assert answer["TransactionStatus"] == {"StatusCode": 0, "Description": ""}
    counts = {name: answer[f"PositionCount{name}"] for name in ("Customer", "Search", "List", "Skipped")}
    assert counts == {"Customer": 3, "Search": 3, "List": 2, "Skipped": 1}
    assert len(answer["Items"]) == 2


def test_an_old_address_with_everything_in_it_is_understood(three, client):
    answer = listed(
        client,
        "/JobPortal.svc/OURS/PositionList/json/?incads=1&take=1000&uiculture=da-DK&useutc=1&protype=RecruitmentProject&top=1",
    )

    assert {item["Name"] for item in answer["Items"]} == {"Fuldmægtig", "Laborant", "Lektor"}
    assert all(item["Advertisements"][0]["Content"].startswith("<p>") for item in answer["Items"])
    assert all(item["ApplicationDue"].endswith("+0000)/") for item in answer["Items"])


def test_an_item_carries_what_modules_read(world, client):
    (item,) = listed(client)["Items"]

    assert item["Id"] == world.ours.round.pk
    assert moment(item["ApplicationDue"]) == world.ours.round.application_deadline.replace(microsecond=0)
    assert item["AdvertisementUrl"] == item["AdvertisementUrlSecure"]
    assert f"/soeg/{world.ours.round.pk}/" in item["ApplicationFormUrlSecure"]
    assert item["Department"]["Name"] == "Jura og Tilsyn"
    assert [unit["Name"] for unit in item["DepartmentTree"]] == ["Styrelsen ours", "Jura og Tilsyn"]
    assert item["WorkPlace"] == "Viborg"
    assert item["PositionLocation"] == {"Id": 791, "Name": "Viborg"}
    assert item["Languages"] == [{"Code": "da"}]
    assert (item["ShowApplyButton"], item["Advertisements"]) == (True, [])


def test_of_people_only_the_contact_of_the_ad_is_told(world, client):
    CaseContact.objects.create(
        case=world.ours.case, name="Skjult Person", phone="+45 00 00 00 09", publish_in_ad=False, position=0
    )

    (item,) = listed(client)["Items"]

    assert item["ProjectLeader"] == "Anders Høgsbro"
    assert (item["ProjectParticipants"], item["Users"]) == ([], [])
    assert "Skjult" not in json.dumps(item, ensure_ascii=False)
    CaseContact.objects.filter(case=world.ours.case).update(publish_in_ad=False)
    (item,) = listed(client)["Items"]
    assert (item["ProjectLeader"], item["ProjectLeaderEmail"], item["ProjectLeaderPhone"]) == ("", "", "")


def test_an_ad_in_two_languages_is_one_position(world, client):
    announce(
        world.ours.round,
        ad_content(world.ours.case, language="en", headline="Head of section", url="https://portal.example/en/x/"),
        actor=HOUSE,
    )

    (item,) = listed(client, f"{LIST}?incads=true")["Items"]

    assert item["Languages"] == [{"Code": "da"}, {"Code": "en"}]
    assert len(item["Advertisements"]) == 2
    assert [i["Name"] for i in listed(client, f"{LIST}?uiculture=en-GB")["Items"]] == ["Head of section"]


def test_a_department_means_the_unit_and_what_is_below_it(world, client):
    for unit, count in ((world.ours.top, 1), (world.ours.unit, 1), (world.ours.sibling, 0)):
        assert listed(client, f"{LIST}?depid={unit.legacy_id}")["PositionCountList"] == count
    world.ours.unit.external_ids = {"hr_manager": "4711"}
    world.ours.unit.save()

    assert listed(client, f"{LIST}?depid=4711")["PositionCountList"] == 1
    assert listed(client, f"{LIST}?depid=abc")["PositionCountList"] == 0
    assert listed(client, f"{LIST}?protype=OpenApplication")["PositionCountList"] == 0


def test_xml_uses_the_element_names_of_the_old_list(world, client):
    answer = client.get("/jobportal.svc/ours/positionlist/xml/?incads=1")
    root = ET.fromstring(answer.content)

    (item,) = root.findall("Items/JobPortalPosition")
    assert root.findtext("TransactionStatus/StatusCode") == "Success"
    assert item.findtext("Languages/JobPortalLanguage/Code") == "da"
    assert item.find("Advertisements/JobPortalAdvertisement/Content").text.startswith("<p>")
    assert dt.datetime.fromisoformat(item.findtext("ApplicationDue")) == world.ours.round.application_deadline


def test_signs_that_xml_cannot_hold_are_left_out(world, client):
    announce(world.ours.round, ad_content(world.ours.case, intro="Lyd\x07 & <b>"), actor=HOUSE)

    root = ET.fromstring(client.get("/jobportal.svc/ours/positionlist/xml/").content)

    assert root.findtext("Items/JobPortalPosition/ShortDescription") == "Lyd & <b>"


def test_rss_carries_the_ad_itself(world, client):
    channel = ET.fromstring(client.get("/jobportal.svc/ours/positionlist/rss/").content).find("channel")

    (item,) = channel.findall("item")
    assert item.findtext("title") == "Fuldmægtig"
    assert item.findtext("description").startswith("<p>")
    assert item.findtext("guid") == str(world.ours.round.pk)


def test_one_position_by_its_number_and_none_of_another_employer(world, client):
    own = listed(client, f"/jobportal.svc/ours/position/{world.ours.round.pk}/json/")
    assert [item["Id"] for item in own["Items"]] == [world.ours.round.pk]

    other = client.get(f"/jobportal.svc/ours/position/{world.theirs.round.pk}/json/")

    assert (other.status_code, json.loads(other.content)["TransactionStatus"]["StatusCode"]) == (400, 1)


@pytest.mark.parametrize("form", ["json", "xml"])
def test_an_unknown_alias_is_answered_in_the_old_envelope(world, client, form):
    answer = client.get(f"/jobportal.svc/ukendt/positionlist/{form}/")

    assert answer.status_code == 400
    status = (
        json.loads(answer.content)["TransactionStatus"]["StatusCode"]
        if form == "json"
        else ET.fromstring(answer.content).findtext("TransactionStatus/StatusCode")
    )
    assert status in {1, "Error"}


@pytest.mark.parametrize(
    "query",
    [
        "take=-1",
        "take=99999999999999",
        "skip=x",
        "depid=%F0%9F%92%A9",
        "take=²",
        "incads=maybe",
        "useutc=",
        "uiculture=xx",
    ],
)
def test_no_parameter_breaks_the_list(world, client, query):
    assert client.get(f"{LIST}?{query}").status_code == 200


def test_the_position_is_gone_at_its_deadline(world, client):
    with clock.shifted(dt.timedelta(days=60)):
        assert listed(client)["PositionCountCustomer"] == 0


def test_old_pages_lead_to_what_they_were(world, client):
    number, unit = world.ours.round.pk, world.ours.unit
    ad = client.get(f"/ApplicationInit.aspx?cid=1&ProjectId={number}&DepartmentId=2&MediaId=3")
    form = client.get(f"/applicationinit.aspx?ProjectId={number}&SkipAdvertisement=True")
    listing = client.get(f"/vacancies/list.aspx?customer=ours&departmentid={unit.legacy_id}")

    assert ad.url == f"https://portal.example/{world.ours.case.pk}/"
    assert form.url == f"/soeg/{number}/"
    assert (listing.status_code, listing.url) == (301, f"/job/?myndighed=ours&enhed={unit.pk}")
    assert client.get("/Login.aspx?customer=ours").url == "/mine/"
    assert client.get("/Agent/Subscription.aspx?customer=Ours&departmentid=2").url == "/feeds/?myndighed=ours"
    for unknown in (
        "/ApplicationInit.aspx?ProjectId=999999",
        "/ApplicationInit.aspx?ProjectId=²",
        "/ApplicationInit.aspx",
        "/vacancies/list.aspx?customer=x",
        "/Agent/Subscription.aspx?customer=x",
    ):
        assert client.get(unknown).status_code == 404
