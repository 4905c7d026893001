"""What a day of expertise is."""

from __future__ import annotations

from decimal import Decimal

HOURS_PER_DAY = Decimal(8)
"""How many hours make a day of expertise, in plans and in sessions."""
