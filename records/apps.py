"""What a process checks before it starts."""

from django.apps import AppConfig
from django.core import checks

from . import days


class RecordsConfig(AppConfig):
    name = "records"

    def ready(self) -> None:
        checks.register(days.check_pinned_time_zones)
        checks.register(days.state_time_zones, deploy=True)
