"""`python -m tests.faults.publish TIMES`: tell the workers the errands whose numbers come in by standard input."""

import os
import sys

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    django.setup()
    from portal.celery import app

    numbers = [int(line) for line in sys.stdin.read().split()]
    with app.connection_for_write() as link:
        for _time in range(int(sys.argv[1])):
            for number in numbers:
                app.send_task("recruitment.tasks.carry_out", [number], connection=link)
