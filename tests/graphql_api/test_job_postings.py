"""Job postings as everybody gets them: those that are open now, with everything a portal needs and no person not in the ad."""

import datetime as dt
import json
from dataclasses import replace
from itertools import product

import pytest

from graphql_api.nodes import global_id
from recruitment import clock
from recruitment.advertising.actions import announce, retire
from recruitment.advertising.models import JobAdvertisement, Publication
from recruitment.cases.models import CaseType, RecruitmentCase
from recruitment.cases.profile import AdvertisementRound, CaseContact
from tests.factories.world import HOUSE, ad_content, advertise, make_case
from tests.graphql_api.conftest import codes

LIST = "query($f: JobPostingFilter) { jobPostings(filter: $f, first: 1000) { totalCount nodes { id legacyId title } } }"
WHOLE = """
fragment Whole on JobPosting {
  id legacyId kind removed title headline intro bodyHtml bodyText language isReadvertisement positionsCount
  category { scheme code label { da en } } staffGroup { code } occupation { code }
  employmentBasis duration durationUntil workingTime weeklyHoursMin weeklyHoursMax partTimePossible
  agreements { code label { da } } payText payRange { minimum { amount currency } maximum { amount } }
  workplaces { name city: address { city } municipalityCode regionCode country remoteDegree }
  startDate startAsap publishedAt updatedAt applicationDeadline closesAt interviewDates expectedAnswerDate
  contacts { name title phone email } image { url alt } url applyUrl jsonLd
  institution { id slug name { da en } } unit { id name { da } }
  translations { language title headline bodyHtml url blocks { kind } }
  blocks { id kind __typename ... on TasksBlock { heading body { html text } items } ... on QuoteBlock { text name } }
}
"""
ONE = f"query($id: ID!) {{ jobPosting(id: $id) {{ ...Whole }} }} {WHOLE}"


def posted(data, **chosen):
    """Titles of the postings that meet the filter."""
    return [node["title"] for node in data(LIST, f=chosen)["jobPostings"]["nodes"]]


def posting_id(data, round_):
    nodes = data(LIST)["jobPostings"]["nodes"]
    return next(node["id"] for node in nodes if node["legacyId"] == round_.pk)


def test_a_posting_has_everything_that_a_portal_needs(world, data):
    round_ = world.ours.round

    posting = data(ONE, id=posting_id(data, round_))["jobPosting"]

    case, place = world.ours.case, world.ours.workplace
    assert posting | {"jsonLd": None, "publishedAt": None, "updatedAt": None} == {
        "id": posting["id"], "legacyId": round_.pk, "kind": "RECRUITMENT", "removed": False, "title": "Fuldmægtig",
        "headline": "Fuldmægtig", "intro": "Vil du være med?", "bodyHtml": "<p>Vil du være med?</p>",
        "bodyText": "Vil du være med?", "language": "DA", "isReadvertisement": False, "positionsCount": 1,
        "category": {
            "scheme": "POSITION_CATEGORY", "code": case.position_category.code,
            "label": {"da": case.position_category.label_da, "en": case.position_category.label_en or None},
        },
        "staffGroup": None, "occupation": None, "employmentBasis": "COLLECTIVE_AGREEMENT", "duration": "PERMANENT",
        "durationUntil": None, "workingTime": "FULL_TIME", "weeklyHoursMin": 37.0, "weeklyHoursMax": 37.0,
        "partTimePossible": True,
        "agreements": [{"code": "ac", "label": {"da": case.collective_agreements.get().label_da}}],
        "payText": "Aftales efter overenskomsten.", "payRange": None,
        "workplaces": [{
            "name": "Viborg", "city": {"city": "Viborg"}, "municipalityCode": "0791", "regionCode": "1082",
            "country": "DK", "remoteDegree": place.remote_degree,
        }],
        "startDate": None, "startAsap": True, "publishedAt": None, "updatedAt": None,
        "applicationDeadline": zulu(round_.application_deadline - dt.timedelta(minutes=1)),
        "closesAt": zulu(round_.application_deadline), "interviewDates": [], "expectedAnswerDate": posting["expectedAnswerDate"],
        "contacts": [{
            "name": "Anders Høgsbro", "title": None, "phone": "+45 00 00 00 02", "email": "anders@styrelsen.example",
        }],
        "image": None, "url": f"https://portal.example/{case.pk}/", "applyUrl": posting["applyUrl"], "jsonLd": None,
        "institution": {"id": posting["institution"]["id"], "slug": "ours", "name": {"da": "Styrelsen ours", "en": "Agency ours"}},
        "unit": {"id": posting["unit"]["id"], "name": {"da": "Jura og Tilsyn"}},
        "translations": [], "blocks": posting["blocks"],
    }  # fmt: skip
    assert [block["__typename"] for block in posting["blocks"]] == [
        "IntroBlock", "KeyFactsBlock", "TasksBlock", "ProfileBlock", "ProcessBlock", "TermsBlock", "ContactBlock",
    ]  # fmt: skip
    assert posting["blocks"][2] == {
        "id": "tasks", "kind": "tasks", "__typename": "TasksBlock", "heading": "tasks",
        "body": {"html": "<p>tasks</p>", "text": "tasks"}, "items": [],
    }  # fmt: skip


def zulu(instant):
    return instant.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


def test_the_json_ld_is_a_job_posting_that_cannot_break_out_of_its_script(world, data):
    JobAdvertisement.objects.update(html="<p>Løn & vilkår </script><script>alert(1)</script></p>")

    text = data(ONE, id=posting_id(data, world.ours.round))["jobPosting"]["jsonLd"]

    assert "<" not in text
    described = json.loads(text)
    assert (described["@type"], described["title"], described["employmentType"]) == (
        "JobPosting",
        "Fuldmægtig",
        ["FULL_TIME"],
    )
    assert described["description"].startswith("<p>Løn & vilkår")
    assert described["jobLocation"][0]["address"]["addressLocality"] == "Viborg"


def test_a_call_for_open_applications_is_no_job_posting(world, data):
    RecruitmentCase.objects.filter(pk=world.ours.case.pk).update(case_type=CaseType.OPEN_APPLICATION)

    posting = data(ONE, id=posting_id(data, world.ours.round))["jobPosting"]

    assert (posting["kind"], posting["jsonLd"]) == ("OPEN_APPLICATION", None)


def test_a_posting_leaves_the_list_at_its_deadline_and_is_known_as_removed_for_ninety_days(world, data):
    round_ = world.ours.round
    key = posting_id(data, round_)

    with clock.shifted(dt.timedelta(days=21) - dt.timedelta(minutes=2)):
        assert len(posted(data)) == 2
    with clock.shifted(dt.timedelta(days=21, minutes=2)):
        removed = data(ONE, id=key)["jobPosting"]
        assert posted(data) == []
    with clock.shifted(dt.timedelta(days=21 + 91)):
        assert data(ONE, id=key)["jobPosting"] is None

    assert (removed["removed"], removed["id"], removed["title"]) == (True, key, "Fuldmægtig")
    gone = ("headline", "intro", "bodyHtml", "bodyText", "applyUrl", "jsonLd", "image")
    assert [removed[name] for name in gone] == [None] * len(gone)
    assert (removed["blocks"], removed["contacts"], removed["translations"]) == ([], [], [])


def test_an_ad_that_was_taken_down_is_gone_at_once(world, data):
    key = posting_id(data, world.ours.round)

    retire(world.ours.round, "da", actor=HOUSE)

    assert len(posted(data)) == 1
    assert data(ONE, id=key)["jobPosting"]["removed"] is True


@pytest.mark.parametrize(
    "hide",
    [
        lambda case: RecruitmentCase.objects.filter(pk=case.pk).update(case_type=CaseType.INTERNAL_ONLY),
        lambda case: Publication.objects.filter(round__case=case, medium__code="SITE").update(state="PLANNED"),
        lambda case: AdvertisementRound.objects.filter(case=case).update(opens_at=clock.now() + dt.timedelta(days=1)),
        lambda case: RecruitmentCase.objects.filter(pk=case.pk).update(state="READY"),
        lambda case: type(case.institution).objects.filter(pk=case.institution_id).update(status="SUSPENDED"),
    ],
    ids=["for own staff only", "only on the intranet", "not open yet", "not advertised", "institution suspended"],
)
def test_what_is_not_public_is_neither_listed_nor_found_by_id(world, data, hide):
    key = posting_id(data, world.ours.round)

    hide(world.ours.case)

    assert len(posted(data)) == 1
    found = data("query($id: ID!) { jobPosting(id: $id) { removed } node(id: $id) { id } }", id=key)
    assert found in ({"jobPosting": None, "node": None}, {"jobPosting": {"removed": True}, "node": {"id": key}})


def test_a_draft_was_never_public(world, data):
    make_case(world.ours, title="Hemmelig")

    assert "Hemmelig" not in posted(data)


def test_an_ad_in_two_languages_is_one_posting_with_a_translation(world, data):
    english = replace(ad_content(world.ours.case), language="en", title="Head of section", headline="Join us")
    announce(world.ours.round, english, actor=HOUSE)

    posting = data(ONE, id=posting_id(data, world.ours.round))["jobPosting"]

    assert len(posted(data)) == 2
    assert (posting["language"], [t["language"] for t in posting["translations"]]) == ("DA", ["EN"])
    assert posting["translations"][0]["headline"] == "Join us"
    assert posted(data, language="EN") == ["Fuldmægtig"]


def test_a_portal_gets_addresses_with_its_own_token(world, data):
    token = Publication.objects.get(round=world.ours.round, medium__code="JOBNET").tracking_link.token
    document = "query($id: ID!, $s: String) { jobPosting(id: $id) { url(source: $s) applyUrl(source: $s) } }"
    key = posting_id(data, world.ours.round)

    tracked = data(document, id=key, s="jobnet")["jobPosting"]
    plain = data(document, id=key, s="nobody")["jobPosting"]

    assert [address.endswith(f"?kilde={token}") for address in tracked.values()] == [True, True]
    assert ["?" in address for address in plain.values()] == [False, False]


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({}, 2),
        ({"institution": ["ours"]}, 1),
        ({"institution": ["ours", "theirs"]}, 2),
        ({"institution": ["nobody"]}, 0),
        ({"kind": ["OPEN_APPLICATION"]}, 0),
        ({"kind": ["RECRUITMENT"]}, 2),
        ({"staffGroup": ["AC"]}, 0),
        ({"region": ["1082"]}, 2),
        ({"region": ["1081"]}, 0),
        ({"municipality": ["0791"]}, 2),
        ({"workingTime": ["PART_TIME"]}, 0),
        ({"duration": ["PERMANENT"]}, 2),
        ({"language": "EN"}, 0),
        ({"search": "fuldmægtig med"}, 2),
        ({"search": "gartner"}, 0),
        ({"search": "%"}, 0),
        ({"updatedSince": "2020-01-01T00:00:00Z"}, 2),
        ({"updatedSince": "2099-01-01T00:00:00+02:00"}, 0),
        ({"deadline": {"from": "2020-01-01T00:00:00Z"}}, 2),
        ({"deadline": {"to": "2020-01-01T00:00:00Z"}}, 0),
        ({"unit": ["nonsense"]}, 0),
    ],
)
def test_the_list_is_narrowed_by_each_condition(world, data, chosen, found):
    assert len(posted(data, **chosen)) == found


def test_a_unit_holds_for_the_units_below_it_unless_told_otherwise(world, data):
    unit = data(ONE, id=posting_id(data, world.ours.round))["jobPosting"]["unit"]["id"]
    top = _unit_id(world.ours.top)

    assert [len(posted(data, unit=[u], includeSubUnits=s)) for u, s in [(unit, False), (top, True), (top, False)]] == [
        1,
        1,
        0,
    ]


def _unit_id(unit):
    return global_id("OrganisationalUnit", unit.pk)


def test_the_list_can_be_walked_in_every_order(world, data):
    for number in range(3):
        advertise(make_case(world.ours, title=f"Stilling {number}", days=20 + number))
    for order in product(("DEADLINE", "PUBLISHED_AT", "UPDATED_AT", "TITLE"), ("ASC", "DESC")):
        document = """query($after: String) {{ jobPostings(first: 2, after: $after, orderBy: [{{field: {}, direction: {}}}]) {{
            nodes {{ legacyId }} pageInfo {{ hasNextPage endCursor }} }} }}""".format(*order)

        met, cursor, more = [], None, True
        while more:
            page = data(document, after=cursor)["jobPostings"]
            met += [node["legacyId"] for node in page["nodes"]]
            cursor, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]

        assert len(met) == len(set(met)) == 5, order


def test_lists_given_as_conditions_are_short(ask, db):
    assert codes(ask(LIST, f={"institution": ["x"] * 101})) == ["BAD_USER_INPUT"]
    assert codes(ask(LIST, f={"unit": ["x"] * 101})) == ["BAD_USER_INPUT"]
    assert codes(ask(LIST, f={"search": "x" * 201})) == ["BAD_USER_INPUT"]


def test_a_contact_who_is_not_in_the_ad_is_not_shown(world, data):
    CaseContact.objects.filter(case=world.ours.case).update(publish_in_ad=False)

    assert data(ONE, id=posting_id(data, world.ours.round))["jobPosting"]["contacts"] == []


def test_the_number_of_queries_does_not_grow_with_the_list(world, data, django_assert_max_num_queries):
    document = f"{{ jobPostings(first: 100) {{ nodes {{ ...Whole }} }} }} {WHOLE}"
    with django_assert_max_num_queries(40) as few:
        data(document)
    for number in range(4):
        case = make_case(world.theirs, title=f"Stilling {number}")
        advertise(case)
        announce(case.rounds.get(), replace(ad_content(case), language="en"), actor=HOUSE)

    with django_assert_max_num_queries(len(few) + 1) as many:
        assert len(data(document)["jobPostings"]["nodes"]) == 6

    assert len(few) <= 20, [query["sql"][:120] for query in many.captured_queries]
