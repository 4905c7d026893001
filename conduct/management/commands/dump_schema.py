"""Write the schema dump from the migrations, or check that it is as new as they are."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from conduct.models.schema.dump import FILE, Dump
from conduct.models.schema.making import another_database, dump_of

_SCRATCH = "schema_of_the_migrations"


class Command(BaseCommand):
    help = "Write the tables that the migrations make into the dump that `migrate` restores."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="fail when the dump is older than the migrations"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self._check()
            return
        with another_database(_SCRATCH) as connection:
            call_command("migrate", from_migrations=True, verbosity=0, interactive=False)
            made = dump_of(connection)
        FILE.write_text(made, encoding="utf-8")

    def _check(self) -> None:
        if told := Dump.read().differences():
            listed = "\n".join(f"    {sentence}" for sentence in told)
            raise CommandError(
                f"The schema dump is older than the migrations: run make schema.\n{listed}"
            )
