"""Options in two languages as rows: written, moved, removed and added, with buttons that work without scripts too."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

Line = dict[str, str]  # code, da, en
MOST = 50
LONGEST = 200
SPARE = 1  # empty rows after the last, so that one can be added without a button
BUTTON = "row"  # name of the buttons' parameter: "options:2:up"


class OptionRows(forms.Widget):
    """A list of rows; the browser sends `<name>_code`, `<name>_da` and `<name>_en` once for each row, in order."""

    template_name = "workbench/widgets/option_rows.html"
    use_fieldset = True
    fixed = False  # a locked form: words may be mended, rows stay

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Line]:
        """The rows as sent, moved as the pressed button says; empty ones included."""
        columns = [data.getlist(f"{name}_{part}") for part in ("code", "da", "en")]
        count = max(map(len, columns))
        padded = [[*column, *[""] * (count - len(column))] for column in columns]
        lines = [{"code": code, "da": da, "en": en} for code, da, en in zip(*padded, strict=True)]
        return moved(lines[: MOST + SPARE], name, data.get(BUTTON, ""))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Whether the browser sent no rows at all."""
        return f"{name}_da" not in data and f"{name}_en" not in data

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """With spare rows at the end, unless the number is fixed."""
        context = super().get_context(name, value, attrs)
        lines = list(value or [])
        if not self.fixed:
            lines += [{"code": "", "da": "", "en": ""}] * max(SPARE, 3 - len(lines))
        context["widget"] |= {
            "lines": lines,
            "fixed": self.fixed,
            "longest": LONGEST,
            "button": BUTTON,
            "for_kinds": context["widget"]["attrs"].get("data-for-kinds", ""),
        }
        return context


def moved(lines: list[Line], name: str, button: str) -> list[Line]:
    """The rows after a button such as "options:2:up"; unchanged by a button of another list or beside the rows."""
    which, _colon, rest = button.partition(":")
    number, _colon, deed = rest.partition(":")
    if which != name:
        return lines
    if deed == "add":
        return [*lines, {"code": "", "da": "", "en": ""}]
    if not number.isdecimal() or int(number) >= len(lines):
        return lines
    here = int(number)
    taken = lines.pop(here)
    if deed in {"up", "down"}:
        lines.insert(max(here - 1, 0) if deed == "up" else here + 1, taken)
    return lines


class OptionRowsField(forms.Field):
    """Rows with at least one language written. A new row gets a code of its own; an old one keeps what answers refer to."""

    widget = OptionRows

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.known: list[Mapping[str, str]] = []

    def clean(self, value: Any) -> list[Line]:
        """Without empty rows. Raises ValidationError for too many and too long ones."""
        written = [{**line, "da": line["da"].strip(), "en": line["en"].strip()} for line in value or []]
        written = [line for line in written if line["da"] or line["en"]]
        if len(written) > MOST:
            raise ValidationError(_("There can be at most %d rows.") % MOST, code="too_many_rows")
        if any(len(line[language]) > LONGEST for line in written for language in ("da", "en")):
            raise ValidationError(_("A row can be at most %d characters long.") % LONGEST, code="row_too_long")
        return list(_coded(written, {line["code"] for line in self.known}))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """By what is written."""
        return list(initial or []) != self.clean(data)


def _coded(lines: Iterable[Line], known: set[str]) -> Iterable[Line]:
    taken: set[str] = set()
    numbers = (f"o{number}" for number in range(1, 1000))
    for line in lines:
        is_old = line["code"] in known - taken
        code = line["code"] if is_old else next(n for n in numbers if n not in known | taken)
        taken.add(code)
        yield {**line, "code": code}
