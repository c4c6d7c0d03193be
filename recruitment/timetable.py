"""What happens by itself, as plain functions; `tasks.py` only turns the clock's hands."""

import datetime as dt
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from recruitment import clock
from recruitment.advertising.taking_down import expire_media_of, turn_own_media
from recruitment.applications import asking_again
from recruitment.applications.letters import write
from recruitment.applications.queries import drafts_to_remind
from recruitment.applications.review import begin_review
from recruitment.assessments.telling import tell_of_new_applications
from recruitment.cases.moving import close_round, rounds_past_deadline
from recruitment.channels.following import send_due
from recruitment.decisions import promises
from recruitment.fairness.following import turn_the_clock
from recruitment.interviews.answering import see_to_invitations
from recruitment.mail.bounces import read_maildir
from recruitment.mail.delivery import call_delivered
from recruitment.outbox.models import Heartbeat
from recruitment.planning.letters import tell_of_tasks
from recruitment.talent.actions import see_to_pools

REMIND_AHEAD = dt.timedelta(hours=24)


def pass_deadlines() -> int:
    """Do what follows from deadlines that have come; each round in a transaction of its own. Returns how many."""
    rounds = rounds_past_deadline(clock.now())
    for round_ in rounds:
        with transaction.atomic():
            close_round(round_)
            begin_review(round_)
            expire_media_of([round_])
    turn_own_media()
    send_due()
    return len(rounds)


def remind_of_drafts() -> int:
    """A mail to those who have begun and have a day left; once each."""
    due = list(drafts_to_remind(clock.now(), REMIND_AHEAD)[:500])
    for application in due:
        write("DEADLINE_REMINDER_DRAFT", application, key=f"reminder:{application.pk}")
    return len(due)


def remind_of_questions() -> int:
    """A mail to those who have been asked something more and have not answered; once each."""
    return asking_again.remind_of_questions(clock.now())


def tell_colleagues_of_tasks() -> int:
    """What is due, by mail, to those who want it; once a day and person, or once a task. Returns how many letters were written."""
    return tell_of_tasks(clock.now())


def tell_committees() -> int:
    """Who reads applications hears of new ones, once a day and case."""
    return tell_of_new_applications(clock.now())


def remind_of_promises() -> int:
    """The promised day comes, or has gone, while somebody waits: the one responsible in HR and the manager are told."""
    return promises.remind_of_promises()


def remind_of_interviews() -> int:
    """Invitations that nobody has answered are reminded of, and end; who comes tomorrow is told."""
    return see_to_invitations()


def see_to_fairness() -> int:
    """Hearings end or are reminded of, and whoever has waited to the limit is told how far we are."""
    return turn_the_clock()


def renew_pools() -> int:
    """Members of talent pools are asked to renew, and forgotten when their time is over."""
    return see_to_pools()


def hear_of_letters() -> int:
    """Bounces that have come, where a mailbox is read; then what went a day ago counts as delivered."""
    if settings.BOUNCE_MAILDIR:
        read_maildir(Path(settings.BOUNCE_MAILDIR))
    return call_delivered(clock.now())


def note_heartbeat() -> None:
    """The timetable is alive."""
    Heartbeat.objects.update_or_create(name="beat", defaults={"at": clock.now()})


def clear_broker_rows() -> None:
    """The embedded broker keeps what it has handed out; take away what is a day old (platform 3)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('kombu_message')")
        if cursor.fetchone()[0]:
            cursor.execute("DELETE FROM kombu_message WHERE NOT visible AND timestamp < now() - interval '1 day'")
