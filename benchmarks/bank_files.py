"""A payment file of 1,000 payments built and checked; a statement of 3,000 lines read and proposed.

    .venv/bin/python -m benchmarks.bank_files [--sizes 100 1000] [--lines 300 3000] [--rounds 10]

Seconds of processor time, which other work on the machine does not change; the middle of the rounds.
Neither a database nor the portal is needed: what is measured is what every authorisation and the
export do between reading the payments and writing the file, and what taking a statement in does between
its bytes and the payment of each line. Nothing is asserted; docs/performance.md
has the figures.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import time
from datetime import UTC, date, datetime
from decimal import Decimal
from statistics import median

from demonstration.content.bank_answers import Booked, statement
from vouchers.payments.bank.rules.identity import identified
from vouchers.payments.bank.rules.matching import Candidate, Candidates
from vouchers.payments.bank.rules.reading import read_answer
from vouchers.payments.batches.rules.building import breaks_the_schema, build, read
from vouchers.payments.batches.rules.checks import problems_of
from vouchers.payments.batches.rules.messages import Bank, Payment, PaymentMessage, PostalAddress

DAY = date(2026, 11, 30)
BANK = Bank(
    account="NL41MOCK0000000001",
    address_form="structured",
    characters="latin",
    longest_name=70,
    charge_bearer="SHAR",
    service_level="",
    purpose="SCVE",
    demands_bic=True,
    most_payments=100_000,
    largest_sum=Decimal(10**9),
    weekend=(6, 7),
    holidays=(),
)


def message_of(size: int) -> PaymentMessage:
    """A message of as many payments, each to another Lebanese account."""
    payments = tuple(_payment(number) for number in range(1, size + 1))
    total = sum((payment.amount for payment in payments), Decimal(0))
    return PaymentMessage(
        message_id="PAY-2026-0001",
        created_at=datetime(2026, 11, 30, 9, 0, tzinfo=UTC),
        count=size,
        control_sum=total,
        group_id="PAY-2026-0001-1",
        batch_booking=False,
        group_count=size,
        group_sum=total,
        service_level="",
        execution_on=DAY,
        debtor_name="THE NEXT SOCIETY",
        debtor_address=PostalAddress("Amsterdam", "NL"),
        debtor_account=BANK.account,
        debtor_currency="EUR",
        debtor_bic="MOCKNL2A",
        charge_bearer="SHAR",
        payments=payments,
    )


def _payment(number: int) -> Payment:
    digits = f"0999{number:020d}"
    return Payment(
        instruction_id=f"PAY-2026-0001-{number:05d}",
        end_to_end_id=f"SUV-2026-LB-{number:05d}-P1",
        amount=Decimal(number) + Decimal("0.25"),
        currency="EUR",
        name=f"Cedar Consulting {number}",
        address=PostalAddress("Beirut", "LB", f"Rue Gouraud {number}", "1100"),
        account=f"LB{98 - int(f'{digits}211100') % 97:02d}{digits}",
        bic="BLOMLBBX",
        purpose="SCVE",
        text=f"SUV-2026-LB-{number:05d} F-{number}",
    )


def measure(size: int, rounds: int) -> tuple[float, int]:
    """The middle of the rounds, in seconds of processor time, and the bytes of the file."""
    message, took, content = message_of(size), [], b""
    for _round in range(rounds):
        begun = time.process_time()
        content = build(message)
        hashlib.sha256(content).hexdigest()
        standing = read(content)
        if breaks_the_schema(content) or standing != message:
            raise SystemExit("The file is not what was meant.")
        if problems_of(standing, BANK, today=DAY):
            raise SystemExit("The file breaks a rule.")
        took.append(time.process_time() - begun)
    return median(took), len(content)


def measure_statement(size: int, rounds: int) -> tuple[float, int]:
    """A statement of as many lines: read, held against its schema, added up, each line proposed."""
    paid = message_of(size).payments
    content = statement(
        [
            Booked(f"BK-{one.instruction_id}", one.amount, DAY, one.end_to_end_id, payee=one.name)
            for one in paid
        ],
        account=BANK.account,
        opening=Decimal(10**9),
        number=1,
        day=DAY,
    )
    took = []
    for _round in range(rounds):
        begun = time.process_time()
        (found,) = read_answer(content).statements
        known = identified(found.lines)
        candidates = Candidates(
            Candidate(
                number,
                one.end_to_end_id,
                one.amount,
                one.account,
                DAY,
                is_out=True,
                has_payment=False,
                has_return=False,
            )
            for number, one in enumerate(paid)
        )
        if any(candidates.find(one.line).payment is None for one in known):
            raise SystemExit("A line is not proposed.")
        took.append(time.process_time() - begun)
    return median(took), len(content)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000])
    parser.add_argument("--lines", type=int, nargs="+", default=[300, 3000])
    parser.add_argument("--rounds", type=int, default=10)
    chosen = parser.parse_args()
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}, cores: {os.cpu_count()}")
    for size in chosen.sizes:
        seconds, length = measure(size, chosen.rounds)
        print(f"{size:,} payments: {seconds:.3f} s of processor time, {length / 1000:,.0f} kB")
    for size in chosen.lines:
        seconds, length = measure_statement(size, chosen.rounds)
        print(f"{size:,} lines: {seconds:.3f} s of processor time, {length / 1000:,.0f} kB")


if __name__ == "__main__":
    main()
