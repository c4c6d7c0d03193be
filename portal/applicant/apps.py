"""The applicant's face as an app."""

from django.apps import AppConfig


class ApplicantConfig(AppConfig):
    """No tables."""

    name = "portal.applicant"
    label = "applicant"
