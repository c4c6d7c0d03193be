"""A colleague's calendar of ads, own tasks and own interviews, asked for by the calendar program with the address that is theirs alone."""

import datetime as dt

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from recruitment import clock
from recruitment.advertising.calendar import FEED_AHEAD, FEED_BACK, as_events, entries, owner_of
from recruitment.cases.entries import as_file
from recruitment.cases.queries import open_cases
from recruitment.interviews.panels import panel_entries
from recruitment.people.actor import Actor
from recruitment.planning.own import case_day_entries, task_entries


def read(request: HttpRequest, token: str) -> HttpResponse:
    """What the person may see today, in their language. 404 for an address that nobody holds."""
    user = owner_of(token)
    if user is None:
        raise Http404
    today = clock.today()
    with override(user.language):
        actor = Actor.person(user)
        span = (today - FEED_BACK, today + FEED_AHEAD)
        ads = as_events(entries(actor, *span), site=settings.SITE_URL)
        held = panel_entries(actor, *span, site=settings.SITE_URL)
        body = as_file(
            [*held, *ads, *task_entries(actor), *case_day_entries(actor, open_cases())],
            name=_("Recruitment: ads, interviews and my tasks"),
        )
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer.headers["Cache-Control"] = f"private, max-age={int(dt.timedelta(minutes=15).total_seconds())}"
    return answer
