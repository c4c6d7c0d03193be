"""Choosing many media, what a medium needs, setting a channel up, and asking for one that is not on the list."""

import pytest
from django.urls import reverse

from recruitment.access.roles import Role
from recruitment.advertising.actions import announce, mark_live
from recruitment.advertising.models import MediaListEntry, MediaRequest, Medium, Publication
from recruitment.channels.models import Delivery
from tests.factories.world import HOUSE, ad_content, advertise, make_case
from tests.recruitment.channels.conftest import entry_of, receiver  # noqa: F401 - a fixture


@pytest.fixture
def media(world) -> str:
    return f"/admin/cases/{world.ours.case.pk}/media/"


@pytest.fixture
def task(world) -> Delivery:
    """A live ad on Jobnet, put up by hand, that has been changed."""
    jobnet = Publication.objects.get(round=world.ours.round, medium__code="JOBNET")
    mark_live(jobnet, actor=HOUSE, external_url="https://jobnet.example/1")
    announce(world.ours.round, ad_content(world.ours.case, html="<p>Rettet</p>"), actor=HOUSE)
    return Delivery.objects.get(publication=jobnet)


def listed(world, *codes: str) -> list[MediaListEntry]:
    institution = world.ours.institution
    made = [Medium.objects.create(code=code, name_da=code, kind="OTHER", institution=institution) for code in codes]
    return [MediaListEntry.objects.create(institution=institution, medium=medium) for medium in made]


def test_several_media_are_chosen_at_once(world, media, sign_in):
    chosen = listed(world, "BLAD", "PORTAL")
    answer = sign_in(Role.COMMUNICATIONS).post(f"{media}add/", {"entry": [str(entry.pk) for entry in chosen]})

    assert answer.status_code == 302
    assert world.ours.round.publications.filter(medium__code__in=["BLAD", "PORTAL"]).count() == 2


def test_media_are_chosen_as_in_another_case_with_who_pays(world, sign_in):
    (entry,) = listed(world, "BLAD")
    pattern = make_case(world.ours, title="Mønster")
    advertise(pattern)
    client = sign_in(Role.HR_EXTENDED)
    client.post(f"/admin/cases/{pattern.pk}/media/add/", {"entry": str(entry.pk)})
    Publication.objects.filter(medium__code="BLAD").update(cost_allocation_note="Kontoret")

    client.post(f"/admin/cases/{world.ours.case.pk}/media/add/", {"like": str(pattern.rounds.get().pk)})

    copied = Publication.objects.get(round=world.ours.round, medium__code="BLAD")
    assert copied.cost_allocation_note == "Kontoret"


def test_another_institutions_case_is_no_pattern(world, media, sign_in):
    client = sign_in(Role.HR_EXTENDED)

    assert client.post(f"{media}add/", {"like": str(world.theirs.round.pk)}).status_code == 422
    assert "theirs" not in client.get(media).content.decode()


def test_the_timeline_has_a_row_a_medium_and_today(world, media, sign_in):
    shown = sign_in(Role.COMMUNICATIONS).get(media).context["timeline"]

    assert len(shown.rows) == world.ours.round.publications.count()
    assert 0 < shown.today < shown.deadline < 100
    assert any(row.actual for row in shown.rows)


def test_a_task_stands_on_the_desk_and_at_the_medium_until_it_is_done(world, media, task, sign_in):
    client = sign_in(Role.COMMUNICATIONS)
    address = reverse("workbench:media_settle", args=[world.ours.case.pk, task.pk])
    assert address in client.get(media).content.decode()
    assert media in client.get("/admin/").content.decode()

    client.post(address, {"button": "done"})

    task.refresh_from_db()
    assert task.settled_by == world.ours.staff[Role.COMMUNICATIONS]
    assert address not in client.get(media).content.decode()


@pytest.mark.parametrize("role", [Role.HIRING_MANAGER, Role.HR_CASEWORK, Role.ADMINISTRATOR])
def test_others_settle_nothing_and_take_nothing_down(world, media, task, sign_in, role):
    client = sign_in(role)

    assert client.post(f"{media}tasks/{task.pk}/", {"button": "done"}).status_code == 403
    assert client.post(f"{media}down/", {"reason": "Nej"}).status_code == 403
    assert client.get(f"{media}wish/").status_code == 403


def test_a_task_of_another_case_is_not_found(world, task, sign_in):
    other = make_case(world.ours)

    answer = sign_in(Role.COMMUNICATIONS).post(f"/admin/cases/{other.pk}/media/tasks/{task.pk}/", {"button": "done"})

    assert answer.status_code == 404


def test_everything_comes_down_after_a_reason(world, media, sign_in):
    client = sign_in(Role.COMMUNICATIONS)
    assert client.post(f"{media}down/", {"reason": ""}).status_code == 422

    client.post(f"{media}down/", {"reason": "Stillingen er trukket"})

    assert set(world.ours.round.publications.values_list("state", flat=True)) == {"WITHDRAWN"}


def test_jobnet_alone_comes_down_with_a_reason_only(world, sign_in):
    jobnet = Publication.objects.get(round=world.ours.round, medium__code="JOBNET")
    client = sign_in(Role.COMMUNICATIONS)
    address = f"/admin/moves/publication/{jobnet.pk}/withdraw/"
    assert 'name="reason"' in client.get(address).content.decode()

    assert client.post(address, {}).status_code == 422
    client.post(address, {"reason": "Kun intern"})

    jobnet.refresh_from_db()
    assert (jobnet.state, jobnet.history.last().reason) == ("WITHDRAWN", "Kun intern")


# -- wishes


def test_a_wish_is_approved_by_the_administrator_only_and_lands_on_the_list(world, media, sign_in):
    client = sign_in(Role.COMMUNICATIONS)
    assert client.post(f"{media}wish/", {"name": "", "kind": "PRINT", "why": "Mange læsere"}).status_code == 422
    client.post(f"{media}wish/", {"name": "Fagbladet", "kind": "PRINT", "why": "Mange læsere", "cost": "9.800"})
    wish = MediaRequest.objects.get(institution=world.ours.institution)
    decide = f"/admin/setup/{world.ours.institution.pk}/media-list/wishes/{wish.pk}/"
    assert client.post(decide, {"button": "approve"}).status_code == 404

    sign_in(Role.ADMINISTRATOR).post(decide, {"button": "approve"})

    entry = MediaListEntry.objects.get(institution=world.ours.institution, medium__name_da="Fagbladet")
    assert entry.medium.default_cost == 980_000
    wish.refresh_from_db()
    assert wish.state == "APPROVED"


@pytest.mark.parametrize("role", [Role.COMMUNICATIONS, Role.HR_EXTENDED, Role.HR_LIMITED])
def test_whoever_plans_media_may_ask_for_one(world, media, sign_in, role):
    asked = sign_in(role).post(f"{media}wish/", {"name": "Fagbladet", "kind": "PRINT", "why": "Mange læsere"})

    assert asked.status_code == 302
    assert MediaRequest.objects.get().asked_by == world.ours.staff[role]


def test_a_wish_is_declined_with_a_reason_that_can_be_read(world, media, sign_in):
    client = sign_in(Role.HR_EXTENDED)
    client.post(f"{media}wish/", {"name": "Fagbladet", "kind": "PRINT", "why": "Mange læsere"})
    wish = MediaRequest.objects.get(institution=world.ours.institution)
    decide = f"/admin/setup/{world.ours.institution.pk}/media-list/wishes/{wish.pk}/"
    administrator = sign_in(Role.ADMINISTRATOR)
    assert "Fagbladet" in administrator.get("/admin/").content.decode()

    administrator.post(decide, {"button": "decline", "reason": ""})
    wish.refresh_from_db()
    assert wish.state == "ASKED"
    administrator.post(decide, {"button": "decline", "reason": "For dyrt"})

    assert "For dyrt" in sign_in(Role.HR_EXTENDED).get(f"{media}wish/").content.decode()


def test_the_compulsory_medium_is_not_dropped_from_the_list_without_a_note(world, sign_in):
    entry = entry_of(world.ours.institution, "JOBNET")
    address = f"/admin/setup/{world.ours.institution.pk}/media-list/{entry.pk}/"
    typed = {"active": "on", "head_start_days": "0", "position": "1"}
    client = sign_in(Role.ADMINISTRATOR)

    assert client.post(address, typed).status_code == 422
    assert client.post(address, typed | {"note": "Vi har en anden aftale"}).status_code == 302


def test_a_medium_is_offered_with_what_it_has_brought(world, media, sign_in):
    (entry,) = listed(world, "PORTALEN")
    Publication.objects.create(
        round=world.ours.round,
        medium=entry.medium,
        state="LIVE",
        live_at=world.application.received_at,
        cost_amount=100_000,
    )
    world.application.source_medium = entry.medium
    world.application.save()
    other = make_case(world.ours)

    shown = sign_in(Role.HR_EXTENDED).get(f"/admin/cases/{other.pk}/media/")

    line = next(earlier for choice, earlier in shown.context["choices"] if choice == entry)
    assert (line.received, line.price) == (1, 100_000)
