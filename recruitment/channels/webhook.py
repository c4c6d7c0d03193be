"""Any program that wants to hear of ads: signed as Standard Webhooks lay down, ids only (domain G.8).

Told at least once: a repeat has the same `webhook-id` and the same words, by which the receiver knows it. While one secret
takes over from another, the message carries both signatures.
"""

import base64
import datetime as dt
import hashlib
import hmac
import json
import secrets

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recruitment import clock
from recruitment.channels.calling import Forbidden, NoAnswer, call
from recruitment.channels.interface import Channel, Gone, Line, Posting, Refused, Setting, Settled, TryLater
from recruitment.channels.models import Act, Delivery

PREFIX = "whsec_"
PUBLISHED, UPDATED, REMOVED = "job_posting.published", "job_posting.updated", "job_posting.removed"
DEADLINE_CHANGED = "job_posting.deadline_changed"
TYPES = {Act.CREATE: PUBLISHED, Act.UPDATE: UPDATED, Act.CLOSE: REMOVED}
GONE = 410
#: Ten attempts in 75 hours and 35 minutes, as Standard Webhooks 1.0.0 lays down; the first goes at once.
STANDARD_PLAN = (
    dt.timedelta(seconds=5),
    dt.timedelta(minutes=5),
    dt.timedelta(minutes=30),
    dt.timedelta(hours=2),
    dt.timedelta(hours=5),
    dt.timedelta(hours=10),
    dt.timedelta(hours=14),
    dt.timedelta(hours=20),
    dt.timedelta(hours=24),
)


def new_secret() -> str:
    """A secret of 192 bits in the form that receivers' libraries know."""
    return PREFIX + base64.b64encode(secrets.token_bytes(24)).decode()


def signature(secret: str, message_id: str, timestamp: str, body: bytes) -> str:
    """The value of `webhook-signature`."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = hmac.new(key, f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(signed).decode()}"


class Webhook(Channel):
    """Tells that an ad is up, changed or gone; what it says is fetched from the API or the feeds."""

    name = "webhook"
    label = gettext_lazy("Webhook")
    about = gettext_lazy("Your program is called when an ad is published, changed or removed. It is signed as Standard Webhooks lay down.")  # fmt: skip
    settings = (Setting("address", gettext_lazy("Address that is called"), "url"),)
    secret_label = gettext_lazy("Signing secret")
    makes_own_secret = True
    names_deadlines = True
    plan = STANDARD_PLAN

    def create(self, posting: Posting, line: Line) -> Settled:
        """`job_posting.published`."""
        self.repeat(posting, line)
        return Settled(external_url=posting.url)

    def update(self, posting: Posting, line: Line) -> Settled:
        """`job_posting.updated`, or `job_posting.deadline_changed`."""
        self.repeat(posting, line)
        return Settled(external_url=posting.url)

    def close(self, posting: Posting, line: Line) -> None:
        """`job_posting.removed`."""
        self.repeat(posting, line)

    def words(self, delivery: Delivery, posting: Posting) -> str:
        """Type and numbers; no person, nothing that a later version would say otherwise."""
        kind = DEADLINE_CHANGED if delivery.deadline_moved else TYPES[Act(delivery.act)]
        message = {
            "id": _number(posting), "type": kind, "occurredAt": delivery.created_at.isoformat(), "institution": posting.case.institution.slug,
            "data": {"jobPostingId": str(posting.ad.pk), "legacyId": posting.publication.round_id, "url": posting.url},
        }  # fmt: skip
        return json.dumps(message, ensure_ascii=False)

    def repeat(self, posting: Posting, line: Line) -> None:
        """The same words under the same number, with the time of this attempt."""
        self._send(line, _number(posting), posting.words)

    def test(self, line: Line) -> str:
        """A signed message of the type `connection.test`."""
        number = f"msg_test_{secrets.token_hex(8)}"
        about = {"id": number, "type": "connection.test", "occurredAt": clock.now().isoformat(), "data": {}}
        self._send(line, number, json.dumps(about))
        return _("The receiver has taken a signed test message.")

    def _send(self, line: Line, number: str, words: str) -> None:
        body, stamp = words.encode(), str(int(clock.now().timestamp()))
        signatures = [signature(secret, number, stamp, body) for secret in (line.secret, line.former_secret) if secret]
        headers = {
            "Content-Type": "application/json", "webhook-id": number, "webhook-timestamp": stamp,
            "webhook-signature": " ".join(signatures),
        }  # fmt: skip
        try:
            answer = call(line.address, body=body, headers=headers)
        except Forbidden as error:
            raise Refused(str(error)) from error
        except NoAnswer as error:
            raise TryLater(str(error)) from error
        if answer.status == GONE:
            raise Gone(_("The receiver has said that it is gone (410)."))
        if not 200 <= answer.status < 300:
            raise TryLater(f"{answer.status}", answer.retry_after)


def _number(posting: Posting) -> str:
    return f"msg_{posting.delivery_id}"
