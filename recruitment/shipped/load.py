"""Loading what ships, safe to run any number of times: institutions' own versions are never touched."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from recruitment.advertising.models import Medium
from recruitment.assessments.marks import CandidateIcon, RatingScale
from recruitment.mail.models import MessageTemplate
from recruitment.organisation.actions import publish_legal_text
from recruitment.organisation.classification import Classification
from recruitment.organisation.legal import LegalTextKind
from recruitment.planning.models import PlanTemplate, TemplateActivity

HERE = Path(__file__).parent


@transaction.atomic
def load() -> None:
    """Bring the shipped rows up to the files."""
    load_code_lists()
    load_media()
    load_letters()
    load_texts()
    load_plan_templates()
    load_marks()


def _read(name: str) -> Any:
    return json.loads((HERE / name).read_text(encoding="utf-8"))


def load_code_lists() -> None:
    """Codes with their labels; a municipality after its region."""
    present = {(c.scheme, c.code): c for c in Classification.objects.select_related("parent")}
    for line in _read("code_lists.json"):
        parent = present.get(("REGION", line.pop("parent", "")))
        row = present.get((line["scheme"], line["code"])) or Classification()
        wanted = {"external_codes": {}, **line, "parent": parent}
        if any(getattr(row, name) != value for name, value in wanted.items()) or (row.scheme, row.code) not in present:
            for name, value in wanted.items():
                setattr(row, name, value)
            row.save()
        present[line["scheme"], line["code"]] = row


def load_media() -> None:
    """The media that every institution has."""
    for line in _read("media.json"):
        origin = line.pop("derived_from", None)
        line["derived_from"] = Medium.objects.get(code=origin) if origin else None
        medium, _made = Medium.objects.get_or_create(code=line["code"], defaults=line)
        if medium.adapter != line.get("adapter", ""):
            medium.adapter = line.get("adapter", "")
            medium.save(update_fields=["adapter"])


def load_letters() -> None:
    """Standard letters. A changed file becomes a new version; sent letters keep theirs."""
    shipped = MessageTemplate.objects.filter(institution=None).order_by("version")
    newest = {(letter.code, letter.language): letter for letter in shipped}
    for code, about in _read("letters/index.json").items():
        for language in ("da", "en"):
            words = (HERE / "letters" / f"{code}.{language}.txt").read_text(encoding="utf-8")
            subject, _blank, body = words.partition("\n")
            wanted = {"subject": subject.strip(), "body": body.strip() + "\n", "message_class": about["message_class"]}
            latest = newest.get((code, language))
            if not latest or any(getattr(latest, name) != value for name, value in wanted.items()):
                version = (latest.version if latest else 0) + 1
                MessageTemplate.objects.create(
                    code=code, language=language, name=about["name"], version=version, **wanted
                )


def load_texts() -> None:
    """The standard notice for ordinary data (domain F.7)."""
    for path in sorted((HERE / "texts").glob("*.txt")):
        kind, language = path.name.removesuffix(".txt").split(".")
        publish_legal_text(None, LegalTextKind(kind), language, path.read_text(encoding="utf-8"), by=None)


def load_plan_templates() -> None:
    """The plans that new cases begin with (C0). A changed file changes the shipped template, and no plan made from it."""
    for wanted in _read("plans.json"):
        steps = wanted.pop("steps")
        template, _made = PlanTemplate.objects.update_or_create(code=wanted["code"], defaults=wanted)
        lines = [
            {"kind": kind, "part": part, "anchor": anchor, "offset": offset, "position": place}
            for place, (kind, part, anchor, offset) in enumerate(steps)
        ]
        if list(template.activities.values("kind", "part", "anchor", "offset", "position")) != lines:
            template.activities.all().delete()
            TemplateActivity.objects.bulk_create([TemplateActivity(template=template, **line) for line in lines])


def load_marks() -> None:
    """The scale and the icons that every institution can use; their words follow the file."""
    marks = _read("marks.json")
    levels = marks["scale"].pop("levels")
    scale, _made = RatingScale.objects.update_or_create(institution=None, is_default=True, defaults=marks["scale"])
    for line in levels:
        scale.levels.update_or_create(value=line["value"], defaults=line)
    for line in marks["icons"]:
        CandidateIcon.objects.update_or_create(institution=None, label_da=line["label_da"], defaults=line)
