"""The portal with the integrators' face in front."""

from django.urls import include, path

from portal.urls import urlpatterns as portal

urlpatterns = [path("", include("graphql_api.urls")), *portal]
