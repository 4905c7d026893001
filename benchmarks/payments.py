"""Lists of payments and a voucher's statement as the served portal answers them, with 100 and 20,000
vouchers (with their claims, payments, and entries of the books); and what a batch of 1,000 costs.

    .venv/bin/python -m benchmarks.payments [--sizes 100 20000] [--rounds 25]

The demonstration is told, and its vouchers are copied with all that is theirs (demonstration/many/
vouchers.py); the more claims a story has, the more there are. See `benchmarks.serving` for how it is
served and measured, `benchmarks.bank_files` for the files of the bank. Nothing is asserted;
docs/performance.md has the figures.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from .serving import (
    COORDINATOR,
    Portal,
    pages_of,
    portals,
    print_table,
    queries_of,
    session_of,
    tell,
)

PORT = 8940
FINANCE, SECOND, MANAGER = "finance@example.org", "coordinator2@example.org", "manager"
OTHER_FINANCE = "finance2@example.org"
PAGES = {
    "claims, coordinator": (COORDINATOR, "/payments/"),
    "claims, finance": (FINANCE, "/payments/"),
    "approved claims": (FINANCE, "/payments/?state=approved"),
    "claims: a later page": (COORDINATOR, "/payments/?after={claim}"),
    "search: a reference": (COORDINATOR, "/payments/?text={reference}"),
    "a claim": (COORDINATOR, "/payments/{claim}/"),
    "payments": (FINANCE, "/payments/orders/"),
    "batches": (FINANCE, "/payments/batches/"),
    "what the bank has not confirmed": (FINANCE, "/payments/bank/"),
    "statements": (FINANCE, "/payments/bank/statements/"),
    "corrections": (FINANCE, "/payments/corrections/"),
    "receipts": (FINANCE, "/payments/receipts/"),
    "trial balance": (FINANCE, "/payments/ledger/"),
    "account of a call": (FINANCE, "/payments/ledger/accounts/{account}/"),
    "statement of a voucher": (FINANCE, "/payments/ledger/vouchers/{voucher}/"),
    "statement of a voucher, its manager": (MANAGER, "/payments/ledger/vouchers/{voucher}/"),
    "home, finance": (FINANCE, "/"),
}


# --- Inside the portal ----------------------------------------------------------------------------
def prepare(size: int, batch: int) -> None:
    """Fill the database of DATABASE_URL; print as JSON how to enter it, and what a batch cost."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nextsociety.settings")
    django.setup()
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from accounts.models import User
    from conduct.models.owning import as_owner
    from demonstration import plot
    from demonstration.many.vouchers import multiply_vouchers
    from vouchers.awards.queries import acts_for
    from vouchers.books.models import LedgerAccount, LedgerEntry, LedgerLeg
    from vouchers.payments.models import Claim

    plot.tell(lambda _made, _part: None)
    # Before it is copied: each copy of the story then has claims that wait for their payment.
    _approve()
    fullest = _with_most_entries()
    number = multiply_vouchers(size, with_books=True)
    with as_owner() as connection, connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    middle = Claim.objects.order_by("pk")[Claim.objects.count() // 2]
    busiest = LedgerAccount.objects.filter(kind="available").order_by("-credits").first()
    facts = {
        "voucher": fullest.pk,
        "claim": middle.pk,
        "reference": middle.voucher.reference,
        "account": busiest.pk if busiest else 0,
    }
    people = {email: User.objects.get(email=email) for email in (COORDINATOR, FINANCE)}
    people[MANAGER] = acts_for(fullest)[0]
    sessions = {}
    for name, person in people.items():
        TOTP.activate(person, generate_totp_secret())
        sessions[name] = session_of(person)
    tell(
        {
            "facts": facts,
            "sessions": sessions,
            "queries": {
                name: queries_of(sessions[who], path.format(**facts))
                for name, (who, path) in PAGES.items()
            },
            "rows": {
                "vouchers": number,
                "claims": Claim.objects.count(),
                "entries": LedgerEntry.objects.count(),
                "legs": LedgerLeg.objects.count(),
            },
            "batch": {**_cost_of_a_statement(), **_cost_of_a_batch(batch)},
        }
    )


def _with_most_entries() -> Any:
    """The voucher of which most stands in the books."""
    from django.db.models import Count

    from vouchers.awards.models import Voucher

    counted = Voucher.objects.annotate(n=Count("award__application__ledger_entries"))
    return counted.order_by("-n", "pk")[0]


def _approve() -> None:
    """Approve what the story has controlled, by whoever took no earlier step of it."""
    from accounts.models import User
    from vouchers.payments.actions import approve_claim
    from vouchers.payments.queries import claims_to_approve

    for email in (SECOND, COORDINATOR):
        person = User.objects.get(email=email)
        for claim in list(claims_to_approve(person)):
            approve_claim(claim, by=person)


def _large_profile(finance: Any) -> Any:
    """An account of the programme like the one that stands, whose bank takes files of any size."""
    from decimal import Decimal

    from accounts.models import User
    from vouchers.payments.batches import actions
    from vouchers.payments.batches.models.profiles import SAID
    from vouchers.payments.batches.queries import profiles_in_use

    standing = profiles_in_use(finance)[0]
    said = {name: getattr(standing, name) for name in SAID}
    said |= {"name": "Large files", "most_payments": 5000, "largest_sum": Decimal(900_000_000)}
    profile = actions.enter_profile(by=finance, reason="Benchmark", **said)
    return actions.verify_profile(profile, by=User.objects.get(email=SECOND))


def _cost_of_a_batch(size: int) -> dict[str, float]:
    """Seconds of processor time (Python and PostgreSQL) by step; how many claims, where too few wait."""
    from django.urls import reverse

    from accounts.models import User
    from conduct.queries.days import today
    from vouchers.payments.batches import actions
    from vouchers.payments.batches.rules.days import next_bank_day
    from vouchers.payments.models import Claim

    finance = User.objects.get(email=FINANCE)
    claims = list(Claim.objects.filter(state=Claim.State.APPROVED).order_by("pk")[:size])
    if len(claims) < size:
        return {"claims that wait to be paid": len(claims)}
    profile = _large_profile(finance)
    # What a process reads once, at its first address.
    reverse("batches:list")
    took: dict[str, float] = {"payments": len(claims)}
    day = next_bank_day(today(), profile.weekend, profile.holidays)
    batch = _timed(
        took,
        "proposed",
        lambda: actions.propose_batch(profile, claims, execution_on=day, by=finance),
    )
    for number, email in enumerate((COORDINATOR, OTHER_FINANCE), start=1):
        signed = partial(actions.authorise_batch, batch, by=User.objects.get(email=email))
        batch = _timed(took, f"authorised, {number}", signed)
    _timed(took, "exported", lambda: actions.export_batch(batch, by=finance))
    return took


def _cost_of_a_statement() -> dict[str, float]:
    """The same of a statement with a line for each payment that is with the bank, 3,000 at most."""
    from decimal import Decimal
    from io import BytesIO

    from accounts.models import User
    from conduct.queries.days import today
    from demonstration.content.bank_answers import Booked, statement
    from vouchers.payments.bank.actions import read_bank_file, take_in
    from vouchers.payments.models import PaymentOrder

    finance, day = User.objects.get(email=FINANCE), today()
    sent = PaymentOrder.objects.filter(state=PaymentOrder.State.SENT).select_related(
        "batch__profile"
    )
    payments = list(sent.order_by("pk")[:3000])
    content = statement(
        [
            Booked(f"BK-{one.instruction}", one.amount, day, one.reference, payee=one.payee)
            for one in payments
        ],
        account=payments[0].batch.profile.debtor_account,
        opening=Decimal(10**9),
        number=900,
        day=day,
    )
    took: dict[str, float] = {"lines": len(payments)}
    read = partial(read_bank_file, BytesIO(content), name="benchmark.xml", by=finance)
    file = _timed(took, "read and proposed", read)
    _timed(took, "stored", lambda: take_in(file, by=finance))
    return took


def _timed(took: dict[str, float], step: str, act: Callable[[], Any]) -> Any:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        server = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    begun = time.process_time() + _seconds_of(server)
    made = act()
    took[step] = round(time.process_time() + _seconds_of(server) - begun, 2)
    return made


def _seconds_of(process: Path) -> float:
    """Seconds of processor time of another process; 0 where it is on another machine."""
    if not process.exists():
        return 0.0
    fields = process.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


# --- Outside --------------------------------------------------------------------------------------
def page_of(portal: Portal, name: str) -> tuple[str, str]:
    """The path of a page, and the session of who asks for it."""
    who, path = PAGES[name]
    facts: dict[str, Any] = portal.facts
    return path.format(**facts["facts"]), facts["sessions"][who]


def measure(sizes: list[int], rounds: int, batch: int) -> None:
    options = ("--batch", str(batch))
    with portals("payments", sizes, port=PORT, options=options, worker=False) as served:
        for portal in served.values():
            print(" · ".join(f"{count:,} {name}" for name, count in portal.facts["rows"].items()))
            print(portal.facts["batch"])
        print_table(served, asyncio.run(pages_of(served, PAGES, page_of, rounds)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 20_000])
    parser.add_argument("--rounds", type=int, default=25)
    parser.add_argument(
        "--batch", type=int, default=1000, help="payments of the batch that is made"
    )
    parser.add_argument("--prepare", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.prepare:
        prepare(chosen.prepare, chosen.batch)
    else:
        measure(chosen.sizes, chosen.rounds, chosen.batch)


if __name__ == "__main__":
    main()
