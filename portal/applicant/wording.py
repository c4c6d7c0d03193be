"""Where an application is to be continued, and what its state is called to the one who sent it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

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
    state = application.state
    if state == ApplicationState.STARTED:
        return _progress_of_draft(application)
    if state == ApplicationState.SUBMITTED:
        return Progress(_("We have received your application.") + until, 1, "success")
    if state == ApplicationState.LATE:
        return Progress(_("Your application came after the deadline and cannot be considered."), 1, "warning")
    if state == ApplicationState.WITHDRAWN:
        return Progress(_("You have withdrawn your application."), 4)
    if state in {ApplicationState.REJECTED, ApplicationState.HIRED}:
        return Progress(_("The recruitment has been decided. You have got an answer."), 4)
    if state in {ApplicationState.INVITED, ApplicationState.INTERVIEWED, ApplicationState.FINALIST, ApplicationState.OFFERED}:
        return Progress(_("You are part of the interviews.") + until, 3)
    return Progress(_("We are reading the applications.") + until, 2)


def _progress_of_draft(application: Application) -> Progress:
    deadline = application.round.application_deadline
    if deadline is None:
        return Progress(_("Begun, but not sent."), 0, "warning")
    return Progress(_("Begun, but not sent. The deadline is %s.") % day_and_time(deadline), 0, "warning")
