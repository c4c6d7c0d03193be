"""What stands in deploy/ and docs/settings.md is true of the code."""

import os
import re
import secrets
import subprocess
import sys

import pytest

from tests.tools import ROOT, requires_tool, tool

UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))
SITE = ROOT / "deploy" / "nginx" / "opslag.conf"
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "portal.settings.production",
    "SECRET_KEY": secrets.token_urlsafe(60),
    "ALLOWED_HOSTS": "job.example.dk",
    "SITE_URL": "https://job.example.dk",
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
    "CELERY_BROKER_URL": "amqp://nobody@127.0.0.1:1//",
}
READS = re.compile(r"\b(?:text|flag|number|words|required)\(\"([A-Z_]+)\"")


def variables_read() -> set[str]:
    sources = (ROOT / "portal" / "settings").glob("*.py")
    return {name for source in sources for name in READS.findall(source.read_text())} | {"DATABASE_URL"}


def manage(*arguments: str, **missing: None) -> subprocess.CompletedProcess[str]:
    only_in_tests = {"DJANGO_ALLOW_ASYNC_UNSAFE"}
    surroundings = {
        name: value for name, value in (os.environ | PRODUCTION).items() if name not in {*missing, *only_in_tests}
    }
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=surroundings, capture_output=True, text=True
    )


def test_the_check_for_production_finds_nothing():
    done = manage("check", "--deploy", "--fail-level", "WARNING")

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "SITE_URL", "CELERY_BROKER_URL"])
def test_production_does_not_start_without(name):
    done = manage("check", **{name: None})

    assert done.returncode != 0
    assert name in done.stderr


def test_every_variable_has_its_line_in_the_table():
    table = set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs" / "settings.md").read_text(), re.MULTILINE))

    assert table == variables_read()


def test_the_example_names_only_variables_that_are_read():
    named = set(re.findall(r"^([A-Z_]+)=", (ROOT / "deploy" / "environment.example").read_text(), re.MULTILINE))

    assert named - variables_read() == {"WEB_WORKERS", "WORKER_PROCESSES"}


@requires_tool("systemd-analyze")
def test_systemd_accepts_the_units():
    """But for their programs, which stand in /opt/opslag only where it is installed."""
    done = subprocess.run(
        ["systemd-analyze", "verify", *map(str, UNITS), str(ROOT / "deploy" / "systemd" / "opslag.target")],
        capture_output=True,
        text=True,
    )
    complaints = [line for line in done.stderr.splitlines() if "is not executable: No such file" not in line]

    assert complaints == []


@requires_tool("systemd-analyze")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_the_units_expose_little(unit):
    command = ["systemd-analyze", "security", "--offline=yes", "--threshold=20", str(unit)]

    assert subprocess.run(command, capture_output=True).returncode == 0


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_the_programs_of_the_units_know_their_options(unit):
    """`/opt/opslag/.venv` is this environment; the number of workers comes from the environment file."""
    command = re.search(r"^ExecStart=(.+)$", unit.read_text(), re.MULTILINE)[1]
    command = re.sub(r"\$\{\w+\}", "1", command).replace("/opt/opslag/.venv/bin/", f"{sys.prefix}/bin/").split()
    ask = ["--check-config"] if "gunicorn" in command[0] else ["--help"]

    done = subprocess.run(
        [*command, *ask],
        cwd=ROOT,
        env=os.environ | PRODUCTION | {"STATIC_ROOT": str(ROOT / "portal" / "static")},
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr


@requires_tool("nginx", "openssl")
def test_nginx_accepts_the_site(tmp_path):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subject = ["-subj", "/CN=job.example.dk", "-days", "1"]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, *subject],
        capture_output=True,
        check=True,
    )
    site = SITE.read_text().replace("/etc/ssl/opslag/fullchain.pem", str(certificate))
    site = site.replace("/etc/ssl/opslag/privkey.pem", str(key)).replace("include /etc/nginx/proxy_params;", "")
    whole = tmp_path / "nginx.conf"
    whole.write_text(f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ access_log off; {site} }}")

    done = subprocess.run(
        [str(tool("nginx")), "-t", "-p", str(tmp_path), "-c", str(whole)], capture_output=True, text=True
    )

    assert "test is successful" in done.stderr, done.stderr
