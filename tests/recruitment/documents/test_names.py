"""The name a file is shown and saved under."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitment.documents.names import MAX_NAME_LENGTH, clean_filename, content_disposition, with_extension


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("CV for Åse.pdf", "CV for Åse.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\x.pdf", "x.pdf"),
        ("C:\\Users\\ida\\cv.pdf", "cv.pdf"),
        ("cv\0.pdf", "cv.pdf"),
        ("cv\r\nSet-Cookie: a=b.pdf", "cv Set-Cookie_ a=b.pdf"),
        ("cv\u202efdp.exe", "cvfdp.exe"),
        ("cv.pdf.exe", "cv.pdf.exe"),
        ("CON.pdf", "_CON.pdf"),
        ("nul", "_nul"),
        ("Con.arne.pdf", "_Con.arne.pdf"),
        (".htaccess", "htaccess"),
        ("..", "document"),
        ("", "document"),
        ("   ", "document"),
        ("cv.pdf. ", "cv.pdf"),
        ("cv \u2028 2.pdf", "cv 2.pdf"),
        ("A\u030ase.pdf", "Åse.pdf"),
        ("😀 cv.pdf", "😀 cv.pdf"),
        ('a<b>"c|d?*.pdf', "a_b__c_d__.pdf"),
        ("a" * 400 + ".pdf", "a" * 116 + ".pdf"),
        ("cv\ud800.pdf", "cv.pdf"),
    ],
)
def test_a_shown_name_is_clean(given_name, shown):
    assert clean_filename(given_name) == shown


@given(st.text() | st.text(alphabet="./\\ \0\u202eCONcon1.pdf"))
def test_every_name_becomes_a_clean_one(given_name):
    shown = clean_filename(given_name)

    assert 0 < len(shown) <= MAX_NAME_LENGTH
    assert clean_filename(shown) == shown
    assert not set(shown) & set('/\\\0\r\n<>:"|?*')
    assert not shown.startswith(".")
    assert unicodedata.is_normalized("NFC", shown)
    shown.encode()


def test_a_new_type_gets_its_extension():
    assert with_extension("Bevis.1.HEIC", "jpg") == "Bevis.1.jpg"


def test_a_file_is_offered_as_an_attachment_with_both_forms_of_its_name():
    assert (
        content_disposition("Ansøgning – Åse.pdf")
        == "attachment; filename=\"Ansogning - Ase.pdf\"; filename*=UTF-8''Ans%C3%B8gning%20%E2%80%93%20%C3%85se.pdf"
    )


@given(st.text())
def test_no_name_escapes_its_header(name):
    header = content_disposition(name)
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
    assert header.startswith("attachment; ")
