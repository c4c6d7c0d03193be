"""The ad as PDF: in its layout where a renderer is installed, plain otherwise. Never empty-handed."""

import logging
import re
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from fpdf import FPDF
from fpdf.errors import FPDFException

from recruitment.advertising.models import JobAdvertisement

logger = logging.getLogger(__name__)
LONGEST = 30.0  # seconds a renderer may take
#: Who knows the layouts gives style and body of the page, with everything in it. Filled by the pages.
page_makers: list[Callable[[JobAdvertisement], str]] = []
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"  # nothing runs, nothing is loaded
)
FONTS = ("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",)


def as_pdf(ad: JobAdvertisement) -> bytes:
    """A PDF of the frozen version."""
    if settings.PDF_RENDERER and page_makers:
        try:
            return rendered(page_makers[0](ad), ad.language)
        except (OSError, subprocess.SubprocessError) as error:
            logger.warning("the PDF renderer failed (%s): the plain ad is used", type(error).__name__)
    return plain(ad)


def rendered(contents: str, language: str) -> bytes:
    """What the browser prints of a page that may load nothing. Raises OSError or SubprocessError."""
    head = f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    html = f'<!doctype html><html lang="{language}"><head>{head}</head><body>{contents}</body></html>'
    with tempfile.TemporaryDirectory(prefix="opslag-pdf-") as folder:
        source, target = Path(folder, "ad.html"), Path(folder, "ad.pdf")
        source.write_text(html, encoding="utf-8")
        command = [
            settings.PDF_RENDERER, "--headless", "--no-sandbox", "--disable-gpu", "--disable-extensions",
            "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND",
            f"--user-data-dir={folder}/profile", "--no-pdf-header-footer", f"--print-to-pdf={target}", source.as_uri(),
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
