"""A worker that is killed between telling Jobnet and noting it leaves one ad there, not two and not none (F30)."""

import subprocess

import pytest

from recruitment.advertising.models import Publication
from tests.factories.world import advertise, make_case, make_world
from tests.faults.machine import Machine
from tests.journeys.conftest import wait_for
from tests.recruitment.channels.conftest import connect_jobnet, jobnet_server  # noqa: F401 - a fixture
from tests.recruitment.channels.partners import Call, JobnetServer
from tests.tools import rounds

pytestmark = [pytest.mark.faults, pytest.mark.long, pytest.mark.django_db(transaction=True)]
DEADLY = ("CreateJobannonce", "PublishJobannonce", "SearchJobannonce")


def kill_at(method: str, machine: Machine, worker: subprocess.Popen[bytes], server: JobnetServer) -> list[str]:
    """End the worker the first time it calls the method; the work is done, but nobody hears the answer."""
    killed: list[str] = []

    def watch(call: Call) -> None:
        if call.method == method and not killed:
            killed.append(method)
            machine.kill(worker)

    server.before = watch
    return killed


def test_a_worker_killed_while_jobnet_answers_leaves_one_ad(machine: Machine, jobnet_server: JobnetServer):  # noqa: F811
    machine.environment["CHANNEL_TRUSTED_HOSTS"] = jobnet_server.host
    world = make_world()
    connect_jobnet(world.ours.institution, jobnet_server)
    for number in range(rounds()):
        killed = kill_at(DEADLY[number % len(DEADLY)], machine, machine.worker(), jobnet_server)
        jobnet_server.ads.clear()
        round_ = advertise(make_case(world.ours, title=f"Runde {number}"))
        wait_for(lambda killed=killed: killed, seconds=120)
        worker = machine.worker()

        sent = Publication.objects.filter(round=round_, medium__code="JOBNET", state="PENDING_APPROVAL")
        wait_for(sent.exists, seconds=120)

        assert len(jobnet_server.ads) == 1
        machine.kill(worker)
