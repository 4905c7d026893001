"""Invite the first administrator, whom nobody else can invite."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.actions import invite_person
from accounts.models import Role
from conduct.actions import Refused


class Command(BaseCommand):
    help = "Invite somebody as administrator; the message is mailed by a worker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--language", default="en", choices=["en", "fr", "ar"])

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            invite_person(
                options["email"], Role.ADMINISTRATOR, language=options["language"], by=None
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{options['email']} is invited.")
