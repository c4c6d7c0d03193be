"""Where an application is to be continued, and what its state is called to the one who sent it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recruitment import clock
from recruitment.applications.models import Application, ApplicationState, Stage
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


RECEIVED, READING, INTERVIEWS, DECIDED = 1, 2, 3, 4
POINTS = (
    (RECEIVED, gettext_lazy("Received")),
    (READING, gettext_lazy("Being read")),
    (INTERVIEWS, gettext_lazy("Interviews")),
    (DECIDED, gettext_lazy("Decided")),
)


@dataclass(frozen=True)
class Point:
    """One of the four points."""

    name: str
    is_reached: bool
    is_current: bool


@dataclass(frozen=True)
class Progress:
    """Where an application is: in a word, in a sentence, and which of the four points it has reached."""

    word: str
    sentence: str
    reached: int
    tone: str = "info"

    @property
    def points(self) -> list[Point]:
        """The four points; none for an application that does not go that way (a draft, withdrawn, too late)."""
        if not self.reached:
            return []
        return [Point(str(name), number <= self.reached, number == self.reached) for number, name in POINTS]


def progress_of(application: Application) -> Progress:
    """Plain words, warm but exact; what is decided about a person is told in a letter, never here first."""
    if application.is_draft:
        return _progress_of_draft(application)
    if application.joined_to_id:
        told = _("You have sent another application for the same job. We handle them as one, and you get one answer.")
        return Progress(_("Handled as one"), told, 0, "info")
    if application.state in _ASIDE:
        word, sentence, tone = _ASIDE[application.state]
        return Progress(str(word), str(sentence), 0, tone)
    reached = _reached(application)
    sentence, tone = _SENTENCES[reached]
    answer = application.case.expected_answer_date
    if answer and reached < DECIDED:
        until = _("You hear from us no later than %s.") % formats.date_format(answer, "DATE_FORMAT")
        return Progress(str(dict(POINTS)[reached]), f"{sentence} {until}", reached, tone)
    return Progress(str(dict(POINTS)[reached]), str(sentence), reached, tone)


def _reached(application: Application) -> int:
    """A rejection that has not been delivered yet looks like the stage before it."""
    if application.state in {ApplicationState.REJECTED, ApplicationState.HIRED} and application.answer_delivered_at:
        return DECIDED
    if application.state == ApplicationState.SUBMITTED:
        return RECEIVED
    return INTERVIEWS if application.stage_reached >= Stage.INVITED else READING


_SENTENCES = {
    RECEIVED: (gettext_lazy("We have received your application."), "success"),
    READING: (gettext_lazy("We are reading the applications."), "info"),
    INTERVIEWS: (gettext_lazy("You are part of the interviews."), "info"),
    DECIDED: (gettext_lazy("The recruitment has been decided. You have got an answer."), "info"),
}
_ASIDE = {
    ApplicationState.LATE: (
        gettext_lazy("Too late"),
        gettext_lazy("Your application came after the deadline and cannot be considered."),
        "warning",
    ),
    ApplicationState.WITHDRAWN: (
        gettext_lazy("Withdrawn"),
        gettext_lazy("You have withdrawn your application."),
        "info",
    ),
}


def _progress_of_draft(application: Application) -> Progress:
    deadline = application.round.application_deadline
    word = _("Not sent")
    if deadline is None:
        return Progress(word, _("Begun, but not sent."), 0, "warning")
    if deadline <= clock.now():
        return Progress(
            word, _("Begun, but not sent. The deadline has passed; the draft is deleted after 30 days."), 0, "warning"
        )
    return Progress(word, _("Begun, but not sent. The deadline is %s.") % day_and_time(deadline), 0, "warning")
