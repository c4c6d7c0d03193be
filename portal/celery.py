"""The Celery app and the timetable: what happens by itself, and when."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_init
from kombu import Exchange, Queue

from portal.platform.broker import QUEUES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["recruitment"])

#: Errands wait in the one, what the clock calls for in the other: however many errands wait, the next free hand hears the clock.
_ERRANDS, TIMETABLE = QUEUES
app.conf.task_queues = [Queue(name, Exchange(name), routing_key=name) for name in QUEUES]

LINES: dict[str, dict[str, Any]] = {
    "sweep the outbox": {"task": "recruitment.tasks.sweep_outbox", "schedule": 15.0, "options": {"expires": 15}},
    "turn the clock of the cases": {"task": "recruitment.tasks.pass_deadlines", "schedule": 30.0},
    "publish scheduled pages": {"task": "recruitment.tasks.run_page_schedule", "schedule": 60.0},
    "remind of drafts": {"task": "recruitment.tasks.remind_of_drafts", "schedule": 900.0},
    "tell of tasks": {"task": "recruitment.tasks.tell_of_tasks", "schedule": 1800.0},
    "remind of questions": {"task": "recruitment.tasks.remind_of_questions", "schedule": 1800.0},
    "tell committees": {"task": "recruitment.tasks.tell_committees", "schedule": 1800.0},
    "remind of promised answers": {"task": "recruitment.tasks.remind_of_promises", "schedule": 3600.0},
    "remind of interviews": {"task": "recruitment.tasks.remind_of_interviews", "schedule": 300.0},
    "see to hearings and requests": {"task": "recruitment.tasks.see_to_fairness", "schedule": 900.0},
    "renew pools": {"task": "recruitment.tasks.renew_pools", "schedule": 3600.0},
    "hear of letters": {"task": "recruitment.tasks.hear_of_letters", "schedule": 60.0},
    "forget old drafts": {"task": "recruitment.tasks.forget_old_drafts", "schedule": 3600.0},
    "clear broker and tokens": {"task": "recruitment.tasks.clear_spent_rows", "schedule": 86400.0},
    "heartbeat": {"task": "recruitment.tasks.beat", "schedule": 60.0},
}


for line in LINES.values():
    line.setdefault("options", {})["queue"] = TIMETABLE
app.conf.beat_schedule = LINES  # set, never read here: reading asks for settings that may not be there yet


@worker_init.connect
def settle_into_the_database(**_: Any) -> None:
    """Where the database is the broker it is asked ten times a second (Kombu's once would be an errand a second at most), by one thread at a time."""
    from kombu.transport.sqlalchemy import Transport  # noqa: PLC0415 - not for web servers, which never ask

    from portal.platform.pool import OneAtATime  # noqa: PLC0415 - the same

    Transport.polling_interval = 0.1
    Transport.Channel = OneAtATime
