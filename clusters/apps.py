"""The app of clusters, their partners and their people."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClustersConfig(AppConfig):
    name = "clusters"
    verbose_name = _("clusters")

    def ready(self) -> None:
        import_module("clusters.mails")
