"""The embedded PostgreSQL: counted by locks, stopped by its last user, recovered after any death."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from portal.platform import embedded
from portal.platform.embedded import Cluster
from tests.tools import ROOT

RUN = [sys.executable, "-m", "portal.platform.embedded", "run", "--"]
SLEEP = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)"]


@pytest.fixture
def home(tmp_path):
    yield tmp_path / "data"
    Cluster(tmp_path / "data").forget()


@pytest.fixture
def cluster(home):
    made = Cluster(home, durable=False)
    yield made
    made.leave()


def surroundings(home: Path, **more: str) -> dict[str, str]:
    return os.environ | {"POSTGRES_HOME": str(home), "POSTGRES_DURABLE": "0", "DATABASE_URL": ""} | more


@contextlib.contextmanager
def user_of(home: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that uses the server, from when it has joined until it is ended."""
    with subprocess.Popen([*RUN, *SLEEP], cwd=ROOT, env=surroundings(home), text=True, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == "up\n"
        yield other


def child_of(process: subprocess.Popen[str]) -> int:
    return int(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()[0])


def postmaster(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().split()[0])


def test_a_command_meets_a_database_and_leaves_none_running(home):
    ask = "import os, psycopg2; print(psycopg2.connect(os.environ['DATABASE_URL']).info.server_version // 10000)"

    done = subprocess.run(
        [*RUN, sys.executable, "-c", ask], cwd=ROOT, env=surroundings(home), capture_output=True, text=True
    )

    assert (done.returncode, done.stdout) == (0, "18\n")
    assert not Cluster(home).is_running()


def test_the_return_code_of_the_command_is_kept(home):
    done = subprocess.run([*RUN, sys.executable, "-c", "raise SystemExit(7)"], cwd=ROOT, env=surroundings(home))

    assert done.returncode == 7


def test_with_a_database_url_the_command_runs_as_it_is(tmp_path):
    own = surroundings(tmp_path / "unused", DATABASE_URL="postgres://elsewhere/db")

    done = subprocess.run([*RUN, "printenv", "DATABASE_URL"], cwd=ROOT, env=own, capture_output=True, text=True)

    assert done.stdout == "postgres://elsewhere/db\n"
    assert not (tmp_path / "unused").exists()


def test_the_last_user_stops_the_server_and_no_one_before(cluster, home):
    cluster.join()
    with user_of(home) as other:
        cluster.leave()
        assert cluster.is_running()
        other.terminate()

    assert not cluster.is_running()


@pytest.mark.faults
@pytest.mark.long
def test_a_killed_user_is_not_counted(cluster, home):
    with user_of(home) as other:
        child = child_of(other)
        os.kill(other.pid, signal.SIGKILL)  # first: it stops the server when its command ends
        os.kill(child, signal.SIGTERM)
    assert cluster.is_running()

    cluster.join()
    cluster.leave()

    assert not cluster.is_running()


@pytest.mark.faults
@pytest.mark.long
def test_rows_survive_the_death_of_the_server(home):
    cluster = Cluster(home)
    cluster.join()
    cluster.query("create table kept (word text); insert into kept values ('æøå')")
    os.kill(postmaster(cluster), signal.SIGKILL)
    wait_for_end(cluster)
    cluster.leave()

    cluster.join()

    assert cluster.query("select upper(word) from kept") == "ÆØÅ"
    cluster.leave()


def test_an_accident_inside_the_server_is_told_and_none_of_an_earlier_run(cluster):
    cluster.home.mkdir(parents=True)
    died = "LOG:  client backend (PID 7) was terminated by signal 9: Killed"
    cluster.log.write_text(f"LOG:  starting PostgreSQL 18.4\n{died} earlier\nLOG:  starting PostgreSQL 18.4\n{died}\n")

    assert cluster.accidents() == [died]


def test_a_server_in_good_order_has_no_accidents(cluster):
    assert cluster.accidents() == []
    cluster.join()

    assert cluster.accidents() == []


@pytest.mark.faults
@pytest.mark.long
def test_a_server_that_nobody_buried_does_not_bar_the_next(cluster):
    """In a container process 1 may reap nobody: the dead postmaster keeps its number."""
    cluster.join()
    cluster.leave()
    identity = {"user": cluster.servant.pw_uid, "group": cluster.servant.pw_gid} if cluster.servant else {}
    options = [word for name, value in cluster.settings.items() for word in ("-c", f"{name}={value}")]
    command = [str(cluster.programs / "postgres"), "-D", str(cluster.data), *options]
    unburied = subprocess.Popen(command, cwd=cluster.home, stderr=subprocess.DEVNULL, **identity)
    wait_until(cluster.is_running)
    os.kill(unburied.pid, signal.SIGKILL)
    wait_until(lambda: embedded.is_zombie(str(unburied.pid)) and not embedded.anyone_works_in(cluster.data))

    cluster.join()

    assert cluster.query("select 1") == "1"
    unburied.wait()


@pytest.mark.faults
@pytest.mark.long
def test_an_interrupted_creation_is_made_anew(cluster):
    cluster.claim_folders()
    cluster.data.mkdir()
    (cluster.home / "pg18.new").mkdir()
    (cluster.home / "notes").mkdir()
    cluster.write_note("schema", "of the database that was lost")

    cluster.join()

    assert cluster.query("select 1") == "1"
    assert cluster.note("schema") == ""


@pytest.mark.faults
@pytest.mark.long
def test_a_checkout_at_the_place_of_a_deleted_one_meets_no_rows_and_as_root_they_are_kept(home):
    first, second = Cluster(home), Cluster(home)
    first.join()
    first.query("create table theirs()")
    first.leave()
    shutil.rmtree(home, ignore_errors=True)

    second.join()
    found = second.query("select to_regclass('theirs')")
    second.leave()

    assert found == ""
    assert len(list(second.home.glob("pg18.[0-9]*"))) == bool(second.servant)


def test_nobody_else_reaches_the_socket_and_no_other_folder_is_opened(cluster, tmp_path):
    tmp_path.chmod(0o700)

    cluster.join()

    assert [folder.stat().st_mode & 0o777 for folder in (cluster.home, cluster.socket, tmp_path)] == [0o700] * 3
    assert cluster.query("show listen_addresses") == ""


def test_a_folder_of_somebody_else_is_refused(cluster):
    if os.geteuid() != 0:
        pytest.skip("only root can give a folder away")
    cluster.home.mkdir(parents=True)
    os.chown(cluster.home, 4711, 4711)

    with pytest.raises(SystemExit, match="somebody else"):
        cluster.join()


def test_careless_settings_are_only_for_those_who_ask(home):
    assert not set(embedded.CARELESS) & set(Cluster(home).settings)
    assert Cluster(home, durable=False).settings["fsync"] == "off"


def test_the_url_reaches_the_database_from_python(cluster):
    cluster.join()

    with psycopg2.connect(cluster.url) as link, link.cursor() as cursor:
        cursor.execute("select lower('ÆØÅ'), current_database()")
        assert cursor.fetchone() == ("æøå", "opslag")
    link.close()


def wait_until(fact, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def wait_for_end(cluster: Cluster) -> None:
    wait_until(lambda: not cluster.is_running() and not embedded.anyone_works_in(cluster.data))
