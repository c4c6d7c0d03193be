"""The ad as PDF: as its page prints where a renderer is installed, plain otherwise. Never empty-handed."""

import logging
import re
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from fpdf import FPDF
from fpdf.errors import FPDFException

from recruitment.advertising.addresses import absolute
from recruitment.advertising.models import JobAdvertisement
from recruitment.advertising.queries import public_ads

logger = logging.getLogger(__name__)
LONGEST = 30.0  # seconds a renderer may take
READER = "Opslag-PDF"  # what the renderer calls itself, so that it is not counted as a visitor
FONTS = ("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",)


def as_pdf(ad: JobAdvertisement) -> bytes:
    """A PDF of the ad: its page in its layout while the public can see it, else its words."""
    if settings.PDF_RENDERER and public_ads().filter(pk=ad.pk).exists():
        try:
            return printed(absolute(ad.url))
        except (OSError, subprocess.SubprocessError) as error:
            logger.warning("the PDF renderer failed (%s): the plain ad is used", type(error).__name__)
    return plain(ad)


def printed(address: str) -> bytes:
    """What a browser prints of a page of ours; it reaches no other host. Raises OSError or SubprocessError."""
    own = urlsplit(settings.SITE_URL).hostname or ""
    if urlsplit(address).hostname != own:
        raise OSError(address)
    with tempfile.TemporaryDirectory(prefix="opslag-pdf-") as folder:
        target = Path(folder, "ad.pdf")
        command = [
            settings.PDF_RENDERER, "--headless", "--no-sandbox", "--disable-gpu", "--disable-extensions", "--disable-dev-shm-usage",
            f"--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE {own}", f"--user-agent={READER}",
            f"--user-data-dir={folder}/profile", "--no-pdf-header-footer", f"--print-to-pdf={target}", address,
        ]  # fmt: skip
        surroundings = {"HOME": folder, "PATH": "/usr/local/bin:/usr/bin:/bin"}
        subprocess.run(command, timeout=LONGEST, check=True, capture_output=True, cwd=folder, env=surroundings)
        return target.read_bytes()


def plain(ad: JobAdvertisement) -> bytes:
    """Headline, facts and words, one under the other."""
    pdf = FPDF(format="A4")
    pdf.set_title(ad.headline)
    pdf.set_lang(ad.language)
    pdf.set_margins(20, 20)
    pdf.set_auto_page_break(auto=True, margin=20)
    pdf.add_page()
    write = _writer(pdf)
    write(ad.headline, 18)
    for fact in ad.facts.values():
        write(f"{fact['label']}: {fact['value']}", 11)
    pdf.ln(4)
    write(ad.text, 11)
    write(ad.url, 11)
    return bytes(pdf.output())


def _writer(pdf: FPDF) -> Callable[[str, float], None]:
    """Letters of every language where the font is installed; else those of Latin-1, the others as question marks."""
    font = next((path for path in FONTS if Path(path).exists()), "")
    if font:
        pdf.add_font("Words", "", font)

    def write(words: str, size: float) -> None:
        pdf.set_font("Words" if font else "Helvetica", size=size)
        kept = re.sub(r"[^\S\n]+", " ", words)
        text = kept if font else _in_latin1(kept)
        try:
            pdf.multi_cell(0, size * 0.5, text, new_x="LMARGIN", new_y="NEXT")
        except FPDFException:  # one sign wider than the page
            logger.warning("a line of an ad could not be set")

    return write


def _in_latin1(words: str) -> str:
    simple = words.translate(
        {0x2013: "-", 0x2014: "-", 0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0x2022: "-", 0x2026: "..."}
    )
    return simple.encode("latin-1", "replace").decode("latin-1")
