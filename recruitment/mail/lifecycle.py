"""C4 as data: by e-mail from the queue to delivered or back again; in the secure inbox posted, told of by mail, read."""

from django.utils.translation import gettext_lazy as _

from recruitment.access.permissions import Permission
from recruitment.errors import Obstacle
from recruitment.lifecycle import OWNER, Move
from recruitment.mail.models import Channel, Message
from recruitment.mail.models import MessageState as S


def is_not_on_paper(message: Message) -> Obstacle | None:
    """What goes by wire is posted by nobody's hand."""
    return (
        None if message.channel == Channel.LETTER else Obstacle("not_on_paper", str(_("This is no letter on paper.")))
    )


def is_on_paper(message: Message) -> Obstacle | None:
    """What lies in a person's tray cannot be called back by the house."""
    return Obstacle("on_paper", str(_("This is a letter on paper."))) if message.channel == Channel.LETTER else None


#: Our relay took it (250 after the final dot).
SEND = Move("send", (S.QUEUED, S.UNCERTAIN), to=S.SENT)
#: Nobody knows whether the relay took it: repeated once with the same number (F12).
DOUBT = Move("doubt", (S.QUEUED, S.UNCERTAIN), to=S.UNCERTAIN)
FAIL = Move("fail", (S.QUEUED,), to=S.FAILED)
NOTIFY = Move("notify", (S.POSTED,), to=S.NOTIFIED)
READ = Move("read", (S.POSTED, S.NOTIFIED), to=S.READ, label=_("Read"), needs=OWNER)
#: No bounce within a day by the database's clock, or a delivery notice.
DELIVER = Move("deliver", (S.SENT,), to=S.DELIVERED)
#: It came back, whenever that was.
BOUNCE = Move("bounce", (S.SENT, S.DELIVERED, S.UNCERTAIN), to=S.BOUNCED)
CANCEL = Move(
    "cancel",
    (S.QUEUED,),
    to=S.CANCELLED,
    label=_("Do not send"),
    needs=Permission.MESSAGE_SEND_STANDARD,
    unless=(is_on_paper,),
)
#: A person has printed the letter and put it into the post.
POST_LETTER = Move(
    "post_letter", (S.QUEUED,), to=S.SENT, label=_("It is in the post"), needs=Permission.MESSAGE_SEND_STANDARD,
    unless=(is_not_on_paper,),
)  # fmt: skip
#: A person knows that a doubtful letter has arrived.
CONFIRM = Move("confirm", (S.UNCERTAIN,), to=S.SENT, label=_("It has arrived"), needs=Permission.MESSAGE_SEND_STANDARD)
MOVES = (SEND, DOUBT, FAIL, NOTIFY, READ, DELIVER, BOUNCE, CANCEL, POST_LETTER, CONFIRM)
#: Moves after which a letter is with its reader as far as anybody can tell, and those that take that back.
GONE = frozenset({SEND.name, NOTIFY.name, POST_LETTER.name, CONFIRM.name})
CAME_BACK = frozenset({BOUNCE.name, FAIL.name})
