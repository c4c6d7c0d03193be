"""Planning, assessment and interviews were made side by side."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("recruitment", "0010_assessments"),
        ("recruitment", "0010_interviews"),
        ("recruitment", "0010_plans_and_tasks"),
    ]
    operations = []
