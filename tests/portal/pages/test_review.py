"""A colleague comments on an ad and approves it by a link that is theirs alone."""

import datetime as dt
import re

import pytest
from django.test import Client

from portal.pages.layouts import ContentTemplate
from portal.pages.models import JobAdPage
from portal.pages.new_ad import begin_ad
from portal.pages.publishing import content_of, rehearse
from recruitment import clock
from recruitment.access.roles import Role
from recruitment.advertising.house_rules import set_rules
from recruitment.advertising.reviews.actions import ask_colleague, token_of
from recruitment.advertising.reviews.models import AdReview
from recruitment.cases.moving import approve_case
from recruitment.mail.models import Message
from tests.factories.world import HOUSE, make_case, make_user
from tests.portal.pages.test_publishing import BODY

WRITER, MANAGER = Role.COMMUNICATIONS, Role.HIRING_MANAGER


@pytest.fixture
def page(world) -> JobAdPage:
    case = approve_case(make_case(world.ours), actor=HOUSE)
    template = ContentTemplate.objects.create(name="t", intro="Vil du?", body=BODY, live=True)
    return begin_ad(case, "da", actor=HOUSE, template=template)


@pytest.fixture
def review(world, page) -> AdReview:
    return ask_colleague(
        page.case, page_id=page.pk, language="da", of=page.case.hiring_manager, actor=world.ours.actor(WRITER)
    )


def link(review: AdReview) -> str:
    return f"/gennemsyn/{token_of(review)}/"


def desk(client) -> str:
    return client.get("/admin/").content.decode()


def approving(client, review) -> object:
    seen = client.get(link(review)).context["digest"]
    return client.post(link(review), {"button": "approve", "seen": seen})


def test_asking_from_the_editor_mails_the_colleague_a_link(world, page, client):
    client.force_login(world.ours.staff[WRITER])
    manager = page.case.hiring_manager

    client.post(f"/admin/ads/{page.pk}/review/", {"of": manager.pk, "note": "Er opgaverne rigtige?"})

    asked = AdReview.objects.get(page_id=page.pk)
    letter = Message.objects.get(code="STAFF_AD_REVIEW")
    assert (asked.asked_of, asked.state) == (manager, "WAITING")
    assert letter.recipient == manager.email
    assert link(asked) in letter.text


def test_the_form_beside_the_editor_is_the_readers_own(world, page):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.ours.staff[WRITER])
    editor = client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    form = editor[editor.index(f'action="/admin/ads/{page.pk}/review/"') :]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form[: form.index("</form>")])

    client.post(f"/admin/ads/{page.pk}/review/", {"of": page.case.hiring_manager_id, "csrfmiddlewaretoken": token[1]})

    assert AdReview.objects.filter(page_id=page.pk).exists()


@pytest.mark.parametrize("role", [Role.HIRING_COMMITTEE, Role.ADMIN_SUPPORT, Role.HR_CASEWORK, Role.ADMINISTRATOR])
def test_who_has_no_say_about_the_ad_cannot_be_asked(world, page, client, role):
    client.force_login(world.ours.staff[WRITER])

    client.post(f"/admin/ads/{page.pk}/review/", {"of": world.ours.staff[role].pk})

    assert not AdReview.objects.exists()


@pytest.mark.parametrize("role", [Role.HIRING_MANAGER, Role.HR_CASEWORK, Role.ADMINISTRATOR])
def test_who_may_not_edit_the_ad_sends_no_link(world, page, client, role):
    client.force_login(world.ours.staff[role])

    answer = client.post(f"/admin/ads/{page.pk}/review/", {"of": page.case.hiring_manager_id})

    assert answer.status_code in {302, 403, 404}
    assert not AdReview.objects.exists()


def test_the_link_asks_to_sign_in_and_comes_back(review, client):
    answer = client.get(link(review))

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/konto/login/?next=%2Fgennemsyn%2F")


def test_the_link_opens_for_nobody_else(world, review, client):
    for user in (world.ours.staff[WRITER], world.theirs.staff[MANAGER], make_user("ny@ours.example")):
        client.force_login(user)
        assert client.get(link(review)).status_code == 403
        assert client.get(f"{link(review)}opslag/").status_code == 403
        assert client.post(link(review), {"button": "comment", "text": "Nej"}).status_code == 403
    assert not review.comments.exists()


def test_the_manager_sees_the_ad_as_it_will_look(review, page, client):
    client.force_login(page.case.hiring_manager)

    around, ad = client.get(f"{link(review)}?bredde=telefon"), client.get(f"{link(review)}opslag/")

    assert around.context["width"] == "phone"
    assert "Vil du?" in ad.content.decode()
    assert ad.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-src 'self'" in around.headers["Content-Security-Policy"]


def test_a_comment_on_a_block_is_shown_to_the_writer_and_settled(world, review, page, client):
    client.force_login(page.case.hiring_manager)
    part = client.get(link(review)).context["form"].fields["about"].choices[2]

    answer = client.post(link(review), {"button": "comment", "about": part[0], "text": "Skriv om rejser."})

    assert answer.status_code == 302
    said = review.comments.get()
    assert (said.heading, said.text) == (part[1], "Skriv om rejser.")
    client.force_login(world.ours.staff[WRITER])
    assert "Skriv om rejser." in client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    client.post(f"/admin/ads/{page.pk}/comments/{said.pk}/")
    said.refresh_from_db()
    assert said.settled_by == world.ours.staff[WRITER]


def test_an_empty_comment_is_refused_and_a_long_one_keeps_every_word(review, page, client):
    client.force_login(page.case.hiring_manager)

    empty = client.post(link(review), {"button": "comment", "text": " "})
    long = client.post(link(review), {"button": "changes", "text": "ord " * 600})

    assert (empty.status_code, long.status_code) == (422, 422)
    assert "ord ord" in long.content.decode()
    assert not review.comments.exists()


def test_approving_tells_the_writer_and_leaves_a_history(world, review, page, client):
    client.force_login(page.case.hiring_manager)

    assert approving(client, review).status_code == 302

    review.refresh_from_db()
    assert review.state == "APPROVED"
    assert review.approved_digest == content_of(page).digest
    assert [line.by_user for line in review.history.all()] == [page.case.hiring_manager]
    assert Message.objects.get(code="STAFF_AD_APPROVED").recipient == world.ours.staff[WRITER].email


def test_asking_for_changes_needs_words_and_tells_the_writer(world, review, page, client):
    client.force_login(page.case.hiring_manager)

    refused = client.post(link(review), {"button": "changes", "text": ""})
    client.post(link(review), {"button": "changes", "text": "Løn mangler."})

    review.refresh_from_db()
    assert refused.status_code == 422
    assert (review.state, review.comments.get().text) == ("CHANGES", "Løn mangler.")
    assert Message.objects.get(code="STAFF_AD_CHANGES").recipient == world.ours.staff[WRITER].email


def test_words_that_changed_meanwhile_are_not_approved_unseen(review, page, client):
    client.force_login(page.case.hiring_manager)
    seen = client.get(link(review)).context["digest"]
    page.intro = "Noget helt andet"
    page.save_revision()

    answer = client.post(link(review), {"button": "approve", "seen": seen})

    review.refresh_from_db()
    assert (answer.status_code, review.state) == (422, "WAITING")


def test_a_link_that_was_called_back_or_has_ended_opens_nothing(world, review, page, client):
    client.force_login(world.ours.staff[WRITER])
    other = ask_colleague(page.case, page_id=page.pk, language="da", of=page.case.hiring_manager, actor=HOUSE)
    client.post(f"/admin/ads/{page.pk}/review/{review.pk}/end/")
    client.force_login(page.case.hiring_manager)

    assert client.get(link(review)).status_code == 404
    assert client.get(link(other)).status_code == 200
    with clock.shifted(dt.timedelta(days=15)):
        assert client.get(link(other)).status_code == 404
    assert client.get("/gennemsyn/noget-andet/").status_code == 404


def test_somebody_who_lost_their_seat_speaks_no_more(review, page, client):
    client.force_login(page.case.hiring_manager)
    page.case.members.filter(user=page.case.hiring_manager).delete()

    assert client.get(link(review)).status_code == 403


def test_where_the_manager_approves_an_ad_goes_out_with_these_words_only(world, review, page, client):
    set_rules(world.ours.institution, switched_off=[], unwanted=[], manager_approves=True, actor=HOUSE)
    writer = world.ours.actor(WRITER)
    before = [obstacle.code for obstacle in rehearse(page, writer)]
    client.force_login(page.case.hiring_manager)
    approving(client, review)
    approved = [obstacle.code for obstacle in rehearse(page, writer)]
    page.intro = "Andre ord"

    assert (before, approved) == (["manager_approval"], [])
    assert [obstacle.code for obstacle in rehearse(page, writer)] == ["manager_approval"]


def test_the_managers_approval_alone_publishes_nothing(review, page, client):
    client.force_login(page.case.hiring_manager)

    approving(client, review)

    page.refresh_from_db()
    assert not page.live


def test_the_desk_leads_the_colleague_to_the_ad_and_the_writer_to_what_was_said(world, review, page, client):
    manager, writer = page.case.hiring_manager, world.ours.staff[WRITER]
    client.force_login(writer)
    assert link(review) not in desk(client)
    client.force_login(manager)
    assert link(review) in desk(client)

    client.post(link(review), {"button": "changes", "text": "Løn mangler."})

    assert link(review) not in desk(client)
    client.force_login(writer)
    assert f'href="/admin/pages/{page.pk}/edit/"' in desk(client)
    client.force_login(world.ours.staff[Role.HR_EXTENDED])
    assert f'href="/admin/pages/{page.pk}/edit/"' not in desk(client)
