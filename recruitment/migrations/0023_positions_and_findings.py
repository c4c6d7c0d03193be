from django.db import migrations

#: INV-9 past the code: whoever hires waits for whoever hires on the same case, and whoever lowers the number counts too.
NO_MORE_HIRED_THAN_POSITIONS = """
    CREATE FUNCTION recruitment_hired_has_a_position() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        positions integer;
    BEGIN
        SELECT positions_count INTO positions FROM recruitment_recruitmentcase WHERE id = NEW.case_id FOR NO KEY UPDATE;
        IF (SELECT count(*) FROM recruitment_application WHERE case_id = NEW.case_id AND state = 'HIRED') > positions THEN
            RAISE EXCEPTION 'no_more_hired_than_positions' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NULL;
    END $$;
    CREATE FUNCTION recruitment_positions_hold_the_hired() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF (SELECT count(*) FROM recruitment_application WHERE case_id = NEW.id AND state = 'HIRED') > NEW.positions_count THEN
            RAISE EXCEPTION 'no_more_hired_than_positions' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NULL;
    END $$;
    CREATE TRIGGER hired_has_a_position AFTER INSERT ON recruitment_application FOR EACH ROW
        WHEN (NEW.state = 'HIRED') EXECUTE FUNCTION recruitment_hired_has_a_position();
    CREATE TRIGGER hired_has_a_position_still AFTER UPDATE OF state, case_id ON recruitment_application FOR EACH ROW
        WHEN (NEW.state = 'HIRED' AND (OLD.state <> 'HIRED' OR OLD.case_id <> NEW.case_id))
        EXECUTE FUNCTION recruitment_hired_has_a_position();
    CREATE TRIGGER positions_hold_the_hired AFTER UPDATE OF positions_count ON recruitment_recruitmentcase FOR EACH ROW
        WHEN (NEW.positions_count < OLD.positions_count) EXECUTE FUNCTION recruitment_positions_hold_the_hired();
"""
#: What an institution found out about two people goes with the last application there of either, whoever deletes it.
FINDINGS_GO_WITH_APPLICATIONS = """
    CREATE FUNCTION recruitment_finding_goes_too() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        DELETE FROM recruitment_sameperson found
        WHERE OLD.candidate_id IN (found.first_id, found.second_id)
          AND NOT EXISTS (
            SELECT 1 FROM recruitment_application a JOIN recruitment_recruitmentcase c ON c.id = a.case_id
            WHERE a.candidate_id = OLD.candidate_id AND c.institution_id = found.institution_id
          );
        RETURN NULL;
    END $$;
    CREATE TRIGGER finding_goes_too AFTER DELETE ON recruitment_application FOR EACH ROW
        EXECUTE FUNCTION recruitment_finding_goes_too();
"""
BACK = """
    DROP TRIGGER IF EXISTS finding_goes_too ON recruitment_application;
    DROP FUNCTION IF EXISTS recruitment_finding_goes_too();
    DROP TRIGGER IF EXISTS positions_hold_the_hired ON recruitment_recruitmentcase;
    DROP TRIGGER IF EXISTS hired_has_a_position_still ON recruitment_application;
    DROP TRIGGER IF EXISTS hired_has_a_position ON recruitment_application;
    DROP FUNCTION IF EXISTS recruitment_positions_hold_the_hired();
    DROP FUNCTION IF EXISTS recruitment_hired_has_a_position();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('recruitment', '0022_one_person_and_rooms'),
    ]

    operations = [
        migrations.RunSQL(NO_MORE_HIRED_THAN_POSITIONS + FINDINGS_GO_WITH_APPLICATIONS, BACK),
    ]
