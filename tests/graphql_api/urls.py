"""The integrators' face alone, and the address of the form that postings point at."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def form(_request: HttpRequest, round: int) -> HttpResponse:
    return HttpResponse(str(round))


applicant = ([path("ansoeg/<int:round>/", form, name="start")], "applicant")
urlpatterns = [path("", include("graphql_api.urls")), path("", include(applicant))]
