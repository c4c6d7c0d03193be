"""All checks that need no running system: `python -m portal.platform.lint [NAME...]`, which is what `make lint` does."""

import difflib
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from portal.platform.capabilities import LIST, count, missing_tests

ROOT = Path(__file__).resolve().parents[2]
SNAPSHOT = ROOT / "tests" / "graphql_api" / "schema.graphql"
SCHEMA = ROOT / "graphql_api" / "schema.py"
# Written in pieces, so that this file does not name them.
REGISTRIES = [
    ".".join(parts)
    for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"), ("yarnpkg", "com"))
]
INDEX_VARIABLES = (
    "PIP_INDEX_URL",
    "PIP_EXTRA_INDEX_URL",
    "UV_DEFAULT_INDEX",
    "UV_INDEX",
    "UV_INDEX_URL",
    "NPM_CONFIG_REGISTRY",
)
COMMON_FOLDERS = {"/", "/home", "/opt", "/root", "/srv", "/tmp", "/usr", "/var", "/var/tmp"}  # noqa: S108 -- compared, not used
LONGEST_REPORT = 120  # lines of one check that are shown
OFFLINE = {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "DJANGO_SETTINGS_MODULE": "portal.settings.test"}


def run(*command: str) -> list[str]:
    """What it said, line by line, when it failed; nothing when all is well."""
    done = subprocess.run(command, cwd=ROOT, env=os.environ | OFFLINE, capture_output=True, text=True, check=False)
    return (done.stdout + done.stderr).splitlines() if done.returncode else []


def program(name: str) -> str:
    """Of this environment, not the machine's."""
    return str(Path(sys.executable).with_name(name))


def style() -> list[str]:
    return run(program("ruff"), "check", "--output-format", "concise", ".")


def layout() -> list[str]:
    return run(program("ruff"), "format", "--check", "--quiet", "--output-format", "concise", ".")


def types() -> list[str]:
    return run(program("mypy"), "--no-error-summary")


def contracts() -> list[str]:
    return run(program("lint-imports"), "--no-logo")


def migrations() -> list[str]:
    """Models and migrations say the same. Asks no database."""
    return run(sys.executable, "-W", "ignore", "manage.py", "makemigrations", "--check", "--dry-run")


def schema() -> list[str]:
    """The GraphQL schema is the reviewed snapshot; `make lint` shows the difference, `manage.py export_schema` renews it."""
    if not SCHEMA.exists():
        return []
    command = [sys.executable, "manage.py", "export_schema", "graphql_api.schema:schema"]
    now = subprocess.run(command, cwd=ROOT, env=os.environ | OFFLINE, capture_output=True, text=True, check=False)
    if now.returncode:
        return now.stderr.splitlines()
    then = SNAPSHOT.read_text() if SNAPSHOT.exists() else ""
    return list(
        difflib.unified_diff(
            then.strip().splitlines(), now.stdout.strip().splitlines(), str(SNAPSHOT.name), "now", lineterm=""
        )
    )


def addresses() -> list[str]:
    """No tracked file names a package registry or a folder of this machine."""
    forbidden = re.compile("|".join(map(re.escape, sorted({*REGISTRIES, *configured_hosts(), *own_folders()}))))
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [found for name in listed.split("\0") if name for found in lines_with(forbidden, ROOT / name)]


def configured_hosts() -> Iterator[str]:
    for variable in INDEX_VARIABLES:
        yield from re.findall(r"//(?:[^/@\s]*@)?([^/:\s]+)", os.environ.get(variable, ""))


def own_folders() -> Iterator[str]:
    for folder in (ROOT, ROOT.parent, Path.home()):
        if str(folder) not in COMMON_FOLDERS:
            yield f"{folder}/"


def lines_with(forbidden: re.Pattern[str], file: Path) -> Iterator[str]:
    try:
        text = file.read_text()
    except (UnicodeDecodeError, OSError):
        return
    for number, line in enumerate(text.splitlines(), start=1):
        if match := forbidden.search(line):
            yield f"{file.relative_to(ROOT)}:{number}: names {match[0]}"


def capabilities() -> list[str]:
    page = LIST.read_text()
    told = [] if count(page) in page else [f"{LIST.name}: it should say: {count(page)}"]
    return [*told, *(f"{LIST.name}:{missing}: no such test" for missing in missing_tests(page))]


CHECKS: dict[str, Callable[[], list[str]]] = {
    "style": style,
    "layout": layout,
    "types": types,
    "contracts": contracts,
    "migrations": migrations,
    "schema": schema,
    "addresses": addresses,
    "capabilities": capabilities,
}


def main(names: list[str]) -> int:
    failed = 0
    for name in names or CHECKS:
        complaints = CHECKS[name]()
        failed += bool(complaints)
        print(f"[lint] {name}: {'ok' if not complaints else f'{len(complaints)} lines'}", flush=True)
        for line in [*complaints[:LONGEST_REPORT], *(["..."] if len(complaints) > LONGEST_REPORT else [])]:
            print(f"  {line}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
