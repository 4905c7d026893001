"""Which version of a part of a draft somebody had before them, and whether it still is the newest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from inputs.rules.numbers import sent_number

_DIGITS = 9  # More than any version of ours has.


def versions_seen(data: Mapping[str, str], parts: Iterable[int]) -> dict[int, int]:
    """The version of each part (by id) that a page had before it: `seen_<id>`; 0 for none."""
    return {part: sent_number(data.get(f"seen_{part}", ""), _DIGITS) for part in parts}


def is_overtaken(version: int, seen: int) -> bool:
    """Whether a part, now in `version`, was changed since somebody saw it in the version `seen`.

    What nobody wrote yet (version 0) overtakes nothing, whatever a page claims to have seen.
    """
    return bool(version) and version != seen
