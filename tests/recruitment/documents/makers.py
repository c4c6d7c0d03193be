"""Files as Word, a scanner, a phone and an attacker write them."""

import io
import struct
import zipfile
from pathlib import Path

import docx
import pikepdf
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image, ImageDraw

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "documents"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def written_by(name: str) -> bytes:
    """A fixture's bytes."""
    return (FIXTURES / name).read_bytes()


# ---- PDF


def blank_pdf(pages: int = 1) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
    return pdf


def saved(pdf: pikepdf.Pdf, **how: object) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **how)
    return out.getvalue()


def pdf_with_root(**members: object) -> bytes:
    """A blank page whose catalogue has these members."""
    pdf = blank_pdf()
    for name, value in members.items():
        pdf.Root[f"/{name}"] = value
    return saved(pdf)


def pdf_with_annotation(**members: object) -> bytes:
    """A blank page with one annotation."""
    pdf = blank_pdf()
    annotation = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]))
    for name, value in members.items():
        annotation[f"/{name}"] = value
    pdf.pages[0].Annots = Array([pdf.make_indirect(annotation)])
    return saved(pdf)


def pdf_with_link(target: str) -> bytes:
    return pdf_with_annotation(A=Dictionary(S=Name.URI, URI=String(target)))


def script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def pdf_with_hidden_script() -> bytes:
    """The action stands in an object stream, in no page's reach, nested in arrays."""
    pdf = blank_pdf()
    pdf.Root.PieceInfo = Dictionary(X=Array([Array([pdf.make_indirect(script())])]))
    return saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def pdf_with_embedded_program() -> bytes:
    pdf = blank_pdf()
    pdf.attachments["cv.exe"] = b"MZ" + bytes(100)
    return saved(pdf)


def pdf_with_stream(**members: object) -> bytes:
    pdf = blank_pdf()
    stream = Stream(pdf, b"x")
    for name, value in members.items():
        stream[f"/{name}"] = value
    pdf.pages[0].Resources = Dictionary(XObject=Dictionary(X=pdf.make_indirect(stream)))
    return saved(pdf)


def encrypted_pdf(user: str) -> bytes:
    return saved(blank_pdf(), encryption=pikepdf.Encryption(user=user, owner="owner"))


def cyclic_pdf() -> bytes:
    pdf = blank_pdf()
    pdf.Root.Pages.Kids.append(pdf.Root.Pages)
    return saved(pdf)


def pdf_with_many_objects(number: int) -> bytes:
    """Packed into object streams, so that a million fit into a few megabytes."""
    pdf = blank_pdf()
    pdf.Root.Junk = Array([pdf.make_indirect(Dictionary()) for _ in range(number)])
    return saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def pdf_with_endless_nesting() -> bytes:
    return raw_pdf(b"[" * 20_000 + b"]" * 20_000)


def pdf_with_packed_objects(size: int) -> bytes:
    """An object stream that unpacks to `size` bytes of blanks."""
    import zlib  # noqa: PLC0415

    packed = zlib.compress(b"4 0 " + b" " * size + b"null", 1)
    return raw_pdf(
        b"null",
        b"<</Type/ObjStm/N 1/First 4/Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
        compressed_object=True,
    )


def pdf_with_large_stream(size: int) -> bytes:
    """A page's content that unpacks to `size` zeros: harmless as long as nobody decodes it."""
    pdf = blank_pdf()
    pdf.pages[0].Contents = Stream(pdf, b"\0" * size)
    return saved(pdf, compress_streams=True)


def raw_pdf(extra: bytes, *more: bytes, compressed_object: bool = False) -> bytes:
    """A one-page PDF written by hand, whose catalogue points at `extra`; a cross-reference stream when asked for."""
    bodies = [b"<</Type/Catalog/Pages 2 0 R/X 4 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"]
    bodies += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"]
    bodies += list(more) if compressed_object else [extra, *more]
    numbers = [1, 2, 3, 5] if compressed_object else list(range(1, len(bodies) + 1))
    out, offsets = b"%PDF-1.5\n", {}
    for number, body in zip(numbers, bodies, strict=True):
        offsets[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    if compressed_object:
        rows = [(0, 0, 65535)] + [(2, 5, 0) if n == 4 else (1, offsets.get(n, start), 0) for n in range(1, 7)]
        table = b"".join(struct.pack("!BIH", *row) for row in rows)
        out += b"6 0 obj\n<</Type/XRef/Size 7/W[1 4 2]/Root 1 0 R/Length %d>>stream\n%s\nendstream\nendobj\n" % (
            len(table),
            table,
        )
    else:
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
        out += b"".join(b"%010d 00000 n \n" % offsets[n] for n in numbers)
        out += b"trailer\n<</Size %d/Root 1 0 R>>\n" % (len(bodies) + 1)
    return out + b"startxref\n%d\n%%%%EOF\n" % start


def scanned_pdf(pages: int = 2) -> bytes:
    """Pictures only, as a scanner writes."""
    sheets = [paper((1240, 1754)).convert("L") for _ in range(pages)]
    out = io.BytesIO()
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:], resolution=150)
    return out.getvalue()


# ---- pictures


def paper(size: tuple[int, int], ink: str = "black") -> Image.Image:
    """White, with a dark bar along the top, so that one sees which way is up."""
    sheet = Image.new("RGB", size, "white")
    ImageDraw.Draw(sheet).rectangle((0, 0, size[0], size[1] // 8), fill=ink)
    return sheet


def phone_jpeg(size: tuple[int, int] = (400, 300), orientation: int = 6) -> bytes:
    """Held upright: the sensor's rows lie on their side, Exif says so, and tells where the picture was taken."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Telefonmærke"
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    paper(size).save(out, "JPEG", exif=exif)
    return out.getvalue()


def phone_heic(size: tuple[int, int] = (400, 300)) -> bytes:
    import pillow_heif  # noqa: PLC0415

    out = io.BytesIO()
    pillow_heif.from_pillow(paper(size)).save(out, quality=60)
    return out.getvalue()


def png(size: tuple[int, int] = (300, 200), mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    paper(size).convert(mode).save(out, "PNG")
    return out.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    """A header of that size on one row of content."""
    import zlib  # noqa: PLC0415

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack("!I", len(content)) + kind + content + struct.pack("!I", zlib.crc32(kind + content))

    header = struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")
    )


# ---- Word and zip


def word_docx() -> bytes:
    """What Word leaves in a CV: links, a picture, header, the stock template's custom XML and thumbnail, the template on its own disk."""
    document = docx.Document()
    document.add_heading("CV for Ida Krogh", 1)
    paragraph = document.add_paragraph("Økonomi og forvaltning. ")
    link = document.part.relate_to("https://example.dk/ida", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    paragraph._p.append(
        parse_xml(
            f'<w:hyperlink {WORD} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
            f'r:id="{link}"><w:r><w:t>Min side</w:t></w:r></w:hyperlink>'
        )
    )
    document.add_picture(io.BytesIO(png()))
    document.add_table(1, 2).cell(0, 0).text = "2019"
    document.sections[0].header.paragraphs[0].text = "Ida Krogh, tlf. 12 34 56 78"
    document.part._settings_part.relate_to(
        "file:///C:\\Users\\ida\\AppData\\Roaming\\Microsoft\\Skabeloner\\Funktionelt%20CV.dotx",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate",
        is_external=True,
    )
    return saved_docx(document)


def saved_docx(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def docx_with_relation(kind: str, target: str) -> bytes:
    document = docx.Document()
    document.part.relate_to(
        target, f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}", is_external=True
    )
    return saved_docx(document)


def docx_with_field(*runs: str, prefix: str = "w") -> bytes:
    """A complex field whose code is spread over several runs."""
    document = docx.Document()
    code = "".join(
        f'<{prefix}:r><{prefix}:instrText xml:space="preserve">{run}</{prefix}:instrText></{prefix}:r>' for run in runs
    )
    document.element.body.insert(
        0,
        parse_xml(
            f'<{prefix}:p {WORD.replace(":w", f":{prefix}")}><{prefix}:r><{prefix}:fldChar {prefix}:fldCharType="begin"/></{prefix}:r>'
            f'{code}<{prefix}:r><{prefix}:fldChar {prefix}:fldCharType="end"/></{prefix}:r></{prefix}:p>'
        ),
    )
    return saved_docx(document)


def rezipped(original: bytes, changes: dict[str, bytes | None], *, first: str | None = None) -> bytes:
    """The archive with some parts replaced, added or (None) left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(original)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = changes.get(entry.filename, old.read(entry))
            if content is not None:
                new.writestr(entry, content)
        for name, content in changes.items():
            if content is not None and name not in old.namelist():
                new.writestr(name, content)
    return out.getvalue()


def docx_with(changes: dict[str, bytes | None]) -> bytes:
    return rezipped(word_docx(), changes)


def odt_with(changes: dict[str, bytes | None]) -> bytes:
    return rezipped(written_by("libreoffice.odt"), changes)


def odt_saying(old: str, new: str) -> bytes:
    """LibreOffice's document with something else in its content."""
    with zipfile.ZipFile(io.BytesIO(written_by("libreoffice.odt"))) as archive:
        content = archive.read("content.xml").decode()
    assert old in content
    return odt_with({"content.xml": content.replace(old, new, 1).encode()})


def docm() -> bytes:
    """A document with macros under a DOCX's name."""
    with zipfile.ZipFile(io.BytesIO(word_docx())) as archive:
        types = archive.read("[Content_Types].xml")
    macro = types.replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    return docx_with({"[Content_Types].xml": macro, "word/vbaProject.bin": OLE_MARK})


def docx_with_unsafe_name(name: str) -> bytes:
    return docx_with({name: b"x"})


def docx_with_symbolic_link() -> bytes:
    entry = zipfile.ZipInfo("word/media/link.png")
    entry.external_attr = 0o120777 << 16
    out = io.BytesIO(word_docx())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(entry, "/etc/passwd")
    return out.getvalue()


def docx_that_lies_about_sizes() -> bytes:
    """The directory claims ten bytes; a megabyte comes out."""
    content = bytearray(docx_with({"word/media/a.bin": b"0" * 1_000_000}))
    directory = content.rfind(b"PK\x01\x02", 0, content.rfind(b"word/media/a.bin"))
    struct.pack_into("<L", content, directory + 24, 10)
    return bytes(content)


def docx_with_encrypted_part() -> bytes:
    content = bytearray(word_docx())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = content.find(mark)
        content[position + offset] |= 1
    return bytes(content)


def docx_with_overlapping_parts() -> bytes:
    """Two names in the directory for the same bytes."""
    content = word_docx()
    end = content.rfind(b"PK\x05\x06")
    count, _again, _size, start = struct.unpack_from("<HHLL", content, end + 8)
    first_size = 46 + sum(struct.unpack_from("<3H", content, start + 28))
    directory = content[start:end] + content[start : start + first_size].replace(
        b"[Content_Types].xml", b"[Content_Typez].xml"
    )
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count + 1, count + 1, len(directory), start, 0)
    return content[:start] + directory + tail


def zipped(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def filled_form_pdf() -> bytes:
    """A text field with a value and an appearance that only a form filler draws."""
    pdf = blank_pdf()
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("navn"), V=String("Ida Krogh"), F=4,
            Rect=Array([50, 700, 400, 740]), DA=String("/Helv 24 Tf 0 g"),
        )
    )  # fmt: skip
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    pdf.pages[0].Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(
        Fields=Array([field]),
        NeedAppearances=True,
        DA=String("/Helv 24 Tf 0 g"),
        DR=Dictionary(Font=Dictionary(Helv=font)),
    )
    return saved(pdf)
