"""The integrators' face alone."""

from django.urls import include, path

urlpatterns = [path("", include("graphql_api.urls"))]
