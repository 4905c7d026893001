"""What a process checks before it starts, and what is granted once the tables stand."""

from django.apps import AppConfig, apps
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate


class ConductConfig(AppConfig):
    name = "conduct"

    def ready(self) -> None:
        from conduct.models.owning import grant_rights

        from .checks import check_pinned_time_zones, check_rights, state_time_zones

        register(check_pinned_time_zones)
        register(state_time_zones, deploy=True)
        register(check_rights, Tags.database)
        # A room without tables gets no signal of its own.
        post_migrate.connect(grant_rights, sender=apps.get_app_config("pghistory"))
