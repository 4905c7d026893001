"""Write docs/states.md from the flows in the code, or check that it is up to date."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from conduct.queries.diagrams import states_document


class Command(BaseCommand):
    help = "Draw the state machine of every record into docs/states.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="fail when the file is out of date"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        target = Path(settings.BASE_DIR) / "docs" / "states.md"
        drawn = states_document()
        if not options["check"]:
            target.write_text(drawn)
        elif not target.exists() or target.read_text() != drawn:
            raise CommandError("docs/states.md is out of date: run manage.py draw_states.")
