"""Buckets of points. Not written to the log of the database: after a crash they are simply full again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """One table."""

    dependencies = [("recruitment", "0002_append_only")]

    operations = [
        migrations.CreateModel(
            name="Allowance",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("points", models.FloatField()),
                ("at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.RunSQL(
            "ALTER TABLE recruitment_allowance SET UNLOGGED", "ALTER TABLE recruitment_allowance SET LOGGED"
        ),
    ]
