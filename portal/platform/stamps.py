"""Skip what was done before: a step is done again only when what it is made of has changed."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def fingerprint(paths: Iterable[Path]) -> str:
    """One hash over names and contents; folders count with every file below them, in a fixed order."""
    total = hashlib.sha256()
    for file in sorted({file for path in paths for file in files_below(path)}):
        total.update(str(file).encode())
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def files_below(path: Path) -> list[Path]:
    if path.is_dir():
        return [file for file in path.rglob("*") if file.is_file() and "__pycache__" not in file.parts]
    return [path] if path.exists() else []


class Stamp:
    """A file that remembers what a step was last made of."""

    def __init__(self, file: Path, made_of: str) -> None:
        self.file = file
        self.made_of = made_of

    def holds(self) -> bool:
        return self.file.exists() and self.file.read_text() == self.made_of

    def press(self) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(self.made_of)
