"""The media plan, the seats on a case, its log and its statistics."""

import pytest

from recruitment.access.models import CaseMember
from recruitment.access.roles import Role
from recruitment.advertising.models import MediaListEntry, Medium, Publication
from tests.factories.world import make_case


@pytest.fixture
def jobnet(world):
    return Publication.objects.get(round=world.ours.round, medium__code="JOBNET")


def address(world, more="") -> str:
    return f"/admin/cases/{world.ours.case.pk}/media/{more}"


def test_a_medium_is_chosen_given_a_price_and_put_up_with_its_address(world, jobnet, sign_in):
    client = sign_in(Role.COMMUNICATIONS)
    one = address(world, f"{jobnet.pk}/")
    assert client.post(one, {"cost_amount": "0", "button": "live"}).status_code == 422

    client.post(one, {"cost_amount": "4.950", "external_url": "https://jobnet.example/1", "button": "live"})

    jobnet.refresh_from_db()
    assert (jobnet.state, jobnet.cost_amount, jobnet.external_url) == ("LIVE", 495_000, "https://jobnet.example/1")
    shown = client.get(address(world))
    assert shown.context["total"] == 495_000
    assert "kilde=" in shown.content.decode()


def test_what_is_refused_changes_nothing_and_stays_on_the_page(world, jobnet, sign_in):
    typed = {
        "publish_from": "2030-01-02T10:00",
        "publish_until": "2030-01-01T10:00",
        "cost_amount": "1.200",
        "cost_allocation_note": "Kontoret",
    }
    response = sign_in(Role.HR_EXTENDED).post(address(world, f"{jobnet.pk}/"), typed)

    assert response.status_code == 422
    assert "Kontoret" in response.content.decode()
    jobnet.refresh_from_db()
    assert jobnet.cost_allocation_note == ""


@pytest.mark.parametrize(
    ("typed", "oere"),
    [("8.450", 845_000), ("99,50", 9_950), ("1.234,5", 123_450), ("0", 0), ("4950 kr.", 495_000), ("", None)],
)
def test_money_is_typed_in_kroner_and_kept_in_oere(world, jobnet, sign_in, typed, oere):
    sign_in(Role.HR_EXTENDED).post(address(world, f"{jobnet.pk}/"), {"cost_amount": typed})

    jobnet.refresh_from_db()
    assert jobnet.cost_amount == oere


@pytest.mark.parametrize("typed", ["gratis", "-5", "1e9", "NaN", "99.999.999.999"])
def test_what_is_no_amount_is_refused(world, jobnet, sign_in, typed):
    assert sign_in(Role.HR_EXTENDED).post(address(world, f"{jobnet.pk}/"), {"cost_amount": typed}).status_code == 422


def test_one_more_medium_comes_from_the_list_only(world, sign_in):
    intranet = MediaListEntry.objects.get(institution=world.ours.institution, medium__code="INTRA")
    client = sign_in(Role.HR_EXTENDED)
    foreign = MediaListEntry.objects.get(institution=world.theirs.institution, medium__code="INTRA")

    assert client.post(address(world, "add/"), {"entry": str(foreign.pk)}).status_code == 422
    assert client.post(address(world, "add/"), {"entry": str(intranet.pk)}).status_code == 302
    assert Publication.objects.filter(round=world.ours.round, medium__code="INTRA").count() == 1


@pytest.mark.parametrize("role", [Role.HR_CASEWORK, Role.HIRING_MANAGER, Role.ADMINISTRATOR])
def test_others_plan_no_media(world, jobnet, sign_in, role):
    assert sign_in(role).post(address(world, f"{jobnet.pk}/"), {"cost_amount": "1"}).status_code == 403


def test_a_publication_is_taken_down_after_asking(world, sign_in):
    live = Publication.objects.get(round=world.ours.round, medium__code="SITE")
    client = sign_in(Role.COMMUNICATIONS)
    assert client.get(f"/admin/moves/publication/{live.pk}/withdraw/").status_code == 200

    client.post(f"/admin/moves/publication/{live.pk}/withdraw/")

    live.refresh_from_db()
    assert live.state == "WITHDRAWN"


def test_the_plan_costs_the_same_for_one_medium_and_for_many(world, sign_in, count_queries):
    sign_in(Role.HR_EXTENDED)
    before = count_queries(address(world))
    for n in range(4):
        medium = Medium.objects.create(code=f"M{n}", name_da=f"M{n}", kind="OTHER")
        Publication.objects.create(round=world.ours.round, medium=medium)

    assert count_queries(address(world)) == before


def test_somebody_new_gets_a_seat_as_chair_and_there_is_one_chair(world, sign_in):
    case = make_case(world.ours)
    client = sign_in(Role.HR_CASEWORK)
    typed = {"email": "forkvinde@ny.example", "role": "HIRING_COMMITTEE", "function": "CHAIR"}
    client.post(f"/admin/cases/{case.pk}/members/", typed)

    seat = CaseMember.objects.get(case=case, user__email="forkvinde@ny.example")
    assert seat.is_chair
    again = client.post(f"/admin/cases/{case.pk}/members/", typed | {"email": "anden@ny.example"})
    assert again.status_code == 422
    assert "anden@ny.example" in again.content.decode()


def test_a_seat_ends_at_once(world, sign_in, client):
    seat = CaseMember.objects.get(case=world.ours.case, role=Role.HIRING_COMMITTEE)
    sign_in(Role.HR_EXTENDED).post(f"/admin/cases/{world.ours.case.pk}/members/{seat.pk}/end/", {"confirmed": "1"})

    assert sign_in(Role.HIRING_COMMITTEE).get(f"/admin/cases/{world.ours.case.pk}/").status_code in {302, 403, 404}


@pytest.mark.parametrize("role", [Role.HIRING_MANAGER, Role.HIRING_COMMITTEE, Role.ADMIN_SUPPORT])
def test_others_give_and_end_no_seats(world, sign_in, role):
    seat = CaseMember.objects.filter(case=world.ours.case).first()
    client = sign_in(role)

    assert client.post(f"/admin/cases/{world.ours.case.pk}/members/", {"email": "x@y.example"}).status_code == 403
    assert (
        client.post(f"/admin/cases/{world.ours.case.pk}/members/{seat.pk}/end/", {"confirmed": "1"}).status_code == 403
    )
    assert client.get(f"/admin/cases/{world.ours.case.pk}/members/").status_code == 200


def test_the_log_tells_who_opened_what(declared, sign_in):
    client = sign_in(Role.HR_EXTENDED)
    client.get(f"/admin/cases/{declared.ours.case.pk}/applications/{declared.application.pk}/")

    assert "Application.open" in client.get(f"/admin/cases/{declared.ours.case.pk}/log/").content.decode()


def test_statistics_of_a_case_show_chart_and_table_with_money_in_kroner(declared, jobnet, sign_in):
    Publication.objects.filter(pk=jobnet.pk).update(
        state="LIVE", live_at=declared.application.received_at, cost_amount=845_000
    )
    shown = sign_in(Role.HIRING_MANAGER).get(f"/admin/cases/{declared.ours.case.pk}/statistics/")

    assert "8.450 kr." in shown.content.decode()
    assert shown.context["total"]["counts"] == [1, 0, 0, 0, 0]
    assert shown.context["total"]["prices"] == [845_000, None, None, None]


def test_who_sees_totals_only_gets_no_filter_on_cases(declared, sign_in):
    shown = sign_in(Role.COMMUNICATIONS).get("/admin/statistics/")

    assert list(shown.context["form"].fields) == ["after", "before"]
    assert sign_in(Role.HIRING_COMMITTEE).get("/admin/statistics/").status_code == 403
