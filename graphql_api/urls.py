"""Addresses of the integrators' face."""

from django.urls import path

from graphql_api.applications.files import FileView
from graphql_api.console import ConsoleTokenView, ConsoleView
from graphql_api.schema import schema
from graphql_api.sdl import SchemaView
from graphql_api.token_views import TokenRequestView, TokenRevocationView
from graphql_api.view import GraphQLView

app_name = "graphql"
urlpatterns = [
    path("graphql/", GraphQLView.as_view(schema=schema), name="endpoint"),
    path("graphql/schema.graphql", SchemaView.as_view(schema=schema), name="schema"),
    path("graphql/console/", ConsoleView.as_view(), name="console"),
    path("graphql/console/token/", ConsoleTokenView.as_view(), name="console-token"),
    path("graphql/files/<str:claim>/", FileView.as_view(), name="file"),
    path("oauth/token/", TokenRequestView.as_view(), name="token"),
    path("oauth/revoke/", TokenRevocationView.as_view(), name="revoke"),
]
