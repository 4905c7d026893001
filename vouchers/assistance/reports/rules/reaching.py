"""How far a target was reached, in per cent."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

_WHOLE = Decimal(1)
_ALL = Decimal(100)


def reached_percent(baseline: Decimal, target: Decimal, value: Decimal) -> Decimal | None:
    """How much of the way from `baseline` to `target` was gone, in whole per cent.

    It works for what is to fall too: from 40 to 10 days, 25 is 50 per cent. What moved away from the
    target is below 0, what went beyond it above 100; only what was reached is 100. Where nothing was
    to change (target = baseline), keeping it is 100, and for anything else there is no per cent: None.
    """
    way = target - baseline
    if not way:
        return _ALL if value == target else None
    exact = (value - baseline) * _ALL / way
    rounded = exact.quantize(_WHOLE, ROUND_HALF_UP)
    # 99.6 per cent is not all of it.
    if rounded == _ALL and exact < _ALL:
        return _ALL - 1
    return rounded + 0


def is_reached(baseline: Decimal, target: Decimal, value: Decimal) -> bool:
    """Whether the value is the target or beyond it, seen from the baseline."""
    percent = reached_percent(baseline, target, value)
    return percent is not None and percent >= _ALL
