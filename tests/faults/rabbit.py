"""A RabbitMQ that is started and stopped by the test: its own ports, folder and name."""

import os
import shutil
import subprocess
from pathlib import Path

from tests.journeys.conftest import wait_for
from tests.tools import free_port

PROGRAMS = Path("/usr/lib/rabbitmq/bin")


class Rabbit:
    """One node. What was queued durably is there again after a stop."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder, self.port, self.erlang_port = folder, free_port(), free_port()
        self.environment = {
            **os.environ, "HOME": str(folder), "RABBITMQ_NODENAME": f"test{self.port}@localhost", "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1", "RABBITMQ_MNESIA_BASE": str(folder / "data"), "RABBITMQ_LOG_BASE": str(folder / "log"),
            "RABBITMQ_PID_FILE": str(folder / "pid"), "RABBITMQ_DIST_PORT": str(free_port()), "ERL_EPMD_PORT": str(self.erlang_port),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"), "RABBITMQ_CONFIG_FILE": str(folder / "none"),
        }  # fmt: skip
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """For CELERY_BROKER_URL."""
        return f"amqp://guest:guest@127.0.0.1:{self.port}//"

    def start(self) -> None:
        """Ready when it takes connections."""
        with (self.folder / "said.log").open("ab") as said:
            self.process = subprocess.Popen(
                [str(PROGRAMS / "rabbitmq-server")], env=self.environment, stdout=said, stderr=subprocess.STDOUT, start_new_session=True
            )  # fmt: skip
        wait_for(self._answers, seconds=90)

    def _answers(self) -> bool:
        done = subprocess.run(
            [str(PROGRAMS / "rabbitmq-diagnostics"), "-q", "check_port_connectivity"], env=self.environment, capture_output=True, check=False
        )  # fmt: skip
        return done.returncode == 0

    def stop(self) -> None:
        """As an operator would."""
        subprocess.run(
            [str(PROGRAMS / "rabbitmqctl"), "-q", "stop"], env=self.environment, capture_output=True, check=False
        )
        if self.process is not None:
            self.process.wait(timeout=60)

    def end(self) -> None:
        """And nothing of it left running."""
        if self.process is not None and self.process.poll() is None:
            self.stop()
        if register := shutil.which("epmd"):
            subprocess.run([register, "-kill"], env=self.environment, capture_output=True, check=False)
