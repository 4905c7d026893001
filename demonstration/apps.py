"""The app that fills an empty portal with a story."""

from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "demonstration"
