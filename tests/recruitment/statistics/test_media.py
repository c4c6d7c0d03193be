"""Media response gives exactly the numbers of domain E7, and only of cases whose figures the actor may see."""

import datetime as dt
import secrets
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from recruitment.access.roles import Role
from recruitment.advertising.models import Medium, MediumKind, Publication
from recruitment.applications.models import Application, Stage
from recruitment.people.actor import Actor
from recruitment.people.models import Candidate
from recruitment.shipped.load import load
from recruitment.statistics.media import Line, media_response
from recruitment.statistics.slices import Slice
from tests.factories.world import make_case, make_employer

#: received, screened, invited, interviewed, hired; cost in kroner (domain E7 and its companion file)
CLOSED_CASES: dict[str, dict[str, tuple[int, int, int, int, int, int]]] = {
    "R1": {
        "SITE": (14, 3, 2, 2, 0, 0),
        "INTRA": (3, 1, 1, 1, 0, 0),
        "JOBNET": (11, 3, 2, 2, 0, 0),
        "TORV": (27, 5, 4, 3, 1, 4950),
        "NETV": (9, 1, 0, 0, 0, 3500),
    },
    "K2": {"JOBNET": (12, 3, 2, 2, 1, 0), "TORV": (9, 2, 1, 1, 0, 4950), "LABO": (5, 2, 1, 1, 0, 6200)},
    "K3": {"JOBNET": (2, 1, 1, 1, 0, 0), "TORV": (3, 1, 1, 1, 0, 4950)},
    "L2": {"AKAD": (61, 7, 5, 4, 1, 6700), "JOBNET": (8, 1, 0, 0, 0, 0), "SITE": (24, 2, 1, 1, 0, 0)},
}
MADE_UP_MEDIA = {
    "TORV": "COMMERCIAL_PORTAL",
    "NETV": "SOCIAL",
    "STUD": "COMMERCIAL_PORTAL",
    "LABO": "PRINT",
    "AKAD": "OTHER",
}
STAGES = (Stage.RECEIVED, Stage.SCREENED, Stage.INVITED, Stage.INTERVIEWED, Stage.HIRED)


def fill(case: Any, media: dict[str, tuple[int, int, int, int, int, int]]) -> Any:
    """Applications and publications of the case, as the table has them."""
    round_ = case.rounds.get()
    rows = []
    for code, (*reached, kroner) in media.items():
        medium = Medium.objects.get(code=code)
        Publication.objects.create(
            round=round_, medium=medium, cost_amount=kroner * 100, live_at=round_.created_at, state="EXPIRED"
        )
        stages = [STAGES[sum(number < count for count in reached) - 1] for number in range(reached[0])]
        rows += [row_of(round_, medium, stage, reference=secrets.token_hex(6)) for stage in stages]
    Candidate.objects.bulk_create([row.candidate for row in rows])
    Application.objects.bulk_create(rows)
    return case


def row_of(round_: Any, medium: Medium | None, stage: Stage, **fields: Any) -> Application:
    received = {"state": "REJECTED", "received_at": round_.case.created_at, **fields}
    return Application(
        candidate=Candidate(), case=round_.case, round=round_, source_medium=medium, stage_reached=stage, **received
    )


def add(case: Any, medium: Medium | None, stage: Stage, **fields: Any) -> Application:
    row = row_of(case.rounds.get(), medium, stage, **fields)
    row.candidate.save()
    row.save()
    return row


@pytest.fixture
def employer(db):
    load()
    for code, kind in MADE_UP_MEDIA.items():
        Medium.objects.create(code=code, name_da=code, kind=kind)
    return make_employer("statistik", "99000009")


@pytest.fixture
def cases(employer):
    return {name: fill(make_case(employer, title=name), media) for name, media in CLOSED_CASES.items()}


def figures(line: Line) -> tuple[Any, ...]:
    """As the table on paper: counts, kroner, and kroner for each, rounded; None for a dash."""
    each = [line.cost_per(stage) for stage in ("received", "screened", "interviewed", "hired")]
    kroner = [None if ore is None else (ore + 50) // 100 for ore in each]
    return (line.received, line.screened, line.invited, line.interviewed, line.hired, line.cost // 100, *kroner)


def table(response: Any) -> dict[str, tuple[Any, ...]]:
    return {line.medium.code: figures(line) for line in response.lines}


def test_one_case_gives_the_numbers_of_the_fixture(employer, cases):
    response = media_response(employer.actor(Role.HR_EXTENDED), Slice(cases=[cases["R1"].pk]))

    assert table(response) == {
        "SITE": (14, 3, 2, 2, 0, 0, 0, 0, 0, None),
        "INTRA": (3, 1, 1, 1, 0, 0, 0, 0, 0, None),
        "JOBNET": (11, 3, 2, 2, 0, 0, 0, 0, 0, None),
        "TORV": (27, 5, 4, 3, 1, 4950, 183, 990, 1650, 4950),
        "NETV": (9, 1, 0, 0, 0, 3500, 389, 3500, None, None),
    }
    assert figures(response.total) == (64, 13, 9, 8, 1, 8450, 132, 650, 1056, 8450)


def test_all_closed_cases_together_give_the_numbers_of_the_fixture(employer, cases):
    response = media_response(employer.actor(Role.HR_EXTENDED), Slice())

    assert table(response) == {
        "SITE": (38, 5, 3, 3, 0, 0, 0, 0, 0, None),
        "INTRA": (3, 1, 1, 1, 0, 0, 0, 0, 0, None),
        "JOBNET": (33, 8, 5, 5, 1, 0, 0, 0, 0, 0),
        "TORV": (39, 8, 6, 5, 1, 14850, 381, 1856, 2970, 14850),
        "NETV": (9, 1, 0, 0, 0, 3500, 389, 3500, None, None),
        "LABO": (5, 2, 1, 1, 0, 6200, 1240, 3100, 6200, None),
        "AKAD": (61, 7, 5, 4, 1, 6700, 110, 957, 1675, 6700),
    }
    assert figures(response.total) == (188, 32, 21, 19, 3, 31250, 166, 977, 1645, 10417)


def test_own_media_come_first_and_the_unknown_source_last(employer):
    case = make_case(employer)
    for medium in (None, Medium.objects.get(code="TORV"), Medium.objects.get(code="SITE")):
        add(case, medium, Stage.RECEIVED, reference=f"R{medium}"[:12])

    response = media_response(employer.actor(Role.HR_EXTENDED), Slice())

    assert [line.medium and line.medium.code for line in response.lines] == ["SITE", "TORV", None]


def test_drafts_late_and_copied_applications_are_not_counted(employer):
    case = make_case(employer)
    original = add(case, None, Stage.RECEIVED, reference="A")
    add(case, None, Stage.NONE, reference="B", state="STARTED", received_at=None)
    add(case, None, Stage.NONE, reference="C", state="LATE")
    add(case, None, Stage.RECEIVED, reference="D", copied_from=original)
    add(case, None, Stage.SCREENED, reference="E", state="WITHDRAWN")

    total = media_response(employer.actor(Role.HR_EXTENDED), Slice()).total

    assert (total.received, total.screened) == (2, 1)


def test_what_the_applicant_says_counts_where_no_link_was_followed(employer):
    case, torv = make_case(employer), Medium.objects.get(code="TORV")
    add(case, None, Stage.RECEIVED, reference="A", self_reported_source="NETV")
    add(case, torv, Stage.RECEIVED, reference="B", self_reported_source="NETV", tracking_token="t")
    add(case, None, Stage.RECEIVED, reference="C", self_reported_source="OTHER")

    response = media_response(employer.actor(Role.HR_EXTENDED), Slice())

    counts = {line.medium and line.medium.code: line.received for line in response.lines}
    assert counts == {"NETV": 1, "TORV": 1, None: 1}


def test_a_mirror_is_reported_with_its_medium_unless_its_own_link_was_followed(employer):
    case, mirror = make_case(employer), Medium.objects.get(code="JOB_I_STATEN")
    add(case, mirror, Stage.RECEIVED, reference="A")
    add(case, mirror, Stage.RECEIVED, reference="B", tracking_token="t")

    response = media_response(employer.actor(Role.HR_EXTENDED), Slice())

    assert {line.medium.code: line.received for line in response.lines} == {"JOBNET": 1, "JOB_I_STATEN": 1}


def test_a_planned_publication_costs_nothing_and_an_untyped_cost_is_told(employer):
    case = make_case(employer)
    round_ = case.rounds.get()
    for code, fields in {
        "TORV": {"cost_amount": 100, "state": "PLANNED"},
        "NETV": {"cost_amount": 200, "state": "EXPIRED"},
        "STUD": {"cost_amount": 300, "state": "SCHEDULED"},
        "LABO": {"cost_amount": None, "state": "EXPIRED", "live_at": case.created_at},
    }.items():
        Publication.objects.create(round=round_, medium=Medium.objects.get(code=code), **fields)

    total = media_response(employer.actor(Role.HR_EXTENDED), Slice()).total

    assert (total.cost, total.untyped_costs) == (300, 1)


def test_shares_are_of_all_that_was_paid_and_all_who_were_hired(employer, cases):
    response = media_response(employer.actor(Role.HR_EXTENDED), Slice(cases=[cases["R1"].pk]))

    torv = next(line for line in response.lines if line.medium.code == "TORV")
    assert (response.cost_share(torv), response.hire_share(torv)) == (pytest.approx(4950 / 8450), 1.0)


def test_a_medium_without_hires_or_costs_has_no_share(employer):
    add(make_case(employer), None, Stage.RECEIVED, reference="A")

    response = media_response(employer.actor(Role.HR_EXTENDED), Slice())

    assert [(response.cost_share(line), response.hire_share(line)) for line in response.lines] == [(None, None)]


def test_a_slice_narrows_by_institution_period_unit_category_and_kind(employer):
    for days in (5, 20):
        add(make_case(employer, days=days), Medium.objects.get(code="SITE"), Stage.RECEIVED, reference=f"S{days}")
    between = Application.objects.first().started_at + dt.timedelta(days=10)

    def received(**condition: Any) -> int:
        return media_response(employer.actor(Role.HR_EXTENDED), Slice(**condition)).total.received

    assert received() == received(institutions=["statistik"]) == received(medium_kinds=[MediumKind.OWN_SITE]) == 2
    assert received(deadline_from=between) == received(deadline_to=between) == 1
    assert received(institutions=["another"]) == received(medium_kinds=[MediumKind.PRINT]) == 0
    assert received(cases=[]) == received(units=[]) == received(categories=["no such code"]) == 0


def test_a_unit_holds_for_everything_below_it(employer):
    add(make_case(employer), None, Stage.RECEIVED, reference="A")
    actor = employer.actor(Role.HR_EXTENDED)

    counts = [
        media_response(actor, Slice(units=[u.path])).total.received
        for u in (employer.top, employer.unit, employer.sibling)
    ]

    assert counts == [1, 1, 0]


def test_nobody_gets_figures_of_another_institution(employer, cases):
    theirs = make_employer("andre", "99000008")

    assert media_response(theirs.actor(Role.HR_EXTENDED), Slice(cases=[cases["R1"].pk])).lines == []


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.COMMUNICATIONS])
def test_who_may_see_totals_only_gets_the_institution_but_no_single_case(employer, cases, role):
    assert media_response(employer.actor(role), Slice()).total.received == 188

    for narrow in (Slice(cases=[cases["R1"].pk]), Slice(units=[employer.unit.path]), Slice(categories=["x"])):
        with pytest.raises(PermissionDenied):
            media_response(employer.actor(role), narrow)


def test_an_applicant_gets_no_figures(employer, cases):
    with pytest.raises(PermissionDenied):
        media_response(Actor.person(None), Slice())


def test_the_number_of_queries_is_the_same_for_one_case_and_for_many(employer, cases, django_assert_num_queries):
    actor = employer.actor(Role.HR_EXTENDED)
    media_response(actor, Slice())

    with django_assert_num_queries(5):
        media_response(actor, Slice(cases=[cases["R1"].pk]))
    with django_assert_num_queries(5):
        media_response(actor, Slice())


def media_counts(employer) -> dict:
    response = media_response(employer.actor(Role.HR_EXTENDED), Slice())
    return {line.medium and line.medium.code: line.received for line in response.lines}


def test_who_came_without_a_link_and_says_nothing_came_by_our_own_site_where_the_ad_was_there(employer):
    case = make_case(employer)
    Publication.objects.create(round=case.rounds.get(), medium=Medium.objects.get(code="SITE"))
    add(case, None, Stage.RECEIVED, reference="A")
    add(case, None, Stage.RECEIVED, reference="B", self_reported_source="OTHER")
    by_post = {"channel": "PAPER", "registered_by": employer.staff[Role.HR_EXTENDED]}
    add(case, None, Stage.RECEIVED, reference="C", **by_post)

    assert media_counts(employer) == {"SITE": 1, None: 2}


def test_a_link_that_was_followed_more_than_thirty_days_before_says_nothing(employer):
    case, torv = make_case(employer), Medium.objects.get(code="TORV")
    for reference, days in (("A", 29), ("B", 31)):
        at = case.created_at - dt.timedelta(days=days)
        add(
            case,
            torv,
            Stage.RECEIVED,
            reference=reference,
            tracking_token="t",
            tracked_at=at,
            self_reported_source="NETV",
        )

    assert media_counts(employer) == {"TORV": 1, "NETV": 1}


def test_it_is_told_how_many_name_another_medium_than_their_link(employer):
    case, torv = make_case(employer), Medium.objects.get(code="TORV")
    for reference, said in (("A", "TORV"), ("B", "NETV"), ("C", "")):
        add(case, torv, Stage.RECEIVED, reference=reference, tracking_token="t", self_reported_source=said)

    assert media_response(employer.actor(Role.HR_EXTENDED), Slice()).disagreement == (2, 1)
