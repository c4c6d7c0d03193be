"""Letters that did not get through: each way out, who may take it, and that it is taken once."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from recruitment.access.roles import Role
from recruitment.errors import NotPossible
from recruitment.letters.outcomes import (
    ask_for_paper,
    call_back,
    deal_with,
    has_arrived,
    posted,
    send_again,
    send_on_paper,
    told_by_phone,
    ways_out,
)
from recruitment.mail.actions import send
from recruitment.mail.models import Channel, Direction, Message, MessageState, Settled
from recruitment.mail.queries import letters_in_doubt, letters_to_post, replies_to_read
from recruitment.outbox.models import ItemState, OutboxItem
from recruitment.people.actor import Actor
from tests.factories.world import make_user


@pytest.fixture
def bounced(world):
    letter = Message.objects.get(application=world.application, code="APPLICATION_RECEIPT")
    Message.objects.filter(pk=letter.pk).update(state=MessageState.BOUNCED, last_error="5.1.1")
    letter.refresh_from_db()
    return letter


@pytest.fixture
def secure(world):
    """A hearing in the secure inbox of our applicant."""
    return send(
        "PARTY_HEARING", to=world.application.candidate, institution=world.ours.institution, about=world.application,
        values={"given_name": "Kirsten", "hearing_facts": "En oplysning."}, key="hearing",
    )  # fmt: skip


def test_a_bounced_letter_is_a_task_until_somebody_has_seen_to_it(bounced, hr):
    assert bounced in letters_in_doubt(hr)
    assert ways_out(bounced) == ("again", "paper", "phone")

    told_by_phone(bounced, "Talte med Kirsten kl. 10.", actor=hr)

    bounced.refresh_from_db()
    assert bounced not in letters_in_doubt(hr)
    assert (bounced.settled_how, ways_out(bounced)) == (Settled.PHONE, ())


def test_again_to_the_right_address_which_becomes_the_applicants(bounced, hr):
    again = send_again(bounced, "rigtig@ansoeger.example", actor=hr)

    assert (again.recipient, again.text, again.replaces, again.state) == (
        "rigtig@ansoeger.example", bounced.text, bounced, MessageState.QUEUED,
    )  # fmt: skip
    assert OutboxItem.objects.filter(subject=str(again.pk), state=ItemState.QUEUED).exists()
    bounced.candidate.refresh_from_db()
    assert bounced.candidate.email == "rigtig@ansoeger.example"
    with pytest.raises(NotPossible):
        send_again(bounced, "rigtig@ansoeger.example", actor=hr)


def test_what_is_no_address_is_refused_and_the_task_stays(bounced, hr):
    with pytest.raises(ValidationError):
        send_again(bounced, "ingen adresse", actor=hr)

    assert bounced in letters_in_doubt(hr)


def test_on_paper_it_waits_until_somebody_has_posted_it(bounced, hr):
    paper = send_on_paper(bounced, actor=hr)

    assert (paper.channel, paper.state, ways_out(paper)) == (Channel.LETTER, MessageState.QUEUED, ("posted",))
    assert paper in letters_to_post(hr)
    assert posted(paper, actor=hr).state == MessageState.SENT
    assert paper not in letters_to_post(hr)


def test_a_telephone_call_without_a_note_is_none(bounced, hr):
    with pytest.raises(NotPossible):
        told_by_phone(bounced, "  ", actor=hr)


def test_a_doubtful_letter_may_have_arrived_after_all(bounced, hr):
    Message.objects.filter(pk=bounced.pk).update(state=MessageState.UNCERTAIN)
    bounced.refresh_from_db()
    assert "arrived" in ways_out(bounced)

    assert has_arrived(bounced, actor=hr).state == MessageState.SENT
    assert bounced not in letters_in_doubt(hr)


def test_a_letter_that_has_not_gone_can_be_called_back_but_not_one_on_its_way(world, hr):
    letter = Message.objects.get(application=world.application, code="APPLICATION_RECEIPT")
    OutboxItem.objects.filter(subject=str(letter.pk)).update(state=ItemState.WORKING)
    with pytest.raises(NotPossible):
        call_back(letter, actor=hr)
    OutboxItem.objects.filter(subject=str(letter.pk)).update(state=ItemState.QUEUED)

    assert call_back(letter, actor=hr).state == MessageState.CANCELLED


def test_the_notice_of_a_secure_letter_comes_on_paper_as_the_letter_itself(secure, hr):
    notice = secure.notices.get()
    Message.objects.filter(pk=notice.pk).update(state=MessageState.BOUNCED)

    paper = send_on_paper(notice, actor=hr)

    assert (paper.text, paper.message_class) == (secure.text, secure.message_class)


@pytest.mark.parametrize("role", [Role.HIRING_COMMITTEE, Role.ADMINISTRATOR, Role.COMMUNICATIONS])
def test_others_may_not(world, bounced, role):
    actor = world.ours.actor(role)
    for deed in (
        lambda: send_again(bounced, "a@b.example", actor=actor), lambda: send_on_paper(bounced, actor=actor),
        lambda: told_by_phone(bounced, "Ja", actor=actor),
    ):  # fmt: skip
        with pytest.raises(PermissionDenied):
            deed()


def test_support_may_not_see_to_confidential_letters(world, secure):
    notice = secure.notices.get()
    Message.objects.filter(pk=notice.pk).update(state=MessageState.BOUNCED)
    support = world.ours.actor(Role.ADMIN_SUPPORT)

    with pytest.raises(PermissionDenied):
        send_on_paper(notice, actor=support)


def test_the_reader_may_ask_for_paper_and_nobody_else(world, secure, hr):
    user = make_user("kirsten@ansoeger.example")
    secure.candidate.user = user
    secure.candidate.save()

    paper = ask_for_paper(secure, actor=Actor.person(user))

    assert ask_for_paper(secure, actor=Actor.person(user)) == paper
    assert paper in letters_to_post(hr)
    with pytest.raises(ValidationError):
        ask_for_paper(secure, actor=hr)


def test_support_does_not_post_what_is_confidential(world, secure):
    user = make_user("kirsten@ansoeger.example")
    secure.candidate.user = user
    secure.candidate.save()
    paper = ask_for_paper(secure, actor=Actor.person(user))

    support = world.ours.actor(Role.ADMIN_SUPPORT)
    assert paper not in letters_to_post(support)
    with pytest.raises(PermissionDenied):
        posted(paper, actor=support)


def test_what_came_to_us_is_a_task_until_dealt_with(world, secure, hr):
    reply = Message.objects.create(
        institution=world.ours.institution, application=world.application, candidate=secure.candidate, code="REPLY",
        key="in:1", language="da", subject="Svar", text="Ja", message_class="CONFIDENTIAL", channel="SECURE",
        state="RECEIVED", direction=Direction.INCOMING, message_id="<in>", in_reply_to=secure,
    )  # fmt: skip
    assert reply in replies_to_read(hr)

    deal_with(reply, actor=hr)

    assert reply not in replies_to_read(hr)
    with pytest.raises(NotPossible):
        deal_with(reply, actor=hr)
