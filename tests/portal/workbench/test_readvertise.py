"""A new round, on the screen."""

import datetime as dt

from recruitment import clock
from recruitment.access.roles import Role
from recruitment.timetable import pass_deadlines


def test_a_new_round_is_made_from_the_overview(world, sign_in):
    with clock.shifted(dt.timedelta(days=22)):
        pass_deadlines()
    case, client = world.ours.case, sign_in(Role.HR_EXTENDED)
    address = f"/admin/cases/{case.pk}/readvertise/"
    assert address in client.get(f"/admin/cases/{case.pk}/").content.decode()

    assert client.post(address, {"reason": "", "deadline": "i morgen"}).status_code == 422
    client.post(address, {"reason": "For få.", "deadline": f"{clock.today() + dt.timedelta(days=50):%Y-%m-%d}T12:00"})

    case.refresh_from_db()
    assert (case.state, case.rounds.count()) == ("READY", 2)
    assert f"/admin/moves/case/{case.pk}/drop_readvertising/" in client.get(f"/admin/cases/{case.pk}/").content.decode()


def test_a_case_that_is_not_assessed_yet_gets_no_second_round(world, sign_in):
    answer = sign_in(Role.HR_EXTENDED).post(
        f"/admin/cases/{world.ours.case.pk}/readvertise/", {"reason": "Nu.", "deadline": f"{clock.today() + dt.timedelta(days=50):%Y-%m-%d}T12:00"}
    )  # fmt: skip
    assert answer.status_code == 422
    assert world.ours.case.rounds.count() == 1
