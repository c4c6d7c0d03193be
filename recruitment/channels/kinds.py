"""The channels by name, as `Medium.adapter` has it."""

from recruitment.channels.agency import Agency
from recruitment.channels.indeed import Indeed
from recruitment.channels.interface import Channel
from recruitment.channels.jobnet import Jobnet
from recruitment.channels.linkedin import LinkedIn
from recruitment.channels.webhook import Webhook

CHANNELS: dict[str, Channel] = {
    channel.name: channel for channel in (Jobnet(), Indeed(), LinkedIn(), Agency(), Webhook())
}
SENT_TO = [name for name, channel in CHANNELS.items() if not channel.is_fetched]
OF_OWN_MEDIA = ("email", "webhook")  # what an institution may give a medium that it has added itself
