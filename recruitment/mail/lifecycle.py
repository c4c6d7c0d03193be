"""C4 as data, as far as the secure inbox goes: posted, told of by mail, read."""

from django.utils.translation import gettext_lazy as _

from recruitment.lifecycle import OWNER, Move
from recruitment.mail.models import MessageState as S

NOTIFY = Move("notify", (S.POSTED,), to=S.NOTIFIED)
READ = Move("read", (S.POSTED, S.NOTIFIED), to=S.READ, label=_("Read"), needs=OWNER)
