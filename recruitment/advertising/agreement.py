"""Whether the ad that is out still says what the job profile says."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from recruitment.advertising.models import JobAdvertisement
from recruitment.cases.chain import Difference
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.profile import AdvertisementRound
from recruitment.errors import Obstacle


def is_in_new_words(round_: AdvertisementRound) -> bool:
    """Whether the newest version says something else than the one before it; a version with new names only does not."""
    newest = JobAdvertisement.objects.filter(round=round_).order_by("-published_at", "-version").first()
    if newest is None:
        return False
    earlier = JobAdvertisement.objects.filter(round=round_, language=newest.language).exclude(pk=newest.pk)
    before = earlier.order_by("-version").first()
    return before is None or before.blocks != newest.blocks


def ad_that_disagrees(case: RecruitmentCase, changed: list[Difference]) -> Iterable[Obstacle]:
    """One line a change, where an ad is out that was written before it. A link of the chain of competences."""
    live = JobAdvertisement.objects.filter(round__case=case, retired_at__isnull=True).defer("html", "blocks")
    texts = [" ".join(ad.text.split()).lower() for ad in live]
    if not texts:
        return
    for each in changed:
        still_there = each.before and any(" ".join(each.before.split()).lower() in text for text in texts)
        said = each.now and any(" ".join(each.now.split()).lower() in text for text in texts)
        if still_there or not said:
            words = _("The ad that is out was written before the profile changed: %s.")
            yield Obstacle("ad_and_profile", words % each, "page.body")
