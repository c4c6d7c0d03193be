"""The suite and `make run` make their tables by a short cut (portal/platform/migration.py): it ends where the plain way ends."""

import os
import subprocess
import sys

import pytest
from django.db import connection

from tests.database import administer, database_url
from tests.tools import ROOT

PLAIN = "from django.core.management import call_command; call_command('migrate', verbosity=0)"
COLUMNS = "table_name, column_name, data_type, character_maximum_length, is_nullable, is_identity, column_default, generation_expression"
QUESTIONS = {
    "columns": f"select {COLUMNS} from information_schema.columns where table_schema = 'public' order by 1, 2",
    "constraints": "select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint"
    " where connamespace = 'public'::regnamespace order by 1, 2",
    "indexes": "select tablename, indexname, indexdef from pg_indexes where schemaname = 'public' order by 1, 2",
    "triggers": "select tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal order by 1, 2",
    "functions": "select proname, prosrc from pg_proc where pronamespace = 'public'::regnamespace order by 1",
    "migrations": "select app, name from django_migrations order by 1, 2",
    "permissions": "select app_label, model, codename, name from auth_permission"
    " join django_content_type on content_type_id = django_content_type.id order by 1, 2, 3",
    "pages": "select path, slug, locale_id, live from wagtailcore_page order by 1",
    "groups": "select auth_group.name, codename from auth_group left join auth_group_permissions on group_id = auth_group.id"
    " left join auth_permission on permission_id = auth_permission.id order by 1, 2",
}


@pytest.mark.faults
@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_both_ways_of_migrating_end_in_the_same_database():
    by_short_cut = everything()
    name = connection.settings_dict["NAME"]
    connection.close()
    administer(f'drop database "{name}" with (force)', f'create database "{name}"')

    program = f"import django; django.setup(); {PLAIN}"
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=surroundings(), check=True)

    assert everything() == by_short_cut


def surroundings() -> dict[str, str]:
    return os.environ | {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "portal.settings.test"}


def everything() -> dict[str, list[tuple]]:
    with connection.cursor() as cursor:
        return {name: answer(cursor, question) for name, question in QUESTIONS.items()}


def answer(cursor, question) -> list[tuple]:
    cursor.execute(question)
    return cursor.fetchall()
