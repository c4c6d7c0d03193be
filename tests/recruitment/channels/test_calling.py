"""Addresses that people type lead to public hosts only, whatever they are called and whatever the name server says next."""

import socket

import pytest
from django.core.exceptions import ValidationError

from recruitment.channels import calling
from recruitment.channels.actions import connect
from recruitment.channels.calling import Forbidden, NoAnswer, call, check_address
from tests.factories.world import HOUSE
from tests.recruitment.channels.conftest import entry_of
from tests.recruitment.channels.partners import Said

PRIVATE = [
    "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1", "255.255.255.255",
    "::1", "::", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
    "2001:0:7f00:1::", "ff02::1",
]  # fmt: skip


def resolving(monkeypatch, *answers: list[str]) -> list[str]:
    """A name server with one answer a question; returns what it was asked."""
    asked, waiting = [], list(answers)

    def answer(host, port, **_more):
        asked.append(host)
        found = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(calling.socket, "getaddrinfo", answer)
    return asked


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_is_refused_however_it_is_written(monkeypatch, address):
    resolving(monkeypatch, [address])
    with pytest.raises(Forbidden):
        check_address("https://partner.example/")


@pytest.mark.parametrize(
    "host", ["0x7f000001", "2130706433", "0177.0.0.1", "127.1", "localhost", "[::1]", "[::ffff:7f00:1]"]
)
def test_other_ways_to_write_this_machine_are_refused(host):
    with pytest.raises((Forbidden, NoAnswer)):
        check_address(f"https://{host}/")


@pytest.mark.parametrize(
    "address",
    [
        "http://partner.example/", "https://partner.example:8443/", "ftp://partner.example/", "file:///etc/passwd", "partner.example",
        "https://user@partner.example/", "https://", "https://partner.example/\r\nX: y", "https://partner.example\\@127.0.0.1/",
        "gopher://127.0.0.1:6379/_INFO", "https://pårtner.example/", "https://[::1", "https://partner.example:99999/",
    ],
)  # fmt: skip
def test_what_is_no_ordinary_https_address_is_refused(monkeypatch, address):
    resolving(monkeypatch, ["93.184.216.34"])
    with pytest.raises(Forbidden):
        check_address(address)


def test_a_public_address_is_let_through(monkeypatch):
    resolving(monkeypatch, ["93.184.216.34"])
    check_address("https://partner.example/path?query")


def test_one_private_address_among_public_ones_is_enough(monkeypatch):
    resolving(monkeypatch, ["93.184.216.34", "10.0.0.1"])
    with pytest.raises(Forbidden):
        check_address("https://partner.example/")


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch):
    """A second answer of the name server is never asked for."""
    asked = resolving(monkeypatch, ["93.184.216.34"], ["127.0.0.1"])
    reached = []

    def refuse(address, _timeout=None):
        reached.append(address)
        raise OSError("nobody there")

    monkeypatch.setattr(calling.socket, "create_connection", refuse)
    with pytest.raises(NoAnswer):
        call("https://partner.example/")

    assert asked == ["partner.example"]
    assert reached == [("93.184.216.34", 443)]


def test_a_trusted_host_is_trusted_with_its_port_only(receiver, settings):
    assert call(receiver.address).status == 200
    settings.CHANNEL_TRUSTED_HOSTS = ["127.0.0.1:1"]
    with pytest.raises(Forbidden):
        call(receiver.address)


def test_no_proxy_of_the_environment_is_used(receiver, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")

    assert call(receiver.address).status == 200


def test_an_endless_answer_is_cut_off(receiver, monkeypatch):
    monkeypatch.setattr(calling, "LONGEST_ANSWER", 100)
    receiver.trouble = {"hooks": [Said(200, {"filler": "x" * 100_000})]}

    assert len(call(receiver.address).body) == 100


def test_whoever_is_too_slow_is_hung_up_on(receiver, monkeypatch):
    monkeypatch.setattr(calling, "WHOLE_CALL", 0.2)
    receiver.trouble = {"hooks": [Said(slow=3)]}

    with pytest.raises(NoAnswer) as refusal:
        call(receiver.address)

    assert refusal.value.sent


def test_a_forbidden_address_is_refused_when_the_channel_is_set_up(world):
    entry = entry_of(world.ours.institution, "JOBNET")
    for address in ("https://127.0.0.1/", "http://jobnet.example/", "https://169.254.169.254/latest/meta-data/"):
        with pytest.raises(ValidationError) as refusal:
            connect(entry, {"address": address}, secret="x", actor=HOUSE)
        assert "address" in refusal.value.error_dict
