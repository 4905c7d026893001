"""A score lies on the scale of its call, and is fixed in time (design, rule 6): held by the database."""

from __future__ import annotations

import pgtrigger

_RULES = """
    PERFORM 1 FROM vouchers_{of}
        WHERE id = COALESCE(NEW.{of}_id, OLD.{of}_id) AND state <> '{until}';
    IF FOUND THEN
        RAISE EXCEPTION '{fixed}'
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    PERFORM 1 FROM vouchers_criterion JOIN vouchers_call
            ON vouchers_call.id = vouchers_criterion.call_id
        WHERE vouchers_criterion.id = NEW.criterion_id
            AND NEW.value BETWEEN score_min AND score_max
            AND mod(NEW.value - score_min, score_step) = 0;
    IF NOT FOUND AND NEW.value IS NOT NULL THEN
        RAISE EXCEPTION 'The score is off the scale of the call.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


def on_the_scale(name: str, *, of: str, until: str, fixed: str) -> pgtrigger.Trigger:
    """The trigger of a table with `criterion` and `value`, whose rows belong `of` another record.

    They change only while that record's state is `until`; after that the sentence `fixed` refuses.
    """
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=_RULES.format(of=of, until=until, fixed=fixed),
    )
