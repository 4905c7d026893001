"""What is there before any call: exchange rates, and the consultants of each country."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from itertools import count

from clusters.models import Country
from conduct.queries.days import today
from demonstration.cast import Cast
from demonstration.clock import noon, on
from demonstration.content.accounts import bank_account
from demonstration.content.banks import BICS
from demonstration.content.providers import PROVIDERS
from vouchers.payments.actions import enter_rate, read_rate_file, take_rates_over
from vouchers.payments.rules.rates import latest_month
from vouchers.providers.actions.accounts import register_provider, verify_provider_account
from vouchers.providers.actions.facts import describe_provider
from vouchers.providers.models import Provider
from vouchers.providers.queries import accounts_to_verify

# Units for 1 EUR, near what they were; a demonstration needs no more.
RATES = {"USD": "1.08", "LBP": "97000", "MAD": "10.8", "TND": "3.35"}


def enter_rates(cast: Cast) -> None:
    """One rate a month as far back as invoices go, as a file of the Commission; one more by hand.

    A small drift makes the months differ. The one by hand waits for a second person.
    """
    with on(noon(-1)):
        day = today()
        months = sorted({f"{day - timedelta(days=days):%Y-%m}" for days in range(0, 840, 14)})
        file = read_rate_file(
            BytesIO(json.dumps(list(_filed(months))).encode()),
            name="inforeuro-demonstration.json",
            by=cast.finance[0],
        )
        take_rates_over(file, by=cast.finance[0], confirmed=True)
        enter_rate(
            currency="USD",
            month=latest_month(day),
            units_per_euro=Decimal(RATES["USD"]),
            by=cast.finance[0],
        )


def _filed(months: list[str]) -> Iterator[dict[str, str]]:
    """What the Commission's service answers when it is asked for the months of a currency."""
    for number, month in enumerate(months):
        year, of_year = month.split("-")
        for currency, rate in RATES.items():
            units = Decimal(rate) * (1 + Decimal(number) / 1000)
            yield {
                "currencyIso": currency,
                "refCurrencyIso": "EUR",
                "amount": f"{units:.4f}",
                "dateStart": f"01/{of_year}/{year}",
            }


def register_providers(cast: Cast) -> dict[str, list[Provider]]:
    """An officer of each country enters its consultants, a coordinator verifies the accounts.

    By country, in the order of `content.providers.PROVIDERS`.
    """
    numbers = count(1201)
    providers: dict[str, list[Provider]] = {}
    with on(noon(-795)):
        for told in PROVIDERS:
            officer = cast.officer(told.country)
            standing = providers.setdefault(told.country, [])
            provider = register_provider(
                Country.objects.get(code=told.country),
                name=told.name,
                email=f"provider{len(standing) or ''}.{told.country.lower()}@example.org",
                bank_account=bank_account(told.country, next(numbers)),
                bic=BICS[told.country],
                registration_number=told.registration_number,
                by=officer,
            )
            standing.append(describe_provider(provider, by=officer, **told.facts))
        for account in accounts_to_verify(cast.coordinators[1]):
            verify_provider_account(account, by=cast.coordinators[1])
    return providers
