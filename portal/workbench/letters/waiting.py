"""Lines of the desk about letters: each leads to the letter and its ways out."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.workbench.lines import Group, Line, group_of
from recruitment.letters.library import proposals
from recruitment.mail.queries import letters_held_up, letters_in_doubt, letters_to_post, replies_to_read
from recruitment.people.actor import Actor


def of_letters(actor: Actor) -> Iterable[Group]:
    """What did not get through, what waits to be posted, what came back, and versions that colleagues propose."""
    rows = letters_in_doubt(actor).filter(application__isnull=False)
    yield from group_of(_("Letters that did not get through"), rows, _letter)
    yield from group_of(_("Mail that the mail server has not taken yet"), letters_held_up(actor), _letter)
    yield from group_of(_("Letters to print and post"), letters_to_post(actor), _letter)
    yield from group_of(_("Replies from applicants"), replies_to_read(actor), _letter)
    yield from group_of(
        _("Approve letters"), proposals(actor),
        lambda row: Line(row.name, reverse("workbench:letter_library", args=[row.institution_id]), str(row.created_by or "")),
    )  # fmt: skip


def _letter(letter: Any) -> Line:
    name = letter.candidate.full_name if letter.candidate else letter.recipient
    url = reverse("workbench:letter", args=[letter.application.case_id, letter.pk])
    return Line(f"{name}: {letter.subject}", url, f"{letter.application.case.title} · {letter.get_state_display()}")
