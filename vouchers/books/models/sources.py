"""What each entry rests on: between which accounts its kind moves money, and what its source says."""

from __future__ import annotations

from vouchers.books.rules.routes import ROUTES

_ROUTES = ", ".join(f"('{kind}', '{left}', '{met}')" for kind, (left, met) in ROUTES.items())

# Between the accounts of its kind, of its call and its voucher alone.
FOLLOWS_ITS_ROUTE = f"""
    IF NOT EXISTS (
        SELECT FROM (VALUES {_ROUTES}) AS route (kind, credited, debited)
        JOIN vouchers_ledgerleg given ON given.entry_id = NEW.id AND given.credit > 0
        JOIN vouchers_ledgeraccount one ON one.id = given.account_id AND one.kind = route.credited
        JOIN vouchers_ledgerleg taken ON taken.entry_id = NEW.id AND taken.debit > 0
        JOIN vouchers_ledgeraccount other ON other.id = taken.account_id
            AND other.kind = route.debited
        WHERE route.kind = NEW.kind AND one.call_id = NEW.call_id AND other.call_id = NEW.call_id
            AND COALESCE(one.application_id, NEW.application_id)
                IS NOT DISTINCT FROM NEW.application_id
            AND COALESCE(other.application_id, NEW.application_id)
                IS NOT DISTINCT FROM NEW.application_id
    ) OR 2 <> (SELECT count(*) FROM vouchers_ledgerleg WHERE entry_id = NEW.id) THEN
        RAISE EXCEPTION 'an entry moves money between the accounts of its kind' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'an_entry_follows_its_route';
    END IF;
"""

_STATES_OF_ITS_CLAIM = (
    ("approval", "approved"),
    ("reversal", "approved"),
    ("order", "ordered"),
    ("booking", "paid"),
    ("return", "approved"),
    ("came_back", "approved"),
    ("advance", "paid"),
    ("unadvance", "approved"),
)
_STATES = ", ".join(f"('{kind}', '{state}')" for kind, state in _STATES_OF_ITS_CLAIM)

# An entry states what its source says, and when that says so; whoever gives a claim back meanwhile
# waits for its row.
FOLLOWS_ITS_SOURCE = f"""
    SELECT COALESCE(sum(debit), 0) INTO moved FROM vouchers_ledgerleg WHERE entry_id = NEW.id;
    {FOLLOWS_ITS_ROUTE}
    IF NEW.kind IN (SELECT kind FROM (VALUES {_STATES}) AS step (kind, state)) THEN
        SELECT claim.eligible + claim.revalued - claim.cleared AS amount, claim.state,
                claim.is_advance, award.application_id INTO found
            FROM vouchers_claim claim
            JOIN vouchers_voucher voucher ON voucher.id = claim.voucher_id
            JOIN vouchers_award award ON award.id = voucher.award_id
            WHERE NEW.source_type = 'claim' AND claim.id = NEW.source_id
            FOR NO KEY UPDATE OF claim;
        IF found.application_id IS DISTINCT FROM NEW.application_id THEN
            RAISE EXCEPTION 'an entry stands on the voucher of its claim' USING
                ERRCODE = 'check_violation', CONSTRAINT = 'an_entry_follows_its_source';
        END IF;
        IF found.amount IS DISTINCT FROM moved OR (NEW.kind, found.state) NOT IN (VALUES {_STATES}) THEN
            RAISE EXCEPTION
                'an entry states the amount of its claim, as that is approved, ordered or paid'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'an_entry_follows_its_source';
        END IF;
        IF (NEW.kind IN ('booking', 'came_back') AND found.is_advance)
            OR (NEW.kind IN ('advance', 'unadvance') AND NOT found.is_advance)
        THEN
            RAISE EXCEPTION 'what is advanced is no cost yet' USING
                ERRCODE = 'check_violation', CONSTRAINT = 'an_entry_follows_its_source';
        END IF;
        IF NEW.kind = 'reversal' AND NOT EXISTS (
            SELECT FROM vouchers_ledgerentry WHERE kind = 'approval'
                AND source_type = 'claim' AND source_id = NEW.source_id
        ) THEN
            RAISE EXCEPTION 'what is reversed was approved' USING
                ERRCODE = 'check_violation', CONSTRAINT = 'an_entry_follows_its_source';
        END IF;
        IF NEW.kind IN ('order', 'return', 'came_back') AND NOT EXISTS (
            SELECT FROM vouchers_paymentorder WHERE claim_id = NEW.source_id
                AND state = CASE NEW.kind WHEN 'order' THEN 'sent' ELSE 'returned' END
        ) THEN
            RAISE EXCEPTION 'money is on its way with the file of a batch, or back from the bank'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'an_entry_follows_its_source';
        END IF;
        -- What goes out a second time came back before.
        IF NEW.kind IN ('order', 'booking', 'return', 'came_back') AND NEW.part <> 1 + (
            SELECT count(*) FROM vouchers_ledgerentry WHERE kind IN ('return', 'came_back')
                AND source_type = 'claim' AND source_id = NEW.source_id
        ) THEN
            RAISE EXCEPTION 'a claim is ordered anew once its money is back'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'an_entry_follows_its_source';
        END IF;
    ELSIF NEW.kind IN ('award', 'withdrawal') THEN
        IF NOT EXISTS (
            SELECT FROM vouchers_award award
            WHERE NEW.source_type = 'award' AND award.id = NEW.source_id
                AND award.application_id = NEW.application_id AND award.amount = moved
                AND (NEW.kind = 'withdrawal') = (award.state IN ('declined', 'lapsed'))
        ) THEN
            RAISE EXCEPTION 'an entry states the amount of its award, as that stands' USING
                ERRCODE = 'check_violation', CONSTRAINT = 'an_entry_follows_its_source';
        END IF;
    ELSIF NEW.kind = 'charge' THEN
        IF NOT EXISTS (
            SELECT FROM vouchers_linecharge charge
            WHERE NEW.source_type = 'line' AND charge.line_id = NEW.source_id
                AND charge.call_id = NEW.call_id AND charge.amount = moved
        ) THEN
            RAISE EXCEPTION 'a charge is entered as its line of the bank says' USING
                ERRCODE = 'check_violation', CONSTRAINT = 'an_entry_follows_its_source';
        END IF;
    ELSIF NEW.kind = 'release' THEN
        IF NOT EXISTS (
            SELECT FROM vouchers_voucher voucher
            JOIN vouchers_award award ON award.id = voucher.award_id
            WHERE NEW.source_type = 'voucher' AND voucher.id = NEW.source_id
                AND award.application_id = NEW.application_id
                AND voucher.released = moved + (
                    SELECT COALESCE(sum(amount), 0) FROM vouchers_ledgerentry
                    WHERE kind = 'release' AND source_id = NEW.source_id
                )
        ) THEN
            RAISE EXCEPTION 'what is entered as released is what the voucher releases' USING
                ERRCODE = 'check_violation', CONSTRAINT = 'an_entry_follows_its_source';
        END IF;
    ELSIF NEW.kind IN ('raised', 'lowered') THEN
        IF NOT EXISTS (
            SELECT FROM vouchers_finalrate final
            JOIN vouchers_claim claim ON claim.id = final.claim_id
            JOIN vouchers_voucher voucher ON voucher.id = claim.voucher_id
            JOIN vouchers_award award ON award.id = voucher.award_id
            WHERE NEW.source_type = 'finalrate' AND final.id = NEW.source_id
                AND final.said_with = 'payment' AND award.application_id = NEW.application_id
                AND moved = (final.amount - final.before)
                    * (CASE NEW.kind WHEN 'raised' THEN 1 ELSE -1 END)
        ) THEN
            RAISE EXCEPTION 'what is raised or lowered is what the final rate says' USING
                ERRCODE = 'check_violation', CONSTRAINT = 'an_entry_follows_its_source';
        END IF;
    ELSIF NEW.kind IN ('clearing', 'unclearing') THEN
        IF NOT EXISTS (
            SELECT FROM vouchers_clearing clearing
            JOIN vouchers_claim claim ON claim.id = clearing.claim_id
            JOIN vouchers_voucher voucher ON voucher.id = claim.voucher_id
            JOIN vouchers_award award ON award.id = voucher.award_id
            WHERE NEW.source_type = 'clearing' AND clearing.id = NEW.source_id
                AND award.application_id = NEW.application_id AND clearing.amount = moved
                AND (NEW.kind = 'unclearing') = (clearing.undone_at IS NOT NULL)
        ) THEN
            RAISE EXCEPTION 'what is cleared is what the approval of its claim says' USING
                ERRCODE = 'check_violation', CONSTRAINT = 'an_entry_follows_its_source';
        END IF;
    ELSIF NEW.kind IN ('correction', 'demand') THEN
        IF NOT EXISTS (
            SELECT FROM vouchers_correction correction
            JOIN vouchers_claim claim ON claim.id = correction.claim_id
            JOIN vouchers_voucher voucher ON voucher.id = claim.voucher_id
            JOIN vouchers_award award ON award.id = voucher.award_id
            WHERE NEW.source_type = 'correction' AND correction.id = NEW.source_id
                AND award.application_id = NEW.application_id AND correction.amount = moved
                AND correction.state = 'announced' AND claim.state = 'paid'
                AND (NEW.kind = 'demand') = claim.is_advance
        ) THEN
            RAISE EXCEPTION 'what is corrected is what two people decided of a paid claim' USING
                ERRCODE = 'check_violation', CONSTRAINT = 'an_entry_follows_its_source';
        END IF;
    ELSIF NEW.kind IN ('recovery', 'waiver', 'reopening') THEN
        IF NOT EXISTS (
            SELECT FROM vouchers_recovery part
            JOIN vouchers_correction correction ON correction.id = part.correction_id
            JOIN vouchers_claim claim ON claim.id = correction.claim_id
            JOIN vouchers_voucher voucher ON voucher.id = claim.voucher_id
            JOIN vouchers_award award ON award.id = voucher.award_id
            WHERE NEW.source_type = 'recovery' AND part.id = NEW.source_id
                AND award.application_id = NEW.application_id AND part.amount = moved
                AND (NEW.kind = 'waiver') = (part.kind = 'waived')
                AND part.state = CASE NEW.kind WHEN 'reopening' THEN 'void' ELSE 'entered' END
        ) OR (NEW.kind = 'reopening' AND NOT EXISTS (
            SELECT FROM vouchers_ledgerentry WHERE kind = 'recovery'
                AND source_type = 'recovery' AND source_id = NEW.source_id
        )) THEN
            RAISE EXCEPTION 'what comes back, or is waived, is what two people entered' USING
                ERRCODE = 'check_violation', CONSTRAINT = 'an_entry_follows_its_source';
        END IF;
    ELSIF NOT EXISTS (
        SELECT FROM vouchers_call call
        WHERE NEW.source_type = 'call' AND NEW.source_id = NEW.call_id AND call.id = NEW.call_id
            AND call.budget = moved + (
                SELECT COALESCE(sum(amount), 0) FROM vouchers_ledgerentry
                WHERE kind = 'grant' AND call_id = NEW.call_id
            )
    ) THEN
        RAISE EXCEPTION 'what is granted is the budget of the call' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'an_entry_follows_its_source';
    END IF;
    RETURN NEW;
"""
