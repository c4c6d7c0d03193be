"""Lines of the desk about ads, their pictures and names, and the media they stand on."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from portal.workbench.lines import MOST, Group, Line, group_of
from portal.workbench.places import ad_address
from portal.workbench.templatetags.workbench_tags import short_time
from recruitment.access.decide import may, visible
from recruitment.access.permissions import Permission
from recruitment.advertising.lifecycle import SEEN_GONE
from recruitment.advertising.media_requests import requests_to_decide
from recruitment.advertising.models import Publication
from recruitment.advertising.outdated import outdated_versions
from recruitment.advertising.pictures import ads_with_ending_consent
from recruitment.advertising.reviews.actions import token_of
from recruitment.advertising.reviews.queries import comments_to_settle, reviews_waiting_for
from recruitment.cases.queries import cases_to_write_ads_for
from recruitment.channels.queries import deliveries_to_settle, out_of_order, waiting_for_a_hand, waiting_to_come_down
from recruitment.people.actor import Actor


def _case(name: str, case: Any) -> str:
    return reverse(f"workbench:{name}", args=[getattr(case, "pk", case)])


def of_ads(actor: Actor) -> Iterable[Group]:
    """Written, looked at, put up and taken down."""
    yield from group_of(
        _("Write and publish the ad"), cases_to_write_ads_for(actor),
        lambda case: Line(case.title, ad_address(case) if may(actor, Permission.AD_EDIT, case) else _case("case", case), case.case_number),
        f"{reverse('workbench:cases')}?state=READY",
    )  # fmt: skip
    yield from _reviews(actor)
    yield from _pictures(actor)
    yield from _old_names(actor)
    yield from group_of(
        _("Put up on a medium by hand"), visible(actor, Permission.PUBLICATION_MANAGE, waiting_for_a_hand()),
        lambda row: Line(str(row.medium), reverse("workbench:publication", args=[row.round.case_id, row.pk]), row.round.case.title),
    )  # fmt: skip
    yield from group_of(
        _("See that the ad is down"), visible(actor, Permission.PUBLICATION_MANAGE, waiting_to_come_down()),
        lambda row: Line(str(row.medium), _seen_gone(row), row.round.case.title),
    )  # fmt: skip


def _seen_gone(publication: Publication) -> str:
    return reverse("workbench:move", args=["publication", publication.pk, SEEN_GONE[publication.state].name])


def of_media(actor: Actor) -> Iterable[Group]:
    """What a medium could not be told, and media that colleagues have asked for."""
    yield from group_of(
        _("See to a medium"), visible(actor, Permission.PUBLICATION_MANAGE, deliveries_to_settle()),
        lambda row: Line(
            f"{row.publication.medium}: {row.get_act_display()}", _case("media", row.publication.round.case_id),
            f"{row.publication.round.case.title} · {row.error or row.get_state_display()}",
        ),
    )  # fmt: skip
    yield from group_of(
        _("See why a medium does not answer"), visible(actor, Permission.MEDIALIST_EDIT, out_of_order()),
        lambda row: Line(
            str(row.entry.medium), reverse("workbench:channel", args=[row.entry.institution_id, row.entry_id]),
            _("since %s") % short_time(row.failing_since or row.gone_at),
        ),
    )  # fmt: skip
    yield from group_of(
        _("Decide on media that colleagues ask for"), requests_to_decide(actor),
        lambda row: Line(row.name, reverse("workbench:media_list", args=[row.institution_id]), row.why),
    )  # fmt: skip


def _reviews(actor: Actor) -> Iterable[Group]:
    """Ads that a colleague wants looked at, and what colleagues have said about one's own."""
    yield from group_of(
        _("Look at an ad"), reviews_waiting_for(actor),
        lambda row: Line(row.case.title, reverse("ad_review", args=[token_of(row)]), row.case.case_number),
    )  # fmt: skip
    yield from group_of(
        _("Comments on ads"), comments_to_settle(actor),
        lambda row: Line(row.review.case.title, f"/admin/pages/{row.review.page_id}/edit/", str(row.by or "")),
    )  # fmt: skip


def _old_names(actor: Actor) -> Iterable[Group]:
    """Published ads that say names or places which have been changed."""
    found = outdated_versions(actor)
    if found:
        lines = [
            Line(ad.headline, reverse("ads_to_renew"), ", ".join(change.now for change in changes))
            for ad, changes in found[:MOST]
        ]
        yield Group(_("Give published ads their new names and places"), len(found), lines, reverse("ads_to_renew"))


def _pictures(actor: Actor) -> Iterable[Group]:
    """Live ads that show somebody who has agreed to a day that is over or near."""
    found = ads_with_ending_consent(actor)
    if found:
        lines = [
            Line(ad.headline, f"/admin/pages/{ad.page_id}/edit/", _("%(people)s agreed until %(day)s") % {
                "people": consent.people, "day": formats.date_format(consent.expires_on, "SHORT_DATE_FORMAT"),
            }, consent.expires_on)
            for ad, consent in found[:MOST]
        ]  # fmt: skip
        yield Group(_("Take pictures down, or ask for a new consent"), len(found), lines)
