"""Published ads that still say names and places which an administrator has changed since (the ad keeps what it went out with)."""

from dataclasses import dataclass

from django.utils.translation import override

from recruitment.access.decide import visible
from recruitment.access.permissions import Permission
from recruitment.advertising.facts import names_and_places
from recruitment.advertising.models import JobAdvertisement
from recruitment.people.actor import Actor

CASE = "round__case__"


@dataclass(frozen=True)
class Change:
    """One key fact: as the published version has it, and as it would read now."""

    label: str
    before: str
    now: str


def outdated_versions(actor: Actor) -> list[tuple[JobAdvertisement, list[Change]]]:
    """Live versions that the actor may publish anew, each with what has changed, by headline; two queries, however many."""
    live = JobAdvertisement.objects.filter(retired_at__isnull=True, round__closed_at__isnull=True)
    rows = visible(actor, Permission.AD_PUBLISH, live).exclude(page_id=None).order_by("headline")
    shown = rows.select_related(f"{CASE}institution", f"{CASE}unit").prefetch_related(f"{CASE}workplaces")
    told = ((ad, _changes(ad)) for ad in shown.defer("html", "text"))
    return [(ad, changes) for ad, changes in told if changes]


def _changes(ad: JobAdvertisement) -> list[Change]:
    with override(ad.language):
        now = names_and_places(ad.round.case)
    kept = {code: ad.facts[code] for code in now if code in ad.facts}
    return [
        Change(fact["label"], fact["value"], now[code]) for code, fact in kept.items() if fact["value"] != now[code]
    ]
