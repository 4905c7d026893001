"""Enter a country and its partner, or correct them, in the name of a coordinator."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from i18nfield.strings import LazyI18nString

from accounts.models import User
from clusters.actions import set_up_country
from conduct.actions import Refused


class Command(BaseCommand):
    help = (
        "For example: set_up_country LB Berytech --by you@example.org --english Lebanon"
        " --french Liban --arabic لبنان --time-zone Asia/Beirut --currency LBP"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="ISO 3166 code")
        parser.add_argument("partner", help="name of the country partner")
        parser.add_argument("--short-name", default="")
        for option in ("by", "english", "french", "arabic", "time-zone", "currency"):
            parser.add_argument(f"--{option}", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        coordinator = User.objects.filter(email=options["by"].lower()).first()
        if coordinator is None:
            raise CommandError(f"Nobody has the address {options['by']}.")
        names = {"en": options["english"], "fr": options["french"], "ar": options["arabic"]}
        try:
            set_up_country(
                options["code"],
                name=LazyI18nString(names),
                time_zone=options["time_zone"],
                currency=options["currency"],
                partner=options["partner"],
                partner_short_name=options["short_name"],
                by=coordinator,
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{options['code']} is set up.")
