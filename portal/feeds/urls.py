"""Addresses of the feeds. Those of older sites are read without regard to capitals, as the old system did."""

from django.urls import path, re_path

from portal.feeds import calendar, embed, legacy, news, older, portals


def any_case(word: str) -> str:
    """A pattern for the word in small and capital letters; an inline flag cannot be reversed by Django."""
    return "".join(f"[{letter}{letter.upper()}]" if letter.isalpha() else f"\\{letter}" for letter in word)


SERVICE = f"^{any_case('jobportal.svc')}/(?P<alias>[^/]+)"
JSON, XML, RSS = (any_case(form) for form in ("json", "xml", "rss"))

app_name = "feeds"

urlpatterns = [
    path("kalender/<str:token>.ics", calendar.read, name="calendar"),
    re_path(r"^feeds/job\.(?P<form>rss|atom|json)$", news.news, name="job"),
    re_path(r"^embed/(?P<name>job-list|frame)\.js$", embed.script, name="embed_script"),
    re_path(r"^embed/(?P<slug>[-\w]+)/jobs\.json$", embed.jobs, name="embed_jobs"),
    re_path(r"^embed/(?P<slug>[-\w]+)/$", embed.frame, name="embed_frame"),
    re_path(r"^feeds/(?P<slug>[-\w]+)/(?P<portal>indeed|linkedin)\.xml$", portals.portal_list, name="portal"),
    re_path(f"{SERVICE}/{any_case('positionlist')}/(?P<form>{JSON}|{XML}|{RSS})/?$", older.positions),
    re_path(rf"{SERVICE}/{any_case('position')}/(?P<number>[0-9]{{1,18}})/(?P<form>{JSON}|{XML})/?$", older.position),
    re_path(f"^{any_case('vacancies/list.aspx')}$", legacy.job_list),
    re_path(f"^{any_case('applicationinit.aspx')}$", legacy.application),
    re_path(f"^{any_case('agent/subscription.aspx')}$", legacy.subscription),
    re_path(f"^{any_case('login.aspx')}$", legacy.sign_in),
]
