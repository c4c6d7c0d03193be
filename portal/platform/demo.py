"""Load the demo data, by the command `demo`; safe to run twice: the command itself knows what it has loaded."""

import django
from django.core.management import call_command, get_commands

COMMAND = "demo"


def load() -> None:
    if COMMAND in get_commands():
        call_command(COMMAND)


if __name__ == "__main__":
    django.setup()
    load()
