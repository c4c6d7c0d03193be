"""The key facts of an ad, read from the case: what every face shows in the same order and words."""

from dataclasses import dataclass
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import override

from recruitment.cases.dates import day_and_time
from recruitment.cases.estimate import minutes_to_apply
from recruitment.cases.models import EmploymentDuration, RecruitmentCase
from recruitment.cases.profile import AdvertisementRound

#: The order in which applicants ask (ux 2.2). What is kept as JSON comes back in another.
ORDER = ("deadline", "employer", "unit", "workplace", "hours", "duration", "start", "pay", "agreement", "positions",
         "interviews", "answer", "minutes", "reference")  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """One line of the key facts."""

    code: str
    label: str
    value: str


#: Key facts that an administrator changes in every ad at once: by the name of the institution or unit, or by a workplace.
MASTER_FACTS = frozenset({"employer", "unit", "workplace"})


def names_and_places(case: RecruitmentCase) -> dict[str, str]:
    """The facts of `MASTER_FACTS` in the reader's language, empty where there is nothing to say."""
    unit = case.unit.name if case.unit.depth > 1 else ""
    return {"employer": case.institution.name, "unit": unit, "workplace": places(case)}


def ad_facts(
    case: RecruitmentCase, round_: AdvertisementRound | None, language: str, *, minutes: int | None = None
) -> list[Fact]:
    """The lines that have something to say, in the order applicants ask (ux 2.2). `minutes` where they are known already."""
    with override(language):
        named = names_and_places(case)
        lines = (
            ("deadline", _("Application deadline"), _deadline(round_)),
            ("employer", _("Employer"), named["employer"]),
            ("unit", _("Unit"), named["unit"]),
            ("workplace", _("Workplace"), named["workplace"]),
            ("hours", _("Working hours"), hours(case)),
            ("duration", _("Employment"), duration(case)),
            ("start", _("Start"), start(case)),
            ("pay", _("Pay"), pay_range(case)),
            ("agreement", _("Agreement"), ", ".join(a.label for a in case.collective_agreements.all())),
            ("positions", _("Positions"), str(case.positions_count) if case.positions_count > 1 else ""),
            ("interviews", _("Interviews"), dates(case.interview_dates)),
            ("answer", _("Answer at the latest"), date(case.expected_answer_date)),
            ("minutes", _("Time it takes"), _("about %d minutes") % (minutes or minutes_to_apply(case))),
            ("reference", _("Case number"), case.case_number),
        )
        return [Fact(code, str(label), str(value)) for code, label, value in lines if value]


def kept_facts(kept: dict[str, Any]) -> list[Fact]:
    """The facts of a version, in order again; what this list does not know comes last."""
    known = sorted(kept, key=lambda code: ORDER.index(code) if code in ORDER else len(ORDER))
    return [Fact(code, kept[code].get("label", ""), kept[code].get("value", "")) for code in known]


def _deadline(round_: AdvertisementRound | None) -> str:
    return day_and_time(round_.application_deadline) if round_ and round_.application_deadline else ""


def date(day: Any) -> str:
    """A date in words, empty for none."""
    return formats.date_format(day, "DATE_FORMAT") if day else ""


def dates(days: list[Any]) -> str:
    """Dates in a row."""
    return ", ".join(date(day) for day in sorted(days))


def places(case: RecruitmentCase) -> str:
    """Towns, and how much can be done from home."""
    workplaces = list(case.workplaces.all())
    towns = _(" or ").join(dict.fromkeys(w.city for w in workplaces))
    remote = next((str(w.get_remote_degree_display()) for w in workplaces if w.remote_degree != "NONE"), "")
    return f"{towns} ({remote})" if towns and remote else towns


def hours(case: RecruitmentCase) -> str:
    """Full or part time with the weekly hours: "full time, 37 hours a week"."""
    least, most = case.weekly_hours_min, case.weekly_hours_max
    if most is None:
        return str(case.get_working_time_display())
    amount = number(most) if least in {None, most} else f"{number(least)}–{number(most)}"
    return _("%(kind)s, %(amount)s hours a week") % {"kind": case.get_working_time_display(), "amount": amount}


def number(value: Any) -> str:
    """37 for 37.0 and 32,5 for 32.5 in Danish."""
    return (
        str(formats.number_format(value.normalize() if value == value.to_integral() else value, use_l10n=True))
        if hasattr(value, "to_integral")
        else str(value)
    )


def duration(case: RecruitmentCase) -> str:
    """Permanent, or until when."""
    kind = str(case.get_employment_duration_display())
    if case.employment_duration == EmploymentDuration.PERMANENT or not case.duration_until:
        return kind
    return _("%(kind)s until %(date)s") % {"kind": kind, "date": date(case.duration_until)}


def start(case: RecruitmentCase) -> str:
    """The start date, or as soon as possible."""
    return date(case.start_date) or (_("as soon as possible") if case.start_asap else "")


def pay_range(case: RecruitmentCase) -> str:
    """The yearly range in kroner, empty where none is typed."""
    amounts = [formats.number_format(v, use_l10n=True, force_grouping=True) for v in (case.pay_min, case.pay_max) if v]
    return _("DKK %s a year") % "–".join(dict.fromkeys(amounts)) if amounts else ""
