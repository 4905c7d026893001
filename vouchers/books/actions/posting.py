"""Entering what an action moves, in the transaction of that action."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Sum

from accounts.models import User
from conduct.actions import constraints_of
from conduct.queries.days import today
from vouchers.books.models import ClosedPeriod, LedgerAccount, LedgerEntry, LedgerHead, LedgerLeg
from vouchers.books.models.enforced import PERIODS
from vouchers.books.rules.routes import OF_A_VOUCHER, ROUTES

_LOCK_VOUCHER = """
    SELECT FROM vouchers_voucher voucher JOIN vouchers_award award ON award.id = voucher.award_id
    WHERE award.application_id = %s FOR NO KEY UPDATE OF voucher
"""


def post(
    kind: str,
    source: Any,
    *,
    application: Any,
    amount: Decimal,
    by: User | None,
    note: str = "",
    day: date | None = None,
    part: int = 1,
) -> LedgerEntry:
    """Enter one movement of `amount` (EUR) on the voucher of the application, as a part of an action.

    `kind` says between which accounts, `source` (award, voucher or claim) what it rests on, `day` on
    which day it counts, on the calendar of the country: today without one, and the first open day
    where its own lies in a closed period. Entered again it is found, and nothing happens. Raises
    Refused where an account cannot bear it.
    """
    lock_books(application.call_id, application.pk)
    day = _open_day(day or today(application.country.zone))
    return _enter(
        LedgerEntry(
            call_id=application.call_id,
            application=application,
            kind=kind,
            source_type=source._meta.model_name,
            source_id=source.pk,
            part=part,
            day=day,
            note=note,
            entered_by=by,
        ),
        amount,
        application,
    )


def grant_budget(call: Any, *, by: User | None) -> LedgerEntry | None:
    """Enter what the call's budget has grown by since it was entered last, as a part of an action."""
    lock_books(call.pk)
    granted = LedgerEntry.objects.filter(call=call, kind=LedgerEntry.Kind.GRANT)
    entered = granted.aggregate(total=Sum("amount", default=Decimal(0)))["total"]
    if call.budget <= entered:
        return None
    entry = LedgerEntry(
        call=call,
        kind=LedgerEntry.Kind.GRANT,
        source_type=LedgerEntry.Source.CALL,
        source_id=call.pk,
        part=granted.count() + 1,
        day=_open_day(today()),
        entered_by=by,
    )
    return _enter(entry, call.budget - entered, None)


def charge(
    call: Any, line: Any, amount: Decimal, *, by: User, day: date, note: str = ""
) -> LedgerEntry:
    """Enter what a bank took for itself by a line of its statement (EUR), as a part of an action.

    It is taken from what the call has available. Raises Refused where that is not so much.
    """
    lock_books(call.pk)
    entry = LedgerEntry(
        call=call,
        kind=LedgerEntry.Kind.CHARGE,
        source_type=LedgerEntry.Source.LINE,
        source_id=line.pk,
        day=_open_day(day),
        note=note,
        entered_by=by,
    )
    return _enter(entry, amount, None)


def release(
    voucher: Any, amount: Decimal, *, by: User | None, note: str = ""
) -> LedgerEntry | None:
    """Enter what a voucher releases besides what it released before, as a part of an action."""
    if not amount:
        return None
    application = voucher.award.application
    lock_books(application.call_id, application.pk)
    before = LedgerEntry.objects.filter(
        kind=LedgerEntry.Kind.RELEASE,
        source_type=LedgerEntry.Source.VOUCHER,
        source_id=voucher.pk,
    )
    return post(
        LedgerEntry.Kind.RELEASE,
        voucher,
        application=application,
        amount=amount,
        by=by,
        note=note,
        part=before.count() + 1,
    )


def lock_books(call: int, application: int | None = None) -> None:
    """Take the locks of a posting, in the one order that all of them keep (models.enforced)."""
    with connection.cursor() as cursor:
        if application is not None:
            cursor.execute(_LOCK_VOUCHER, [application])
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [PERIODS])
    LedgerHead.objects.bulk_create([LedgerHead(call_id=call)], ignore_conflicts=True)
    LedgerHead.objects.select_for_update(no_key=True).get(call_id=call)


def _open_day(day: date) -> date:
    """The day itself, or the first one after the periods that are closed, if it lies in one."""
    closed = ClosedPeriod.objects.order_by("-ends_on").values_list("ends_on", flat=True).first()
    return day if closed is None or day > closed else closed + timedelta(days=1)


def _enter(entry: LedgerEntry, amount: Decimal, application: Any) -> LedgerEntry:
    """Write legs and entry under the locks; the one that stands already where it was entered."""
    found = LedgerEntry.objects.filter(
        source_type=entry.source_type,
        source_id=entry.source_id,
        kind=entry.kind,
        part=entry.part,
    ).first()
    if found is not None:
        return found
    # The legs come first: the entry seals them.
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('vouchers_ledgerentry', 'id'))")
        (entry.pk,) = cursor.fetchone()
    credited, debited = ROUTES[entry.kind]
    with constraints_of(LedgerAccount, LedgerEntry):
        LedgerLeg.objects.bulk_create(
            [
                LedgerLeg(
                    entry_id=entry.pk, account=_account(entry, credited, application), credit=amount
                ),
                LedgerLeg(
                    entry_id=entry.pk, account=_account(entry, debited, application), debit=amount
                ),
            ]
        )
        entry.save(force_insert=True)
    entry.refresh_from_db()
    return entry


def _account(entry: LedgerEntry, kind: str, application: Any) -> LedgerAccount:
    """The account of the kind, of the entry's call or voucher; opened with the first entry on it."""
    of_a_voucher = kind in OF_A_VOUCHER
    account, _is_new = LedgerAccount.objects.get_or_create(
        call_id=entry.call_id,
        application=application if of_a_voucher else None,
        kind=kind,
        defaults={"reference": application.reference if of_a_voucher else ""},
    )
    return account
