"""Whether every test that docs/capabilities.md names is there: the list is never ahead of the truth.

Its tables end in a column that names tests as `tests/folder/test_file.py::test_name` (or `::TestClass::test_name`), or has a dash.
"""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIST = ROOT / "docs" / "capabilities.md"
COUNTED = re.compile(r"^\| \d+ \|.*\| (works|partly|not yet) \|[^|]*\|$", re.MULTILINE)
REFERENCE = re.compile(r"tests/[\w/]+\.py(?:::\w+)*")


def missing_tests(page: str) -> list[str]:
    """`line: reference` for each that is not there, in the order of the page."""
    return [
        f"{number}: {reference}"
        for number, line in enumerate(page.splitlines(), start=1)
        if line.startswith("|")
        for reference in REFERENCE.findall(line.rstrip(" |").rpartition("|")[2])
        if not is_there(reference)
    ]


def count(page: str) -> str:
    """The sentence at the top of the page: how many of the capabilities work, hold partly, are not there."""
    states = Counter(COUNTED.findall(page))
    return f"{states['works']} work, {states['partly']} partly, {states['not yet']} not yet."


def is_there(reference: str) -> bool:
    path, *names = reference.split("::")
    return (ROOT / path).exists() and (not names or tuple(names) in tests_of(ROOT / path))


@cache
def tests_of(path: Path) -> frozenset[tuple[str, ...]]:
    """Names of test functions, classes, and class with method."""
    found: set[tuple[str, ...]] = set()
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.ClassDef):
            found.add((node.name,))
            found |= {(node.name, inner.name) for inner in node.body if isinstance(inner, ast.FunctionDef)}
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found.add((node.name,))
    return frozenset(found)
