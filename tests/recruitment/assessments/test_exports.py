"""Sheets and folders: for a purpose, watermarked, noted, harmless to who opens them, and only to who may."""

import csv
import datetime as dt
import io

import pikepdf
import pypdfium2
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from openpyxl import load_workbook
from PIL import Image

from recruitment import clock
from recruitment.access.models import CaseMember
from recruitment.access.roles import Role
from recruitment.applications.blinding import switch_on
from recruitment.applications.joining import join
from recruitment.applications.models import Application
from recruitment.assessments.actions import rate
from recruitment.assessments.exports.folder import (
    build,
    forget_old_folders,
    open_folder,
    order_folder,
    set_aside_beside,
    usual_references,
)
from recruitment.assessments.exports.models import ApplicantExport
from recruitment.assessments.exports.sheets import as_csv, export_sheet, safe
from recruitment.audit.models import AuditEntry
from recruitment.documents.models import Document, DocumentPage
from recruitment.errors import NotPossible
from recruitment.outbox.models import OutboxItem
from tests.factories.assessing import as_

EVIL = '=HYPERLINK("https://ond.example")'


def references(world):
    return list(Application.objects.filter(case=world.ours.case).values_list("reference", flat=True))


def sheet_of(world, kind="CSV", role=Role.HR_EXTENDED, **more):
    more = {"purpose": "Møde i udvalget", **more}
    return export_sheet(world.ours.case, references(world), kind=kind, actor=world.ours.actor(role), **more)


def as_table(sheet):
    return list(csv.reader(io.StringIO(sheet.content.decode("utf-8-sig")), delimiter=";"))


class TestSheets:
    """CSV and Excel under export.applicants."""

    def test_the_list_with_its_watermark(self, field):
        rate(field.application, 4, actor=field.ours.actor(Role.HR_EXTENDED))
        table = as_table(sheet_of(field))
        assert "Møde i udvalget" in table[0][0]
        assert len(table) == 2 + 3
        row = next(line for line in table if "Kirsten Holm" in line)
        assert "4" in row

    def test_nothing_in_it_is_a_formula(self, field):
        field.application.candidate.given_name = EVIL
        field.application.candidate.save()
        assert any(cell == f"'{EVIL} Holm" for line in as_table(sheet_of(field)) for cell in line)

        book = load_workbook(io.BytesIO(sheet_of(field, "XLSX").content))
        cells = [cell for line in book.active.iter_rows() for cell in line if cell.value]
        assert any(EVIL in str(cell.value) for cell in cells)
        assert {cell.data_type for cell in cells if isinstance(cell.value, str)} == {"s"}

    @pytest.mark.parametrize("text", ["=1", "+45 12", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "|cmd", "%x"])
    def test_what_a_spreadsheet_would_carry_out_is_quoted(self, text):
        assert safe(text).startswith("'")

    def test_plain_text_and_numbers_stay(self):
        assert (safe("Kirsten - Holm"), safe(4), safe(None)) == ("Kirsten - Holm", 4, "")
        assert as_csv([["a", 3.5, EVIL]]).endswith(b';3,5;"\'=HYPERLINK(""https://ond.example"")"\r\n')

    def test_it_is_noted_with_its_purpose(self, field):
        sheet_of(field)
        export = ApplicantExport.objects.get()
        assert (export.purpose, export.done, sorted(export.references)) == (
            "Møde i udvalget",
            3,
            sorted(references(field)),
        )
        assert AuditEntry.objects.filter(action="Application.export", case_id=field.ours.case.pk).count() == 1

    @pytest.mark.parametrize("wrong", [{"purpose": "  "}, {"purpose": "x" * 401}, {"kind": "PDF"}])
    def test_without_a_purpose_nothing_leaves(self, field, wrong):
        with pytest.raises(ValidationError):
            sheet_of(field, **wrong)
        assert not ApplicantExport.objects.exists()

    @pytest.mark.parametrize("role", [role for role in Role if role != Role.HR_EXTENDED])
    def test_only_hr_with_extended_rights_takes_out(self, field, role):
        with pytest.raises(PermissionDenied):
            sheet_of(field, role=role)

    def test_references_of_another_case_bring_nothing(self, field):
        with pytest.raises(ValidationError):
            export_sheet(
                field.ours.case, [field.their_application.reference], kind="CSV", purpose="x", actor=field.ours.actor(Role.HR_EXTENDED)
            )  # fmt: skip


@pytest.fixture
def papers(field):
    """The application has a CV with two rendered pages and a letter as words."""
    document = field.application.documents.get()
    Document.objects.filter(pk=document.pk).update(render_state="READY", scan_state="CLEAN", filename="CV Holm.pdf")
    drawn = io.BytesIO()
    Image.new("RGB", (120, 160), "white").save(drawn, "WEBP")
    for number in (1, 2):
        page = DocumentPage(document=document, number=number, width=120, height=160)
        page.image.save("page", ContentFile(drawn.getvalue()))
    Document.objects.create(
        application=field.application, kind="OTHER", filename="bilag.docx", mime="x", size=1, sha256="0" * 64,
        render_state="READY", scan_state="CLEAN", text="Ord fra et dokument æøå",
    )  # fmt: skip
    return field


@pytest.fixture
def joined(papers):
    """The last of the others counts for Kirsten Holm's application too; returned as it is read."""
    kept = papers.others[-1]
    join(kept, papers.application, reason="Spurgt i telefonen.", actor=papers.ours.actor(Role.HR_EXTENDED))
    return Application.objects.select_related("candidate", "case").get(pk=kept.pk)


def built(world, actor, chosen=None):
    folder = order_folder(
        world.ours.case, chosen or references(world), purpose="Læses i toget", actor=actor, language="da"
    )
    build(OutboxItem.objects.get(kind="folder", subject=str(folder.pk)))
    folder.refresh_from_db()
    return folder


def text_of(folder):
    with folder.file.open("rb") as stored:
        pdf = pypdfium2.PdfDocument(stored.read())
    return [page.get_textpage().get_text_range() for page in pdf]


class TestFolder:
    """One PDF by the worker."""

    def test_bookmarks_watermark_and_numbers(self, papers):
        folder = built(papers, papers.ours.actor(Role.HIRING_MANAGER))
        assert (folder.state, folder.done) == ("READY", 3)
        pages = text_of(folder)
        assert len(pages) == folder.pages
        assert all("Læses i toget" in page for page in pages)
        assert f"1 / {folder.pages}" in pages[0]
        assert any("Ord fra et dokument" in page for page in pages)
        with folder.file.open("rb") as stored, pikepdf.open(stored) as pdf, pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
            inner = [child.title for item in outline.root for child in item.children]
        assert "Kirsten Holm" in titles
        assert len(titles) == 3
        assert "CV Holm.pdf" in inner

    def test_papers_of_staff_are_bound_for_those_only_who_may_read_them(self, papers):
        Document.objects.create(
            application=papers.application, kind="JOB_CENTRE", filename="jobcenter.pdf", mime="x", size=1, sha256="1" * 64,
            render_state="READY", scan_state="CLEAN", text="Udtalelse fra jobcentret", uploaded_by="STAFF",
        )  # fmt: skip
        for actor, sees in ((papers.ours.actor(Role.HR_CASEWORK), True), (papers.ours.actor(Role.HR_LIMITED), True)):
            assert any("Udtalelse" in page for page in text_of(built(papers, actor))) is sees
        CaseMember.objects.filter(user=papers.chair).update(role=Role.ASSESSMENT_COMMITTEE)
        Document.objects.filter(kind="JOB_CENTRE").update(kind="INTERVIEW_FORM")
        assert not any("Udtalelse" in page for page in text_of(built(papers, as_(papers.chair))))

    def test_those_to_be_invited_are_the_usual_ones(self, papers):
        manager = papers.ours.actor(Role.HIRING_MANAGER)
        assert usual_references(manager, papers.ours.case) == []
        Application.objects.filter(pk=papers.application.pk).update(state="SHORTLISTED")
        assert usual_references(manager, papers.ours.case) == [papers.application.reference]

    @pytest.mark.parametrize("role", list(Role))
    def test_hr_the_manager_and_chairs_order_it(self, papers, role):
        allowed = {Role.HR_EXTENDED, Role.HR_CASEWORK, Role.HR_LIMITED, Role.HIRING_MANAGER}
        order = {"purpose": "x", "language": "da", "actor": papers.ours.actor(role)}
        if role in allowed:
            assert order_folder(papers.ours.case, references(papers), **order).state == "QUEUED"
        else:
            with pytest.raises(PermissionDenied):
                order_folder(papers.ours.case, references(papers), **order)

    def test_a_chair_orders_it_too(self, papers):
        assert order_folder(papers.ours.case, references(papers), purpose="x", language="da", actor=as_(papers.chair))

    def test_it_is_its_makers_alone(self, papers):
        folder = built(papers, papers.ours.actor(Role.HIRING_MANAGER))
        with pytest.raises(PermissionDenied):
            open_folder(folder, actor=papers.ours.actor(Role.HR_EXTENDED))
        open_folder(folder, actor=papers.ours.actor(Role.HIRING_MANAGER)).close()
        assert AuditEntry.objects.filter(action__startswith="Application.folder").count() == 2

    def test_a_seat_that_has_ended_leaves_it_empty_and_shut(self, papers):
        actor = papers.ours.actor(Role.HIRING_MANAGER)
        folder = order_folder(papers.ours.case, references(papers), purpose="x", actor=actor, language="da")
        CaseMember.objects.filter(user=papers.ours.staff[Role.HIRING_MANAGER]).update(access_until=clock.now())
        build(OutboxItem.objects.get(kind="folder"))
        folder.refresh_from_db()
        assert not any("Holm" in page for page in text_of(folder))
        with pytest.raises(PermissionDenied):
            open_folder(folder, actor=papers.ours.actor(Role.HIRING_MANAGER))

    def test_under_the_mask_it_holds_numbers_and_no_files(self, papers):
        switch_on(papers.ours.case, actor=papers.ours.actor(Role.HR_EXTENDED))
        whole = "\n".join(text_of(built(papers, papers.ours.actor(Role.HIRING_MANAGER))))
        assert "Holm" not in whole
        assert "Ord fra et dokument" not in whole

    def test_what_is_handled_as_one_stands_after_the_one_that_counts_with_a_line(self, papers, joined):
        manager = papers.ours.actor(Role.HIRING_MANAGER)
        aside = set_aside_beside([joined], manager)
        assert aside == [papers.application]

        folder = built(papers, manager, chosen=references(papers))
        with folder.file.open("rb") as stored, pikepdf.open(stored) as pdf, pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
        assert titles.index("Kirsten Holm") == titles.index(joined.candidate.full_name) + 1
        assert sum(f"Behandles som én med {joined.reference}" in page for page in text_of(folder)) == 1

    def test_who_is_chosen_already_or_stands_alone_has_nobody_beside_them(self, papers, joined):
        manager = papers.ours.actor(Role.HIRING_MANAGER)
        assert set_aside_beside([joined, papers.application], manager) == []
        assert set_aside_beside([papers.others[0]], manager) == []
        assert set_aside_beside([], manager) == []

    @pytest.mark.parametrize("role", [Role.HIRING_COMMITTEE, Role.ADMIN_SUPPORT])
    def test_who_binds_no_folder_is_offered_nothing_beside_it(self, papers, joined, role):
        assert set_aside_beside([joined], papers.ours.actor(role)) == []

    def test_under_the_mask_what_stands_beside_it_has_no_name_either(self, papers, joined):
        switch_on(papers.ours.case, actor=papers.ours.actor(Role.HR_EXTENDED))
        manager = papers.ours.actor(Role.HIRING_MANAGER)
        (aside,) = set_aside_beside([joined], manager)
        assert "Holm" not in aside.candidate.full_name

        whole = "\n".join(text_of(built(papers, manager, chosen=[joined.reference, aside.reference])))
        assert "Holm" not in whole
        assert "Ord fra et dokument" not in whole

    def test_built_twice_is_built_once(self, papers):
        folder = built(papers, papers.ours.actor(Role.HIRING_MANAGER))
        name = folder.file.name
        build(OutboxItem.objects.get(kind="folder"))
        folder.refresh_from_db()
        assert folder.file.name == name

    def test_after_a_week_the_file_is_gone_and_the_record_stays(self, papers):
        folder = built(papers, papers.ours.actor(Role.HIRING_MANAGER))
        with clock.shifted(dt.timedelta(days=8)):
            with pytest.raises(NotPossible):
                open_folder(folder, actor=papers.ours.actor(Role.HIRING_MANAGER))
            assert forget_old_folders() == 1
            assert forget_old_folders() == 0
        folder.refresh_from_db()
        assert (folder.state, bool(folder.file), folder.purpose) == ("FORGOTTEN", False, "Læses i toget")

    @pytest.mark.parametrize("wrong", [{"purpose": " "}, {"chosen": ["XXXX-XXXX"]}])
    def test_bad_orders_are_refused(self, papers, wrong):
        with pytest.raises(ValidationError):
            order_folder(
                papers.ours.case, wrong.get("chosen", references(papers)), purpose=wrong.get("purpose", "x"), language="da",
                actor=papers.ours.actor(Role.HIRING_MANAGER),
            )  # fmt: skip
