"""The room of pictures. It has no records."""

from django.apps import AppConfig


class ChartsConfig(AppConfig):
    """Makes the template tags of charts known."""

    name = "charts"
