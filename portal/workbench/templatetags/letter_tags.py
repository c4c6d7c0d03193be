"""Class and delivery of a letter, as the workbench shows them."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from portal.workbench.templatetags.workbench_tags import state_tag
from recruitment.mail.models import Message, MessageClass, MessageState

register = template.Library()
WELL = {MessageState.SENT, MessageState.DELIVERED, MessageState.NOTIFIED, MessageState.READ, MessageState.RECEIVED}


@register.simple_tag
def letter_state(letter: Message) -> SafeString:
    """Where the letter is, in words, with a colour where all is well."""
    return _tag(str(letter.get_state_display()), "primary" if letter.state in WELL else "")


@register.simple_tag
def message_class(code: str) -> SafeString:
    """The class in words: green may go by mail, the others do not."""
    return _tag(str(MessageClass(code).label), "primary" if code == MessageClass.STANDARD else "")


@register.simple_tag
def message_state_words(state: str) -> str:
    """A state of a letter, from its history."""
    return str(MessageState(state).label) if state in MessageState.values else state


def _tag(words: str, tone: str) -> SafeString:
    tagged: Any = state_tag(words, tone)
    return SafeString(tagged)
