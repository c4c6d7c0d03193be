"""What the reader shows in a file's place."""

import io

import docx
import fpdf
import pytest
from PIL import Image

from recruitment.documents import drawing, rendering
from recruitment.documents.inspection import inspect
from recruitment.documents.rendering import Unreadable, render
from tests.recruitment.documents import makers as make

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"


def pixels(page) -> Image.Image:
    return Image.open(io.BytesIO(page.content))


@pytest.mark.parametrize(
    ("name", "pages", "words"),
    [
        ("latex.pdf", 2, "Erfaring med sagsbehandling"),
        ("chromium.pdf", 2, "Økonomi og æblegrød"),
        ("libreoffice.pdf", 1, "Jeg søger stillingen som sagsbehandler"),
        ("libreoffice-pdfa.pdf", 1, "Ansøgning fra Maja Holm"),
    ],
)
def test_a_pdf_is_shown_as_pictures_of_its_pages_with_their_words(name, pages, words):
    shown = render(make.written_by(name), PDF)

    assert (len(shown.pages), shown.page_count, shown.is_complete, shown.html) == (pages, pages, True, None)
    assert words in shown.text
    assert words in shown.pages[0].text
    with pixels(shown.pages[0]) as picture:
        assert (picture.format, picture.size) == ("WEBP", (shown.pages[0].width, shown.pages[0].height))
        assert picture.convert("L").getextrema()[0] < 100  # there is ink on it


def test_a_scan_is_shown_without_words():
    shown = render(make.scanned_pdf(), PDF)
    assert ([page.text for page in shown.pages], shown.text.strip()) == (["", ""], "")


def test_what_was_typed_into_a_form_is_on_the_picture():
    shown = render(make.filled_form_pdf(), PDF)
    with pixels(shown.pages[0]) as picture:
        assert picture.convert("L").getextrema()[0] < 100


def test_of_a_long_document_the_first_pages_are_shown_and_the_rest_is_owned_up_to():
    shown = render(make.saved(make.blank_pdf(drawing.MAX_SHOWN_PAGES + 3)), PDF)
    assert (len(shown.pages), shown.page_count, shown.is_complete) == (
        drawing.MAX_SHOWN_PAGES,
        drawing.MAX_SHOWN_PAGES + 3,
        False,
    )


def test_a_page_as_large_as_a_house_is_shown_small():
    pdf = make.blank_pdf()
    pdf.pages[0].mediabox = [0, 0, 14_400, 14_400]
    [page] = render(make.saved(pdf), PDF).pages
    assert max(page.width, page.height) <= drawing.MAX_PAGE_SIDE


def test_a_content_stream_that_unpacks_to_much_is_drawn_within_the_budget_or_not_at_all():
    shown = render(make.pdf_with_large_stream(120_000_000), PDF)
    assert len(shown.pages) == 1


def test_a_file_that_shows_nothing_says_so(monkeypatch):
    monkeypatch.setattr(rendering, "READING", rendering.READING._replace(cpu=1, wall=1, memory=1))
    with pytest.raises(Unreadable):
        render(make.written_by("latex.pdf"), PDF)


@pytest.mark.parametrize(
    ("content", "mime"), [(b"%PDF-1.4 nonsense", PDF), (b"PK", DOCX), (b"PK", ODT), (b"x", "image/png")]
)
def test_a_file_that_is_broken_in_the_store_is_unreadable(content, mime):
    with pytest.raises(Unreadable):
        render(content, mime)


def test_a_word_document_is_shown_as_words_with_its_outline_links_header_and_pictures():
    shown = render(make.word_docx(), DOCX)

    assert "<h2>CV for Ida Krogh</h2>" in shown.html
    assert '<a href="https://example.dk/ida" rel="noopener noreferrer nofollow">Min side</a>' in shown.html
    assert "<header><p>Ida Krogh, tlf. 12 34 56 78</p></header>" in shown.html
    assert '<span data-picture="1">[1]</span>' in shown.html
    assert "<td><p>2019</p></td>" in shown.html
    assert shown.text.startswith("Ida Krogh, tlf. 12 34 56 78\nCV for Ida Krogh\nØkonomi og forvaltning. Min side")
    assert [(page.width, page.height, page.mime) for page in shown.pages] == [(300, 200, "image/webp")]
    assert shown.is_complete


def test_a_word_document_brings_no_markup_of_its_own_and_no_picture_from_outside():
    document = docx.Document()
    document.add_paragraph('<script>alert(1)</script><img src="//evil.example/a.png">')

    shown = render(make.saved_docx(document), DOCX)

    assert "<script" not in shown.html
    assert "<img" not in shown.html
    assert "&lt;script&gt;" in shown.html


def test_an_open_document_is_shown_as_words_with_its_outline():
    shown = render(make.written_by("libreoffice.odt"), ODT)

    assert shown.html.startswith("<h2>Ansøgning fra Maja Holm</h2><p>Jeg søger stillingen som sagsbehandler.")
    assert "<li><p>Forvaltningsret</p></li>" in shown.html
    assert shown.text.splitlines() == [
        "Ansøgning fra Maja Holm",
        "Jeg søger stillingen som sagsbehandler. Se min side eller skriv.",
        "Forvaltningsret",
        "Økonomi",
        "2019",
        "Fuldmægtig",
        "Med venlig hilsen",
    ]


def test_a_word_document_longer_than_can_be_shown_is_cut_and_owned_up_to():
    document = docx.Document()
    document.add_paragraph("ord " * 150_000)

    shown = render(make.saved_docx(document), DOCX)

    assert (len(shown.text), shown.is_complete) == (500_000, False)
    assert shown.html.endswith("</p>")


def test_an_open_documents_signs_stay_signs():
    shown = render(make.odt_saying("Med venlig hilsen", "&lt;script&gt;alert(1)&lt;/script&gt;"), ODT)
    assert "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>" in shown.html


@pytest.mark.parametrize(
    ("content", "name"), [(make.phone_jpeg(), "a.jpg"), (make.png(), "a.png"), (make.phone_heic(), "a.heic")]
)
def test_a_picture_is_one_page(content, name):
    kept = inspect(io.BytesIO(content), name)
    [page] = render(kept.content, kept.mime).pages
    with pixels(page) as picture:
        assert picture.format == "WEBP"


def test_text_is_shown_as_it_is():
    shown = render("Æ\n<b>".encode(), "text/plain; charset=utf-8")
    assert (shown.text, shown.html, shown.pages, shown.is_complete) == ("Æ\n<b>", None, (), True)


def test_words_that_a_database_refuses_do_not_come_out():
    page = fpdf.FPDF()
    page.add_page()
    page.set_font("Helvetica")
    page.cell(text="a\x01b")
    assert "\x01" not in render(bytes(page.output()), PDF).text
