"""Dates, times and numbers as a Dane writes them, and as an English reader in Denmark expects them (ux 3.7)."""

import datetime as dt
from decimal import Decimal

import pytest
from django import forms
from django.utils import formats, timezone
from django.utils.translation import override

MOMENT = timezone.make_aware(dt.datetime(2026, 3, 5, 17, 30))  # noqa: DTZ001 -- in Copenhagen, by the settings


@pytest.mark.parametrize(
    ("language", "name", "written"),
    [
        ("da", "DATE_FORMAT", "5. marts 2026"),
        ("da", "TIME_FORMAT", "17.30"),
        ("da", "DATETIME_FORMAT", "5. marts 2026 kl. 17.30"),
        ("da", "SHORT_DATE_FORMAT", "5.3.2026"),
        ("en", "DATE_FORMAT", "5 March 2026"),
        ("en", "DATETIME_FORMAT", "5 March 2026, 17:30"),
    ],
)
def test_a_moment_is_written_in_the_readers_language(language, name, written):
    with override(language):
        assert formats.date_format(timezone.localtime(MOMENT), name) == written


@pytest.mark.parametrize(("language", "written"), [("da", "35.400,50"), ("en", "35,400.50")])
def test_an_amount_is_grouped(language, written):
    with override(language):
        assert formats.number_format(Decimal("35400.50"), use_l10n=True, force_grouping=True) == written


@pytest.mark.parametrize("typed", ["5.3.2026", "05.03.2026", "5-3-2026", "5/3/2026", "2026-03-05"])
@pytest.mark.parametrize("language", ["da", "en"])
def test_a_date_is_read_however_it_is_typed(language, typed):
    with override(language):
        assert forms.DateField().clean(typed) == dt.date(2026, 3, 5)


@pytest.mark.parametrize("typed", ["23.59", "23:59"])
def test_a_time_is_read_with_stop_or_colon(typed):
    with override("da"):
        assert forms.TimeField().clean(typed) == dt.time(23, 59)
        assert forms.DateTimeField().clean(f"26.3.2026 {typed}").astimezone(dt.UTC).hour == 22


def test_a_date_that_does_not_exist_is_refused():
    with override("da"), pytest.raises(forms.ValidationError):
        forms.DateField().clean("31.2.2026")
