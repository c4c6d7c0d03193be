"""The trail, the histories and the legal texts cannot be changed afterwards, not even by raw SQL (reliability I10)."""

from django.db import migrations

APPEND_ONLY = (
    "recruitment_auditentry",
    "recruitment_casestatechange",
    "recruitment_applicationstatechange",
    "recruitment_publicationstatechange",
)
UNCHANGEABLE = (*APPEND_ONLY, "recruitment_legaltext")


def forward() -> str:
    """The trigger function, and a trigger on each table. A row may go only by the purge, which says so in its session."""
    statements = [
        """
        CREATE FUNCTION recruitment_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' AND current_setting('opslag.purge', true) = 'on' THEN
                RETURN OLD;
            END IF;
            IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'by_user_id' - 'created_by_id' = to_jsonb(OLD) - 'by_user_id' - 'created_by_id' THEN
                RETURN NEW;
            END IF;
            RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
        END $$;
        """
    ]
    statements += [
        f"CREATE TRIGGER refuse_change BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION recruitment_refuse_change();"
        for table in UNCHANGEABLE
    ]
    statements += [
        f"CREATE TRIGGER refuse_removal BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION recruitment_refuse_change();"
        for table in APPEND_ONLY
    ]
    return "\n".join(statements)


def backward() -> str:
    """Everything away again."""
    drops = [f"DROP TRIGGER IF EXISTS refuse_change ON {table};" for table in UNCHANGEABLE]
    drops += [f"DROP TRIGGER IF EXISTS refuse_removal ON {table};" for table in APPEND_ONLY]
    return "\n".join([*drops, "DROP FUNCTION IF EXISTS recruitment_refuse_change();"])


class Migration(migrations.Migration):
    """Triggers only."""

    dependencies = [("recruitment", "0001_initial")]
    operations = [migrations.RunSQL(forward(), backward())]
