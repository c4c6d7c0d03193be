"""How a person looks at a case's applicants: filters, columns and order, all in the address."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy

from portal.guard import actor_of
from recruitment.applications.answers import answered, narrowings_of, questions_asked
from recruitment.applications.models import Application, ApplicationState, Origin, ReceiveChannel
from recruitment.applications.queries import CandidateFilter
from recruitment.assessments.candidates import AssessedFilter, candidate_rows
from recruitment.assessments.furnishing import icons_for
from recruitment.assessments.insight import Insight, insight_of
from recruitment.assessments.models import Bucket
from recruitment.cases.models import RecruitmentCase
from recruitment.questions.models import ScreeningQuestion

A_PAGE = 500
ALL = ("", gettext_lazy("all"))
STATES = [choice for choice in ApplicationState.choices if choice[0] != ApplicationState.STARTED]
ANSWER = "a_"
FIRST = ("q", "state", "mine", "icon")
#: The columns that readers choose among, in order, and those they get unasked.
COLUMNS = {
    "own": gettext_lazy("My rating"), "mean": gettext_lazy("Mean"), "spread": gettext_lazy("Spread"),
    "missing": gettext_lazy("Missing"), "rank": gettext_lazy("Chair's ranking"), "icons": gettext_lazy("Icons"),
    "state": gettext_lazy("State"), "received": gettext_lazy("Received"), "origin": gettext_lazy("Origin"),
    "source": gettext_lazy("Saw the ad"), "channel": gettext_lazy("Through"), "documents": gettext_lazy("Documents"),
    "letters": gettext_lazy("Letters"), "others": gettext_lazy("Others here"),
}  # fmt: skip
USUAL = ("own", "mean", "spread", "missing", "icons", "state", "received", "letters", "others")


class CandidateSearch(forms.Form):
    """The filters; they live in the address, and the reader goes through what they leave."""

    q = forms.CharField(required=False, label=gettext_lazy("Name or reference"), max_length=100)
    state = forms.ChoiceField(required=False, label=gettext_lazy("State"), choices=[ALL, *STATES])
    mine = forms.ChoiceField(
        required=False, label=gettext_lazy("My rating"),
        choices=[ALL, ("unrated", gettext_lazy("still to rate")), ("rated", gettext_lazy("rated"))],
    )  # fmt: skip
    icon = forms.ChoiceField(required=False, label=gettext_lazy("Icon"))
    bucket = forms.ChoiceField(required=False, label=gettext_lazy("Chair's sorting"), choices=[ALL, *Bucket.choices])
    origin = forms.ChoiceField(required=False, label=gettext_lazy("Origin"), choices=[ALL, *Origin.choices])
    channel = forms.ChoiceField(
        required=False, label=gettext_lazy("Received through"), choices=[ALL, *ReceiveChannel.choices]
    )
    unread = forms.ChoiceField(
        required=False, label=gettext_lazy("Not opened yet"),
        choices=[ALL, ("on", gettext_lazy("by me")), ("nobody", gettext_lazy("by anybody"))],
    )  # fmt: skip
    unassessed = forms.BooleanField(required=False, label=gettext_lazy("Assessed by nobody"))

    def __init__(self, data: QueryDict, *, case: RecruitmentCase, insight: Insight) -> None:
        super().__init__(data)
        self.case = case
        self.questions: list[ScreeningQuestion] = questions_asked(case) if insight.reads else []
        self.narrowed_by: list[ScreeningQuestion] = []
        if not insight.reads:
            for name in ("mine", "icon", "bucket", "unassessed"):
                del self.fields[name]
            return
        icons = [(str(icon.pk), str(icon)) for icon in icons_for(case.institution)]
        self.fields["icon"].choices = [ALL, *icons]
        for question in self.questions:
            self._ask(question)

    def _ask(self, question: ScreeningQuestion) -> None:
        choices = [(each.code, each.label) for each in narrowings_of(question)]
        if choices:
            self.narrowed_by.append(question)
            self.fields[f"{ANSWER}{question.pk}"] = forms.ChoiceField(
                required=False, label=question.text, choices=[ALL, *choices]
            )

    def first_fields(self) -> list[forms.BoundField]:
        """Those that stand above the list."""
        return [self[name] for name in self.fields if name in FIRST]

    def more_fields(self) -> list[forms.BoundField]:
        """The others, with those about answers last."""
        return [self[name] for name in self.fields if name not in FIRST]

    def _chosen(self) -> dict[str, Any]:
        self.is_valid()
        return self.cleaned_data

    def wanted(self) -> CandidateFilter:
        """What was chosen; what could not be understood does not narrow."""
        typed = self._chosen()
        return CandidateFilter(
            typed.get("q", ""), typed.get("state", ""), typed.get("origin", ""), typed.get("channel", ""),
            typed.get("unread", ""), tuple(self.data.getlist("only")[:A_PAGE]),
        )  # fmt: skip

    def assessed(self) -> AssessedFilter:
        """The same, of what people said of them and what they answered."""
        typed = self._chosen()
        by_question = {str(question.pk): typed.get(f"{ANSWER}{question.pk}", "") for question in self.narrowed_by}
        return AssessedFilter(
            typed.get("mine", ""), typed.get("icon") or None, typed.get("bucket", ""), bool(typed.get("unassessed")),
            answered(self.narrowed_by, by_question),
        )  # fmt: skip

    def columns(self) -> list[str]:
        """Those that were chosen, in their order; the usual ones where none was."""
        asked = set(self.data.getlist("col"))
        known = [*COLUMNS, *(f"{ANSWER}{question.pk}" for question in self.questions)]
        return [name for name in known if name in asked] or list(USUAL)


@dataclass(frozen=True)
class Field:
    """The applicants as they are looked at now."""

    search: CandidateSearch
    insight: Insight
    rows: QuerySet[Application]
    order: str


def field_of(request: HttpRequest, case: RecruitmentCase) -> Field:
    """By the address of the request: for the list, and for the reader's way through it."""
    actor = actor_of(request)
    insight = insight_of(actor, case)
    search = CandidateSearch(request.GET, case=case, insight=insight)
    order = request.GET.get("order", "")
    rows = candidate_rows(actor, case, insight, search.wanted(), search.assessed(), order=order)
    return Field(search, insight, rows, order)
