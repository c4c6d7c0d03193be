"""Read a maildir of bounces by hand; the timetable does it every minute where BOUNCE_MAILDIR is set."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from recruitment.mail.bounces import read_maildir


class Command(BaseCommand):
    """`manage.py read_bounces /var/mail/bounces`."""

    help = "Notes on letters what mail servers tell of them; what was read goes from new/ to cur/."

    def add_arguments(self, parser: CommandParser) -> None:
        """The maildir."""
        parser.add_argument("maildir", type=Path)

    def handle(self, *_args: Any, maildir: Path, **_options: Any) -> None:
        """Say how many letters were told about."""
        if not (maildir / "new").is_dir() or not (maildir / "cur").is_dir():
            raise CommandError(f"{maildir} is no maildir: it has no new/ and cur/.")
        self.stdout.write(f"{read_maildir(maildir)} letters were told about.")
