"""Where a link may lead, apart from the documents it stands in."""

import pytest

from recruitment.documents.links import is_file_beside, is_harmless_link, is_on_own_disk


@pytest.mark.parametrize("target", ["portfolio.pdf", "www.example.dk/maja.pdf", "bilag/1.pdf"])
def test_a_file_beside_is_told_from(target):
    assert is_file_beside(target)


@pytest.mark.parametrize(
    "target", ["", "/etc/passwd", "//evil/a.pdf", "\\\\evil\\a.pdf", "../a.pdf", "C:\\a.pdf", "file:a.pdf", "a/../b"]
)
def test_a_file_elsewhere(target):
    assert not is_file_beside(target)


@pytest.mark.parametrize(
    "target", ["file:///C:\\Users\\ida\\CV.dotx", "file:///C:/Users/CV.dotx", "Normal.dotm", "C:\\a.dotx"]
)
def test_word_templates_on_the_writers_own_disk_are_told_from(target):
    assert is_on_own_disk(target)


@pytest.mark.parametrize(
    "target", ["file://server/t.dotx", "file:///\\\\server\\t.dotx", "\\\\server\\t.dotx", "https://evil/t.dotx"]
)
def test_templates_elsewhere(target):
    assert not is_on_own_disk(target)


@pytest.mark.parametrize(
    "target",
    ["search-ms:query=x", "calc:", "data:text/html,x", "vbscript:x", "file:a", "\u200bjavascript:1", "smb://x"],
)
def test_a_link_that_starts_something_is_not_harmless(target):
    assert not is_harmless_link(target)
