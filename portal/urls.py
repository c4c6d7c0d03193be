"""Mounts the faces; the only module that knows them all."""

from django.urls import URLPattern, URLResolver, path

from portal.health import healthz, readyz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz),
    path("readyz", readyz),
]
