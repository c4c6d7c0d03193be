"""A webhook receiver in every mood: what is repeated, when, what is not, and whom it costs anything (F29)."""

import datetime as dt

import pytest
from django.db.models.functions import Now

from recruitment import clock
from recruitment.channels import calling
from recruitment.channels.actions import connect, try_again, try_connection
from recruitment.channels.breaker import LIMIT, RESTS
from recruitment.channels.models import Connection, Delivery
from recruitment.channels.queries import out_of_order
from recruitment.channels.webhook import STANDARD_PLAN
from recruitment.outbox.delivery import carry_out
from recruitment.outbox.models import OutboxItem
from tests.factories.world import HOUSE, advertise, make_case
from tests.recruitment.channels.conftest import own_medium, publication, work
from tests.recruitment.channels.moods import INNER, Receiver, own_certificate

REPEATED = ["redirect", "missing", "busy", "broken", "hang", "drip", "drip_head", "reset"]


@pytest.fixture(autouse=True)
def _short_of_time(monkeypatch):
    """The faults run waits the whole twenty seconds."""
    monkeypatch.setattr(calling, "WHOLE_CALL", 1.5)


@pytest.fixture
def moody(settings):
    with Receiver() as server:
        settings.CHANNEL_TRUSTED_HOSTS = [server.host]
        yield server


@pytest.fixture
def connection(world, moody) -> Connection:
    return own_medium(world.ours.institution, "INTRANETTET", "webhook", {"address": moody.address})


@pytest.fixture
def round_(world, connection):
    return advertise(make_case(world.ours))


def told(round_) -> Delivery:
    return Delivery.objects.get(publication=publication(round_, "INTRANETTET"))


def errand(round_) -> OutboxItem:
    return OutboxItem.objects.get(kind="media", subject=str(told(round_).pk))


def tried(round_, connection: Connection, times: int) -> Delivery:
    """Time flies: its errand is tried so many times, each when it is due."""
    for _ in range(times):
        Connection.objects.filter(pk=connection.pk).update(paused_until=None)
        item = errand(round_)
        OutboxItem.objects.filter(pk=item.pk).update(due_at=Now() - dt.timedelta(seconds=1))
        carry_out(item.pk)
    return told(round_)


@pytest.mark.parametrize("mood", REPEATED)
def test_whatever_is_not_taken_is_told_again_and_then_once(mood, round_, connection, moody):
    moody.mood = mood
    failed = tried(round_, connection, 1)
    assert (failed.state, failed.tries, errand(round_).state) == ("WAITING", 1, "QUEUED")
    assert publication(round_, "INTRANETTET").last_error
    assert len(moody.calls) == 1

    moody.mood = "ok"
    assert (tried(round_, connection, 1).state, errand(round_).state) == ("DONE", "DONE")
    assert publication(round_, "INTRANETTET").state == "LIVE"
    first, second = moody.calls
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body


def test_a_redirect_into_the_machine_room_is_not_followed(round_, connection, moody, monkeypatch):
    moody.mood, reached = "redirect", []
    connect_to = calling.socket.create_connection
    monkeypatch.setattr(calling.socket, "create_connection", lambda to, *more: reached.append(to) or connect_to(to, *more))  # fmt: skip
    tried(round_, connection, 1)

    assert reached == [("127.0.0.1", int(moody.host.partition(":")[2]))]
    assert INNER not in [call.path for call in moody.calls]


def test_an_answer_without_end_is_read_to_its_limit_and_counts(round_, connection, moody):
    """It is the head that says that the message was taken. What lies in buffers on the way has not been read."""
    moody.mood = "endless"
    assert tried(round_, connection, 1).state == "DONE"
    assert moody.sent < 10_000_000


@pytest.mark.parametrize("has_tunnel", [True, False])
def test_without_a_certificate_that_is_known_nothing_is_said(world, settings, tmp_path, has_tunnel):
    with Receiver(certificate=own_certificate(tmp_path) if has_tunnel else None) as server:
        settings.CHANNEL_TRUSTED_HOSTS = [server.host]
        address = server.address.replace("http://", "https://")
        connection = own_medium(world.ours.institution, "INTRANETTET", "webhook", {"address": address})
        round_ = advertise(make_case(world.ours))

        assert (tried(round_, connection, 1).state, server.calls) == ("WAITING", [])
        assert "SSL" in publication(round_, "INTRANETTET").last_error


def test_the_schedule_is_that_of_the_standard_with_a_fifth_of_jitter(round_, connection, moody):
    moody.mood, waits = "broken", []
    for _ in STANDARD_PLAN:
        before = clock.now()
        tried(round_, connection, 1)
        waits.append((errand(round_).due_at - before).total_seconds())

    ratios = [wait / planned.total_seconds() for wait, planned in zip(waits, STANDARD_PLAN, strict=True)]
    assert sum(STANDARD_PLAN, dt.timedelta(0)) == dt.timedelta(hours=75, minutes=35, seconds=5)
    assert all(0.8 <= ratio < 1.25 for ratio in ratios[1:])
    assert len({round(ratio, 3) for ratio in ratios}) > 1


def test_the_tenth_failure_is_a_task_and_a_click_tells_it_anew(round_, connection, moody):
    moody.mood = "broken"
    failed = tried(round_, connection, len(STANDARD_PLAN) + 1)
    assert (failed.state, failed.tries, failed.is_task) == ("FAILED", 10, True)
    assert len(moody.calls) == 10

    moody.mood = "ok"
    try_again(failed, actor=HOUSE)
    work()
    assert publication(round_, "INTRANETTET").state == "LIVE"


def test_who_is_gone_is_told_nothing_more_until_somebody_says_so(world, round_, connection, moody):
    moody.mood = "gone"
    tried(round_, connection, 1)

    connection.refresh_from_db()
    assert (connection.active, connection.gone_at is not None) == (False, True)
    assert list(out_of_order()) == [connection]
    advertise(make_case(world.ours))
    work()
    assert len(moody.calls) == 1

    connect(connection.entry, {"address": connection.address}, actor=HOUSE)
    assert list(out_of_order()) == []


def test_who_asks_for_time_gets_it_for_everything(world, round_, connection, moody):
    moody.mood = "busy"
    hour = clock.now() + dt.timedelta(hours=1)
    work()
    assert errand(round_).due_at >= hour

    moody.mood = "ok"
    other = advertise(make_case(world.ours))
    work(moves_time=False)
    assert (len(moody.calls), told(other).tries) == (1, 0)
    assert errand(other).due_at >= hour - dt.timedelta(minutes=1)


class TestBreaker:
    """An address that fails time after time is left alone; one that does not never notices."""

    def fail(self, world, connection, moody, times: int = LIMIT) -> list:
        """So many ads in vain, each tried once."""
        moody.mood = "broken"
        rounds = [advertise(make_case(world.ours)) for _ in range(times)]
        work(moves_time=False)
        return rounds

    def test_after_five_failures_nothing_is_sent_and_no_try_is_used(self, world, connection, moody):
        self.fail(world, connection, moody)
        late = advertise(make_case(world.ours))
        before = clock.now()
        assert work(moves_time=False) == ["QUEUED"] * (LIMIT + 1)

        assert (len(moody.calls), told(late).tries) == (LIMIT, 0)
        assert errand(late).due_at <= before + RESTS[0] + dt.timedelta(seconds=5)
        assert list(out_of_order()) == [connection]

    def test_half_open_lets_one_through_and_rests_longer_when_it_fails(self, world, connection, moody):
        self.fail(world, connection, moody)
        Connection.objects.update(paused_until=Now())
        before = clock.now()
        work(moves_time=False)

        connection.refresh_from_db()
        assert (len(moody.calls), connection.failures) == (LIMIT + 1, LIMIT + 1)
        assert connection.paused_until >= before + RESTS[1]

    def test_half_open_that_goes_well_sends_everything(self, world, connection, moody):
        rounds = self.fail(world, connection, moody)
        moody.mood = "ok"
        Connection.objects.update(paused_until=Now())
        work(moves_time=False)

        assert {told(round_).state for round_ in rounds} == {"DONE"}
        connection.refresh_from_db()
        assert (connection.failures, connection.failing_since, connection.paused_until) == (0, None, None)

    def test_a_connection_that_a_person_finds_well_is_used_at_once(self, world, connection, moody):
        self.fail(world, connection, moody)
        moody.mood = "ok"
        try_connection(connection, actor=HOUSE)
        assert set(work(moves_time=False)) == {"DONE"}

    def test_another_address_is_told_meanwhile(self, world, connection, moody, settings):
        with Receiver() as other:
            settings.CHANNEL_TRUSTED_HOSTS = [moody.host, other.host]
            own_medium(world.ours.institution, "NABOEN", "webhook", {"address": other.address})
            rounds = self.fail(world, connection, moody, times=LIMIT + 2)

            assert {publication(round_, "NABOEN").state for round_ in rounds} == {"LIVE"}
            assert {publication(round_, "INTRANETTET").state for round_ in rounds} == {"SUBMITTED"}

    def test_what_has_waited_longer_than_the_plan_is_a_task(self, world, round_, connection, moody):
        Connection.objects.update(paused_until=clock.now() + dt.timedelta(hours=1))
        Delivery.objects.update(created_at=clock.now() - dt.timedelta(hours=100))
        work(moves_time=False)

        assert (told(round_).state, told(round_).is_task, moody.calls) == ("FAILED", True, [])

    def test_one_call_at_a_time_goes_to_an_address(self, round_, connection, moody):
        Connection.objects.update(speaking_until=clock.now() + dt.timedelta(minutes=1))
        assert (work(moves_time=False), moody.calls) == (["QUEUED"], [])

        Connection.objects.update(speaking_until=clock.now())  # whoever held the line has ended
        assert work(moves_time=False) == ["DONE"]
