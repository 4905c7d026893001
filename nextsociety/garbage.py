"""How often Python looks for garbage in cycles, and where.

As it comes it looks after every 700 objects, and now and then through all that was ever loaded: 200,000
modules, models, triggers and translations that stay to the end. A fifth of a letter's processor time
went there, and a fifth of the start of any process. Few requests and jobs leave anything in cycles.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# Objects made and not given back before the youngest are looked through; each tenfold of Python's
# own 700 costs a worker some 20 MB at most.
_THRESHOLDS = (10_000, 20, 20)


def look_less_often() -> None:
    """Leave what is loaded by now out of every later search, and search after 10,000 objects.

    Called before anything is loaded (manage.py), the second alone tells.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)


@contextmanager
def while_loading() -> Iterator[None]:
    """Nothing is searched while a process loads what it keeps, and less often from then on."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        look_less_often()
