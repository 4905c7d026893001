"""Who may press: the person who chose the rows, and nobody else."""

from __future__ import annotations

import rules

from accounts.models import User

from .models import BulkRun


@rules.predicate
def chose_the_rows(user: User, run: BulkRun) -> bool:
    return run.by_id == user.pk
