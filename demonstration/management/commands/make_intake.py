"""Fill an empty portal with many applications, for benchmarks."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from demonstration.many.years import make_intake


class Command(BaseCommand):
    help = "Make N applications to four calls in bulk, in a database of its own that has no people yet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("applications", type=int, metavar="N")

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.exists():
            raise CommandError("There are people here already: this is for an empty database.")
        call = make_intake(options["applications"])
        self.stdout.write(f"{options['applications']} applications; open: {call}")
