"""Made side by side."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("recruitment", "0012_blind_screening_and_committees"),
        ("recruitment", "0012_templates_and_analyses"),
    ]
    operations = []
