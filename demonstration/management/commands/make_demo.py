"""Fill an empty portal with the demonstration, or with many applications for benchmarks."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demonstration.cast import MANAGER_EMAIL, PASSWORD, STAFF
from demonstration.many.scored import make_applications
from demonstration.plot import is_told, tell


class Command(BaseCommand):
    help = "Make the demonstration data through the portal's own actions; again, it does nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--applications",
            type=int,
            metavar="N",
            help="also make a call with N scored applications, in bulk, for benchmarks",
        )
        parser.add_argument("--accounts", action="store_true", help="print the log-ins and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("Demonstration data have no place in production (set DEMO=1).")
        if options["accounts"]:
            self.stdout.write(accounts_table())
            return
        if is_told():
            self.stdout.write("The demonstration data are there already.")
        else:
            self.stdout.write("Making demonstration data …")
            told: list[str] = []

            def report(part: str, _done: float) -> None:
                if part not in told:
                    told.append(part)
                    self.stdout.write(f"  {part}")

            tell(report)
        if options["applications"]:
            call = make_applications(options["applications"])
            self.stdout.write(f"  ✓ {options['applications']} applications to {call}")


def accounts_table() -> str:
    """One log-in per role, as lines of text."""
    rows = [(part.email, str(part.role.label), part.country) for part in STAFF if part.role]
    rows.append((MANAGER_EMAIL, "manager of a cluster", "LB"))
    lines = [f"  {email:<32}{role} {country}".rstrip() for email, role, country in rows]
    return "\n".join([f"Log in with one of these and the password {PASSWORD}", *lines])
