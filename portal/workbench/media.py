"""The media plan of a case: where the ad is shown, when, what it costs, and how it went."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from portal.guard import actor_of
from portal.workbench.fields import CopenhagenTime, Deadline, Kroner
from portal.workbench.funnel import funnel_rows
from portal.workbench.screens import BAD_INPUT, blame, case_for, screen, show_case
from portal.workbench.timeline import timeline_of
from recruitment.access.permissions import Permission
from recruitment.advertising.actions import change_publication, mark_live, plan_like, plan_medium
from recruitment.advertising.addresses import tracked
from recruitment.advertising.counting import funnel_of
from recruitment.advertising.lifecycle import MARK_LIVE, SCHEDULE, WITHDRAW
from recruitment.advertising.models import JobAdvertisement, Publication
from recruitment.advertising.queries import media_to_choose, rounds_to_plan_like
from recruitment.advertising.taking_down import take_down_everywhere
from recruitment.cases.lifecycle import current_round
from recruitment.cases.models import RecruitmentCase
from recruitment.channels.following import send_due
from recruitment.channels.queries import connection_of
from recruitment.lifecycle import is_open, make
from recruitment.people.actor import Actor
from recruitment.statistics.media import Line, brought_before

SAVE, LIVE, SCHEDULED = "save", "live", "schedule"


class PublicationForm(forms.Form):
    """Period, cost and address of one medium."""

    publish_from = CopenhagenTime(required=False, label=gettext_lazy("Shown from"))
    publish_until = Deadline(
        required=False,
        label=gettext_lazy("Shown until"),
        help_text=gettext_lazy("At the latest the application deadline."),
    )
    cost_amount = Kroner(
        required=False,
        label=gettext_lazy("Cost in kroner, excluding VAT"),
        help_text=gettext_lazy("0 where it is free. Statistics count with it."),
    )
    cost_allocation_note = forms.CharField(required=False, max_length=160, label=gettext_lazy("Who pays"))
    external_url = forms.URLField(
        required=False, max_length=400, assume_scheme="https", label=gettext_lazy("Address of the ad on the medium")
    )


class ReasonForm(forms.Form):
    """Why everything comes down."""

    reason = forms.CharField(label=gettext_lazy("Why"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


@screen
def plan(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Chosen media with their sum, the timeline, and the list to choose from."""
    case = case_for(request, case_id, Permission.PUBLICATION_MANAGE)
    return _plan(request, case)


def _plan(request: HttpRequest, case: RecruitmentCase, status: int = 200) -> HttpResponse:
    round_ = current_round(case) or case.rounds.order_by("-number").first()
    chosen = _chosen(round_) if round_ else []
    address = _ad_address(case)
    rows = [(p, _tracked(address, p), _tasks(p), [str(mirror) for mirror in p.medium.mirrors.all()]) for p in chosen]
    present = {publication.medium_id for publication in chosen}
    actor = actor_of(request)
    return show_case(
        request, "workbench/media.html", case, tab="media", title=_("Media"), rows=rows, round=round_, status=status,
        total=sum(p.cost_amount or 0 for p in chosen if p.state != "WITHDRAWN"),
        untyped=any(p.cost_amount is None for p in chosen), funnel=funnel_rows(funnel_of([round_]) if round_ else []),
        timeline=timeline_of(round_, chosen) if round_ else None, task_count=sum(len(tasks) for _p, _l, tasks, _m in rows),
        may_take_down=any(p.state in WITHDRAW.sources for p in chosen),
        choices=_choices(actor, case, present) if round_ else [],
        patterns=rounds_to_plan_like(actor, case) if round_ else [],
    )  # fmt: skip


def _choices(actor: Actor, case: RecruitmentCase, present: set[Any]) -> list[tuple[Any, Line | None]]:
    """Media that can still be chosen, each with what it has brought before."""
    known = brought_before(actor, case)
    entries = media_to_choose(case.institution).exclude(medium__in=present)
    return [(entry, known.get(entry.medium_id)) for entry in entries]


def _chosen(round_: Any) -> list[Publication]:
    rows = round_.publications.select_related("medium", "tracking_link")
    return list(rows.prefetch_related("deliveries", "medium__mirrors"))


def _tasks(publication: Publication) -> list[Any]:
    return [delivery for delivery in publication.deliveries.all() if delivery.is_task]


def _ad_address(case: RecruitmentCase) -> str:
    ads = JobAdvertisement.objects.filter(round__case=case, retired_at__isnull=True)
    return ads.order_by("language").values_list("url", flat=True).first() or ""


def _tracked(address: str, publication: Publication) -> str:
    link = getattr(publication, "tracking_link", None)
    return tracked(address, link.token) if link and address else ""


@screen
@require_POST
def add(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Choose media from the institution's list: one, which is then filled in, or several at once, or those of another case."""
    case = case_for(request, case_id, Permission.PUBLICATION_MANAGE)
    round_ = current_round(case)
    wanted = set(request.POST.getlist("entry"))
    entries = [e for e in media_to_choose(case.institution) if str(e.pk) in wanted]
    pattern = next(
        (p for p in rounds_to_plan_like(actor_of(request), case) if str(p.pk) == request.POST.get("like", "")), None
    )
    if round_ is None or len(entries) != len(wanted) or not (entries or pattern):
        messages.error(request, _("Choose a medium from the list."))
        return _plan(request, case, BAD_INPUT)
    try:
        made = _add(request, round_, entries, pattern)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return _plan(request, case, BAD_INPUT)
    if len(made) == 1 and pattern is None:
        return redirect("workbench:publication", case.pk, made[0].pk)
    messages.success(
        request, ngettext("%d medium has been chosen.", "%d media have been chosen.", len(made)) % len(made)
    )
    return redirect("workbench:media", case.pk)


@transaction.atomic
def _add(request: HttpRequest, round_: Any, entries: list[Any], pattern: Any) -> list[Publication]:
    actor = actor_of(request)
    made = [plan_medium(round_, entry, actor=actor) for entry in entries]
    return made + (plan_like(round_, pattern, actor=actor) if pattern else [])


@screen
def change(request: HttpRequest, case_id: uuid.UUID, publication_id: uuid.UUID) -> HttpResponse:
    """One medium: change it, put it on the plan, say that it is up, and see what the medium has been told."""
    case = case_for(request, case_id, Permission.PUBLICATION_MANAGE)
    publication = get_object_or_404(
        Publication.objects.select_related("medium", "round__case"), round__case=case, pk=publication_id
    )
    form = PublicationForm(request.POST if request.method == "POST" else None, initial=_values(publication))
    if request.method == "POST" and form.is_valid():
        try:
            _carry_out(request, publication, form.cleaned_data)
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("%s has been saved.") % publication.medium)
            return redirect("workbench:media", case.pk)
    fresh = Publication.objects.select_related("medium", "round__case").get(pk=publication.pk)
    actor = actor_of(request)
    return show_case(
        request, "workbench/publication.html", case, tab="media", title=str(fresh.medium), form=form, publication=fresh,
        may_mark=is_open(MARK_LIVE, fresh, actor=actor), may_schedule=is_open(SCHEDULE, fresh, actor=actor),
        may_withdraw=is_open(WITHDRAW, fresh, actor=actor), crumbs=[(_("Media"), reverse("workbench:media", args=[case.pk]))],
        deliveries=list(fresh.deliveries.select_related("settled_by")), connection=connection_of(fresh),
        status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip


def _values(publication: Publication) -> dict[str, Any]:
    return {name: getattr(publication, name) for name in PublicationForm.base_fields}


@transaction.atomic
def _carry_out(request: HttpRequest, publication: Publication, typed: dict[str, Any]) -> None:
    actor, button = actor_of(request), request.POST.get("button", SAVE)
    changed = {name: value for name, value in typed.items() if value != getattr(publication, name)}
    saved = change_publication(publication, actor=actor, **changed)
    if button == LIVE:
        mark_live(saved, actor=actor)
    elif button == SCHEDULED:
        make(SCHEDULE, saved, actor=actor)
        send_due(saved.round)


@screen
def take_down_all(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Take the ad down from every medium: one act, with a reason."""
    case = case_for(request, case_id, Permission.PUBLICATION_MANAGE)
    round_ = current_round(case)
    showing = round_.publications.filter(state__in=WITHDRAW.sources).select_related("medium") if round_ else []
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and round_ is not None:
        down = take_down_everywhere(round_, actor=actor_of(request), reason=form.cleaned_data["reason"])
        messages.success(
            request, ngettext("Taken down from %d medium.", "Taken down from %d media.", len(down)) % len(down)
        )
        return redirect("workbench:media", case.pk)
    return show_case(
        request, "workbench/media_down.html", case, tab="media", title=_("Take the ad down everywhere"), form=form,
        showing=list(showing), crumbs=[(_("Media"), reverse("workbench:media", args=[case.pk]))],
        status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip
