"""`manage.py demo`: load the three invented institutions once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.demo.loading.run import DemoRefused, load_demo


class Command(BaseCommand):
    """Safe to run twice; refuses a database that holds institutions of its own."""

    help = "Load the demo: three invented institutions, 22 cases, 372 applications. Dates are relative to today."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say what is being done."""
        try:
            load_demo(say=lambda line: self.stdout.write(line, ending="\n"))
        except DemoRefused as refusal:
            raise CommandError(str(refusal)) from refusal
