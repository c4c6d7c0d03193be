"""Whatever a template says, no confidential or sensitive value stands in an e-mail, a log line or a broker message."""

import email
import logging
from email import policy
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recruitment.mail.actions import send
from recruitment.mail.delivery import as_bytes
from recruitment.mail.fields import CLASS_OF_FIELD, CONFIDENTIAL_FIELDS, SENSITIVE_FIELDS
from recruitment.mail.models import Channel, Message, MessageClass, MessageTemplate
from recruitment.outbox.models import OutboxItem
from recruitment.tasks import carry_out

SECRET = {name: f"Hemmelig{number:02d}Værdi" for number, name in enumerate((*CONFIDENTIAL_FIELDS, *SENSITIVE_FIELDS))}
FIELDS = st.sampled_from(sorted(CLASS_OF_FIELD))
PLAIN = st.sampled_from(["Kære", "Vi skriver til dig.", "\n\n", "Venlig hilsen", "  ", "Æblet", "–"])
PIECE = st.one_of(
    PLAIN,
    FIELDS.map(lambda name: f"{{{{ {name} }}}}"),
    FIELDS.map(lambda name: f"{{{{ {name} | upcase }}}}"),
    st.tuples(FIELDS, FIELDS).map(lambda two: f"{{% if {two[0]} %}}{{{{ {two[1]} }}}}{{% endif %}}"),
    st.tuples(FIELDS, FIELDS).map(lambda two: f"{{{{ {two[0]} | default: {two[1]} }}}}"),
    st.tuples(FIELDS, FIELDS).map(
        lambda two: f'{{% if {two[0]} contains "HEM" %}}ja{{% else %}}{{{{ {two[1]} }}}}{{% endif %}}'
    ),
    st.tuples(FIELDS, FIELDS).map(
        lambda two: f"{{% case {two[0]} %}}{{% when {two[1]} %}}{{{{ {two[1]} }}}}{{% endcase %}}"
    ),
)
SOURCE = st.lists(PIECE, max_size=6).map("".join)
CLASS = st.sampled_from(MessageClass.values)


class Shown(logging.Handler):
    """Every line that any logger writes."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.getMessage()} {record.args!r} {record.exc_info!r}")


@pytest.fixture
def watched(monkeypatch):
    """Logs and what is given to the broker."""
    seen = SimpleNamespace(log=Shown(), broker=[])
    monkeypatch.setattr(carry_out, "apply_async", lambda args, **more: seen.broker.append(repr((args, more))))
    root = logging.getLogger()
    level = root.level
    root.addHandler(seen.log)
    root.setLevel(logging.DEBUG)
    yield seen
    root.removeHandler(seen.log)
    root.setLevel(level)


@pytest.mark.django_db
def test_no_secret_value_stands_in_a_mail_a_log_or_a_broker_message(world, watched, django_capture_on_commit_callbacks):
    world.values = {**dict.fromkeys(CLASS_OF_FIELD, "Almindeligt"), **SECRET}

    @settings(
        max_examples=120,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(subject=SOURCE, body=SOURCE, declared=CLASS)
    def nothing_leaks(subject, body, declared):
        with transaction.atomic():
            with django_capture_on_commit_callbacks(execute=True):
                letters = _send(world, subject, body, declared)
            shown = "\n".join([*letters, *watched.log.lines, *watched.broker, *_errands()]).casefold()
            transaction.set_rollback(True)
        watched.log.lines.clear()
        watched.broker.clear()
        leaked = [name for name, secret in SECRET.items() if secret.casefold() in shown]
        assert leaked == []

    nothing_leaks()


def _send(world, subject, body, declared) -> list[str]:
    """Send it as every letter is sent; returns all mails whole: headers, text and markup, decoded."""
    template = MessageTemplate.objects.create(
        institution=world.ours.institution, code="PRØVE", language="da", name="Prøve", subject=subject[:200] or "x", body=body,
        message_class=declared,
    )  # fmt: skip
    before = set(Message.objects.values_list("pk", flat=True))
    try:
        send(
            "PRØVE", to=world.application.candidate, institution=world.ours.institution, about=world.application,
            values=world.values, key="prøve", template=template,
        )  # fmt: skip
    except ValidationError:
        return []
    mails = Message.objects.exclude(pk__in=before).filter(channel=Channel.EMAIL).select_related("institution")
    return [_whole(as_bytes(mail)) for mail in mails]


def _whole(raw: bytes) -> str:
    parsed = email.message_from_bytes(raw, policy=policy.default)
    parts = [part.get_content() for part in parsed.walk() if part.get_content_maintype() == "text"]
    return "\n".join([*(f"{name}: {value}" for name, value in parsed.items()), *map(str, parts)])


def _errands() -> list[str]:
    return [f"{item.kind} {item.subject} {item.key} {item.last_error}" for item in OutboxItem.objects.all()]
