"""Sendings to many, templates of units with approval, and what is done about letters that did not get through."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
import recruitment.rows
from django.conf import settings
from django.db import migrations, models

TABLE = "recruitment_bulksendingstatechange"
KEEP_HISTORY = f"""
    CREATE TRIGGER refuse_change BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION recruitment_refuse_change();
    CREATE TRIGGER refuse_removal BEFORE DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION recruitment_refuse_change();
"""
LET_GO = f"DROP TRIGGER IF EXISTS refuse_change ON {TABLE}; DROP TRIGGER IF EXISTS refuse_removal ON {TABLE};"


class Migration(migrations.Migration):

    dependencies = [
        ('recruitment', '0015_talent_pools'),
    ]

    operations = [
        migrations.CreateModel(
            name='BulkLine',
            fields=[
                ('id', models.UUIDField(default=recruitment.rows.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField(default=0)),
                ('code', models.CharField(max_length=40)),
                ('values', models.JSONField(blank=True, default=dict)),
                ('message_class', models.CharField(blank=True, choices=[('STANDARD', 'standard'), ('CONFIDENTIAL', 'confidential'), ('SENSITIVE', 'sensitive')], max_length=12)),
                ('channel', models.CharField(blank=True, choices=[('EMAIL', 'e-mail'), ('SECURE', 'the secure inbox'), ('LETTER', 'letter on paper')], max_length=8)),
                ('state', models.CharField(choices=[('WAITING', 'waits'), ('WRITTEN', 'written'), ('LEFT_OUT', 'left out'), ('CANCELLED', 'stopped'), ('FAILED', 'could not be written')], default='WAITING', max_length=10)),
                ('left_code', models.CharField(blank=True, max_length=40)),
                ('left_words', models.CharField(blank=True, max_length=300)),
                ('application_state', models.CharField(blank=True, max_length=12)),
                ('due_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ('position',),
            },
        ),
        migrations.CreateModel(
            name='BulkSending',
            fields=[
                ('id', models.UUIDField(default=recruitment.rows.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=40)),
                ('state', models.CharField(choices=[('PREPARED', 'prepared'), ('RUNNING', 'under way'), ('DONE', 'sent'), ('CANCELLED', 'stopped')], default='PREPARED', max_length=10)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('starts_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ('-made_at',),
            },
        ),
        migrations.CreateModel(
            name='BulkSendingStateChange',
            fields=[
                ('id', models.UUIDField(default=recruitment.rows.uuid7, editable=False, primary_key=True, serialize=False)),
                ('from_state', models.CharField(blank=True, max_length=24)),
                ('to_state', models.CharField(max_length=24)),
                ('move', models.CharField(max_length=40)),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('by', models.CharField(max_length=120)),
                ('reason', models.TextField(blank=True)),
            ],
            options={
                'ordering': ('at', 'id'),
                'abstract': False,
            },
        ),
        migrations.RemoveConstraint(
            model_name='message',
            name='only_standard_messages_go_by_plain_mail',
        ),
        migrations.RemoveConstraint(
            model_name='messagetemplate',
            name='message_template_version_once',
        ),
        migrations.RemoveIndex(
            model_name='outboxitem',
            name='outbox_waiting',
        ),
        migrations.AddField(
            model_name='institutionsettings',
            name='bulk_grace_minutes',
            field=models.PositiveSmallIntegerField(db_default=10, default=10, validators=[django.core.validators.MaxValueValidator(1440)], verbose_name='minutes before many letters go'),
        ),
        migrations.AddField(
            model_name='institutionsettings',
            name='bulk_letters_a_minute',
            field=models.PositiveSmallIntegerField(db_default=60, default=60, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(600)], verbose_name='letters a minute, when many are sent'),
        ),
        migrations.AddField(
            model_name='institutionsettings',
            name='mail_needs_encryption',
            field=models.BooleanField(db_default=False, default=False, verbose_name='mail that cannot be delivered encrypted goes to the secure inbox'),
        ),
        migrations.AddField(
            model_name='message',
            name='attachments',
            field=models.ManyToManyField(blank=True, related_name='messages', to='recruitment.document'),
        ),
        migrations.AddField(
            model_name='message',
            name='delivered_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='message',
            name='direction',
            field=models.CharField(choices=[('OUTGOING', 'from us'), ('INCOMING', 'to us')], db_default='OUTGOING', default='OUTGOING', max_length=8),
        ),
        migrations.AddField(
            model_name='message',
            name='in_reply_to',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='recruitment.message'),
        ),
        migrations.AddField(
            model_name='message',
            name='replaces',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='replacements', to='recruitment.message'),
        ),
        migrations.AddField(
            model_name='message',
            name='sender',
            field=models.EmailField(blank=True, db_default='', max_length=254),
        ),
        migrations.AddField(
            model_name='message',
            name='settled_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='message',
            name='settled_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='message',
            name='settled_how',
            field=models.CharField(blank=True, choices=[('AGAIN', 'sent again'), ('PAPER', 'sent on paper'), ('PHONE', 'told by telephone'), ('ARRIVED', 'it has arrived after all'), ('SEEN', 'read and dealt with')], db_default='', max_length=8),
        ),
        migrations.AddField(
            model_name='message',
            name='settled_note',
            field=models.TextField(blank=True, db_default=''),
        ),
        migrations.AddField(
            model_name='messagetemplate',
            name='approved_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='messagetemplate',
            name='approved_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='messagetemplate',
            name='refusal',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='messagetemplate',
            name='refused_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='messagetemplate',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='message_templates', to='recruitment.organisationalunit'),
        ),
        migrations.AddField(
            model_name='outboxitem',
            name='priority',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AlterField(
            model_name='message',
            name='recipient',
            field=models.EmailField(blank=True, max_length=254),
        ),
        migrations.AlterField(
            model_name='message',
            name='state',
            field=models.CharField(choices=[('DRAFT', 'draft'), ('QUEUED', 'on its way'), ('SENT', 'sent'), ('DELIVERED', 'delivered'), ('BOUNCED', 'came back'), ('FAILED', 'could not be sent'), ('UNCERTAIN', 'perhaps sent'), ('CANCELLED', 'cancelled'), ('POSTED', 'in the secure inbox'), ('NOTIFIED', 'in the secure inbox, told of by mail'), ('READ', 'read'), ('RECEIVED', 'received')], default='QUEUED', max_length=10),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('state', 'SENT')), fields=['sent_at'], name='letters_to_call_delivered'),
        ),
        migrations.AddIndex(
            model_name='outboxitem',
            index=models.Index(condition=models.Q(('state__in', ['QUEUED', 'WORKING', 'UNCERTAIN'])), fields=['priority', 'due_at'], name='outbox_waiting'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('message_class', 'STANDARD'), models.Q(('channel', 'EMAIL'), _negated=True), ('direction', 'INCOMING'), _connector='OR'), name='only_standard_messages_go_by_plain_mail'),
        ),
        migrations.AddConstraint(
            model_name='messagetemplate',
            constraint=models.UniqueConstraint(fields=('institution', 'unit', 'code', 'language', 'version'), name='message_template_version_once', nulls_distinct=False),
        ),
        migrations.AddField(
            model_name='bulkline',
            name='application',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bulk_lines', to='recruitment.application'),
        ),
        migrations.AddField(
            model_name='bulkline',
            name='message',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='bulk_line', to='recruitment.message'),
        ),
        migrations.AddField(
            model_name='bulkline',
            name='template',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recruitment.messagetemplate'),
        ),
        migrations.AddField(
            model_name='bulksending',
            name='case',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sendings', to='recruitment.recruitmentcase'),
        ),
        migrations.AddField(
            model_name='bulksending',
            name='made_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='bulkline',
            name='sending',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='recruitment.bulksending'),
        ),
        migrations.AddField(
            model_name='bulksendingstatechange',
            name='by_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='bulksendingstatechange',
            name='sending',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='history', to='recruitment.bulksending'),
        ),
        migrations.AddIndex(
            model_name='bulksending',
            index=models.Index(fields=['case', '-made_at'], name='sendings_of_case'),
        ),
        migrations.AddIndex(
            model_name='bulkline',
            index=models.Index(fields=['sending', 'state'], name='lines_by_state'),
        ),
        migrations.AddConstraint(
            model_name='bulkline',
            constraint=models.UniqueConstraint(fields=('sending', 'application'), name='one_line_an_applicant_a_sending'),
        ),
        migrations.AddConstraint(
            model_name='bulkline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'LEFT_OUT'), _negated=True), models.Q(('left_code', ''), _negated=True), _connector='OR'), name='who_is_left_out_is_told_why'),
        ),
        migrations.AlterField(
            model_name='document',
            name='kind',
            field=models.CharField(choices=[('COVER_LETTER', 'motivated application'), ('CV', 'CV'), ('DIPLOMA', 'diploma'), ('REFERENCE_LETTER', 'letter of reference'), ('PUBLICATIONS', 'list of publications'), ('PORTFOLIO', 'portfolio'), ('TEST', 'test'), ('INTERVIEW_FORM', 'interview form'), ('REFERENCE_FORM', 'reference form'), ('JOB_CENTRE', 'job centre'), ('MESSAGE', 'attached to a message'), ('ORIGINAL', 'original as received'), ('OTHER', 'other')], max_length=20, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='documentrequirement',
            name='kind',
            field=models.CharField(choices=[('COVER_LETTER', 'motivated application'), ('CV', 'CV'), ('DIPLOMA', 'diploma'), ('REFERENCE_LETTER', 'letter of reference'), ('PUBLICATIONS', 'list of publications'), ('PORTFOLIO', 'portfolio'), ('TEST', 'test'), ('INTERVIEW_FORM', 'interview form'), ('REFERENCE_FORM', 'reference form'), ('JOB_CENTRE', 'job centre'), ('MESSAGE', 'attached to a message'), ('ORIGINAL', 'original as received'), ('OTHER', 'other')], max_length=20, verbose_name='kind'),
        ),
        migrations.RunSQL(KEEP_HISTORY, LET_GO),
    ]
