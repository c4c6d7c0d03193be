"""Mounts the faces; the only module that knows them all."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from portal.accounts import entrance
from portal.feeds.news import about as about_feeds
from portal.guard import bulk_in_reach
from portal.health import healthz, readyz
from portal.pages import ad_editor, analysis, approval, internal, review, sharing, straight
from portal.pages import views as pages
from portal.pages.sitemap import SITEMAPS

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("admin/bulk/<str:app_label>/<str:model_name>/<str:action>/", bulk_in_reach),
    path(
        "admin/pages/<int:page_id>/workflow/action/<slug:action_name>/<int:task_state_id>/",
        approval.act,
        name="approve_ad",
    ),
    path("admin/pages/<int:page_id>/edit/", ad_editor.edit),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("demo/", include("portal.demo.urls")),
    path("", include("graphql_api.urls")),
    path("layout/<int:layout_id>/<str:version>.css", pages.layout_stylesheet, name="layout_stylesheet"),
    path("annonce/<uuid:advertisement_id>/frist.ics", sharing.ad_deadline, name="ad_deadline"),
    path("annonce/<uuid:advertisement_id>/billede.png", sharing.ad_picture, name="ad_picture"),
    path("set/<int:round_id>/", pages.seen, name="seen"),
    path("was", pages.was, name="was"),
    path("", include("portal.feeds.urls")),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", pages.robots, name="robots"),
    # A web server in front answers these itself where there is one (deploy/nginx).
    path("media/images/<path:path>", serve, {"document_root": settings.MEDIA_ROOT / "images"}),
    *i18n_patterns(
        path("konto/faktor/", entrance.choose_factor, name="choose_factor"),
        path("konto/", include("allauth.urls")),
        path("adgang/<str:token>/", entrance.enter, name="entrance"),
        path("", include("portal.applicant.urls")),
        path("privatliv/", pages.privacy, name="privacy"),
        path("privatliv/<slug:slug>/", pages.privacy_of, name="privacy_of"),
        path("internt/<slug:slug>/", internal.internal_jobs, name="internal_jobs"),
        path("feeds/", about_feeds, name="feeds_about"),
        path("gennemsyn/<str:token>/", review.look, name="ad_review"),
        path("gennemsyn/<str:token>/opslag/", review.shown, name="ad_review_shown"),
        path("jobanalyse/<str:token>/", analysis.contribute, name="job_analysis"),
        path("tilgaengelighed/", pages.accessibility, name="accessibility"),
        re_path(wagtail_urls.serve_pattern, straight.serve),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
