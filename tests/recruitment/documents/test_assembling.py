"""Photos of papers become one document."""

import io

import pikepdf
import pytest

from recruitment.documents.assembling import MAX_PHOTOS, photos_into_pdf
from recruitment.documents.inspection import inspect
from recruitment.documents.refusals import Refused
from recruitment.documents.rendering import render
from tests.recruitment.documents import makers as make

A4 = (595, 842)


def sheet_sizes(content: bytes) -> list[tuple[int, int]]:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [(round(float(page.mediabox[2])), round(float(page.mediabox[3]))) for page in pdf.pages]


def test_each_photo_is_an_a4_page_in_the_order_given_turned_as_it_was_held():
    upright, lying = make.phone_jpeg((400, 300), orientation=6), make.phone_jpeg((400, 300), orientation=1)

    assert sheet_sizes(photos_into_pdf([upright, lying, make.phone_heic(), make.png((200, 300))])) == [
        A4,
        A4[::-1],
        A4[::-1],
        A4,
    ]


def test_the_document_passes_the_gate_and_can_be_shown():
    made = photos_into_pdf([make.phone_jpeg((3000, 4000), orientation=1)] * 3)
    kept = inspect(io.BytesIO(made), "Eksamensbeviser.pdf")
    assert len(render(kept.content, kept.mime).pages) == 3


def test_the_same_photos_give_the_same_bytes_and_neither_place_nor_time():
    photos = [make.phone_jpeg(), make.png()]
    first = photos_into_pdf(photos)
    assert first == photos_into_pdf(photos)
    assert b"Exif" not in first


@pytest.mark.parametrize(
    ("photos", "code"),
    [([], "empty"), ([make.png((9, 9))] * (MAX_PHOTOS + 1), "too_many_photos"), ([make.png(), b"no photo"], "damaged")],
)
def test_what_cannot_be_put_together_is_refused_with_its_reason(photos, code):
    with pytest.raises(Refused) as refused:
        photos_into_pdf(photos)
    assert refused.value.code == code
    assert refused.value.messages[0]
