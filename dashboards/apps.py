"""The app of what each role looks at."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DashboardsConfig(AppConfig):
    name = "dashboards"
    verbose_name = _("dashboards")

    def ready(self) -> None:
        import_module("dashboards.kinds").register_messages()
