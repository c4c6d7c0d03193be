"""A letter on paper: the words as they are kept, as a PDF for a window envelope."""

import datetime as dt
import re
from pathlib import Path

from django.utils import formats
from django.utils.translation import override
from fpdf import FPDF
from fpdf.errors import FPDFException

from recruitment import clock
from recruitment.audit.record import record
from recruitment.mail.models import Message
from recruitment.people.actor import Actor
from recruitment.people.models import Candidate

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
MARGIN = 20
WINDOW = 45  # millimetres from the top to the address
SMALL, USUAL, LARGE = 9.0, 11.0, 13.0


class Paper(FPDF):
    """A4 with one font: DejaVu where it is installed, else the Latin-1 of every PDF reader."""

    def __init__(self) -> None:
        super().__init__(format="A4")
        self.family = "Helvetica"
        if FONT.exists():
            self.add_font("Words", "", str(FONT))
            self.family = "Words"
        self.set_margins(MARGIN + 5, MARGIN)
        self.set_auto_page_break(auto=True, margin=MARGIN)
        self.add_page()

    def say(self, words: str, size: float = USUAL) -> None:
        """A paragraph; a sign wider than the page is left out."""
        kept = re.sub(r"[^\S\n]+", " ", words)
        if self.family != "Words":
            kept = kept.encode("latin-1", "replace").decode("latin-1")
        self.set_font(self.family, size=size)
        try:
            self.multi_cell(0, size * 0.5, kept, new_x="LMARGIN", new_y="NEXT")
        except FPDFException:
            self.ln(size * 0.5)


def as_pdf(letter: Message, *, actor: Actor) -> bytes:
    """The letter, to print; printing is noted in the trail."""
    record(actor, "letter.print", letter)
    paper = Paper()
    paper.set_title(letter.subject)
    paper.set_lang(letter.language)
    paper.set_creator("Opslag")
    institution = letter.institution
    with override(letter.language):
        paper.say(sender_line(letter), SMALL)
        paper.set_y(WINDOW)
        paper.say("\n".join(address_lines(letter.candidate)))
        paper.set_y(WINDOW + 35)
        paper.say(date_line(institution.city, clock.today()))
        paper.ln(4)
        paper.say(letter.subject, LARGE)
        paper.ln(4)
        paper.say(letter.text)
    return bytes(paper.output())


def sender_line(letter: Message) -> str:
    """Who writes, in one line."""
    institution = letter.institution
    place = f"{institution.postal_code} {institution.city}".strip()
    return " · ".join(
        part for part in (institution.name, institution.address, place, institution.support_phone) if part
    )


def address_lines(person: Candidate | None) -> list[str]:
    """Whom it goes to; without an address only the name, which somebody must complete."""
    if person is None:
        return []
    town = f"{person.postal_code} {person.city}".strip()
    return [line for line in (person.full_name, person.address, town) if line]


def has_address(letter: Message) -> bool:
    """Whether the letter can be posted as it is printed."""
    person = letter.candidate
    return bool(person and person.address and person.city)


def date_line(town: str, day: dt.date) -> str:
    """As in “Viborg, 3. maj 2026”."""
    written = formats.date_format(day, "DATE_FORMAT")
    return f"{town}, {written}" if town else written
