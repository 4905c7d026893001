"""Work on records that are no jobs themselves: publishing, lapsing, reminding, comparing, ranking.

An attempt is written down before it is made and struck out once it has succeeded, so that a record
at which every worker dies is known too. One record that fails stops no other.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from jobs.actions.attempts import is_its_own_fault
from jobs.kinds import Errand, kind_called
from jobs.letters import OutcomeUnknown
from jobs.models import Trouble

logger = logging.getLogger(__name__)
Result = TypeVar("Result")

KILLED = "The worker was killed at this."


def attempted(slug: str, key: object, conduct: Callable[[], Result]) -> Result | None:
    """What `conduct` returns, or None where it failed or is not to be tried now.

    `slug` names a registered Errand. After its `max_attempts` the record is set aside: it is shown,
    and tried again when somebody asks or, where the errand says so, after a long while. An attempt
    that found no room on the disk does not count. An e-mail that may have gone out is set aside at
    once: to send it again may send it twice.
    """
    errand = _errand(slug)
    if not _begin(errand, str(key)):
        return None
    try:
        result = conduct()
    except Exception as error:
        logger.exception("%s of %s failed", slug, key)
        _note_failure(errand, str(key), error)
        return None
    Trouble.objects.filter(kind=slug, key=str(key)).delete()
    return result


def for_each(slug: str, records: Iterable[Any], conduct: Callable[[Any], int | None]) -> int:
    """Conduct something for each record; the sum of what it returns, as numbers.

    Records that are set aside, or wait for their next attempt, are passed by.
    """
    resting = resting_keys(slug)
    total = 0
    for record in records:
        if str(record.pk) not in resting:
            done = attempted(slug, record.pk, lambda record=record: conduct(record))  # type: ignore[misc]
            total += done or 0
    return total


def resting_keys(slug: str) -> set[str]:
    """The keys of the records that are not to be tried now."""
    resting = Trouble.objects.filter(kind=slug, next_attempt_at__gt=timezone.now())
    never = Trouble.objects.filter(kind=slug, set_aside_at__isnull=False)
    if _errand(slug).retry_every is not None:
        never = never.none()
    return set((resting | never).values_list("key", flat=True))


@transaction.atomic
def revive(trouble: Trouble) -> None:
    """Let a record that was set aside be tried anew, from now on."""
    Trouble.objects.filter(pk=trouble.pk).update(
        attempts=0, set_aside_at=None, next_attempt_at=timezone.now()
    )


def _errand(slug: str) -> Errand:
    errand = kind_called(slug)
    if not isinstance(errand, Errand):
        raise TypeError(f"{slug} is a job of its own, not an errand.")
    return errand


@transaction.atomic
def _begin(errand: Errand, key: str) -> bool:
    Trouble.objects.get_or_create(kind=errand.slug, key=key)
    # Only now, so that a row that was made just before is due.
    now = timezone.now()
    trouble = (
        Trouble.objects.select_for_update(skip_locked=True)
        .filter(kind=errand.slug, key=key, next_attempt_at__lte=now)
        .first()
    )
    if trouble is None or (trouble.set_aside_at and errand.retry_every is None):
        return False
    if trouble.attempts >= errand.max_attempts and not trouble.set_aside_at:
        # The last attempt left no word: its worker was killed.
        _set_aside(trouble, errand)
        return False
    trouble.attempts = min(trouble.attempts + 1, errand.max_attempts)
    trouble.next_attempt_at = now + _pause(trouble, errand)
    trouble.last_error = trouble.last_error or KILLED
    trouble.save()
    return True


@transaction.atomic
def _note_failure(errand: Errand, key: str, error: Exception) -> None:
    trouble = Trouble.objects.select_for_update().filter(kind=errand.slug, key=key).first()
    if trouble is None:
        return
    is_last = trouble.attempts >= errand.max_attempts or isinstance(error, OutcomeUnknown)
    if is_its_own_fault(trouble, error) and is_last:
        _set_aside(trouble, errand)
    else:
        trouble.save()


def _set_aside(trouble: Trouble, errand: Errand) -> None:
    now = timezone.now()
    trouble.set_aside_at = trouble.set_aside_at or now
    trouble.next_attempt_at = now + (errand.retry_every or timedelta())
    trouble.save()


def _pause(trouble: Trouble, errand: Errand) -> timedelta:
    if trouble.set_aside_at and errand.retry_every:
        return errand.retry_every
    return errand.patience * 2 ** (trouble.attempts - 1)
