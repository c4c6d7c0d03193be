"""The tabs of a case and of the set-up, those that the person may open; many are gathered under headings."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from recruitment.access.decide import held
from recruitment.access.permissions import Permission
from recruitment.cases.models import CaseState, RecruitmentCase
from recruitment.people.actor import Actor

ONE_ROW = 7  # as many as stand side by side at 1280 pixels; more are gathered
PREPARATION, ADVERTISING, SELECTION = _("Preparation"), _("Advertising"), _("Selection")
CONCLUSION, FOLLOW_UP = _("Decision and closing"), _("Follow-up")
TABS = (
    ("overview", "", _("Overview"), "workbench:case", Permission.CASE_READ_AD_FACTS),
    ("plan", PREPARATION, _("Plan"), "workbench:plan", Permission.CASE_VIEW),
    ("edit", PREPARATION, _("Facts"), "workbench:case_edit", Permission.CASE_EDIT),
    ("profile", PREPARATION, _("Job profile"), "workbench:profile", Permission.CASE_PROPOSE_PROFILE),
    ("members", PREPARATION, _("People"), "workbench:members", Permission.CASE_VIEW),
    ("form", ADVERTISING, _("Form"), "workbench:form", Permission.CASE_EDIT),
    ("media", ADVERTISING, _("Media"), "workbench:media", Permission.PUBLICATION_MANAGE),
    ("versions", ADVERTISING, _("What was public"), "workbench:versions", Permission.CASE_READ_AD_FACTS),
    ("applications", SELECTION, _("Applicants"), "workbench:applications", Permission.APPLICATION_LIST),
    ("interviews", SELECTION, _("Interviews"), "workbench:interviews", Permission.INTERVIEW_VIEW_SLOTS),
    ("fairness", SELECTION, _("References and hearings"), "workbench:fairness", Permission.HEARING_VIEW),
    ("letters", SELECTION, _("Letters"), "workbench:letters", Permission.MESSAGE_SEND_INTERVIEW),
    ("decision", CONCLUSION, _("Decision"), "workbench:decision", Permission.PRIORITY_VIEW),
    ("answers", CONCLUSION, _("Answers"), "workbench:answers", Permission.REJECT_LOG_PHONE),
    ("closing", CONCLUSION, _("Closing"), "workbench:closing", Permission.REJECT),
    ("statistics", FOLLOW_UP, _("Statistics"), "workbench:case_statistics", Permission.STATS_CASE),
    ("log", FOLLOW_UP, _("Log"), "workbench:log", Permission.AUDIT_VIEW),
)
#: Where the work on a case is, by its state.
PHASE = {
    CaseState.DRAFT: PREPARATION, CaseState.READY: ADVERTISING, CaseState.ADVERTISED: ADVERTISING,
    CaseState.ASSESSING: SELECTION, CaseState.INTERVIEWING: SELECTION,
    CaseState.DECIDING: CONCLUSION, CaseState.CONCLUDING: CONCLUSION,
}  # fmt: skip


@dataclass(frozen=True)
class Tab:
    """One tab."""

    name: str
    label: str
    url: str
    is_active: bool


@dataclass(frozen=True)
class Gathered:
    """Tabs under one heading; the heading leads to the first of them."""

    label: str
    tabs: list[Tab]
    is_phase: bool = False

    @property
    def url(self) -> str:
        """Where its heading leads."""
        return self.tabs[0].url

    @property
    def is_active(self) -> bool:
        """Whether the screen is one of them."""
        return any(tab.is_active for tab in self.tabs)


@dataclass(frozen=True)
class Tabs:
    """What stands above a screen: one row where few are open to the person, else headings and the tabs of one."""

    row: list[Gathered]

    @property
    def below(self) -> Gathered | None:
        """The heading whose tabs stand in the second row."""
        return next((each for each in self.row if each.is_active and len(each.tabs) > 1), None)


def case_tabs(actor: Actor, case: RecruitmentCase, active: str) -> Tabs:
    """Those the person has the right to; the heading of the phase that the case is in is marked."""
    phase = PHASE.get(CaseState(case.state), "")
    rights = held(actor, [right for *_rest, right in TABS], case)
    return gathered(
        (
            (heading, Tab(name, str(label), reverse(url, args=[case.pk]), name == active))
            for name, heading, label, url, right in TABS
            if right in rights
        ),
        str(phase),
    )


def gathered(tabs: Iterable[tuple[object, Tab]], phase: str = "") -> Tabs:
    """In order; each by itself where they are few, or where it has no heading or is the only one under it."""
    open_tabs = [(str(heading), tab) for heading, tab in tabs]
    if len(open_tabs) <= ONE_ROW:
        return Tabs([Gathered(tab.label, [tab]) for _heading, tab in open_tabs])
    row: list[Gathered] = []
    for heading, tab in open_tabs:
        if heading and row and row[-1].label == heading:
            row[-1].tabs.append(tab)
        else:
            row.append(Gathered(heading or tab.label, [tab], bool(heading) and heading == phase))
    return Tabs([replace(each, label=each.tabs[0].label) if len(each.tabs) == 1 else each for each in row])
