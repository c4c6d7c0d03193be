"""The tabs of a case that the person may open."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from recruitment.access.decide import held
from recruitment.access.permissions import Permission
from recruitment.cases.models import RecruitmentCase
from recruitment.people.actor import Actor

TABS = (
    ("overview", _("Overview"), "workbench:case", Permission.CASE_READ_AD_FACTS),
    ("plan", _("Plan"), "workbench:plan", Permission.CASE_VIEW),
    ("edit", _("Facts"), "workbench:case_edit", Permission.CASE_EDIT),
    ("profile", _("Job profile"), "workbench:profile", Permission.CASE_PROPOSE_PROFILE),
    ("form", _("Form"), "workbench:form", Permission.CASE_EDIT),
    ("media", _("Media"), "workbench:media", Permission.PUBLICATION_MANAGE),
    ("versions", _("What was public"), "workbench:versions", Permission.CASE_READ_AD_FACTS),
    ("members", _("People"), "workbench:members", Permission.CASE_VIEW),
    ("applications", _("Applicants"), "workbench:applications", Permission.APPLICATION_LIST),
    ("interviews", _("Interviews"), "workbench:interviews", Permission.INTERVIEW_VIEW_SLOTS),
    ("letters", _("Letters"), "workbench:letters", Permission.MESSAGE_SEND_INTERVIEW),
    ("fairness", _("References and hearings"), "workbench:fairness", Permission.HEARING_VIEW),
    ("decision", _("Decision"), "workbench:decision", Permission.PRIORITY_VIEW),
    ("answers", _("Answers"), "workbench:answers", Permission.REJECT_LOG_PHONE),
    ("closing", _("Closing"), "workbench:closing", Permission.REJECT),
    ("statistics", _("Statistics"), "workbench:case_statistics", Permission.STATS_CASE),
    ("log", _("Log"), "workbench:log", Permission.AUDIT_VIEW),
)


@dataclass(frozen=True)
class Tab:
    """One tab."""

    name: str
    label: str
    url: str
    is_active: bool


def case_tabs(actor: Actor, case: RecruitmentCase, active: str) -> list[Tab]:
    """Those the person has the right to, in order."""
    rights = held(actor, [right for _name, _label, _url, right in TABS], case)
    return [
        Tab(name, str(label), reverse(url, args=[case.pk]), name == active)
        for name, label, url, right in TABS
        if right in rights
    ]
