"""The first page, and Wagtail's screens that are shut."""

import datetime as dt
import re

import pytest
from wagtail.models import Page

from portal.pages.new_ad import begin_ad
from recruitment import clock
from recruitment.access.roles import Role
from recruitment.advertising.models import JobAdvertisement, Medium, Publication
from recruitment.applications.models import Application
from recruitment.cases.moving import approve_case
from recruitment.mail.models import Message
from recruitment.organisation.models import Institution
from recruitment.people.models import User
from tests.factories.world import HOUSE, advertise, make_application, make_case


def desk(client) -> str:
    response = client.get("/admin/")
    assert response.status_code == 200
    return response.content.decode()


def test_what_waits_leads_to_where_it_is_done(world, sign_in):
    draft, ready = make_case(world.ours), approve_case(make_case(world.ours), actor=HOUSE)
    Message.objects.filter(application=world.application).update(state="BOUNCED")
    Application.objects.filter(pk=world.application.pk).update(has_cpr_number=True)
    jobnet = Publication.objects.get(round=world.ours.round, medium__code="JOBNET")

    shown = desk(sign_in(Role.HR_EXTENDED))

    for address in (
        f"/admin/cases/{draft.pk}/", f"/admin/ads/new/?case={ready.pk}", f"/admin/cases/{world.ours.case.pk}/media/{jobnet.pk}/",
        f"/admin/cases/{world.ours.case.pk}/applications/{world.application.pk}/",
        f"/admin/cases/{world.ours.case.pk}/applications/?unread=nobody",
    ):  # fmt: skip
        assert f'href="{address}"' in shown, address


def test_somebody_on_a_committee_sees_only_their_case(world, sign_in):
    make_case(world.ours, title="Ikke for dig")
    shown = desk(sign_in(Role.HIRING_COMMITTEE))

    assert world.ours.case.title in shown
    assert "Ikke for dig" not in shown


def test_communications_meets_no_applicant_on_the_desk(world, sign_in):
    shown = desk(sign_in(Role.COMMUNICATIONS))

    assert "Kirsten" not in shown
    assert "/applications/" not in shown


RENEW = "/admin/ads/renew/"


def advertise_under_an_old_name(employer, count: int = 1) -> None:
    """Ads that were published before the institution got another name."""
    for number in range(count):
        advertise(make_case(employer, title=f"Stilling {number}"))
    old = {"employer": {"label": "Arbejdsgiver", "value": "Styrelsen som den hed"}}
    JobAdvertisement.objects.filter(round__case__institution=employer.institution).update(page_id=1, facts=old)
    Institution.objects.filter(pk=employer.institution.pk).update(name_da="Styrelsen for Alt")


def test_who_publishes_is_led_to_ads_that_say_old_names_and_nobody_else_is(world, sign_in):
    advertise_under_an_old_name(world.ours)

    assert "Styrelsen for Alt" in desk(sign_in(Role.COMMUNICATIONS)).split(RENEW, 1)[1]
    assert RENEW not in desk(sign_in(Role.ADMINISTRATOR))
    assert RENEW not in desk(sign_in(Role.COMMUNICATIONS, world.theirs))


def test_many_ads_with_old_names_cost_the_desk_what_one_costs(world, sign_in, count_queries):
    advertise_under_an_old_name(world.ours)
    sign_in(Role.COMMUNICATIONS)
    before = count_queries("/admin/")
    advertise_under_an_old_name(world.ours, 3)

    assert count_queries("/admin/") == before


def put_up_and_over(employer, count: int = 1) -> None:
    """Ads that somebody put up on boards of their own, whose time is over."""
    for _ in range(count):
        medium = Medium.objects.create(code=f"B{Medium.objects.count()}", name_da="Opslagstavlen", kind="OTHER")
        Publication.objects.create(
            round=employer.round,
            medium=medium,
            cost_amount=0,
            state="EXPIRED",
            live_at=clock.now(),
            ended_at=clock.now(),
        )


def test_many_ads_to_see_gone_cost_the_desk_what_one_costs(world, sign_in, count_queries):
    put_up_and_over(world.ours)
    assert "confirm_down" in desk(sign_in(Role.COMMUNICATIONS))
    before = count_queries("/admin/")
    put_up_and_over(world.ours, 3)

    assert count_queries("/admin/") == before


def test_the_administrator_is_told_that_no_scanner_is_there(world, sign_in, settings):
    settings.CLAMD_SOCKET = ""
    shown = desk(sign_in(Role.ADMINISTRATOR))

    assert "/admin/setup/" in shown
    assert "virusscanner" in shown
    assert "virusscanner" not in desk(sign_in(Role.HR_EXTENDED))


def test_the_desk_costs_the_same_for_one_application_and_for_many(world, sign_in, count_queries):
    sign_in(Role.HR_CASEWORK)
    before = count_queries("/admin/")
    for n in range(4):
        make_application(world.ours.round, email=f"n{n}@x.example")

    assert count_queries("/admin/") == before


@pytest.mark.parametrize(
    "address",
    [
        "reports/site-history/",
        "reports/aging-pages/",
        "reports/locked/",
        "reports/page-types-usage/",
        "reports/workflow/",
        "users/",
        "groups/",
        "sites/",
        "redirects/",
        "collections/",
        "workflows/list/",
        "tag-autocomplete/",
    ],
)
def test_wagtails_own_overviews_are_shut_for_our_roles_and_open_for_the_operator(world, sign_in, client, address):
    for role in (Role.COMMUNICATIONS, Role.HR_EXTENDED, Role.ADMINISTRATOR):
        assert sign_in(role).get(f"/admin/{address}").status_code == 404

    client.force_login(User.objects.create_superuser("drift@portal.example"))
    assert client.get(f"/admin/{address}").status_code == 200


def test_a_page_of_another_institutions_ad_is_not_there_whatever_asks_for_it(world, sign_in):
    page = begin_ad(world.ours.case, "da", actor=HOUSE)
    stranger = sign_in(Role.COMMUNICATIONS, world.theirs)
    for address in (
        f"/admin/pages/{page.pk}/edit/",
        f"/admin/pages/{page.pk}/history/",
        f"/admin/pages/usage/{page.pk}/",
        f"/admin/api/main/pages/{page.pk}/",
    ):
        assert stranger.get(address).status_code == 404, address

    assert sign_in(Role.COMMUNICATIONS).get(f"/admin/pages/{page.pk}/edit/").status_code == 200
    assert Page.objects.filter(pk=page.pk).exists()


def test_a_page_asks_for_the_persons_seats_once(world, sign_in, django_assert_max_num_queries):
    """Wagtail's ticket, the menu and the screen itself ask about rights; who sits where is read for all of them at once."""
    client = sign_in(Role.HR_EXTENDED)
    client.get("/admin/cases/")

    with django_assert_max_num_queries(100) as asked:
        client.get("/admin/cases/")

    seats = [q["sql"] for q in asked if q["sql"].startswith('SELECT "recruitment_roleassignment"."role"')]
    assert len(seats) == 1


def groups_of(shown: str) -> list[tuple[str, bool]]:
    """The sorts of things that wait, in order, each with whether it stands open."""
    found = re.findall(r'<details class="workbench-waiting"( open)?><summary><h3>([^<]+)</h3>', shown)
    return [(heading, bool(is_open)) for is_open, heading in found]


@pytest.fixture
def much(world):
    """Waiting for HR: one overdue task, and sorts of other areas."""
    make_case(world.ours)
    approve_case(make_case(world.ours), actor=HOUSE)
    Message.objects.filter(application=world.application).update(state="BOUNCED")
    Application.objects.filter(pk=world.application.pk).update(has_cpr_number=True)
    step = world.ours.case.plan.activities.filter(done_at=None).first()
    step.responsible, step.due_date = world.ours.staff[Role.HR_EXTENDED], clock.today() - dt.timedelta(days=3)
    step.save()
    return step


def test_what_is_overdue_comes_first_and_stands_open(much, sign_in):
    groups = groups_of(desk(sign_in(Role.HR_EXTENDED)))

    assert groups[0] == ("Mine opgaver", True)
    assert len(groups) > 4


def test_an_area_is_chosen_in_the_address_and_hides_nothing_that_is_overdue(much, sign_in):
    client = sign_in(Role.HR_EXTENDED)
    shown = client.get("/admin/?waiting=letters").content.decode()

    assert groups_of(shown) == [("Mine opgaver", True), ("Breve, der ikke kom frem", True)]
    assert '<a href="?waiting=letters" aria-current="true">' in shown
    assert groups_of(client.get("/admin/?waiting=findesikke").content.decode()) == groups_of(desk(client))


def test_more_than_five_are_folded_and_not_lost(world, sign_in):
    for number in range(7):
        application = make_application(world.ours.round, email=f"c{number}@x.example")
        Application.objects.filter(pk=application.pk).update(has_cpr_number=True)
    shown = desk(sign_in(Role.HR_EXTENDED))

    for pk in Application.objects.filter(has_cpr_number=True).values_list("pk", flat=True):
        assert f"/applications/{pk}/" in shown


def test_tasks_cost_the_desk_the_same_for_one_and_for_many(much, sign_in, count_queries):
    sign_in(Role.HR_EXTENDED)
    before = count_queries("/admin/")
    rows = much.plan.activities.filter(done_at=None)
    rows.update(responsible=much.responsible, due_date=clock.today() - dt.timedelta(days=2))

    assert rows.count() > 5
    assert count_queries("/admin/") == before
