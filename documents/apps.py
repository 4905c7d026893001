"""The app that makes, keeps and verifies PDFs."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = _("documents")

    def ready(self) -> None:
        # Web, worker and command line alike must know every kind of letter.
        autodiscover_modules("letters")
        import_module("documents.checks")
        import_module("documents.kinds").register_passages()
        import_module("lists.kinds").register_file(import_module("documents.views.lists").AS_PDF)
