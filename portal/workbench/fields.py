"""Form fields of the workbench: times in Copenhagen, lists of dates, money in kroner, people by address."""

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recruitment import clock
from recruitment.cases.dates import in_copenhagen
from recruitment.people.models import User

TIME_FORMATS = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d-%m-%Y %H:%M", "%d.%m.%Y %H:%M", "%d-%m-%Y %H.%M", "%d.%m.%Y %H.%M")  # fmt: skip
YEARS = range(2000, 2100)


class DayInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class CopenhagenTime(forms.Field):
    """A date and a time in Copenhagen, as an instant with zone. What was typed stays as typed when it is wrong."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    default_error_messages = {"invalid": gettext_lazy("Write a date and a time, for example 26-11-2026 23.59.")}

    def prepare_value(self, value: Any) -> Any:
        """An instant as the browser's field wants it."""
        return value.astimezone(clock.COPENHAGEN).replace(tzinfo=None) if isinstance(value, dt.datetime) else value

    def to_python(self, value: Any) -> dt.datetime | None:
        """Raises ValidationError for what is no time, or one the clocks leave out."""
        if value in self.empty_values:
            return None
        for pattern in TIME_FORMATS:
            try:
                typed = dt.datetime.strptime(str(value).strip(), pattern)  # noqa: DTZ007 - the zone is put on below
            except ValueError:
                continue
            if typed.year in YEARS:
                return in_copenhagen(typed)
        raise ValidationError(self.error_messages["invalid"], code="invalid")


class Deadline(CopenhagenTime):
    """The last minute that is shown; the value is the exclusive instant at which that minute ends."""

    def prepare_value(self, value: Any) -> Any:
        """The instant as its last minute."""
        return clock.shown(value).replace(tzinfo=None) if isinstance(value, dt.datetime) else value

    def to_python(self, value: Any) -> dt.datetime | None:
        """As an exclusive instant."""
        shown = super().to_python(value)
        return None if shown is None else clock.end_of_minute(shown)


class Days(forms.CharField):
    """Several dates in one field, with commas between."""

    def prepare_value(self, value: Any) -> Any:
        """A list as words."""
        return ", ".join(day.strftime("%d-%m-%Y") for day in value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[dt.date]:  # type: ignore[override]
        """Raises ValidationError naming what is no date."""
        if isinstance(value, list):
            return value
        return [self._day(part.strip()) for part in str(value or "").replace(";", ",").split(",") if part.strip()]

    def _day(self, text: str) -> dt.date:
        parts = text.replace(".", "-").split("-")
        turned = "-".join(reversed(parts)) if len(parts[-1]) == 4 else text
        try:
            day = parse_date(turned)
        except ValueError:
            day = None
        if day is None or day.year not in YEARS:
            raise ValidationError(_("“%s” is not a date. Write dates as 26-11-2026.") % text, code="invalid")
        return day


class Kroner(forms.CharField):
    """Money typed in kroner and kept in øre; empty means not yet known."""

    most = 10_000_000

    def prepare_value(self, value: Any) -> Any:
        """Øre as kroner, with øre only where there are some."""
        if not isinstance(value, int):
            return value
        return str(value // 100) if value % 100 == 0 else f"{value // 100},{value % 100:02d}"

    def to_python(self, value: Any) -> int | None:  # type: ignore[override]
        """Raises ValidationError for what is no amount. A point before three digits groups thousands, as in 8.450."""
        text = str(value or "").lower().removesuffix("kr.").removesuffix("kr").replace(" ", "").replace("\xa0", "")
        if not text:
            return None
        whole, comma, rest = text.partition(",")
        groups = whole.split(".")
        if len(groups) == 2 and len(groups[1]) != 3 and not comma:
            whole, rest = groups
        try:
            amount = Decimal(f"{whole.replace('.', '')}.{rest or '0'}")
        except InvalidOperation:
            amount = Decimal(-1)
        if not amount.is_finite() or not 0 <= amount <= self.most:
            raise ValidationError(_("Write an amount in kroner, for example 4.950 or 0."), code="invalid")
        return int(amount * 100)


class Addresses(forms.CharField):
    """E-mail addresses, one a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        """Raises ValidationError naming the address that is none."""
        text = super().clean(value)
        found = [
            part.strip().lower() for part in text.replace(",", "\n").replace(";", "\n").splitlines() if part.strip()
        ]
        for address in found:
            try:
                validate_email(address)
            except ValidationError:
                raise ValidationError(_("“%s” is not an e-mail address.") % address, code="invalid") from None
        return list(dict.fromkeys(found))


class Colleague(forms.ModelChoiceField):
    """A person by name and job title."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=User.objects.none(), **kwargs)

    def label_from_instance(self, user: User) -> str:  # type: ignore[override]
        """Name with title, else the address."""
        return f"{user}, {user.title}" if user.title else str(user)
