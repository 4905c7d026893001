"""Give the second word on a role where nobody else is there yet who could."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.actions import confirm_invitation
from accounts.models import Invitation, Role
from accounts.queries import standing
from conduct.actions import Refused


class Command(BaseCommand):
    help = (
        "Confirm an invitation to a role that decides or pays; its message is mailed by a worker."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("role", choices=Role.values)
        parser.add_argument("--country", default="", help="ISO code, for country-partner officers")

    def handle(self, *args: Any, **options: Any) -> None:
        invitation = standing(Invitation.objects.all()).filter(
            email__iexact=options["email"],
            role=options["role"],
            country_code=options["country"],
        )
        try:
            found = invitation.get()
            confirm_invitation(found, by=None)
        except Invitation.DoesNotExist as error:
            raise CommandError(
                "There is no open invitation of this address to this role."
            ) from error
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"The invitation of {found.email} is confirmed.")
