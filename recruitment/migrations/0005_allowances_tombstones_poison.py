"""Buckets of points; a tombstone for what goes and a date for what changes; how many workers an errand has ended.

The buckets are not written to the log of the database: after a crash they are simply full again.
"""

from django.db import migrations, models

# A draft was never shown to any tool, so nothing is told of its end. Times are the database's own.
FORWARD = """
CREATE FUNCTION recruitment_leave_tombstone() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    owner uuid;
BEGIN
    IF TG_TABLE_NAME = 'recruitment_recruitmentcase' THEN
        owner := OLD.institution_id;
    ELSIF OLD.state = 'STARTED' THEN
        RETURN OLD;
    ELSE
        SELECT institution_id INTO owner FROM recruitment_recruitmentcase WHERE id = OLD.case_id;
    END IF;
    IF owner IS NOT NULL THEN
        INSERT INTO recruitment_tombstone (kind, row_id, institution_id, deleted_at)
        VALUES (TG_ARGV[0], OLD.id, owner, clock_timestamp());
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER leave_tombstone BEFORE DELETE ON recruitment_recruitmentcase
    FOR EACH ROW EXECUTE FUNCTION recruitment_leave_tombstone('RecruitmentCase');
CREATE TRIGGER leave_tombstone BEFORE DELETE ON recruitment_application
    FOR EACH ROW EXECUTE FUNCTION recruitment_leave_tombstone('Application');

CREATE FUNCTION recruitment_date_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.updated_at = OLD.updated_at AND NEW IS DISTINCT FROM OLD THEN
        NEW.updated_at := clock_timestamp();
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER date_change BEFORE UPDATE ON recruitment_recruitmentcase
    FOR EACH ROW EXECUTE FUNCTION recruitment_date_change();
CREATE TRIGGER date_change BEFORE UPDATE ON recruitment_application
    FOR EACH ROW EXECUTE FUNCTION recruitment_date_change();
"""
BACKWARD = """
DROP TRIGGER date_change ON recruitment_application;
DROP TRIGGER date_change ON recruitment_recruitmentcase;
DROP FUNCTION recruitment_date_change();
DROP TRIGGER leave_tombstone ON recruitment_application;
DROP TRIGGER leave_tombstone ON recruitment_recruitmentcase;
DROP FUNCTION recruitment_leave_tombstone();
"""


class Migration(migrations.Migration):
    """One table, one column, triggers."""

    dependencies = [("recruitment", "0004_saved_views_and_cut_documents")]

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
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.AddField("outboxitem", "lost", models.PositiveSmallIntegerField(default=0, db_default=0)),
    ]
