"""The workbench as an app."""

from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    """Screens inside the Wagtail admin."""

    name = "portal.workbench"
    label = "workbench"
