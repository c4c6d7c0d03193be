"""The first points of an ad: the tasks and the requirements of the job profile, typed once."""

import uuid
from typing import Any

from django.utils.html import format_html
from django.utils.text import capfirst

from recruitment.cases.adapting import FRAME, profile_fields_of, shipped_label
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.profile import JobProfile

LONGEST = 300  # characters of a point


def points_of(case: RecruitmentCase, language: str) -> dict[str, list[str]]:
    """What the blocks `tasks` and `profile` can say, as far as the profile says it in the language."""
    profile = JobProfile.objects.filter(case=case).first()
    if profile is None:
        return {}
    own_language = language == case.language
    names = [
        (row.name_en or (row.name_da if own_language else "")) if language == "en" else row.name_da
        for row in profile.competences.all()
    ]
    found = {"tasks": profile.task_list() if own_language else [], "profile": [name for name in names if name]}
    return {kind: [point[:LONGEST] for point in points] for kind, points in found.items() if points}


def filled_from_profile(body: list[Any], case: RecruitmentCase, language: str) -> list[Any]:
    """The stored blocks with the profile's points where a block has none of its own; blocks that are missing are put first."""
    points = points_of(case, language)
    frame = frame_of(case, language) if "paragraph" not in {block["type"] for block in body} else []
    present = {block["type"] for block in body}
    missing = [
        {"type": kind, "id": str(uuid.uuid4()), "value": {"heading": "", "body": "", "items": _items(lines)}}
        for kind, lines in points.items()
        if kind not in present
    ]
    return [*missing, *frame, *(_with_points(block, points.get(block["type"], [])) for block in body)]


def frame_of(case: RecruitmentCase, language: str) -> list[dict[str, Any]]:
    """A paragraph for each field of the frame that HR lets the ad take, in the case's own language only."""
    profile = JobProfile.objects.filter(case=case).first()
    if profile is None or language != case.language:
        return []
    fields = {field.column: field for field in profile_fields_of(case.institution)}
    found = []
    for name in FRAME:
        words = getattr(profile, name).strip()
        if name in profile.shown_in_ad and words and fields[name].is_shown:
            heading = capfirst(fields[name].label or shipped_label(name))
            body = "".join(format_html("<p>{}</p>", line.strip()) for line in words.splitlines() if line.strip())
            found.append({"type": "paragraph", "id": str(uuid.uuid4()), "value": {"heading": heading, "body": body}})
    return found


def _with_points(block: dict[str, Any], points: list[str]) -> dict[str, Any]:
    if not points or block["value"].get("items"):
        return block
    return {**block, "value": {**block["value"], "items": _items(points)}}


def _items(points: list[str]) -> list[dict[str, str]]:
    return [{"type": "item", "id": str(uuid.uuid4()), "value": point} for point in points]
