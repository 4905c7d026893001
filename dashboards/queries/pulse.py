"""Whether anything may have changed since a page was read: asked for in one cheap statement.

A desk costs some 35 reads to look up. A page that asks every half a minute whether it is still right is
answered by this first: what is written down wherever a record changes.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from typing import Any

from django.db import connection, models
from django.utils import timezone, translation

from accounts.models import User
from conduct.models.traces import Trace
from dashboards.permissions import may_try_again
from documents.models import Document
from notices.models import DeliveryEvent, Notice, ReportSeen, SetAsideReport
from notices.permissions import may_send_again
from vouchers.awards.models import AgreementSignature
from vouchers.correspondence.models import Message, ReadMark
from vouchers.endings.amendments.models import AmendmentSignature
from vouchers.payments.bank.models import (
    LineCharge,
    LineMatch,
    LineProposal,
    SetAside,
    StatementLine,
)
from vouchers.payments.control.models import ClaimApproval, Control, SentBack
from vouchers.providers.quotes.models import Quote
from vouchers.standing.models import OutdatedStanding, Standing

# What desks show and history does not keep: rows that are only ever added.
ADDED: tuple[type[models.Model], ...] = (
    *(DeliveryEvent, SetAsideReport, ReportSeen, AgreementSignature, AmendmentSignature, Message),
    *(Control, SentBack, ClaimApproval),
    *(StatementLine, LineMatch, LineCharge, LineProposal, SetAside),
    # A note of a change: it goes when the voucher is judged, which is seen by that.
    OutdatedStanding,
)
# What the statement reads in another way: how far the person has read, and what was judged for which day.
# Of notices also how many of the person's own are new.
# A quote is sealed until its request is opened, which leaves a trace.
SEEN_OTHERWISE: tuple[type[models.Model], ...] = (Trace, ReadMark, Standing, Quote)
# Of whose traces most are steps of workers; who reads no messages is not told of these.
SENT: tuple[type[models.Model], ...] = (Notice, Document)
# A trace may be committed after one with a higher key; the sum of so many tells it.
LATEST = 200
# Seconds after which a page is looked up though nothing was written: time alone makes things late, and
# what workers have given up is kept by no history.
ASKED_ANEW = 300
# Seconds between the turns of two people, without a common divisor with it.
_APART = 37


def pulse_of(user: User, about: str) -> str:
    """A short text that is another one once anything may have changed that the person's page shows.

    `about` is what of the address and the session the page hangs on. One query. It may change without
    need, but does not stay the same for longer than `ASKED_ANEW` seconds.
    """
    with connection.cursor() as cursor:
        cursor.execute(_statement(reads_messages=reads_messages(user)), [user.pk, user.pk])
        found = cursor.fetchone()
    # Everybody's turn comes at another second, so that not all open pages are looked up at once.
    turn = (int(timezone.now().timestamp()) + user.pk * _APART) // ASKED_ANEW
    told = repr((found, turn, user.pk, translation.get_language(), user.time_zone, about))
    return sha256(told.encode()).hexdigest()[:16]


def reads_messages(user: User) -> bool:
    """Whether the page shows which messages went and which were given up, of everybody's."""
    return (may_send_again | may_try_again).test(user)


@cache
def _statement(*, reads_messages: bool) -> str:
    """Keys alone, each from the end of its index. Made once, since Django would compile it each time."""
    kinds = ", ".join(f"'{model._meta.model_name}'" for model in SENT)
    seen = "" if reads_messages else f" WHERE NOT (is_step AND kind IN ({kinds}))"
    latest = (
        f"SELECT max(id) || '/' || sum(id) FROM"  # noqa: S608
        f" (SELECT id FROM {_table(Trace)}{seen} ORDER BY id DESC LIMIT {LATEST}) AS latest"
    )
    read = (
        "SELECT count(*) || '/' || sum(last_read_id) || '/' || count(*) FILTER (WHERE settled)"  # noqa: S608
        f" FROM {_table(ReadMark)} WHERE person_id = %s"
    )
    # The head of the page says how many are new: what was opened elsewhere leaves no trace.
    unseen = (
        f"SELECT count(*) FROM {_table(Notice)}"  # noqa: S608
        " WHERE recipient_id = %s AND seen_at IS NULL AND subject <> ''"
    )
    judged = f"SELECT max(judged_for)::text FROM {_table(Standing)}"  # noqa: S608
    added = [f"SELECT max(id)::text FROM {_table(model)}" for model in ADDED]  # noqa: S608
    return "SELECT " + ", ".join(f"({one})" for one in (read, unseen, latest, judged, *added))


def _table(model: Any) -> str:
    return connection.ops.quote_name(model._meta.db_table)
