"""The app of durable jobs: a row first, attempts that are counted, and what is set aside."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "jobs"
    verbose_name = _("background work")

    def ready(self) -> None:
        # Each room tells in its own jobs.py what work it has, so that what waits can be shown.
        autodiscover_modules("jobs")
