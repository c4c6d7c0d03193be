"""Addresses of the feeds. Those of older sites are read without regard to capitals, as the old system did."""

from django.urls import path, re_path

from portal.feeds import legacy, news, older

app_name = "feeds"

urlpatterns = [
    path("feeds/", news.about, name="about"),
    re_path(r"^feeds/job\.(?P<form>rss|atom|json)$", news.news, name="job"),
    re_path(
        r"^(?i:jobportal\.svc)/(?P<alias>[^/]+)/(?i:positionlist)/(?P<form>(?i:json|xml|rss))/?$",
        older.positions,
        name="positions",
    ),
    re_path(
        r"^(?i:jobportal\.svc)/(?P<alias>[^/]+)/(?i:position)/(?P<number>\d{1,18})/(?P<form>(?i:json|xml))/?$",
        older.position,
        name="position",
    ),
    re_path(r"^(?i:vacancies/list\.aspx)$", legacy.job_list),
    re_path(r"^(?i:applicationinit\.aspx)$", legacy.application),
    re_path(r"^(?i:login\.aspx)$", legacy.sign_in),
]
