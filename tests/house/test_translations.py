"""Danish first: every string of ours that a person may see has a Danish translation."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation.trans_real import translation

from portal.platform.messages import untranslated

MARKS = {"_", "gettext", "gettext_lazy"}


def test_every_string_is_translated_into_danish():
    lacking = [f"{said.path}:{said.line} {said.msgid!r}" for said in untranslated()]

    assert lacking == []


def in_f_strings(path: Path) -> Iterator[str]:
    """What is marked inside an f-string, which the program that gathers strings does not look into."""
    for text in ast.walk(ast.parse(path.read_text())):
        if isinstance(text, ast.JoinedStr):
            for call in ast.walk(text):
                if isinstance(call, ast.Call) and getattr(call.func, "id", "") in MARKS:
                    yield from (said.value for said in call.args[:1] if isinstance(said, ast.Constant))


def test_what_is_marked_inside_an_f_string_is_translated_too():
    danish = translation("da")._catalog
    sources = [
        path for room in ("recruitment", "portal", "graphql_api") for path in (Path(settings.BASE_DIR) / room).rglob("*.py")
        if "node_modules" not in path.parts
    ]  # fmt: skip
    found = [said for path in sources for said in in_f_strings(path)]

    assert found
    assert [said for said in found if said not in danish] == []
