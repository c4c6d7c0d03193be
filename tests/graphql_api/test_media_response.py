"""The API gives exactly the numbers of domain E7, for one case and for all closed ones."""

import pytest

from graphql_api.nodes import global_id
from recruitment.advertising.models import Medium
from recruitment.shipped.load import load
from tests.factories.world import make_case, make_employer
from tests.graphql_api.conftest import token_for
from tests.recruitment.statistics.test_media import CLOSED_CASES, MADE_UP_MEDIA, fill

DOCUMENT = """
query($f: MediaResponseFilter) { mediaResponse(filter: $f) { rows { ...Line } total { ...Line } } }
fragment Line on MediaResponseRow {
  medium { code } received screened invited interviewed hired cost { amount }
  costPerReceived { amount } costPerScreened { amount } costPerInterviewed { amount } costPerHired { amount } }
"""


@pytest.fixture
def asked(db, data):
    """The table of some of the closed cases, in whole kroner as on paper; None for a dash."""
    load()
    for code, kind in MADE_UP_MEDIA.items():
        Medium.objects.create(code=code, name_da=code, kind=kind)
    employer = make_employer("statistik", "99000009")
    cases = {name: fill(make_case(employer, title=name), media) for name, media in CLOSED_CASES.items()}
    token = token_for(employer)

    def asking(*names):
        chosen = {"case": [global_id("RecruitmentCase", cases[name].pk) for name in names]} if names else None
        report = data(DOCUMENT, token=token, f=chosen)["mediaResponse"]
        return {row["medium"]["code"]: figures(row) for row in report["rows"]} | {"": figures(report["total"])}

    return asking


def figures(row):
    counts = [row[name] for name in ("received", "screened", "invited", "interviewed", "hired")]
    each = [row[f"costPer{name}"] for name in ("Received", "Screened", "Interviewed", "Hired")]
    return (*counts, kroner(row["cost"]), *(kroner(cost) for cost in each))


def kroner(money):
    return None if money is None else int(float(money["amount"]) + 0.5)


def test_one_case(asked):
    assert asked("R1") == {
        "SITE": (14, 3, 2, 2, 0, 0, 0, 0, 0, None),
        "INTRA": (3, 1, 1, 1, 0, 0, 0, 0, 0, None),
        "JOBNET": (11, 3, 2, 2, 0, 0, 0, 0, 0, None),
        "TORV": (27, 5, 4, 3, 1, 4950, 183, 990, 1650, 4950),
        "NETV": (9, 1, 0, 0, 0, 3500, 389, 3500, None, None),
        "": (64, 13, 9, 8, 1, 8450, 132, 650, 1056, 8450),
    }


def test_all_closed_cases(asked):
    assert asked() == asked(*CLOSED_CASES) == {
        "SITE": (38, 5, 3, 3, 0, 0, 0, 0, 0, None),
        "INTRA": (3, 1, 1, 1, 0, 0, 0, 0, 0, None),
        "JOBNET": (33, 8, 5, 5, 1, 0, 0, 0, 0, 0),
        "TORV": (39, 8, 6, 5, 1, 14850, 381, 1856, 2970, 14850),
        "NETV": (9, 1, 0, 0, 0, 3500, 389, 3500, None, None),
        "LABO": (5, 2, 1, 1, 0, 6200, 1240, 3100, 6200, None),
        "AKAD": (61, 7, 5, 4, 1, 6700, 110, 957, 1675, 6700),
        "": (188, 32, 21, 19, 3, 31250, 166, 977, 1645, 10417),
    }  # fmt: skip
