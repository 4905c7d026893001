"""The app that takes, inspects, previews and gives out private files."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    name = "files"
    verbose_name = _("files")

    def ready(self) -> None:
        # Web, worker and command line alike must know what every room takes.
        autodiscover_modules("targets")
