"""Look after an account from the machine itself: nobody else can help the first administrator."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.actions import deactivate, log_out_everywhere, reactivate, reset_factors
from accounts.queries import owner_of
from conduct.actions import Refused

STEPS = {
    "reset-factors": (reset_factors, "Second factors reset; a new password is chosen by e-mail."),
    "end-sessions": (log_out_everywhere, "All sessions have ended."),
    "deactivate": (deactivate, "The account is deactivated."),
    "reactivate": (reactivate, "The account can be used again."),
}


class Command(BaseCommand):
    help = "Reset second factors, end sessions, deactivate or reactivate an account."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("step", choices=list(STEPS))
        parser.add_argument("email")
        parser.add_argument("--reason", required=True, help="kept with the history of the account")

    def handle(self, *args: Any, **options: Any) -> None:
        person = owner_of(options["email"])
        if person is None:
            raise CommandError("There is no account with this address.")
        step, done = STEPS[options["step"]]
        try:
            step(person, by=None, reason=options["reason"])
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(done)
