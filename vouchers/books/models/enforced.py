"""What triggers hold of the books: chain and seal, balances and periods.

The locks of a posting have one order: the voucher's row, the periods (shared), the head of the call's
chain, which stands for all accounts of the call. `posting` takes them so before it writes.
"""

from __future__ import annotations

from django.conf import settings

# The advisory lock of all periods: shared by whoever enters, alone for whoever closes.
PERIODS = 7_213_601

_LOCK_PERIODS = f"PERFORM pg_advisory_xact_lock_shared({PERIODS});"

# Whether a day is over is asked on the calendar of the programme, as the action asks.
CLOSES_IN_ORDER = f"""
    PERFORM pg_advisory_xact_lock({PERIODS});
    IF NEW.ends_on <= (SELECT max(ends_on) FROM vouchers_closedperiod)
        OR NEW.ends_on >= (NEW.closed_at AT TIME ZONE '{settings.PROGRAMME_TIME_ZONE}')::date
    THEN
        RAISE EXCEPTION 'a period is closed in its order, once it is over' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'periods_are_closed_in_their_order';
    END IF;
    RETURN NEW;
"""

NOT_AS_PROPOSED = """
    NOT EXISTS (
        SELECT FROM vouchers_periodproposal proposal WHERE proposal.id = NEW.proposal_id
            AND proposal.ends_on = NEW.ends_on AND proposal.proposed_by_id = NEW.proposed_by_id
            AND proposal.dropped_at IS NULL
    )
"""

# A leg is written before its entry, which seals it; what the account holds then stands with it.
MOVES_ITS_ACCOUNT = f"""
    {_LOCK_PERIODS}
    PERFORM FROM vouchers_ledgerhead head
        JOIN vouchers_ledgeraccount account ON account.call_id = head.call_id
        WHERE account.id = NEW.account_id FOR NO KEY UPDATE OF head;
    IF EXISTS (SELECT FROM vouchers_ledgerentry WHERE id = NEW.entry_id) THEN
        RAISE EXCEPTION 'an entry that is sealed has no further legs' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_sealed_entry_has_its_legs';
    END IF;
    UPDATE vouchers_ledgeraccount SET debits = debits + NEW.debit, credits = credits + NEW.credit
        WHERE id = NEW.account_id
        RETURNING debits - credits INTO NEW.balance;
    RETURN NEW;
"""

BALANCES = """
    IF (SELECT sum(debit) IS DISTINCT FROM sum(credit) FROM vouchers_ledgerleg
        WHERE entry_id = NEW.id)
    THEN
        RAISE EXCEPTION 'the debits of an entry equal its credits' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'debits_equal_credits';
    END IF;
    RETURN NULL;
"""


def _measured(value: str) -> str:
    """SQL: a text behind its length in bytes (see rules.sealing)."""
    return f"octet_length({value}) || ':' || {value} || ','"


_VALUES = (
    "NEW.previous",
    "NEW.call_id::text",
    "NEW.number::text",
    "to_char(NEW.day, 'YYYY-MM-DD')",
    "to_char(NEW.entered_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')",
    "NEW.kind",
    "NEW.source_type",
    "NEW.source_id::text",
    "NEW.part::text",
    "COALESCE(NEW.entered_by_id::text, '')",
    "NEW.note",
)
_OF_A_LEG = ("account.kind", "account.reference", "leg.debit::text", "leg.credit::text")

# Numbered without gaps, dated in an open period, sealed with the entry before it.
SEALS = f"""
    {_LOCK_PERIODS}
    SELECT * INTO head FROM vouchers_ledgerhead WHERE call_id = NEW.call_id FOR NO KEY UPDATE;
    IF NEW.day <= (SELECT max(ends_on) FROM vouchers_closedperiod) THEN
        RAISE EXCEPTION 'nothing is dated in a closed period' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'nothing_is_dated_in_a_closed_period';
    END IF;
    NEW.number := head.number + 1;
    NEW.previous := head.seal;
    SELECT sum(leg.debit),
            string_agg({" || ".join(map(_measured, _OF_A_LEG))}, '' ORDER BY leg.debit, account.id)
        INTO NEW.amount, legs
        FROM vouchers_ledgerleg leg JOIN vouchers_ledgeraccount account ON account.id = leg.account_id
        WHERE leg.entry_id = NEW.id;
    NEW.seal := encode(
        sha256(convert_to({" || ".join(map(_measured, _VALUES))} || legs, 'UTF8')), 'hex'
    );
    UPDATE vouchers_ledgerhead SET number = NEW.number, seal = NEW.seal WHERE call_id = NEW.call_id;
    RETURN NEW;
"""

# The voucher's two sums carry the CHECKs that name what is refused. What is recovered was approved
# and paid all the same: it is the call's again, and not the voucher's.
KEEPS_THE_SUMS = """
    UPDATE vouchers_voucher SET approved = held.approved + back.sum, paid = held.paid + back.sum
        FROM (
            SELECT sum(debits - credits) AS approved,
                COALESCE(sum(debits - credits)
                    FILTER (WHERE kind IN ('bank', 'advanced', 'receivable')), 0) AS paid
            FROM vouchers_ledgeraccount
            WHERE application_id = NEW.application_id
                AND kind IN ('payable', 'in_transit', 'bank', 'advanced', 'receivable')
        ) held, (
            SELECT COALESCE(sum(CASE kind WHEN 'recovery' THEN amount ELSE -amount END), 0) AS sum
            FROM vouchers_ledgerentry
            WHERE application_id = NEW.application_id AND kind IN ('recovery', 'reopening')
        ) back, vouchers_award award
        WHERE award.application_id = NEW.application_id AND vouchers_voucher.award_id = award.id;
    RETURN NULL;
"""
