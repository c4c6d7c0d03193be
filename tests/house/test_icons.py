"""Every icon that a template names is in the sprite."""

import re

from tests.tools import ROOT

NAMED = re.compile(r"""\{% icon "([a-z-]+)"|icons\.svg['"] %\}#([a-z-]+)""")


def test_every_icon_is_drawn():
    drawn = set(re.findall(r'id="([a-z-]+)"', (ROOT / "portal/static/build/icons.svg").read_text(encoding="utf-8")))
    named = {
        (path.name, one or other)
        for path in (ROOT / "templates").rglob("*.html")
        for one, other in NAMED.findall(path.read_text(encoding="utf-8"))
    }

    assert named
    assert {(template, name) for template, name in named if name not in drawn} == set()
