"""The app of what is done to several rows at once."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class BulkConfig(AppConfig):
    name = "bulk"
    verbose_name = _("actions on several rows")

    def ready(self) -> None:
        # Web and worker alike must know what rooms offer.
        autodiscover_modules("together")
