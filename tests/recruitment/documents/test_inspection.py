"""The gate lets ordinary files in and keeps the others out, each with its reason."""

import hashlib
import io
import resource
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from recruitment.documents import pdf
from recruitment.documents.inspection import MAX_FILE_BYTES, Refused, inspect
from recruitment.documents.refusals import SENTENCES
from tests.recruitment.documents import makers as make


def inspected(content: bytes, name: str):
    return inspect(io.BytesIO(content), name)


def refusal(content: bytes, name: str) -> str:
    with pytest.raises(Refused) as refused:
        inspected(content, name)
    assert refused.value.messages[0]
    return refused.value.code


ORDINARY = {
    "latex.pdf": lambda: make.written_by("latex.pdf"),
    "chromium.pdf": lambda: make.written_by("chromium.pdf"),
    "libreoffice.pdf": lambda: make.written_by("libreoffice.pdf"),
    "libreoffice-pdfa.pdf": lambda: make.written_by("libreoffice-pdfa.pdf"),
    "scanner.pdf": make.scanned_pdf,
    "objects-in-streams.pdf": lambda: make.pdf_with_many_objects(2000),
    "trailing-newlines.pdf": lambda: make.saved(make.blank_pdf()) + b"\r\n\0\0",
    "long-thesis.pdf": lambda: make.saved(make.blank_pdf(pdf.MAX_PAGES)),
    "libreoffice.docx": lambda: make.written_by("libreoffice.docx"),
    "word.docx": make.word_docx,
    "pasted-from-web.docx": lambda: make.docx_with_field(' INCLUDEPICTURE "https://example.dk/a.png" ', "\\* MERGEFORMATINET "),
    "page-numbers.docx": lambda: make.docx_with_field(" PAGE ", "\\* MERGEFORMAT"),
    "libreoffice.odt": lambda: make.written_by("libreoffice.odt"),
}  # fmt: skip


@pytest.mark.parametrize("name", ORDINARY)
def test_an_ordinary_document_is_kept_byte_for_byte(name):
    content = ORDINARY[name]()

    kept = inspected(content, name)

    assert kept.content == content
    assert (kept.filename, kept.extension, kept.size) == (name, name.rpartition(".")[2], len(content))
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    assert not kept.has_cpr


@pytest.mark.parametrize(
    "target",
    ["https://example.dk", "www.example.dk/maja", "tel:+4512345678", "mailto:a@example.dk", "Tlf: 12 34 56 78", "MAILTO:x@y.dk",
     "www.example.dk:8080/cv", "skype:maja?call"],
)  # fmt: skip
def test_a_pdf_may_link_to_pages_mails_and_calls(target):
    assert inspected(make.pdf_with_link(target), "cv.pdf").mime == "application/pdf"


HOSTILE_PDFS = {
    "script on open": (lambda: make.pdf_with_root(OpenAction=make.script()), "active_content"),
    "script in the name tree": (
        lambda: make.pdf_with_root(Names=Dictionary(JavaScript=Dictionary(Names=Array([String("a"), make.script()])))),
        "active_content",
    ),
    "script in an object stream": (make.pdf_with_hidden_script, "active_content"),
    "program started by leaving": (
        lambda: make.pdf_with_root(AA=Dictionary(WC=Dictionary(S=Name.Launch, F=String("cmd.exe")))),
        "active_content",
    ),
    "form sent to an address": (
        lambda: make.pdf_with_annotation(A=Dictionary(S=Name.SubmitForm, F=String("https://evil.example"))),
        "active_content",
    ),
    "film": (lambda: make.pdf_with_annotation(Subtype=Name.Screen), "active_content"),
    "xfa": (lambda: make.pdf_with_root(AcroForm=Dictionary(XFA=String("<xdp/>"))), "active_content"),
    "embedded program": (make.pdf_with_embedded_program, "embedded_files"),
    "paper clip": (lambda: make.pdf_with_annotation(Subtype=Name.FileAttachment), "embedded_files"),
    "embedded without a name": (lambda: make.pdf_with_stream(Type=Name.EmbeddedFile), "embedded_files"),
    "javascript link": (lambda: make.pdf_with_link("javascript:alert(1)"), "dangerous_link"),
    "javascript link in disguise": (lambda: make.pdf_with_link(" JaVa\nScript:alert(1)"), "dangerous_link"),
    "file link": (lambda: make.pdf_with_link("file:///C:/Windows/System32/calc.exe"), "dangerous_link"),
    "program link": (lambda: make.pdf_with_link("ms-msdt:/id PCWDiagnostic"), "dangerous_link"),
    "share link": (lambda: make.pdf_with_link("\\\\evil.example\\share\\a"), "dangerous_link"),
    "other document on a share": (
        lambda: make.pdf_with_annotation(A=Dictionary(S=Name.GoToR, F=String("\\\\evil.example\\a.pdf"))),
        "dangerous_link",
    ),
    "other document, named twice": (
        lambda: make.pdf_with_annotation(A=Dictionary(S=Name.GoToR, F=Dictionary(F=String("a.pdf"), UF=String("//evil/a.pdf")))),
        "dangerous_link",
    ),
    "two addresses for one link": (
        lambda: make.raw_pdf(b"<</S/URI/URI(javascript:1)/URI(https://example.dk)>>"),
        "damaged",
    ),
    "stream kept elsewhere": (lambda: make.pdf_with_stream(F=String("https://evil.example/x")), "outside_content"),
    "page borrowed from elsewhere": (
        lambda: make.pdf_with_stream(Subtype=Name.Form, Ref=Dictionary(F=String("a.pdf"))),
        "outside_content",
    ),
    "password": (lambda: make.encrypted_pdf("secret"), "password_protected"),
    "owner's password": (lambda: make.encrypted_pdf(""), "password_protected"),
    "web page before": (lambda: b"<html><script>1</script>" + make.saved(make.blank_pdf()), "disguised"),
    "web page inside the first bytes": (lambda: b"%PDF-1.4\n%<html><script>1</script>\n" + make.written_by("latex.pdf")[9:], "disguised"),
    "web page after": (lambda: make.saved(make.blank_pdf()) + b"<html><script>1</script></html>", "disguised"),
    "zip after": (lambda: make.saved(make.blank_pdf()) + make.zipped({"a": b"b"}), "disguised"),
    "truncated": (lambda: make.written_by("latex.pdf")[:-2000], "damaged"),
    "only a header": (lambda: b"%PDF-1.7\n", "damaged"),
    "cyclic page tree": (make.cyclic_pdf, "damaged"),
    "5,000 pages": (lambda: make.saved(make.blank_pdf(5000)), "too_many_pages"),
    "a page too many": (lambda: make.saved(make.blank_pdf(pdf.MAX_PAGES + 1)), "too_many_pages"),
    "an object too many": (lambda: make.pdf_with_many_objects(pdf.MAX_OBJECTS + 1), "too_heavy"),
    "endless nesting": (make.pdf_with_endless_nesting, "too_heavy"),
    "300 megabytes of packed objects": (lambda: make.pdf_with_packed_objects(300_000_000), "too_heavy"),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE_PDFS)
def test_a_hostile_pdf_is_refused_with_its_reason(kind):
    maker, code = HOSTILE_PDFS[kind]
    assert refusal(maker(), "cv.pdf") == code


def test_a_million_objects_are_refused_within_the_budget():
    content = make.pdf_with_many_objects(1_000_000)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)

    assert refusal(content, "cv.pdf") in {"too_heavy", "damaged"}  # which one depends on where memory ran out

    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 3.1


def test_a_large_stream_that_nobody_decodes_is_let_in():
    content = make.pdf_with_large_stream(120_000_000)
    assert len(content) < 200_000
    assert inspected(content, "cv.pdf").content == content


WORD_RELATIONS = {
    ("attachedTemplate", "https://evil.example/t.dotm"): "outside_content",
    ("attachedTemplate", "file:///\\\\evil.example\\t.dotm"): "outside_content",
    ("attachedTemplate", "\\\\evil.example\\t.dotm"): "outside_content",
    ("image", "https://evil.example/pixel.png"): "outside_content",
    ("frame", "https://evil.example/"): "outside_content",
    ("oleObject", "https://evil.example/a.hta"): "embedded_files",
    ("hyperlink", "javascript:alert(1)"): "dangerous_link",
    ("hyperlink", "file:///C:/Windows/System32/calc.exe"): "dangerous_link",
    ("hyperlink", "ms-word:ofe|u|https://evil.example"): "dangerous_link",
}


@pytest.mark.parametrize(("kind", "target"), WORD_RELATIONS)
def test_a_docx_that_reaches_outside_is_refused(kind, target):
    assert refusal(make.docx_with_relation(kind, target), "cv.docx") == WORD_RELATIONS[kind, target]


HOSTILE_DOCX = {
    "macros under another name": (make.docm, "active_content"),
    "macro part": (lambda: make.docx_with({"word/vbaProject.bin": b"x"}), "active_content"),
    "activex": (lambda: make.docx_with({"word/activeX/activeX1.xml": b"<a/>"}), "active_content"),
    "program": (lambda: make.docx_with({"word/media/image9.png": b"MZ" + bytes(60) + b"PE\0\0"}), "active_content"),
    "ole object": (lambda: make.docx_with({"word/media/image9.png": make.OLE_MARK}), "embedded_files"),
    "packed sheet": (lambda: make.docx_with({"word/embeddings/sheet1.xlsx": b"x"}), "embedded_files"),
    "archive in the archive": (lambda: make.docx_with({"word/media/a.bin": make.zipped({"a": b"b"})}), "embedded_files"),
    "dde": (lambda: make.docx_with_field(" DDEAUTO c:\\\\windows\\\\cmd.exe "), "outside_content"),
    "dde in pieces": (lambda: make.docx_with_field(" DD", "EAU", "TO cmd "), "outside_content"),
    "dde under another prefix": (lambda: make.docx_with_field(" DDE cmd ", prefix="v"), "outside_content"),
    "picture on a share": (lambda: make.docx_with_field(' INCLUDEPICTURE "\\\\evil.example\\a.png" '), "outside_content"),
    "entity bomb": (
        lambda: make.docx_with({"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        "active_content",
    ),
    "broken xml": (lambda: make.docx_with({"word/document.xml": b"<w:document"}), "damaged"),
    "not a word document": (lambda: make.zipped({"a.txt": b"b"}), "disguised"),
    "spreadsheet": (lambda: make.zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<a/>"}), "disguised"),
    "odt": (lambda: make.written_by("libreoffice.odt"), "disguised"),
    "path upwards": (lambda: make.docx_with_unsafe_name("../../etc/cron.d/x"), "disguised"),
    "path from the root": (lambda: make.docx_with_unsafe_name("/etc/passwd"), "disguised"),
    "path of windows": (lambda: make.docx_with_unsafe_name("C:\\x"), "disguised"),
    "symbolic link": (make.docx_with_symbolic_link, "disguised"),
    "same name twice": (lambda: make.docx_with_unsafe_name("WORD/document.xml"), "disguised"),
    "overlapping parts": (make.docx_with_overlapping_parts, "disguised"),
    "bytes before": (lambda: b"<html>" + make.word_docx(), "disguised"),
    "bytes after": (lambda: make.word_docx() + b"<html>", "disguised"),
    "sizes that lie": (make.docx_that_lies_about_sizes, "damaged"),
    "encrypted part": (make.docx_with_encrypted_part, "password_protected"),
    "truncated": (lambda: make.word_docx()[:3000], "damaged"),
    "flat bomb": (lambda: make.docx_with({"word/media/a.bin": bytes(200_000_000)}), "bomb"),
    "bomb within the size": (lambda: make.docx_with({"word/media/a.bin": bytes(40_000_000)}), "bomb"),
    "600 parts": (lambda: make.docx_with({f"word/media/{n}.bin": b"x" for n in range(600)}), "bomb"),
    "100,000 parts": (lambda: make.zipped({str(n): b"" for n in range(65_000)}), "bomb"),
    "old word with a new name": (lambda: make.written_by("libreoffice.doc"), "old_word"),
    "word with a password": (
        lambda: make.OLE_MARK + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600),
        "password_protected",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE_DOCX)
def test_a_hostile_docx_is_refused_with_its_reason(kind):
    maker, code = HOSTILE_DOCX[kind]
    assert refusal(maker(), "cv.docx") == code


LISTENER = '<office:scripts><office:event-listeners xmlns:script="urn:x"><script:event-listener/></office:event-listeners></office:scripts>'
HOSTILE_ODT = {
    "macro library": (lambda: make.odt_with({"Basic/Standard/a.xml": b"<a/>"}), "active_content"),
    "python script": (lambda: make.odt_with({"Scripts/python/a.py": b"x"}), "active_content"),
    "event listener": (lambda: make.odt_saying("<office:body>", f"{LISTENER}<office:body>"), "active_content"),
    "dde": (lambda: make.odt_saying("<text:h ", '<text:dde-connection-decl office:name="a"/><text:h '), "outside_content"),
    "picture from elsewhere": (
        lambda: make.odt_saying("<text:h ", '<draw:image xlink:href="https://evil.example/a.png"/><text:h '),
        "outside_content",
    ),
    "section from elsewhere": (
        lambda: make.odt_saying("<text:h ", '<text:section-source xlink:href="../secret.odt"/><text:h '),
        "outside_content",
    ),
    "javascript link": (lambda: make.odt_saying("https://example.dk/maja", "javascript:alert(1)"), "dangerous_link"),
    "password": (
        lambda: make.odt_with({"META-INF/manifest.xml": b"<manifest><encryption-data/></manifest>"}),
        "password_protected",
    ),
    "spreadsheet": (lambda: make.odt_with({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "disguised"),
    "docx": (make.word_docx, "disguised"),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE_ODT)
def test_a_hostile_odt_is_refused_with_its_reason(kind):
    maker, code = HOSTILE_ODT[kind]
    assert refusal(maker(), "cv.odt") == code


OTHER_FILES = {
    "empty": (b"", "cv.pdf", "empty"),
    "one byte": (b"%", "cv.pdf", "disguised"),
    "only zeros": (bytes(500), "cv.pdf", "empty"),
    "too large": (b"%PDF-1.4" + bytes(MAX_FILE_BYTES), "cv.pdf", "too_large"),
    "program": (b"MZ" + bytes(99), "cv.exe", "wrong_type"),
    "program behind a pdf's name": (b"MZ" + bytes(99), "cv.pdf.exe", "wrong_type"),
    "program with a pdf's name": (b"MZ" + bytes(99), "cv.pdf", "disguised"),
    "elf as text": (b"\x7fELF" + b"a" * 99, "cv.txt", "disguised"),
    "page": (b"<html></html>", "cv.html", "wrong_type"),
    "page as text": (b"  <!DOCTYPE html><script>1</script>", "cv.txt", "disguised"),
    "page as picture": (b"<html></html>", "foto.jpg", "disguised"),
    "drawing with a script": (b"<svg onload='x'/>", "foto.svg", "wrong_type"),
    "drawing as text": (b"<svg onload='x'/>", "foto.txt", "disguised"),
    "script": (b"alert(1)", "cv.js", "wrong_type"),
    "shell script as text": (b"#!/bin/sh\nrm", "cv.txt", "disguised"),
    "gif and zip": (b"GIF89a" + make.zipped({"a": b"b"}), "foto.gif", "wrong_type"),
    "gif as jpg": (b"GIF89a" + bytes(50), "foto.jpg", "disguised"),
    "rtf": (b"{\\rtf1 hej}", "cv.rtf", "old_word"),
    "rtf as text": (b"{\\rtf1 hej}", "cv.txt", "disguised"),
    "old word": (make.OLE_MARK, "cv.doc", "old_word"),
    "no extension": (b"hej", "cv", "wrong_type"),
    "hidden file": (b"hej", ".htaccess", "wrong_type"),
    "text that is not": (bytes(range(256)), "cv.txt", "not_text"),
    "text with a NUL": (b"hej\0hej", "cv.txt", "not_text"),
    "text without words": (b" \n\t ", "cv.txt", "empty"),
    "foreign signs throughout": (bytes(range(192, 256)), "cv.txt", "not_text"),
    "jpg cut short": (make.phone_jpeg()[:900], "foto.jpg", "damaged"),
    "png with a jpg's name": (make.png(), "foto.jpg", "disguised"),
    "png of 900 million pixels": (make.png_that_claims(30_000, 30_000), "foto.png", "too_many_pixels"),
    "png that holds less than it says": (make.png_that_claims(3000, 3000), "foto.png", "damaged"),
    "heic cut short": (make.phone_heic()[:300], "foto.heic", "damaged"),
    "film with a heic's name": (b"\0\0\0\x18ftypmp42" + bytes(50), "foto.heic", "disguised"),
}  # fmt: skip


@pytest.mark.parametrize("kind", OTHER_FILES)
def test_what_is_no_document_or_picture_is_refused_with_its_reason(kind):
    content, name, code = OTHER_FILES[kind]
    assert refusal(content, name) == code


def test_every_reason_has_a_test_that_meets_it():
    met = {code for _maker, code in [*HOSTILE_PDFS.values(), *HOSTILE_DOCX.values(), *HOSTILE_ODT.values()]}
    met |= {code for _content, _name, code in OTHER_FILES.values()}
    assert set(SENTENCES) - met == {"too_many_photos"}  # met in test_assembling


def test_a_phone_photo_is_turned_upright_and_tells_nothing_but_the_picture():
    kept = inspected(make.phone_jpeg((400, 300), orientation=6), "IMG_1.JPEG")

    with Image.open(io.BytesIO(kept.content)) as picture:
        assert picture.size == (300, 400)
        assert picture.getpixel((290, 200))[0] < 60  # the bar that lay on top now stands on the right
        assert dict(picture.getexif()) == {}
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert (kept.mime, kept.extension, kept.filename) == ("image/jpeg", "jpg", "IMG_1.JPEG")


def test_heic_becomes_jpg_in_content_and_name():
    kept = inspected(make.phone_heic(), "Eksamensbevis.HEIC")

    with Image.open(io.BytesIO(kept.content)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (400, 300))
    assert (kept.mime, kept.extension, kept.filename) == ("image/jpeg", "jpg", "Eksamensbevis.jpg")


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_of_every_sort_is_drawn_anew_with_the_bar_still_on_top(mode):
    kept = (
        inspected(make.png(mode="RGB" if mode == "I;16" else mode), "a.png")
        if mode != "I;16"
        else inspected(_deep_grey(), "a.png")
    )

    with Image.open(io.BytesIO(kept.content)) as picture:
        grey = picture.convert("L")
        assert (grey.getpixel((5, 5)) < 40, grey.getpixel((5, 190)) > 215) == (True, True)


def _deep_grey() -> bytes:
    sheet = Image.new("I;16", (300, 200), 65535)
    sheet.paste(0, (0, 0, 300, 25))
    out = io.BytesIO()
    sheet.save(out, "PNG")
    return out.getvalue()


def test_what_hides_behind_a_picture_is_gone():
    kept = inspected(make.phone_jpeg() + b"<?php system($_GET[1]); ?>" + make.zipped({"a": b"b"}), "foto.jpg")
    assert b"<?php" not in kept.content
    assert not zipfile.is_zipfile(io.BytesIO(kept.content))


@pytest.mark.parametrize(
    ("content", "kept_text"),
    [
        ("Æblegrød\r\nog øl".encode(), "Æblegrød\nog øl"),
        ("\ufeffÆblegrød".encode(), "Æblegrød"),
        ("Rødgrød med fløde – «og øl»".encode("cp1252"), "Rødgrød med fløde – «og øl»"),
        ("Æblegrød".encode("utf-16"), "Æblegrød"),
    ],
)
def test_text_of_every_editor_is_kept_as_utf8(content, kept_text):
    kept = inspected(content, "ansøgning.txt")
    assert (kept.content.decode(), kept.mime) == (kept_text, "text/plain; charset=utf-8")


CPR = "010190-1234"


def test_a_cpr_number_is_noticed_wherever_it_can_be_read():
    import docx  # noqa: PLC0415

    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = f"Ida Krogh {CPR}"
    found = {
        "txt": inspected(f"Mit cpr-nummer er {CPR}.".encode(), "a.txt").has_cpr,
        "docx header": inspected(make.saved_docx(document), "a.docx").has_cpr,
        "odt": inspected(make.odt_saying("Med venlig hilsen", CPR), "a.odt").has_cpr,
        "pdf": inspected(_pdf_saying(CPR), "a.pdf").has_cpr,
        "name": inspected(make.png(), f"CV {CPR}.png").has_cpr,
    }
    assert found == dict.fromkeys(found, True)


def _pdf_saying(words: str) -> bytes:
    import fpdf  # noqa: PLC0415

    page = fpdf.FPDF()
    page.add_page()
    page.set_font("Helvetica")
    page.cell(text=words)
    return bytes(page.output())


@settings(max_examples=20, deadline=None)
@given(
    st.sampled_from(["latex.pdf", "libreoffice.docx", "libreoffice.odt"]),
    st.integers(0, 5000),
    st.binary(min_size=1, max_size=40),
)
def test_a_file_with_a_fault_anywhere_is_let_in_or_refused(name, place, fault):
    content = bytearray(make.written_by(name))
    content[place : place + len(fault)] = fault
    try:
        assert inspected(bytes(content), name).size == len(content)
    except Refused as refused:
        assert refused.messages[0]  # noqa: PT017 - both ends are right, nothing else is
