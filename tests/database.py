"""One migrated template, named by the migrations it is made of; every worker gets a copy of it in a tenth of a second.

A test that commits (`transactional_db`, `live_server`) leaves a fresh copy behind instead of emptied tables, so what the
migrations wrote (Wagtail's root page, locales, groups) is there for the next test.

The world of two employers takes a second and 1,500 statements, and half of all tests want it: it is made once a worker, in
a copy of its own. Tests that ask for it and do not commit are led there, and find it as it was; those that commit get a
copy of that copy.
"""

import contextlib
import functools
import hashlib
import os
import pickle
from collections.abc import Iterator
from types import SimpleNamespace

import psycopg2
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, connections, transaction
from django.test import TransactionTestCase

from portal.platform.migration import migrate
from portal.platform.stamps import fingerprint
from tests.tools import ROOT

COMMITTING = {"transactional_db", "live_server", "django_db_reset_sequences", "django_db_serialized_rollback"}
TEST = pytest.StashKey[pytest.Item]()  # the one that is being set up
SETTLED = pytest.StashKey[bytes]()  # the world's objects, put away
TURN = 20_261_123  # the advisory lock under which a template is made


def template_name() -> str:
    """Changes with our migrations and with the locked versions of everybody else's."""
    folders = [ROOT / config.path / "migrations" for config in apps.get_app_configs() if str(ROOT) in config.path]
    ours = [folder for folder in folders if ".venv" not in folder.parts and folder.exists()]
    made_of = [*ours, ROOT / "recruitment" / "shipped", ROOT / "requirements.lock"]
    return f"template_{hashlib.sha256(fingerprint(made_of).encode()).hexdigest()[:12]}"


@contextlib.contextmanager
def cursor() -> Iterator[psycopg2.extensions.cursor]:
    """In the database `postgres`, outside any transaction: databases are made and dropped from there."""
    at = connection.settings_dict
    link = psycopg2.connect(
        dbname="postgres", user=at["USER"], password=at["PASSWORD"], host=at["HOST"], port=at["PORT"] or None
    )
    link.autocommit = True
    with contextlib.closing(link), link.cursor() as opened:
        yield opened


@contextlib.contextmanager
def turn() -> Iterator[None]:
    """One worker at a time; the others wait for what it makes."""
    with cursor() as held:
        held.execute("select pg_advisory_lock(%s)", [TURN])
        yield


def names(pattern: str) -> list[str]:
    with cursor() as ask:
        ask.execute("select datname from pg_database where datname like %s", [pattern])
        return [row[0] for row in ask.fetchall()]


def administer(*statements: str) -> None:
    with cursor() as tell:
        for statement in statements:
            tell.execute(statement)


@functools.cache
def name_of_copy() -> str:
    """Kept from the first call: later the settings name the database in use."""
    return f"test_{settings.DATABASES['default']['NAME']}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"


def use(name: str) -> None:
    connections.close_all()
    for described in (settings.DATABASES["default"], connection.settings_dict):
        described["NAME"] = name


def make_template(name: str) -> None:
    """Migrate under another name first, so that an interrupted attempt is never taken for a template."""
    from recruitment.shipped.load import load  # noqa: PLC0415 - needs Django to be ready

    unfinished, usual = f"{name}_new", connection.settings_dict["NAME"]
    forget = [f'drop database "{old}" with (force)' for old in names(r"template\_%")]
    administer(*forget, f'create database "{unfinished}"')
    use(unfinished)
    migrate()
    load()
    use(usual)
    administer(f'alter database "{unfinished}" rename to "{name}"')


def copy_template(name: str, template: str | None = None) -> None:
    connections.close_all()
    administer(
        f'drop database if exists "{name}" with (force)',
        f'create database "{name}" template "{template or template_name()}"',
    )


def database_url() -> str:
    """Of the copy in use, for the processes that a test starts."""
    at = connection.settings_dict
    host = at["HOST"].replace("/", "%2F")
    login = f"{at['USER']}:{at['PASSWORD']}" if at["PASSWORD"] else at["USER"]
    return f"postgres://{login}@{host}{':' + str(at['PORT']) if at['PORT'] else ''}/{at['NAME']}"


def name_of_world() -> str:
    return f"{name_of_copy()}_world"


def commits(item: pytest.Item) -> bool:
    mark = item.get_closest_marker("django_db")
    return bool(mark and mark.kwargs.get("transaction")) or not COMMITTING.isdisjoint(item.fixturenames)


def wants_world(item: pytest.Item) -> bool:
    return "settled_world" in getattr(item, "fixturenames", ())


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Lead the test to its database before anything of it begins."""
    item.session.stash[TEST] = item
    if SETTLED in item.session.stash:
        lead(item)


def lead(item: pytest.Item) -> None:
    world, changes = wants_world(item), commits(item)
    wanted = name_of_world() if world and not changes else name_of_copy()
    if connection.settings_dict["NAME"] != wanted:
        use(wanted)
    if world and changes:
        copy_template(name_of_copy(), name_of_world())


def settle(session: pytest.Session) -> None:
    """Make the world, where any test wants it, in a database of its own."""
    from tests.factories.world import make_world  # noqa: PLC0415 - needs Django to be ready

    session.stash[SETTLED] = b""
    if any(map(wants_world, session.items)):
        copy_template(name_of_world())
        use(name_of_world())
        with transaction.atomic():
            session.stash[SETTLED] = pickle.dumps(make_world())
            connection.run_on_commit = []  # nobody is told: there is no worker


@pytest.fixture
def settled_world(request: pytest.FixtureRequest, db: None) -> SimpleNamespace:
    """Two employers, see `tests.factories.world`; the rows are this test's to change, and so are the objects."""
    return pickle.loads(request.session.stash[SETTLED])


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker) -> Iterator[None]:
    usual = settings.DATABASES["default"]["NAME"]
    own = name_of_copy()
    with django_db_blocker.unblock():
        with turn():
            if not names(template_name()):
                make_template(template_name())
        copy_template(own)
        settle(request.session)
        lead(request.session.stash[TEST])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: copy_template(own))
        yield
    with django_db_blocker.unblock():
        use(usual)
        administer(*(f'drop database if exists "{name}" with (force)' for name in (own, name_of_world())))
