"""C4 as data: by e-mail from the queue to delivered or back again; in the secure inbox posted, told of by mail, read."""

from django.utils.translation import gettext_lazy as _

from recruitment.lifecycle import OWNER, Move
from recruitment.mail.models import MessageState as S

#: Our relay took it (250 after the final dot).
SEND = Move("send", (S.QUEUED, S.UNCERTAIN), to=S.SENT)
#: Nobody knows whether the relay took it: repeated once with the same number (F12).
DOUBT = Move("doubt", (S.QUEUED, S.UNCERTAIN), to=S.UNCERTAIN)
FAIL = Move("fail", (S.QUEUED,), to=S.FAILED)
NOTIFY = Move("notify", (S.POSTED,), to=S.NOTIFIED)
READ = Move("read", (S.POSTED, S.NOTIFIED), to=S.READ, label=_("Read"), needs=OWNER)
MOVES = (SEND, DOUBT, FAIL, NOTIFY, READ)
