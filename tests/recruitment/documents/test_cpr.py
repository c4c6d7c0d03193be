"""CPR numbers are found in what people write, and other numbers are left in peace (INV-18)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitment.documents.cpr import find_cpr_numbers, mask


@pytest.mark.parametrize(
    "text",
    [
        "010190-1234",
        "Mit cpr-nummer er 010190-1234.",
        "0101901234",
        "CPR: 010190 1234",
        "010190 – 1234",
        "(290200-4123)",
        "født 311299-1111, gift",
        "CV_010190-1234.pdf",
        "010190-\n1234",
        "Personnr.010190-1234",
    ],
)
def test_a_cpr_number_is_found(text):
    [(start, end)] = find_cpr_numbers(text)
    digits = [sign for sign in text[start:end] if sign.isdigit()]
    assert (len(digits), text[start].isdigit(), text[end - 1].isdigit()) == (10, True, True)


@pytest.mark.parametrize(
    "text",
    [
        "Tlf. 12 34 56 78",
        "+45 12345678",
        "Mobil: 0701234567",
        "Telefonnummer 0101901234",
        "Sagsnr. 010190-1234",
        "J.nr. 010120-0042",
        "Sagsnummer: 0101901234",
        "Konto 1234 0101901234",
        "1234 0101901234",
        "Kontonr.: 0101901234",
        "DK5001010190123456",
        "CVR 12345678",
        "EAN 5798000123456",
        "ISBN 0306406157",
        "321390-1234",
        "011390-1234",
        "290201-1234",
        "310490-1234",
        "010158-5678",
        "2024-010190-1234",
        "010190-12345",
        "1010190-1234",
        "010190-1234-5",
        "550e8400-e29b-41d4-a716-0101901234ab",
        "https://example.dk/0101901234a",
        "01.01.1990",
        "2019-2023",
    ],
)
def test_other_numbers_are_left_in_peace(text):
    assert find_cpr_numbers(text) == []


def test_each_of_several_is_found_and_hidden_with_its_date():
    text = "Ida 010190-1234 010290-1234, bor i 8000 Aarhus, tlf. 12345678"
    assert mask(text) == "Ida xxxxxx-xxxx xxxxxx-xxxx, bor i 8000 Aarhus, tlf. 12345678"


@given(
    st.dates(min_value=date(1937, 1, 1), max_value=date(1999, 12, 31)),
    st.integers(0, 3999),
    st.sampled_from(["", "-", " "]),
    st.sampled_from(["", "Mit nummer: ", "a, "]),
)
def test_every_number_of_a_grown_up_is_found(born, serial, separator, before):
    text = f"{before}{born:%d%m%y}{separator}{serial:04}"
    assert len(find_cpr_numbers(text)) == 1
    assert not any(sign.isdigit() for sign in mask(text))


@given(st.text(alphabet="0123456789- .abcæ\n"))
def test_nothing_is_left_to_find_after_masking(text):
    assert find_cpr_numbers(mask(text)) == []
