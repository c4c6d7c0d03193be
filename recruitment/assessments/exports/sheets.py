"""The list as CSV or Excel: what the screen shows, with a watermark line, and no cell that a program would carry out."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.applications.answers import questions_asked, side_by_side
from recruitment.applications.masking import mask_for, words_of
from recruitment.applications.models import Application
from recruitment.applications.queries import candidate_list
from recruitment.assessments.candidates import beside, with_ratings
from recruitment.assessments.exports.models import ApplicantExport, ExportKind
from recruitment.assessments.insight import insight_of
from recruitment.audit.record import record
from recruitment.cases.dates import instant
from recruitment.cases.models import RecruitmentCase
from recruitment.people.actor import Actor

#: Beginnings that a spreadsheet takes for a formula or a command.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
LONGEST_PURPOSE = 400
CONTENT_TYPES = {
    ExportKind.CSV: "text/csv; charset=utf-8",
    ExportKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Sheet:
    """The finished file."""

    filename: str
    content_type: str
    content: bytes


@transaction.atomic
def export_sheet(case: RecruitmentCase, references: Sequence[str], *, kind: str, purpose: str, actor: Actor) -> Sheet:
    """The applicants with these references as a sheet, in the order received; noted with its purpose."""
    require(actor, Permission.EXPORT_APPLICANTS, case)
    require(actor, Permission.APPLICATION_READ_DOCUMENTS, case)
    if kind not in CONTENT_TYPES:
        raise ValidationError({"kind": ValidationError(_("Choose CSV or Excel."), code="no_kind")})
    purpose = checked_purpose(purpose)
    rows = _rows(case, references, actor)
    if not rows:
        raise ValidationError(_("Choose applications of the case."), code="nobody_chosen")
    table = [[watermark(actor, purpose)], *_table(case, rows, actor)]
    record(actor, "Application.export", case, kind=kind, count=len(rows))
    ApplicantExport.objects.create(
        case=case, kind=kind, purpose=purpose, references=[row.reference for row in rows], made_by=actor.user,
        made_at=clock.now(), done=len(rows),
    )  # fmt: skip
    content = as_csv(table) if kind == ExportKind.CSV else as_xlsx(table)
    name = f"{case.case_number}-{clock.today():%Y%m%d}.{kind.lower()}"
    return Sheet(name, CONTENT_TYPES[ExportKind(kind)], content)


def checked_purpose(purpose: str) -> str:
    """What it is for, in words (GRD-28)."""
    words = " ".join(purpose.split())
    if not words or len(words) > LONGEST_PURPOSE:
        message = _("Write what it is for, in at most %d characters.") % LONGEST_PURPOSE
        raise ValidationError({"purpose": ValidationError(message, code="no_purpose")})
    return words


def watermark(actor: Actor, purpose: str) -> str:
    """Who took it out, when and what for; stands first in every sheet and on every page."""
    who = str(actor.user) if actor.user else "–"
    return _("Confidential. Taken out by %(who)s, %(when)s. Purpose: %(purpose)s") % {
        "who": who, "when": instant(clock.now()), "purpose": purpose,
    }  # fmt: skip


def _rows(case: RecruitmentCase, references: Sequence[str], actor: Actor) -> list[Application]:
    insight = insight_of(actor, case)
    listed = candidate_list(actor, case).select_related(None).select_related("candidate", "source_medium")
    rows = with_ratings(listed.filter(reference__in=references).defer("draft", "motivation_text"), insight)
    return mask_for(actor, case).put_on_all(list(rows.order_by("received_at", "pk")))


def _table(case: RecruitmentCase, rows: Sequence[Any], actor: Actor) -> list[list[Any]]:
    questions = questions_asked(case)
    answers, icons = side_by_side(rows, questions), beside(case, rows, insight_of(actor, case)).icons
    heading = [
        _("Reference"), _("Name"), _("E-mail"), _("Telephone"), _("State"), _("Received"), _("Through"), _("Origin"),
        _("Saw the ad"), _("My rating"), _("Mean"), _("Spread"), _("Chair's ranking"), _("Icons"),
    ]  # fmt: skip
    table: list[list[Any]] = [[*heading, *(question.text for question in questions)]]
    for row in rows:
        given = [answers.get(row.pk, {}).get(question.pk, "") for question in questions]
        table.append([
            row.reference, row.candidate.full_name, row.candidate.email, row.candidate.phone, str(row.get_state_display()),
            instant(row.received_at), str(row.get_channel_display()), str(row.get_applicant_origin_display()), str(row.source_medium or ""),
            row.own, _rounded(row.mean), _rounded(row.spread), " ".join(str(part) for part in (row.rank, row.bucket) if part),
            ", ".join(str(each.icon) for each in icons.get(row.pk, [])),
            *(words_of(row, "; ".join(each) if isinstance(each, list) else each) for each in given),
        ])  # fmt: skip
    return table


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def safe(value: Any) -> Any:
    """Text that a spreadsheet shows and never carries out; numbers stay numbers."""
    if not isinstance(value, str):
        return "" if value is None else value
    text = "".join(sign for sign in value if sign >= " " or sign == "\n")
    return f"'{text}" if text.lstrip(" ").startswith(DANGEROUS) or value.startswith(DANGEROUS) else text


def as_csv(table: Iterable[Iterable[Any]]) -> bytes:
    """As Danish spreadsheets read it: semicolons, decimal commas, and a mark that it is UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for line in table:
        writer.writerow([str(cell).replace(".", ",") if isinstance(cell, float) else safe(cell) for cell in line])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def as_xlsx(table: Sequence[Sequence[Any]]) -> bytes:
    """One sheet; every text is written as text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Applicants"))
    for number, line in enumerate(table):
        sheet.append([_cell(sheet, cell, bold=number == 1) for cell in line])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, value: Any, *, bold: bool) -> Any:
    cell = WriteOnlyCell(sheet, value=safe(value))
    if isinstance(value, str):
        cell.data_type = "s"  # not a formula, whatever it begins with
    if bold:
        cell.font = Font(bold=True)
    return cell
