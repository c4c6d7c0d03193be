"""A number that rises whenever what the public sees has changed, whoever changed it and by whatever way.

The triggers fire as the change commits, so that the one row is held for no longer than that, and once a transaction.
"""

from django.db import migrations, models

TABLES = (
    "jobadvertisement", "publication", "medium", "advertisementround", "recruitmentcase", "recruitmentcase_workplaces",
    "recruitmentcase_collective_agreements", "casecontact", "institution", "institutionsettings", "organisationalunit",
    "workplace", "classification", "applicationform", "screeningquestion", "documentrequirement",
)
FUNCTION = """
CREATE FUNCTION recruitment_public_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('opslag.public_changed', true) IS DISTINCT FROM txid_current()::text THEN
        INSERT INTO recruitment_publicversion (id, number) VALUES (1, 1)
            ON CONFLICT (id) DO UPDATE SET number = recruitment_publicversion.number + 1;
        PERFORM set_config('opslag.public_changed', txid_current()::text, true);
    END IF;
    RETURN NULL;
END $$;
"""


def forward(tables: tuple[str, ...]) -> str:
    """The trigger on each table, by its full name."""
    return "\n".join(
        f"CREATE CONSTRAINT TRIGGER public_changed AFTER INSERT OR UPDATE OR DELETE ON {table} DEFERRABLE INITIALLY DEFERRED "
        "FOR EACH ROW EXECUTE FUNCTION recruitment_public_changed();"
        for table in tables
    )


def backward(tables: tuple[str, ...]) -> str:
    """Everything away again."""
    return "\n".join(f"DROP TRIGGER IF EXISTS public_changed ON {table};" for table in tables)


OURS = tuple(f"recruitment_{table}" for table in TABLES)


class Migration(migrations.Migration):

    dependencies = [
        ('recruitment', '0006_search_entries'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublicVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.BigIntegerField(default=0)),
            ],
        ),
        migrations.AddIndex(
            model_name='advertisementround',
            index=models.Index(fields=['opens_at'], name='recruitment_opens_a_aabd06_idx'),
        ),
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(fields=['publish_from'], name='recruitment_publish_c75c1a_idx'),
        ),
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(fields=['publish_until'], name='recruitment_publish_c8a94b_idx'),
        ),
        migrations.AddConstraint(
            model_name='publicversion',
            constraint=models.CheckConstraint(condition=models.Q(('pk', 1)), name='one_public_version'),
        ),
        migrations.RunSQL(FUNCTION + forward(OURS), backward(OURS) + "DROP FUNCTION IF EXISTS recruitment_public_changed();"),
    ]
