"""Reads of calls, scoped to who asks."""

from .calls import (
    accepting_calls,
    call_choices,
    calls_visible_to,
    questions_to_depend_on,
    with_countries,
    with_numbers,
    with_steps,
    with_terms,
)

__all__ = [
    "accepting_calls",
    "call_choices",
    "calls_visible_to",
    "questions_to_depend_on",
    "with_countries",
    "with_numbers",
    "with_steps",
    "with_terms",
]
