"""What must be in an ad, what is better in it, and what its links and pictures owe to those who cannot see them."""

import re
from collections.abc import Iterable, Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from recruitment.advertising.checks.wording import words_in
from recruitment.advertising.checks.written import Deed, Mend, Remark, Weight, WrittenAd
from recruitment.errors import Obstacle

_BARE_ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$", re.IGNORECASE)
_PUNCTUATION = " .…:»>→"
CONTACT = {"contact", "contact_block"}
PERIOD = {"short_period"}


def _told(code: str, obstacles: Iterable[Obstacle]) -> Iterator[Remark]:
    for number, obstacle in enumerate(obstacles):
        yield Remark(code, Weight.STOPS, obstacle.message, obstacle.place, number=number)


def compulsory_contents(ad: WrittenAd) -> Iterator[Remark]:
    """What publishing would be refused for, but for contact and period, which have rules of their own."""
    return _told("contents", (o for o in ad.obstacles if o.code not in CONTACT | PERIOD))


def nobody_to_ask(ad: WrittenAd) -> Iterator[Remark]:
    """No person whom applicants can ask."""
    return _told("contact", (o for o in ad.obstacles if o.code in CONTACT))


def short_period(ad: WrittenAd) -> Iterator[Remark]:
    """Fewer days than the rules ask, and no reason."""
    return _told("short_period", (o for o in ad.obstacles if o.code in PERIOD))


def no_pay_range(ad: WrittenAd) -> Iterator[Remark]:
    """What the job pays, as a range."""
    if not ad.has_pay_range:
        message = _("No pay range: applicants have a right to know it before the interview.")
        yield Remark("pay_range", Weight.ADVICE, message, "case.pay_min")


def no_interview_dates(ad: WrittenAd) -> Iterator[Remark]:
    """When interviews are held."""
    if not ad.has_interview_dates:
        yield Remark(
            "interview_dates", Weight.ADVICE, _("The dates of the interviews are not told."), "case.interview_dates"
        )


def idle_links(ad: WrittenAd) -> Iterator[Remark]:
    """Links whose words do not say where they lead."""
    idle = words_in(ad.language).idle_links
    for passage in ad.passages:
        for link in passage.links:
            words = link.words.lower().strip(_PUNCTUATION)
            if words in idle or _BARE_ADDRESS.match(words):
                message = _("The link “%s” does not say where it leads when it is read alone.") % link.words
                mend = Mend(Deed.WORDS, _("Change the words of the link"), old=link.words, link=link.number)
                yield Remark("link_words", Weight.LAW, message, passage.place, link.words, mend, number=link.number)


def speechless_pictures(ad: WrittenAd) -> Iterator[Remark]:
    """Pictures without words for those who do not see them."""
    for number, picture in enumerate(ad.pictures):
        if not picture.words.strip() and not picture.is_decoration:
            message = _(
                "The picture “%s” has no words for those who cannot see it. Describe it, or say that it is decoration."
            )
            yield Remark("picture_words", Weight.LAW, message % picture.title, picture.place, number=number)


def consent_runs_out(ad: WrittenAd) -> Iterator[Remark]:
    """Somebody depicted has agreed until a day that comes before the ad's end. Over already: publishing is refused."""
    for number, picture in enumerate(ad.pictures):
        until = picture.consent_until
        if until is None or ad.today is None:
            continue
        if until < ad.today:
            weight, message = (
                Weight.STOPS,
                _("The consent for the picture “%(title)s” ended on %(day)s. Take another picture."),
            )
        elif ad.ends_on and until < ad.ends_on:
            weight, message = (
                Weight.LAW,
                _("The consent for the picture “%(title)s” ends on %(day)s, before the ad does."),
            )
        else:
            continue
        told = message % {"title": picture.title, "day": date_format(until, "DATE_FORMAT")}
        yield Remark("picture_consent", weight, told, picture.place, number=number)
