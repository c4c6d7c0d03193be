"""Addresses of the integrators' face."""

from django.urls import path

from graphql_api.schema import schema
from graphql_api.view import GraphQLView

app_name = "graphql"
urlpatterns = [
    path("graphql/", GraphQLView.as_view(schema=schema), name="endpoint"),
]
