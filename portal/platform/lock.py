"""For maintainers: renew the locks from pyproject.toml and package.json: `python -m portal.platform.lock`.

They hold hashes and no address: an index in uv's surroundings would be written down, so it is taken away first.
"""

import os
import subprocess
import sys
from pathlib import Path

from portal.platform import frontend

ROOT = Path(__file__).resolve().parents[2]
OPTIONS = [
    "--quiet",
    "--universal",
    "--python-version",
    "3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-header",
]
LOCKS = [
    ["pyproject.toml", "-o", "requirements.lock"],
    ["pyproject.toml", "--extra", "dev", "-c", "requirements.lock", "-o", "requirements-dev.lock"],
]


def main() -> None:
    surroundings = {
        name: value for name, value in os.environ.items() if not name.startswith(("UV_DEFAULT_INDEX", "UV_INDEX"))
    }
    for files in LOCKS:
        subprocess.run(
            [str(Path(sys.executable).with_name("uv")), "pip", "compile", *OPTIONS, *files],
            cwd=ROOT,
            env=surroundings,
            check=True,
        )
    frontend.lock()


if __name__ == "__main__":
    main()
