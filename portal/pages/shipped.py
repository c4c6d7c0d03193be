"""The layouts that ship with the portal: a folder each under `designs/shipped/`, loaded again whenever a file has changed."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from portal.pages.layouts import AdLayout
from recruitment.organisation.models import Institution

FOLDER = Path(__file__).parent / "designs" / "shipped"


def codes() -> list[str]:
    """Of the layouts that ship."""
    return sorted(path.parent.name for path in FOLDER.glob("*/layout.json"))


def contents(code: str) -> dict[str, Any]:
    """The fields of a shipped layout, as its files say."""
    folder = FOLDER / code
    about: dict[str, Any] = json.loads((folder / "layout.json").read_text(encoding="utf-8"))
    markup, css = ((folder / name).read_text(encoding="utf-8") for name in ("ad.html", "ad.css"))
    return {**about, "markup": markup, "css": css}


@transaction.atomic
def load() -> None:
    """Bring the shared rows up to the files; copies that institutions have made are theirs."""
    present = {
        layout.shipped_code: layout for layout in AdLayout.objects.filter(institution=None).exclude(shipped_code="")
    }
    for code in codes():
        fields = contents(code)
        layout = present.get(code) or AdLayout(shipped_code=code, live=False)
        if layout.pk and all(getattr(layout, name) == value for name, value in fields.items()):
            continue
        _publish(layout, fields)


def copied(code: str, institution: Institution, name: str, **changes: Any) -> AdLayout:
    """An institution's own layout that begins as a shipped one."""
    layout = AdLayout(institution=institution)
    return _publish(layout, {**contents(code), "name": name, **changes})


def _publish(layout: AdLayout, fields: dict[str, Any]) -> AdLayout:
    for name, value in fields.items():
        setattr(layout, name, value)
    layout.full_clean()
    layout.save()
    layout.save_revision().publish()
    return layout


def load_after_migrate(**_signal: Any) -> None:
    """A new installation has them from the start."""
    load()
