"""Answers to everybody: who gets which letter, who is left out and why, every letter to be looked at, and then they go."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.guard import actor_of
from portal.workbench.decisions.decision import case_at_decision
from portal.workbench.places import address_of
from portal.workbench.screens import BAD_INPUT, Crumb, blame, in_reach, screen, show_case
from recruitment.access.decide import may, require
from recruitment.access.permissions import Permission
from recruitment.applications.masking import mask_for
from recruitment.applications.models import Application
from recruitment.cases.models import RecruitmentCase
from recruitment.decisions import answers as codes
from recruitment.decisions.answers import ScreeningGrounds
from recruitment.decisions.letters import Merging
from recruitment.decisions.queries import decision_in_force, is_filled
from recruitment.decisions.rejecting import send_answers, write_grounds
from recruitment.decisions.sorting import Planned, Sorted, sort_answers
from recruitment.mail.actions import template_in_force
from recruitment.mail.models import MessageClass, MessageTemplate
from recruitment.mail.render import render
from recruitment.people.actor import Actor

TAB = "answers"
#: What each letter is called where people choose by it.
NAMES = {
    codes.EARLY: gettext_lazy("Before the post is filled: not chosen for interview"),
    codes.UNFILLED: gettext_lazy("Nobody is hired"),
    codes.NO_INTERVIEW: gettext_lazy("Not interviewed"),
    codes.SHORT: gettext_lazy("Interviewed, has been called: the short letter"),
    codes.REASONED: gettext_lazy("Interviewed: with fuller reasons"),
    codes.PRIORITY: gettext_lazy("Preferential access, with how to complain"),
    codes.LATE: gettext_lazy("Came too late"),
}


class CountForm(forms.Form):
    """The number of letters, typed: whoever sends to many has seen how many."""

    count = forms.IntegerField(
        min_value=0, max_value=100_000, label=gettext_lazy("How many letters is it?"),
        help_text=gettext_lazy("Type the number that stands above."),
    )  # fmt: skip


def crumb(case: RecruitmentCase) -> tuple[Crumb, ...]:
    """The way back to the list."""
    return ((_("Answers"), reverse("workbench:answers", args=[case.pk])),)


@screen
def answers(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """GET is the preview; POST looks at another letter, counts again, or starts the sending that was shown."""
    case = case_at_decision(request, case_id, Permission.REJECT_LOG_PHONE)
    actor = actor_of(request)
    chosen = request.POST if request.method == "POST" else request.GET
    with_interviewed = bool(chosen.get("interviewed"))
    looks = bool(chosen.get("letter"))
    sends = request.method == "POST" and not looks and request.POST.get("button") != "count"
    form = CountForm(request.POST if sends else None, initial={"count": chosen.get("count", "") if looks else ""})
    without = _unticked(request)
    if sends:
        require(actor, Permission.REJECT, case)
        if form.is_valid():
            try:
                sending = send_answers(
                    case, actor=actor, with_interviewed=with_interviewed, without=without, expected=form.cleaned_data["count"]
                )  # fmt: skip
            except ValidationError as refusal:
                blame(form, refusal)
            else:
                messages.success(request, _("The letters go when the time for second thoughts is over."))
                return redirect("workbench:sending", case.pk, sending.pk)
    found = sort_answers(case, with_interviewed=with_interviewed)
    shown = _shown(chosen.get("letter", ""), case, actor, found)
    early = not is_filled(case)
    return show_case(
        request, "workbench/decisions/answers.html", case, tab=TAB, title=_("Answers"), form=form, with_interviewed=with_interviewed,
        groups=_groups(found, without), left=_left_out(found, case), held=len(found.held), underway=found.underway, total=len(found.planned) - len(without),
        may_send=may(actor, Permission.REJECT, case), decision=decision_in_force(case), is_early=early, shown=shown,
        grounds=ScreeningGrounds.objects.filter(case=case).first(), status=BAD_INPUT if form.errors else 200,
    )  # fmt: skip


def _unticked(request: HttpRequest) -> set[uuid.UUID]:
    """Those on the list that was shown who are not ticked."""
    listed, ticked = request.POST.getlist("listed"), set(request.POST.getlist("send"))
    found = set()
    for key in listed:
        try:
            if key not in ticked:
                found.add(uuid.UUID(key))
        except ValueError:
            continue
    return found


def _groups(found: Sorted, without: set[uuid.UUID]) -> list[dict[str, Any]]:
    """What will be sent, letter by letter."""
    return [
        {"code": code, "name": NAMES[code], "lines": [(each, each.application.pk not in without) for each in rows]}
        for code, rows in found.by_code().items()
    ]


def _left_out(found: Sorted, case: RecruitmentCase) -> list[dict[str, Any]]:
    """Who gets none now, reason by reason. What is mended at the applicant's own answer is reached by their name."""
    groups: dict[tuple[str, str], dict[str, Any]] = {}
    for each in found.held:
        place = "" if each.place.startswith("answer:") else each.place
        made = {"code": each.code, "message": each.message, "url": address_of(place, case), "rows": []}
        groups.setdefault((each.message, place), made)["rows"].append(each.application)
    return list(groups.values())


def _shown(asked: str, case: RecruitmentCase, actor: Actor, found: Sorted) -> dict[str, Any] | None:
    """The letter that is looked at: the one asked for, else the first. Masks are put on before names are shown."""
    mask = mask_for(actor, case)
    planned = next((each for each in found.planned if str(each.application.pk) == asked), None)
    planned = planned or next(iter(found.planned), None)
    written = letter_for(planned) if planned and may(actor, Permission.REJECT, case) else None
    for rows in (found.planned, found.held):
        mask.put_on_all([each.application for each in rows])
    mask.put_on_all(found.underway)
    return written


def letter_for(planned: Planned) -> dict[str, Any]:
    """Word for word as it would go now."""
    application = planned.application
    case = application.case
    template: MessageTemplate = template_in_force(case.institution, planned.code, application.language, unit=case.unit)
    values = Merging(case).values(planned)
    letter = render(template.subject, template.body, values, template_class=template.message_class)
    return {
        "letter": letter, "application": application, "name": NAMES[planned.code], "is_secure": letter.message_class != MessageClass.STANDARD,
        "on_paper": planned.on_paper, "language": application.language,
    }  # fmt: skip


@screen
def letter(request: HttpRequest, case_id: uuid.UUID, application_id: uuid.UUID) -> HttpResponse:
    """One letter of the list, for the column beside it or on its own."""
    case = case_at_decision(request, case_id, Permission.REJECT)
    in_reach(request, Permission.REJECT, Application.objects.filter(case=case), application_id)
    rows = sort_answers(case, with_interviewed=True, only=application_id).planned
    return show_case(
        request, "workbench/decisions/letter.html", case, tab=TAB, title=_("The letter"), shown=letter_for(rows[0]) if rows else None, crumbs=crumb(case)
    )  # fmt: skip


class GroundsForm(forms.Form):
    """What the selection was made by."""

    words = forms.CharField(
        required=False, max_length=1500, label=gettext_lazy("What the choice for interview was made by"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("In general words. They complete the sentence “In choosing whom to interview, we have attached importance to …”."),
    )  # fmt: skip
    words_en = forms.CharField(
        required=False, max_length=1500, label=gettext_lazy("The same in English"), widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Only where somebody gets letters in English."),
    )  # fmt: skip


@screen
def grounds(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Written before anybody is answered early; the reasons why others were chosen stand beside it."""
    case = case_at_decision(request, case_id, Permission.REJECT)
    row = ScreeningGrounds.objects.filter(case=case).first()
    typed = request.POST if request.method == "POST" else None
    form = GroundsForm(typed, initial={"words": row.words, "words_en": row.words_en} if row else None)
    if typed is not None and form.is_valid():
        try:
            write_grounds(case, actor=actor_of(request), **form.cleaned_data)
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("workbench:answers", case.pk)
    said = Application.objects.filter(case=case, history__move="shortlist").exclude(history__reason="")
    return show_case(
        request, "workbench/decisions/grounds.html", case, tab=TAB, title=_("Grounds of the selection"), form=form, crumbs=crumb(case),
        said=list(said.order_by().values_list("history__reason", flat=True).distinct()[:10]), status=BAD_INPUT if form.errors else 200,
    )  # fmt: skip
