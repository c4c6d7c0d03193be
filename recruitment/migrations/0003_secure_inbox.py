"""The secure inbox: a letter there is told of by mail and read, and both are kept in its history (append-only, like the others)."""

import django.db.models.deletion
import django.db.models.functions.datetime
import recruitment.rows
from django.conf import settings
from django.db import migrations, models

TABLE = "recruitment_messagestatechange"
FORWARD = f"""
CREATE TRIGGER refuse_change BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION recruitment_refuse_change();
CREATE TRIGGER refuse_removal BEFORE DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION recruitment_refuse_change();
"""
BACKWARD = f"DROP TRIGGER IF EXISTS refuse_change ON {TABLE}; DROP TRIGGER IF EXISTS refuse_removal ON {TABLE};"


class Migration(migrations.Migration):

    dependencies = [
        ('recruitment', '0002_append_only'),
    ]

    operations = [
        migrations.AddField(
            model_name='message',
            name='announces',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='recruitment.message'),
        ),
        migrations.AlterField(
            model_name='message',
            name='state',
            field=models.CharField(choices=[('DRAFT', 'draft'), ('QUEUED', 'on its way'), ('SENT', 'sent'), ('DELIVERED', 'delivered'), ('BOUNCED', 'came back'), ('FAILED', 'could not be sent'), ('UNCERTAIN', 'perhaps sent'), ('CANCELLED', 'cancelled'), ('POSTED', 'in the secure inbox'), ('NOTIFIED', 'in the secure inbox, told of by mail'), ('READ', 'read')], default='QUEUED', max_length=10),
        ),
        migrations.CreateModel(
            name='MessageStateChange',
            fields=[
                ('id', models.UUIDField(default=recruitment.rows.uuid7, editable=False, primary_key=True, serialize=False)),
                ('from_state', models.CharField(blank=True, max_length=24)),
                ('to_state', models.CharField(max_length=24)),
                ('move', models.CharField(max_length=40)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('by', models.CharField(max_length=120)),
                ('reason', models.TextField(blank=True)),
                ('by_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='history', to='recruitment.message')),
            ],
            options={
                'ordering': ('at', 'id'),
                'abstract': False,
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
