"""Migrate: `python -m portal.platform.migration`. The same end as `manage.py migrate`, a third faster on an empty database.

Django rebuilds every model related to the user after each change, so others' long histories (Wagtail's has 84 steps) go
before our tables: then there is little to rebuild. Makes the broker's tables as well where it lives in a database.
"""

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from portal.platform.broker import make_tables

OURS = {"recruitment", "pages"}


def migrate() -> None:
    executor = MigrationExecutor(connection)
    if not executor.loader.applied_migrations:
        executor.migrate([leaf for leaf in executor.loader.graph.leaf_nodes() if leaf[0] not in OURS])
    call_command("migrate", verbosity=0, interactive=False)


if __name__ == "__main__":
    import django

    django.setup()
    migrate()
    if settings.CELERY_BROKER_URL.startswith("sqla+"):
        make_tables(settings.CELERY_BROKER_URL)
