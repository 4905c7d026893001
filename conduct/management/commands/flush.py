"""Django's own `flush`, conducted by the role that owns the tables: no other may empty them."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import flush

from conduct.owning import as_owner


class Command(flush.Command):
    def handle(self, **options: Any) -> None:
        with as_owner(options["database"]):
            super().handle(**options)
