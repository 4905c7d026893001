"""The app that sends messages."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "notices"
    verbose_name = _("notices")

    def ready(self) -> None:
        import_module("notices.kinds").register_mails()
        import_module("notices.receivers")
        import_module("notices.checks")
