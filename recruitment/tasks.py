"""Hands of the clock: each task calls one function and decides nothing. Arguments are row numbers only."""

from celery import shared_task
from django.core.management import call_command

from recruitment import timetable
from recruitment.allowances.actions import forget_full_buckets
from recruitment.assessments.exports.folder import forget_old_folders
from recruitment.closing.packaging import forget_old_packages
from recruitment.outbox import delivery
from recruitment.retention.actions import forget_drafts

SWEEP = 15  # seconds from one sweep of the outbox to the next, as the timetable has it


@shared_task
def carry_out(item_id: int) -> None:
    """Carry out one outbox item, and being awake go on with what waits beside it."""
    delivery.carry_on(item_id)


@shared_task
def carry_on() -> None:
    """Carry out what waits."""
    delivery.carry_on()


@shared_task
def sweep_outbox() -> None:
    """Wake workers for what is due and held by nobody; the call is forgotten when the next sweep comes."""
    for _hand in range(delivery.hands_wanted()):
        carry_on.apply_async(expires=SWEEP)


@shared_task
def pass_deadlines() -> None:
    """Do what follows from deadlines that have come."""
    timetable.pass_deadlines()


@shared_task
def run_page_schedule() -> None:
    """Pages whose time has come go live or come down (Wagtail's own command)."""
    call_command("publish_scheduled")


@shared_task
def remind_of_drafts() -> None:
    """Remind those with a day left."""
    timetable.remind_of_drafts()


@shared_task
def tell_of_tasks() -> None:
    """Tell colleagues what is due."""
    timetable.tell_colleagues_of_tasks()


@shared_task
def remind_of_promises() -> None:
    """Tell who is responsible that applicants have been promised an answer soon."""
    timetable.remind_of_promises()


@shared_task
def remind_of_questions() -> None:
    """Tell those who have been asked something more that the time runs out."""
    timetable.remind_of_questions()


@shared_task
def tell_committees() -> None:
    """Tell those who read applications of new ones."""
    timetable.tell_committees()


@shared_task
def remind_of_interviews() -> None:
    """Remind of interviews, and let invitations expire."""
    timetable.remind_of_interviews()


@shared_task
def see_to_fairness() -> None:
    """Let hearings end, and tell those who wait."""
    timetable.see_to_fairness()


@shared_task
def renew_pools() -> None:
    """Ask members of talent pools to renew, and forget those whose time is over."""
    timetable.renew_pools()


@shared_task
def hear_of_letters() -> None:
    """What became of letters that went."""
    timetable.hear_of_letters()


@shared_task
def forget_old_drafts() -> None:
    """Delete drafts that are past their time."""
    forget_drafts()


@shared_task
def clear_spent_rows() -> None:
    """Tidy the broker's table, sessions, tokens, full buckets and folders that nobody needs any more."""
    timetable.clear_broker_rows()
    forget_full_buckets()
    forget_old_folders()
    forget_old_packages()
    call_command("clearsessions")
    call_command("cleartokens")


@shared_task
def beat() -> None:
    """Say that the timetable is alive."""
    timetable.note_heartbeat()
