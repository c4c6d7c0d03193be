"""Where an application is to be continued, and what its state is called to the one who sent it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recruitment.applications.models import Application, ApplicationState
from recruitment.applications.steps import ABOUT, PAPERS, QUESTIONS
from recruitment.cases.dates import day_and_time

STEP_TITLES = {
    ABOUT: lambda: _("About you"),
    PAPERS: lambda: _("Application and CV"),
    QUESTIONS: lambda: _("Questions"),
}


def address_of(application: Application) -> str:
    """The next place to go: the draft's first step, or the received application's page."""
    if application.is_draft:
        return reverse("applicant:step", args=[application.pk, ABOUT])
    return reverse("applicant:one", args=[application.pk])


@dataclass(frozen=True)
class Progress:
    """A state in a sentence, and how many of the four points it has reached."""

    sentence: str
    reached: int
    tone: str = "info"


def progress_of(application: Application) -> Progress:
    """Plain words, warm but exact; what is decided about a person is told in a letter, never here first."""
    answer = application.case.expected_answer_date
    until = _(" You hear from us no later than %s.") % formats.date_format(answer, "DATE_FORMAT") if answer else ""
    if application.is_draft:
        return _progress_of_draft(application)
    sentence, reached, tone = _SENTENCES.get(application.state, _READING)
    return Progress(str(sentence) + (until if reached < DECIDED and tone != "warning" else ""), reached, tone)


DECIDED = 4
_READING = (gettext_lazy("We are reading the applications."), 2, "info")
_WITH_US = (gettext_lazy("You are part of the interviews."), 3, "info")
_OVER = (gettext_lazy("The recruitment has been decided. You have got an answer."), DECIDED, "info")
_SENTENCES = {
    ApplicationState.SUBMITTED: (gettext_lazy("We have received your application."), 1, "success"),
    ApplicationState.LATE: (
        gettext_lazy("Your application came after the deadline and cannot be considered."),
        1,
        "warning",
    ),
    ApplicationState.WITHDRAWN: (gettext_lazy("You have withdrawn your application."), DECIDED, "info"),
    ApplicationState.REJECTED: _OVER,
    ApplicationState.HIRED: _OVER,
    ApplicationState.INVITED: _WITH_US,
    ApplicationState.INTERVIEWED: _WITH_US,
    ApplicationState.FINALIST: _WITH_US,
    ApplicationState.OFFERED: _WITH_US,
}


def _progress_of_draft(application: Application) -> Progress:
    deadline = application.round.application_deadline
    if deadline is None:
        return Progress(_("Begun, but not sent."), 0, "warning")
    return Progress(_("Begun, but not sent. The deadline is %s.") % day_and_time(deadline), 0, "warning")
