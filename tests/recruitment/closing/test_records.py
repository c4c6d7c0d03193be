"""What leaves the house: the hired person with a receipt, and the case file, as it grows."""

import hashlib
import io
import json
import zipfile

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from recruitment import clock
from recruitment.access.roles import Role
from recruitment.audit.models import AuditEntry
from recruitment.closing.handing_over import acknowledge, fetch
from recruitment.closing.packaging import KEPT, forget_old_packages, open_package, order_package
from recruitment.closing.records import CaseFilePackage, HandOver
from recruitment.decisions.rejecting import reject_by_phone
from recruitment.errors import NotPossible
from recruitment.outbox.delivery import carry_out
from recruitment.outbox.models import OutboxItem
from tests.factories.deciding import filled, letter_to, to_decision


@pytest.fixture
def table(world):
    made = to_decision(world)
    filled(made)
    made.case.refresh_from_db()
    return made


def packed(table, purpose="Journaliseres") -> tuple[CaseFilePackage, zipfile.ZipFile]:
    """Ordered, built and opened."""
    package = order_package(table.case, purpose=purpose, actor=table.hr)
    carry_out(OutboxItem.objects.get(key=f"case-file:{package.pk}").pk)
    package.refresh_from_db()
    with open_package(package, actor=table.hr) as stream:
        return package, zipfile.ZipFile(io.BytesIO(stream.read()))


def kinds(archive: zipfile.ZipFile) -> set[str]:
    return {entry["kind"] for entry in json.loads(archive.read("manifest.json"))["files"]}


class TestHandOver:
    def test_a_hire_makes_it_with_post_person_and_terms_and_no_cpr_number(self, table):
        content = HandOver.objects.get(application=table.met[0]).content

        assert content["post"]["case_number"] == table.case.case_number
        assert content["person"]["family_name"] == table.met[0].candidate.family_name
        assert content["terms"] == "Kr. 42.000 om måneden"
        assert content["start"] == table.case.decisions.get().start_date.isoformat()
        assert not {"cpr", "gender", "birth_date"} & set(content["person"])

    def test_nobody_else_is_handed_over(self, table):
        assert HandOver.objects.count() == 1

    def test_it_is_fetched_as_json_and_noted(self, table):
        hand_over = HandOver.objects.get()

        content = json.loads(fetch(hand_over, actor=table.ours.actor(Role.HR_CASEWORK)))

        assert content == hand_over.content
        assert HandOver.objects.get().fetched_at is not None
        assert AuditEntry.objects.filter(action="HandOver.fetch").count() == 1

    @pytest.mark.parametrize(
        "role", [Role.HIRING_MANAGER, Role.HIRING_COMMITTEE, Role.ADMIN_SUPPORT, Role.ADMINISTRATOR]
    )
    def test_those_who_may_not_fetch_it(self, table, role):
        with pytest.raises(PermissionDenied):
            fetch(HandOver.objects.get(), actor=table.ours.actor(role))

    @pytest.mark.parametrize(
        ("receiver", "receipt", "code"), [("", "4711", "receiver_missing"), ("HR-systemet", " ", "receipt_missing")]
    )
    def test_a_receipt_has_system_and_number(self, table, receiver, receipt, code):
        with pytest.raises(NotPossible) as refusal:
            acknowledge(HandOver.objects.get(), receiver=receiver, receipt=receipt, actor=table.hr)
        assert [each.code for each in refusal.value.obstacles] == [code]

    def test_a_receipt_is_noted_once(self, table):
        acknowledge(HandOver.objects.get(), receiver="HR-systemet", receipt="4711", actor=table.hr)
        with pytest.raises(NotPossible):
            acknowledge(HandOver.objects.get(), receiver="Andet", receipt="1", actor=table.hr)
        assert HandOver.objects.get().receipt == "4711"

    def test_what_was_handed_over_is_not_changed_afterwards(self, table):
        with pytest.raises(IntegrityError), transaction.atomic():
            HandOver.objects.update(content={})


class TestCaseFile:
    def test_it_holds_the_whole_case_and_its_manifest_agrees_with_every_file(self, table):
        document = table.met[0].documents.first()
        document.file.save("cv", ContentFile(b"%PDF-1.4 mit cv"))
        letter_to(table.met[1], "REJECTION_NO_INTERVIEW", state="SENT")

        package, archive = packed(table)
        manifest = json.loads(archive.read("manifest.json"))

        assert {"ad", "application", "CV", "letter", "decision", "offer", "log"} <= kinds(archive)
        assert {entry["path"] for entry in manifest["files"]} == set(archive.namelist()) - {"manifest.json"}
        for entry in manifest["files"]:
            content = archive.read(entry["path"])
            assert (len(content), entry["sha256"]) == (entry["bytes"], package_digest(content))
        assert manifest["before"] is None
        assert b"mit cv" in archive.read(next(e["path"] for e in manifest["files"] if e["kind"] == "CV"))
        assert package.contents == manifest["files"]

    def test_the_next_package_holds_what_has_come_since_and_names_the_one_before(self, table):
        first, _archive = packed(table)
        reject_by_phone(table.met[1], said="Uddybet.", called_at=clock.now(), actor=table.hr)

        _second, archive = packed(table)
        manifest = json.loads(archive.read("manifest.json"))

        assert kinds(archive) == {"application", "rejection", "call", "log"}
        assert manifest["before"] == {"package": 1, "sha256": first.sha256}
        log = archive.read("log/log-02.csv").decode("utf-8-sig")
        assert "reject_by_phone" in log
        assert "CaseFilePackage.order" in log
        assert "Application.hire" not in log

    def test_a_package_that_could_not_be_made_is_no_predecessor(self, table):
        failed = order_package(table.case, purpose="Journaliseres", actor=table.hr)
        CaseFilePackage.objects.filter(pk=failed.pk).update(state="FAILED")

        _package, archive = packed(table)

        assert json.loads(archive.read("manifest.json"))["before"] is None
        assert "decision" in kinds(archive)

    def test_one_is_made_at_a_time(self, table):
        order_package(table.case, purpose="Journaliseres", actor=table.hr)
        with pytest.raises(NotPossible):
            order_package(table.case, purpose="Journaliseres", actor=table.hr)

    def test_it_has_a_purpose(self, table):
        with pytest.raises(ValidationError):
            order_package(table.case, purpose=" ", actor=table.hr)

    @pytest.mark.parametrize("role", [Role.HR_CASEWORK, Role.HR_LIMITED, Role.HIRING_MANAGER, Role.ADMINISTRATOR])
    def test_those_who_may_not_take_it_out(self, table, role):
        package, _archive = packed(table)
        for deed in (
            lambda a: order_package(table.case, purpose="x", actor=a),
            lambda a: open_package(package, actor=a),
        ):
            with pytest.raises(PermissionDenied):
                deed(table.ours.actor(role))

    def test_an_infected_file_stays_out(self, table):
        document = table.met[0].documents.first()
        document.file.save("cv", ContentFile(b"EICAR"))
        type(document).objects.filter(pk=document.pk).update(scan_state="INFECTED")

        _package, archive = packed(table)

        assert "CV" not in kinds(archive)

    def test_words_that_a_sheet_would_calculate_are_only_words(self, table):
        AuditEntry.objects.create(
            actor="=HYPERLINK(1)", action="x", object_type="x", object_id="1", case_id=table.case.pk
        )
        _package, archive = packed(table)
        assert "'=HYPERLINK(1)" in archive.read("log/log-01.csv").decode("utf-8-sig")

    def test_its_file_is_deleted_after_a_week_and_what_it_held_stays_known(self, table, monkeypatch):
        package, _archive = packed(table)
        later = clock.now() + KEPT * 2
        with monkeypatch.context() as patch:
            patch.setattr(clock, "now", lambda: later)
            assert forget_old_packages() == 1

        package.refresh_from_db()
        assert (package.state, bool(package.file), bool(package.contents)) == ("FORGOTTEN", False, True)
        with pytest.raises(NotPossible):
            open_package(package, actor=table.hr)
        _second, archive = packed(table)
        assert "decision" not in kinds(archive)


def package_digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
