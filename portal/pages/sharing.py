"""What a reader does with an ad: pass it on, put its deadline into a calendar; and the picture that stands beside its link."""

import io
import textwrap
import uuid
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from PIL import Image, ImageDraw, ImageFont

from portal.pages.layouts import AdLayout
from portal.pages.models import JobAdPage
from recruitment.advertising.facts import places
from recruitment.advertising.models import JobAdvertisement
from recruitment.advertising.queries import public_ads
from recruitment.advertising.reminder import deadline_entry
from recruitment.cases.dates import day_and_time

WIDTH, HEIGHT, MARGIN = 1200, 630, 70  # pixels: what the networks ask for
SIZES = ((76, 26, 3), (60, 34, 4), (48, 43, 5))  # height of the letters, letters a line, lines


def share_links(page: JobAdPage, advertisement: JobAdvertisement | None) -> dict[str, str]:
    """Addresses for passing an ad on: plain links, so that nobody is followed. Empty for an ad that is not public."""
    if advertisement is None:
        return {}
    words = {"subject": page.title, "body": f"{page.title}, {page.case.institution.name}\n{advertisement.url}"}
    return {
        "address": advertisement.url,
        "mail": f"mailto:?{urlencode(words, quote_via=quote)}",
        "linkedin": f"https://www.linkedin.com/sharing/share-offsite/?{urlencode({'url': advertisement.url})}",
        "calendar": reverse("ad_deadline", args=[advertisement.pk]) if advertisement.round.application_deadline else "",
        "picture": f"{settings.SITE_URL}{reverse('ad_picture', args=[advertisement.pk])}",
    }


def _public(advertisement_id: uuid.UUID) -> JobAdvertisement:
    """A version that anybody may see now, or 404."""
    rows = public_ads().select_related("round__case__institution").prefetch_related("round__case__workplaces")
    found = rows.filter(pk=advertisement_id).first()
    if found is None:
        raise Http404
    return found


@require_safe
def ad_deadline(request: HttpRequest, advertisement_id: uuid.UUID) -> HttpResponse:
    """The deadline for the reader's own calendar."""
    advertisement = _public(advertisement_id)
    if advertisement.round.application_deadline is None:
        raise Http404
    name = f"{slugify(advertisement.headline)[:60] or 'frist'}.ics"
    response = HttpResponse(deadline_entry(advertisement), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


@require_safe
@cache_control(public=True, max_age=86_400)
def ad_picture(request: HttpRequest, advertisement_id: uuid.UUID) -> HttpResponse:
    """Headline, employer, place and deadline in the layout's colours: 1200 by 630, as PNG. A new version has a new address."""
    advertisement = _public(advertisement_id)
    page = JobAdPage.objects.filter(pk=advertisement.page_id).first()
    layout = page.current_layout if page else AdLayout()
    return HttpResponse(drawn(advertisement, layout), content_type="image/png")


def drawn(advertisement: JobAdvertisement, layout: Any) -> bytes:
    """The picture's bytes."""
    case = advertisement.round.case
    with override(advertisement.language):
        deadline = advertisement.round.application_deadline
        foot = [places(case), _("Deadline %s") % day_and_time(deadline) if deadline else _("No deadline")]
        employer = case.institution.name
    picture = Image.new("RGB", (WIDTH, HEIGHT), layout.band)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, WIDTH, 18), fill=layout.accent)
    pen.text((MARGIN, 64), _cut(employer, 52), font=letters("Regular", 38), fill=layout.band_ink)
    size, lines = fitted(advertisement.headline)
    top = 150
    for line in lines:
        pen.text((MARGIN, top), line, font=letters("Bold", size), fill=layout.band_ink)
        top += int(size * 1.25)
    pen.line((MARGIN, HEIGHT - 130, WIDTH - MARGIN, HEIGHT - 130), fill=layout.accent, width=4)
    pen.text(
        (MARGIN, HEIGHT - 105),
        _cut(" · ".join(filter(None, foot)), 70),
        font=letters("Regular", 32),
        fill=layout.band_ink,
    )
    written = io.BytesIO()
    picture.save(written, "PNG", optimize=True)
    return written.getvalue()


def fitted(words: str) -> tuple[int, list[str]]:
    """The largest letters in which the words fit, and the lines; the smallest with what is too much cut off."""
    for size, letters_a_line, most in SIZES:
        lines = textwrap.wrap(words, letters_a_line)
        if len(lines) <= most:
            return size, lines
    return size, textwrap.wrap(words, letters_a_line, max_lines=most, placeholder=" …")


def _cut(words: str, longest: int) -> str:
    return textwrap.shorten(words, longest, placeholder=" …")


@lru_cache(maxsize=16)
def letters(weight: str, size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The portal's own typeface, as it was built; the drawing library's where it has not been."""
    name = f"build/fonts/IBMPlexSans-{weight}-Latin1.woff2"
    found = finders.find(name)
    if not found and staticfiles_storage.exists(name):
        found = staticfiles_storage.path(name)
    return ImageFont.truetype(str(Path(found)), size) if found else ImageFont.load_default(size)
