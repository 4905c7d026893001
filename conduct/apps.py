"""What a process checks before it starts, and what is granted once the tables stand."""

from django.apps import AppConfig, apps
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate

from . import days


class RecordsConfig(AppConfig):
    name = "conduct"

    def ready(self) -> None:
        from .checks import check_rights
        from .owning import grant_rights

        register(days.check_pinned_time_zones)
        register(days.state_time_zones, deploy=True)
        register(check_rights, Tags.database)
        # A room without tables gets no signal of its own.
        post_migrate.connect(grant_rights, sender=apps.get_app_config("pghistory"))
