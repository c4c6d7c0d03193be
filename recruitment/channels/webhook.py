"""Any program that wants to hear of ads: signed as Standard Webhooks lay down, ids only (domain G.8).

Told at least once: a repeat has the same `webhook-id`, by which the receiver knows it.
"""

import base64
import hashlib
import hmac
import json
import secrets
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recruitment import clock
from recruitment.channels.calling import Forbidden, NoAnswer, call
from recruitment.channels.interface import Channel, Gone, Line, Posting, Refused, Setting, Settled, TryLater
from recruitment.channels.jobnet import TOO_MANY, retry_after
from recruitment.outbox.delivery import RETRY_PLAN

PREFIX = "whsec_"
PUBLISHED, UPDATED, REMOVED = "job_posting.published", "job_posting.updated", "job_posting.removed"
GONE = 410


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
    plan = RETRY_PLAN

    def create(self, posting: Posting, line: Line) -> Settled:
        """`job_posting.published`."""
        self._tell(PUBLISHED, posting, line)
        return Settled(external_url=posting.url)

    def update(self, posting: Posting, line: Line) -> Settled:
        """`job_posting.updated`."""
        self._tell(UPDATED, posting, line)
        return Settled(external_url=posting.url)

    def close(self, posting: Posting, line: Line) -> None:
        """`job_posting.removed`."""
        self._tell(REMOVED, posting, line)

    def test(self, line: Line) -> str:
        """A signed message of the type `connection.test`."""
        number = f"msg_test_{secrets.token_hex(8)}"
        self._send(line, number, {"id": number, "type": "connection.test", "occurredAt": clock.now().isoformat(), "data": {}})  # fmt: skip
        return _("The receiver has taken a signed test message.")

    def _tell(self, kind: str, posting: Posting, line: Line) -> None:
        number = f"msg_{posting.delivery_id}"
        self._send(line, number, {
            "id": number, "type": kind, "occurredAt": clock.now().isoformat(), "institution": posting.case.institution.slug,
            "data": {"jobPostingId": str(posting.ad.pk), "legacyId": posting.publication.round_id, "url": posting.url},
        })  # fmt: skip

    def _send(self, line: Line, number: str, message: dict[str, Any]) -> None:
        body = json.dumps(message, ensure_ascii=False).encode()
        stamp = str(int(clock.now().timestamp()))
        headers = {
            "Content-Type": "application/json", "webhook-id": number, "webhook-timestamp": stamp,
            "webhook-signature": signature(line.secret, number, stamp, body),
        }  # fmt: skip
        try:
            answer = call(line.address, body=body, headers=headers)
        except Forbidden as error:
            raise Refused(str(error)) from error
        except NoAnswer as error:
            raise TryLater(str(error)) from error
        if answer.status == GONE:
            raise Gone(_("The receiver has said that it is gone (410)."))
        if answer.status == TOO_MANY:
            raise TryLater("429", retry_after(answer))
        if not 200 <= answer.status < 300:
            raise TryLater(f"{answer.status}")
