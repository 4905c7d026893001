"""What a process checks before it starts, and what is granted once the tables stand."""

from typing import Any, cast

from django.apps import AppConfig, apps
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate
from pgtrigger import registry


class TriggerRegistry(registry._Registry):  # noqa: SLF001 - there is no public name for it
    """The library's registry of triggers, which looks at what it knows instead of working it out again.

    For each trigger that is registered it names all others: a third of what a process took to start.
    """

    _named: dict[str, tuple[Any, Any, str]]

    @classmethod
    def take_over(cls, known: registry._Registry) -> None:
        """Let a registry of the library be one of these; what it holds stays."""
        known.__class__ = cls
        cast(TriggerRegistry, known)._named = {}  # noqa: SLF001

    @property
    def pg_function_names(self) -> set[str]:
        return {self._name(uri, *held) for uri, held in self.data.items()}

    @property
    def by_db_table(self) -> dict[tuple[str, str], Any]:
        return {(model._meta.db_table, held.name): held for model, held in self.data.values()}

    def _name(self, uri: str, model: Any, trigger: Any) -> str:
        known = self._named.get(uri)
        if known is None or known[0] is not model or known[1] is not trigger:
            known = self._named[uri] = (model, trigger, trigger.get_pgid(model))
        return known[2]


# Before any model is read: this module comes first.
TriggerRegistry.take_over(registry._registry)  # noqa: SLF001


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
