"""Master data have changed: which published ads still show the old, and a new version of each by one press."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.guard import require_seat
from portal.pages.models import JobAdPage
from portal.pages.publishing import content_of
from portal.pages.taking import kept_words
from recruitment.access.permissions import Permission
from recruitment.advertising.actions import announce
from recruitment.advertising.models import JobAdvertisement
from recruitment.advertising.outdated import Change, outdated_versions
from recruitment.errors import NotPossible
from recruitment.people.actor import Actor


@dataclass(frozen=True)
class Outdated:
    """A published ad with what has changed."""

    page: JobAdPage
    advertisement: JobAdvertisement
    changes: list[Change]


def outdated_ads(actor: Actor) -> list[Outdated]:
    """Those of which the page still stands, by title."""
    found = {ad.page_id: (ad, changes) for ad, changes in outdated_versions(actor)}
    pages = JobAdPage.objects.filter(pk__in=found, live=True).select_related(
        "case__institution", "case__unit", "locale"
    )
    shown = pages.prefetch_related("case__workplaces", "case__collective_agreements").order_by("title")
    return [Outdated(page, *found[page.pk]) for page in shown]


def renew(outdated: Outdated, *, actor: Actor) -> JobAdvertisement:
    """A new version of what is published, with the names and places of today; its other words and a waiting draft stay."""
    content = content_of(outdated.page, words=kept_words(outdated.advertisement.blocks))
    return announce(outdated.page.round, content, actor=actor)


def ads_to_renew(request: HttpRequest) -> HttpResponse:
    """The list, and by POST a new version of all of them."""
    actor = require_seat(request, Permission.AD_PUBLISH)
    found = outdated_ads(actor)
    if request.method == "POST":
        chosen = [one for one in found if str(one.page.pk) in request.POST.getlist("ad")]
        _renew_all(request, chosen, actor)
        return redirect("ads_to_renew")
    return render(request, "pages/renew_ads.html", {"ads": found})


def _renew_all(request: HttpRequest, chosen: list[Outdated], actor: Actor) -> None:
    done = 0
    for one in chosen:
        try:
            renew(one, actor=actor)
            done += 1
        except (NotPossible, PermissionDenied) as refusal:
            why = " ".join(getattr(refusal, "messages", []))
            messages.error(request, _("%(ad)s could not be renewed. %(why)s") % {"ad": one.page.title, "why": why})
    if done:
        messages.success(request, ngettext("%d ad has a new version.", "%d ads have a new version.", done) % done)
