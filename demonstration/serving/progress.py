"""How far `make demo` is, as one bar from the packages to the first letters.

Set-up runs in several processes, one after the other; each names the stages that it does itself. On a
terminal the bar is drawn again and again on one line; in a file or pipe each stage is one line. Only
the standard library is imported: set-up begins before anything is installed.
"""

from __future__ import annotations

import sys
import time

# Stage → seconds that it takes on a quiet machine of two cores, packages from a warm cache.
STAGES = {
    "Python packages": 25,
    "front-end packages": 10,
    "words in French and Arabic": 4,
    "static files": 8,
    "tables": 12,
    "demonstration data": 45,
    "first letters": 12,
}
_WIDTH = 30
# So often a bar is drawn again, in seconds.
_PAUSE = 0.1
_state = {"drawn": 0.0}
_begun: set[str] = set()


def show(stage: str, done: float = 0.0, detail: str = "") -> None:
    """Say that `stage` is at `done` (0 to 1) of its way; `detail` is what is being done there."""
    text = _line(stage, done, detail)
    begins = stage not in _begun
    _begun.add(stage)
    if not sys.stdout.isatty():
        if begins:
            print(text, flush=True)
        return
    now = time.monotonic()
    if not begins and now - _state["drawn"] < _PAUSE:
        return
    _state["drawn"] = now
    print(f"\r\x1b[K{text}", end="", flush=True)


def end() -> None:
    """Leave the line of the bar, before something else is said."""
    if sys.stdout.isatty() and _state["drawn"]:
        print("\r\x1b[K", end="", flush=True)
        _state["drawn"] = 0.0


def share(stage: str, done: float = 0.0) -> float:
    """How much of everything is done once `stage` is at `done`, both from 0 to 1."""
    names = list(STAGES)
    before = sum(STAGES[name] for name in names[: names.index(stage)])
    return (before + STAGES[stage] * min(max(done, 0.0), 1.0)) / sum(STAGES.values())


def _line(stage: str, done: float, detail: str) -> str:
    part = share(stage, done)
    full = round(part * _WIDTH)
    bar = "█" * full + "░" * (_WIDTH - full)
    said = f"{stage}: {detail}" if detail else stage
    # A terminal that knows no blocks and dots gets question marks, not an error.
    encoding = sys.stdout.encoding or "utf-8"
    return f"{bar} {part:4.0%}  {said} …".encode(encoding, "replace").decode(encoding)
