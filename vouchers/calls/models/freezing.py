"""What applicants were told of a call is fixed once it has opened."""

from __future__ import annotations

import pgtrigger

# What scoring depends on is fixed once a call has opened (design, rule 6).
_FROZEN_ONCE_OPEN = """
    PERFORM 1 FROM vouchers_call
        WHERE id = COALESCE(NEW.call_id, OLD.call_id) AND state <> 'draft';
    IF FOUND THEN
        RAISE EXCEPTION 'The call is open: what applicants were told is fixed.'
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


def frozen_once_open() -> pgtrigger.Trigger:
    """The trigger that refuses any change of a row whose call has opened."""
    return pgtrigger.Trigger(
        name="frozen_once_open",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=_FROZEN_ONCE_OPEN,
    )
