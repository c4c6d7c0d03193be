"""Binding applications into one PDF: a bookmark each, a watermark and a number on every page.

Only what we have made ourselves goes in: rendered pages as pictures and words as text, never an applicant's own file.
"""

import io
import logging
import re
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from fpdf import FPDF
from fpdf.errors import FPDFException
from PIL import Image

from recruitment.applications.blinding import redacted_words
from recruitment.applications.masking import is_hidden, words_of
from recruitment.applications.models import Application
from recruitment.applications.summary import answers_in_force
from recruitment.cases.models import RecruitmentCase
from recruitment.documents.discretion import readable
from recruitment.documents.models import Document, RenderState, ScanState
from recruitment.people.actor import Actor

logger = logging.getLogger(__name__)
FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
MARGIN = 18
LONGEST_SIDE, QUALITY = 1754, 70  # A4 at 150 dpi


class Sheets(FPDF):
    """Pages with the watermark above and the number below."""

    def __init__(self, mark: str) -> None:
        super().__init__(format="A4")
        self.mark = mark
        self.family = "Helvetica"
        if FONT.exists():
            self.add_font("Words", "", str(FONT))
            self.family = "Words"
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(auto=True, margin=MARGIN)
        self.alias_nb_pages()

    def header(self) -> None:
        """The watermark on every page."""
        self.set_font(self.family, size=7)
        self.set_text_color(110)
        self.set_xy(MARGIN, 6)
        self.multi_cell(self.w - 2 * MARGIN, 3, self.fitting(self.mark), align="C")
        self.set_text_color(0)
        self.set_y(MARGIN)

    def footer(self) -> None:
        """The number of the page and of all."""
        self.set_y(-12)
        self.set_font(self.family, size=8)
        self.cell(0, 6, f"{self.page_no()} / {{nb}}", align="C")

    def fitting(self, words: str) -> str:
        """Words that the font has letters for."""
        kept = re.sub(r"[^\S\n]+", " ", words)
        return kept if self.family == "Words" else kept.encode("latin-1", "replace").decode("latin-1")

    def write_words(self, words: str, size: float) -> None:
        """A paragraph."""
        self.set_font(self.family, size=size)
        try:
            self.multi_cell(0, size * 0.5, self.fitting(words), new_x="LMARGIN", new_y="NEXT")
        except FPDFException:  # one sign wider than the page
            logger.warning("a line of a folder could not be set")


class Folder:
    """One case's folder while it is bound, with the papers that `actor` may read."""

    def __init__(self, case: RecruitmentCase, mark: str, *, actor: Actor) -> None:
        self.actor = actor
        self.pdf = Sheets(mark)
        self.pdf.set_title(f"{case.case_number} {case.title}")
        self.pdf.set_lang("da")
        self.pdf.set_creator("Opslag")
        self.case = case

    def add(self, application: Application) -> None:
        """One applicant: who, the letter, the answers, then each document with a bookmark of its own."""
        pdf = self.pdf
        name = application.candidate.full_name or application.reference
        pdf.add_page()
        pdf.start_section(pdf.fitting(name))
        pdf.write_words(name, 18)
        pdf.write_words(f"{self.case.case_number} · {self.case.title} · {application.reference}", 10)
        if application.joined_to is not None:
            pdf.write_words(_("Handled as one with %s, which counts.") % application.joined_to.reference, 10)
        pdf.ln(4)
        if is_hidden(application):
            self._text(
                _("Application, redacted"),
                redacted_words(application) or _("Closed until somebody has been chosen for interview."),
            )
        elif application.motivation_text.strip():
            self._text(_("Application"), application.motivation_text)
        self._answers(application)
        if not is_hidden(application):
            papers = (
                application.documents.filter(replaced_at__isnull=True).order_by("created_at").prefetch_related("pages")
            )
            for document in readable(self.actor, papers):
                self._document(document)

    def _answers(self, application: Application) -> None:
        answers = answers_in_force(application)
        if answers:
            self.pdf.start_section(self.pdf.fitting(_("Answers")), level=1)
        for question, answer in answers:
            self.pdf.write_words(question, 11)
            shown = "\n".join(answer) if isinstance(answer, list) else answer
            self.pdf.write_words(words_of(application, shown) or "–", 10)
            self.pdf.ln(2)

    def _text(self, heading: str, words: str) -> None:
        self.pdf.start_section(self.pdf.fitting(heading), level=1)
        self.pdf.write_words(heading, 13)
        self.pdf.write_words(words, 10)
        self.pdf.ln(3)

    def _document(self, document: Document) -> None:
        """Its rendered pages; words where it has none; a line where nothing may be shown."""
        pdf = self.pdf
        pdf.add_page()
        pdf.start_section(pdf.fitting(document.filename), level=1)
        pages = list(document.pages.all())
        if document.scan_state == ScanState.INFECTED or document.render_state != RenderState.READY:
            pdf.write_words(document.filename, 13)
            pdf.write_words(_("The file cannot be shown as pages. It is read in the workbench."), 10)
        elif pages:
            for number, page in enumerate(pages):
                if number:
                    pdf.add_page()
                self._picture(page)
        else:
            pdf.write_words(document.filename, 13)
            pdf.write_words(document.text or "–", 10)

    def _picture(self, page: Any) -> None:
        try:
            with page.image.open("rb") as stored, Image.open(stored) as picture:
                small = picture.convert("RGB")
                small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
                kept = io.BytesIO()
                small.save(kept, "JPEG", quality=QUALITY)
        except (FileNotFoundError, OSError):
            self.pdf.write_words(_("A page is missing."), 10)
            return
        pdf = self.pdf
        kept.seek(0)
        pdf.image(kept, x=MARGIN, y=MARGIN, w=pdf.w - 2 * MARGIN, h=pdf.h - 2 * MARGIN - 4, keep_aspect_ratio=True)

    def finished(self) -> tuple[bytes, int]:
        """The bytes, and how many pages; never without one."""
        if not self.pdf.page_no():
            self.pdf.add_page()
            self.pdf.write_words(_("The folder is empty: you may not read these applications now."), 11)
        pages = self.pdf.page_no()
        return bytes(self.pdf.output()), pages
