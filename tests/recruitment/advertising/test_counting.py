"""Visitors are counted by day and step, and a link's token goes with the draft to the application."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from recruitment import clock
from recruitment.advertising.actions import plan_medium
from recruitment.advertising.counting import funnel_of, link_of, note_step, note_visit
from recruitment.advertising.models import MediaListEntry, TrackingLink
from recruitment.advertising.records import FunnelCount, FunnelStep
from recruitment.allowances.actions import Bucket
from recruitment.applications.models import Application
from tests.factories.world import HOUSE, fill_draft


def numbers(round_) -> dict[str, int]:
    return {step.value: number for step, number in funnel_of([round_])}


def token(world, code: str) -> str:
    return TrackingLink.objects.get(publication__round=world.ours.round, publication__medium__code=code).token


def test_a_row_of_the_count_holds_nothing_but_numbers():
    assert {field.name for field in FunnelCount._meta.get_fields()} == {"id", "round", "day", "step", "count"}


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_two(world):
    round_id = world.ours.round.pk

    def visit(_number: int) -> None:
        note_step(round_id, FunnelStep.VIEW)
        connections.close_all()

    with ThreadPoolExecutor(4) as crowd:
        list(crowd.map(visit, range(12)))

    assert FunnelCount.objects.get(round=round_id).count == 12


def test_what_is_no_token_counts_for_nobody(world):
    for wrong in ("", "ukendt", "x" * 17, "a\x00b"):
        assert note_visit(wrong) is None
    assert link_of(token(world, "SITE"), world.theirs.round.pk) is None


def test_a_page_that_was_shown_says_so_and_one_that_nobody_can_see_does_not(world, client):
    round_ = world.ours.round
    assert client.post(f"/set/{round_.pk}/").status_code == 204
    world.ours.case.state = "ASSESSING"
    world.ours.case.save()
    client.post(f"/set/{round_.pk}/")
    client.post("/set/999999999/")

    assert numbers(round_)["VIEW"] == 1
    assert not client.post(f"/set/{round_.pk}/").cookies
    assert client.get(f"/set/{round_.pk}/").status_code == 405


def test_nobody_makes_a_number_of_it_at_will(world, client, monkeypatch):
    monkeypatch.setattr("portal.pages.views.READERS", Bucket(most=3, rate=0.001))
    round_ = world.ours.round

    answers = {client.post(f"/set/{round_.pk}/").status_code for _ in range(8)}

    assert (answers, numbers(round_)["VIEW"]) == ({204}, 3)


def begin(world, client, address: str) -> Application:
    client.post(address, {"accept": "on", "website": ""})
    return Application.objects.filter(round=world.ours.round).latest("started_at")


def test_the_way_from_the_form_to_the_application_is_counted(world, client):
    application = begin(world, client, f"/soeg/{world.ours.round.pk}/")
    about = {
        "given_name": "Kirsten", "family_name": "Holm", "email": "kirsten@ny.example", "phone": "+45 00 00 11 22", "origin": "EXTERNAL",
    }  # fmt: skip
    client.post(f"/soeg/ansoegning/{application.pk}/about/", {**about, "button": "next"})
    fill_draft(application)
    client.post(f"/soeg/ansoegning/{application.pk}/tjek/", {})

    application.refresh_from_db()
    assert application.state == "SUBMITTED"
    assert numbers(world.ours.round) == {"VIEW": 0, "START": 1, "STEP": 1, "SUBMIT": 1}


def test_the_token_goes_with_the_draft_and_the_last_one_counts(world, client):
    intranet = MediaListEntry.objects.get(institution=world.ours.institution, medium__code="INTRA")
    plan_medium(world.ours.round, intranet, actor=HOUSE)
    start = f"/soeg/{world.ours.round.pk}/"
    first = begin(world, client, f"{start}?kilde={token(world, 'JOBNET')}")
    assert first.source_medium.code == "JOBNET"

    client.get(start)
    client.get(f"{start}?kilde=ukendt")
    first.refresh_from_db()
    assert first.source_medium.code == "JOBNET"

    client.get(f"{start}?kilde={token(world, 'INTRA')}")
    first.refresh_from_db()
    assert (first.source_medium.code, first.tracking_token) == ("INTRA", token(world, "INTRA"))


def test_what_was_handed_in_keeps_its_source(world, client):
    start = f"/soeg/{world.ours.round.pk}/"
    application = begin(world, client, f"{start}?kilde={token(world, 'JOBNET')}")
    Application.objects.filter(pk=application.pk).update(state="SUBMITTED", received_at=clock.now())

    client.get(f"{start}?kilde={token(world, 'SITE')}")

    application.refresh_from_db()
    assert application.source_medium.code == "JOBNET"
