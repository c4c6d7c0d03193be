"""What a page hands down when it goes live, and what must be in it (GRD-2)."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from recruitment.cases.models import CaseType, EmploymentBasis, EmploymentDuration, RecruitmentCase
from recruitment.cases.profile import AdvertisementRound
from recruitment.errors import Obstacle


@dataclass(frozen=True)
class AdContent:
    """One version of an ad in one language, as the page shows it. `blocks` as in `JobAdvertisement.blocks`."""

    language: str
    title: str
    headline: str
    intro: str
    blocks: list[dict[str, Any]]
    html: str
    text: str
    url: str
    page_id: int | None = None
    image_url: str = ""
    layout_name: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    picture_ids: list[int] = field(default_factory=list)

    def has(self, kind: str) -> bool:
        """Whether a block of this kind is there."""
        return any(block["kind"] == kind for block in self.blocks)

    @property
    def digest(self) -> str:
        """Names these words: a review that approved them approved no others."""
        words = [self.headline, self.intro, [[block["kind"], block.get("value")] for block in self.blocks]]
        return hashlib.sha256(json.dumps(words, sort_keys=True, default=str).encode()).hexdigest()


def missing_contents(content: AdContent, case: RecruitmentCase, round_: AdvertisementRound) -> list[Obstacle]:
    """Everything the law or the guide asks of an ad that this one lacks (GRD-2, GRD-5); empty means it may go out."""
    return [*_missing_in_case(case, round_), *_missing_in_text(content)]


def _missing_in_case(case: RecruitmentCase, round_: AdvertisementRound) -> Iterable[Obstacle]:
    has_end = round_.application_deadline or case.case_type == CaseType.OPEN_APPLICATION
    has_agreement = case.collective_agreements.exists() or case.employment_basis == EmploymentBasis.CIVIL_SERVANT
    has_duration = case.employment_duration == EmploymentDuration.PERMANENT or case.duration_until or case.start_asap
    checks = (
        (case.title, "title", _("The job title is missing."), "title"),
        (case.employment_area, "employment_area", _("The area of employment is missing."), "employment_area"),
        (case.workplaces.exists(), "workplace", _("The workplace is missing."), "workplaces"),
        (case.pay_placement_text, "pay", _("Pay and grading are missing."), "pay_placement_text"),
        (has_end, "deadline", _("The deadline is missing: date and time."), "deadline"),
        (has_agreement, "agreement", _("The collective agreement is missing."), "collective_agreements"),
        (case.postal_application_address, "postal_address",
         _("An address for applications on paper is missing: nobody may be forced to apply online."), "postal_application_address"),
        (case.part_time_possible or case.part_time_refusal_reason, "part_time",
         _("Say whether part time is possible, or why it is not."), "part_time_possible"),
        (case.start_date or case.start_asap, "start", _("The start date is missing."), "start_date"),
        (case.weekly_hours_max, "hours", _("The weekly hours are missing."), "weekly_hours_max"),
        (case.contacts.filter(publish_in_ad=True).exists(), "contact", _("A contact person for applicants is missing."), "contacts"),
        (has_duration, "duration_until", _("Say until when the employment lasts."), "duration_until"),
    )  # fmt: skip
    return [Obstacle(code, message, f"case.{field}") for there, code, message, field in checks if not there]


def _missing_in_text(content: AdContent) -> Iterable[Obstacle]:
    checks = (
        (content.headline.strip(), "headline", _("The ad has no headline."), "page.title"),
        (content.intro.strip(), "intro", _("The ad has no introduction."), "page.intro"),
        (content.has("tasks"), "tasks", _("The block with the tasks is missing."), "page.body"),
        (content.has("profile"), "profile", _("The block about the applicant is missing."), "page.body"),
        (content.has("terms"), "terms", _("The block with pay and terms is missing."), "page.body"),
        (content.has("contact"), "contact_block", _("The block with the contact is missing."), "page.body"),
        (content.has("process"), "process", _("The block with process and dates is missing."), "page.body"),
    )
    return [Obstacle(code, message, place) for present, code, message, place in checks if not present]
