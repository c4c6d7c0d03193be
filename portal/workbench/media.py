"""The media plan of a case: where the ad is shown, when, and what it costs."""

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
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from portal.guard import actor_of
from portal.workbench.fields import CopenhagenTime, Deadline, Kroner
from portal.workbench.screens import BAD_INPUT, blame, case_for, screen, show_case
from recruitment.access.permissions import Permission
from recruitment.advertising.actions import change_publication, mark_live, plan_medium
from recruitment.advertising.addresses import tracked
from recruitment.advertising.lifecycle import MARK_LIVE, SCHEDULE, WITHDRAW
from recruitment.advertising.models import JobAdvertisement, Publication
from recruitment.advertising.queries import media_to_choose
from recruitment.cases.lifecycle import current_round
from recruitment.cases.models import RecruitmentCase
from recruitment.lifecycle import is_open, make

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


@screen
def plan(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Chosen media with their sum, and the list to choose from."""
    case = case_for(request, case_id, Permission.PUBLICATION_MANAGE)
    return _plan(request, case)


def _plan(request: HttpRequest, case: RecruitmentCase, status: int = 200) -> HttpResponse:
    round_ = current_round(case)
    chosen = list(round_.publications.select_related("medium", "tracking_link")) if round_ else []
    address = _ad_address(case)
    rows = [(publication, _tracked(address, publication)) for publication in chosen]
    present = {publication.medium_id for publication in chosen}
    return show_case(
        request, "workbench/media.html", case, tab="media", title=_("Media"), rows=rows, round=round_, status=status,
        total=sum(p.cost_amount or 0 for p in chosen if p.state != "WITHDRAWN"),
        untyped=any(p.cost_amount is None for p in chosen),
        choices=[entry for entry in media_to_choose(case.institution) if entry.medium_id not in present],
    )  # fmt: skip


def _ad_address(case: RecruitmentCase) -> str:
    ads = JobAdvertisement.objects.filter(round__case=case, retired_at__isnull=True)
    return ads.order_by("language").values_list("url", flat=True).first() or ""


def _tracked(address: str, publication: Publication) -> str:
    link = getattr(publication, "tracking_link", None)
    return tracked(address, link.token) if link and address else ""


@screen
@require_POST
def add(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Choose one more medium from the institution's list."""
    case = case_for(request, case_id, Permission.PUBLICATION_MANAGE)
    round_ = current_round(case)
    chosen = str(request.POST.get("entry", ""))
    entry = next((e for e in media_to_choose(case.institution) if str(e.pk) == chosen), None)
    if entry is None or round_ is None:
        messages.error(request, _("Choose a medium from the list."))
        return _plan(request, case, BAD_INPUT)
    publication = plan_medium(round_, entry, actor=actor_of(request))
    return redirect("workbench:publication", case.pk, publication.pk)


@screen
def change(request: HttpRequest, case_id: uuid.UUID, publication_id: uuid.UUID) -> HttpResponse:
    """One medium: change it, put it on the plan, or say that it is up."""
    case = case_for(request, case_id, Permission.PUBLICATION_MANAGE)
    publication = get_object_or_404(
        Publication.objects.select_related("medium", "round"), round__case=case, pk=publication_id
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
    fresh = Publication.objects.select_related("medium").get(pk=publication.pk)
    actor = actor_of(request)
    return show_case(
        request, "workbench/publication.html", case, tab="media", title=str(fresh.medium), form=form, publication=fresh,
        may_mark=is_open(MARK_LIVE, fresh, actor=actor), may_schedule=is_open(SCHEDULE, fresh, actor=actor),
        may_withdraw=is_open(WITHDRAW, fresh, actor=actor), crumbs=[(_("Media"), reverse("workbench:media", args=[case.pk]))],
        status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip


def _values(publication: Publication) -> dict[str, Any]:
    return {name: getattr(publication, name) for name in PublicationForm.base_fields}


@transaction.atomic
def _carry_out(request: HttpRequest, publication: Publication, typed: dict[str, Any]) -> None:
    actor, button = actor_of(request), request.POST.get("button", SAVE)
    changed = change_publication(publication, actor=actor, **typed)
    if button == LIVE:
        mark_live(changed, actor=actor)
    elif button == SCHEDULED:
        make(SCHEDULE, changed, actor=actor)
