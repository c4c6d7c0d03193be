"""The demo as an app: its command only."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """No tables."""

    name = "portal.demo"
    label = "demo"
