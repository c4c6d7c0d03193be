"""Outside tools and long tests: what a test needs beyond Python, and how often a fault is tried.

A test that needs a program says `@requires_tool("chromium")`. Where the program is missing the test is skipped with that
reason, unless REQUIRE_TOOLS=1 (set in .ci/run): then it fails.
"""

import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CHECKERS = ROOT / "portal" / "frontend" / "node_modules"
PLACES = {"chromium": "/usr/bin/chromium"}
#: The HTML validator runs for seconds: compiling its classes twice would cost more than it saves.
VALIDATOR = ("java", "-Xss8m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar")
LONG = (
    "test_leaks",
    "test_workbench_checked",
    "test_pages_checked",
    "test_crash",
    "test_up",
    "test_story",
    "test_apply",
    "test_demo",
)
NPM_CHECKERS = {
    "axe": CHECKERS / "axe-core" / "axe.min.js",
    "ical.js": CHECKERS / "ical.js" / "package.json",
    "graphql-http": CHECKERS / "graphql-http" / "package.json",
    "vnu": CHECKERS / "vnu-jar" / "build" / "dist" / "vnu.jar",
    "structured-data-validator": CHECKERS / "@adobe" / "structured-data-validator" / "package.json",
}


def requires_tool(*names: str) -> pytest.MarkDecorator:
    """Of a program on PATH (`chromium`, `java`, `xmllint`, `nginx`, ...) or a checker from npm (`axe`, `vnu`, ...)."""
    return pytest.mark.requires_tool(*names)


def tool(name: str) -> Path | None:
    """Where it is, or None."""
    if name in NPM_CHECKERS:
        return NPM_CHECKERS[name] if NPM_CHECKERS[name].exists() else None
    found = shutil.which(PLACES.get(name, name)) or shutil.which(name, path="/usr/sbin:/sbin")
    return Path(found) if found else None


def rounds(smoke: int = 1) -> int:
    """How many times a fault is tried: ROUNDS in `make faults`, else a smoke round."""
    return int(os.environ.get("ROUNDS", smoke))


FIGURES: pytest.StashKey[list[str]] = pytest.StashKey()


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Callable[[str, object], None]:
    """Notes something measured; all of it is printed when the run ends. Nothing is judged by it."""
    kept = request.config.stash.setdefault(FIGURES, [])
    return lambda name, value: kept.append(f"{request.node.name}: {name} {value}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if kept := terminalreporter.config.stash.get(FIGURES, []):
        terminalreporter.section("measured")
        for line in kept:
            terminalreporter.line(line)


def free_port() -> int:
    """A TCP port of this machine that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "requires_tool(*names): needs programs that may be missing on this machine")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long walks first, so that no worker is left alone with one at the end."""
    items.sort(key=lambda item: not item.path.name.startswith(LONG))


def pytest_runtest_setup(item: pytest.Item) -> None:
    missing = [name for mark in item.iter_markers("requires_tool") for name in mark.args if not tool(name)]
    if missing:
        refuse: Callable[[str], None] = pytest.fail if os.environ.get("REQUIRE_TOOLS") == "1" else pytest.skip
        refuse(f"{', '.join(missing)} is not installed here")
