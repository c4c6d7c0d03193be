"""Where an obstacle is mended: the domain names the place, this turns it into an address."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from recruitment.cases.models import CaseState, RecruitmentCase
from recruitment.errors import Obstacle


@dataclass(frozen=True)
class Blocker:
    """What stands in the way, with the link that leads to where it is mended (or none)."""

    message: str
    url: str


def blockers(obstacles: list[Obstacle], case: RecruitmentCase) -> list[Blocker]:
    """The obstacles of a case's move, each once."""
    return list(dict.fromkeys(Blocker(str(o.message), address_of(o.place, case)) for o in obstacles))


def address_of(place: str, case: RecruitmentCase) -> str:
    """`case.deadline` gives the case's form at that field; empty where nothing on a screen mends it."""
    room, _dot, field = place.partition(".")
    screens = {
        "case": ("workbench:case_edit", f"#id_{field}"),
        "profile": ("workbench:profile", f"#id_{field}"),
        "form": ("workbench:form", "#questions"),
        "media": ("workbench:media", ""),
        "publication": ("workbench:media", ""),
        "applications": ("workbench:applications", ""),
        "interviews": ("workbench:interviews", ""),
        "fairness": ("workbench:fairness", f"#{field}"),
        "assessments": ("workbench:assessments", ""),
        "closing": ("workbench:closing", ""),
    }
    if room in {"decision", "answers"} or room.startswith("answer:"):
        return _at_the_end(room, field, case)
    if room == "dataprotection":
        return reverse("workbench:data_protection", args=[case.institution_id])
    if room == "applications":
        return reverse("workbench:applications", args=[case.pk]) + f"?{field}=on"
    if room == "page":
        return ad_address(case)
    if room not in screens:
        return ""
    name, fragment = screens[room]
    return reverse(name, args=[case.pk]) + fragment


def _at_the_end(room: str, field: str, case: RecruitmentCase) -> str:
    """Of the decision and the answers: the draft while there is one to write, the one applicant, the grounds of the selection."""
    if room.startswith("answer:"):
        return reverse("workbench:answer", args=[case.pk, room.removeprefix("answer:")])
    if room == "answers":
        return reverse("workbench:answer_grounds" if field == "grounds" else "workbench:answers", args=[case.pk])
    if field and case.state in {CaseState.INTERVIEWING, CaseState.DECIDING}:
        anchor = "#chosen" if field in {"chosen", "reserve"} else f"#id_{field}"
        return reverse("workbench:decision_write", args=[case.pk]) + anchor
    return reverse("workbench:decision", args=[case.pk])


def ad_address(case: RecruitmentCase) -> str:
    """The editor of the case's ad: of the page that is out, else the way to a new one (an existing draft is opened)."""
    page = case.rounds.filter(advertisements__page_id__isnull=False).values_list("advertisements__page_id", flat=True)
    newest = page.order_by("-advertisements__published_at").first()
    try:
        if newest:
            return reverse("wagtailadmin_pages:edit", args=[newest])
        return f"{reverse('new_ad')}?case={case.pk}"
    except NoReverseMatch:
        return ""
