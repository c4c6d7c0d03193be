"""The checks of `make lint` that are our own: each finds what it is for and lets the rest pass."""

import re

import pytest

from portal.platform import capabilities, lint

NAMED = "tests/house/test_lint.py::test_a_named_test_that_exists_is_accepted"


def test_a_named_test_that_exists_is_accepted():
    assert capabilities.missing_tests(f"| 1 | apply | works | {NAMED} |") == []


@pytest.mark.parametrize("reference", ["tests/house/test_lint.py::test_of_dreams", "tests/nowhere/test_x.py::test_a"])
def test_a_named_test_that_does_not_exist_is_reported(reference):
    page = f"| 1 | apply | works | {NAMED} |\n| 2 | withdraw | works | `{reference}`, {NAMED} |"

    assert capabilities.missing_tests(page) == [f"2: {reference}"]


def test_a_capability_without_a_test_has_a_dash():
    assert capabilities.missing_tests("| 3 | interviews | not yet | – |\nSee tests/nowhere.py in the text.") == []


def test_the_sentence_at_the_top_counts_capabilities_and_nothing_else():
    page = f"| 1 | apply | works | {NAMED} |\n| 2 | withdraw | partly | {NAMED} |\n| 3 | rate | not yet | – |\n| INV-1 | x | works | – |"

    assert capabilities.count(page) == "1 work, 1 partly, 1 not yet."


def test_a_method_of_a_class_is_a_test_too():
    reference = "tests/portal/platform/test_frontend.py::TestComponents::test_a_field_counts_in_the_words_of_the_page"

    assert capabilities.is_there(reference)
    assert not capabilities.is_there(reference.replace("counts", "miscounts"))


def test_a_forbidden_address_is_named_with_its_line(tmp_path, monkeypatch):
    monkeypatch.setattr(lint, "ROOT", tmp_path)
    (tmp_path / "a.lock").write_text(f"fine\nhttps://{lint.REGISTRIES[0]}/simple\n")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\xff")
    forbidden = re.compile(re.escape(lint.REGISTRIES[0]))

    assert list(lint.lines_with(forbidden, tmp_path / "a.lock")) == [f"a.lock:2: names {lint.REGISTRIES[0]}"]
    assert list(lint.lines_with(forbidden, tmp_path / "picture.png")) == []


def test_the_index_of_this_machine_counts_as_a_registry(monkeypatch):
    monkeypatch.setenv("PIP_INDEX_URL", "https://user:word@mirror.example.dk:8443/simple")

    assert "mirror.example.dk" in list(lint.configured_hosts())


def test_no_tracked_file_names_a_registry_or_this_machine():
    assert lint.addresses() == []
