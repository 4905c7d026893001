"""The bank that the programme of the demonstration pays from: none that exists."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

# Banks of the programme's countries, by the country of the account.
BICS = {"LB": "BLOMLBBX", "MA": "BCMAMAMC", "TN": "BIATTNTT"}


def bank_profile(years: range = range(2024, 2029)) -> dict[str, Any]:
    """What `enter_profile` takes: an account of the mock bank that tests hand our files to."""
    return {
        "name": "Programme account",
        "debtor_name": "THE NEXT SOCIETY",
        "debtor_town": "Amsterdam",
        "debtor_account": "NL41MOCK0000000001",
        "debtor_bic": "MOCKNL2A",
        "address_form": "structured",
        "characters": "latin",
        "longest_name": 70,
        "charge_bearer": "SHAR",
        "purpose": "SCVE",
        "demands_bic": True,
        "batch_booking": False,
        "most_payments": 1000,
        "largest_sum": Decimal(500000),
        "weekend": [6, 7],
        # The days on which TARGET is closed that have a date of their own.
        "holidays": [date(year, month, day) for year in years for month, day in _CLOSED],
    }


_CLOSED = ((1, 1), (5, 1), (12, 25), (12, 26))
