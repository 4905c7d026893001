"""Slowing down whoever tries verification codes one after the other.

Counted by django-allauth's limiter, as attempts to log in are: per address of the network, whatever
process answers. Its public wrapper counts no GET, and a code is read by one.
"""

from allauth.core.internal.ratelimit import consume
from django.conf import settings
from django.http import HttpRequest

_ACTION = "wrong_code"


def is_guessing(request: HttpRequest) -> bool:
    """Whether too many wrong codes came from the same address (settings.CODE_RATE_LIMITS)."""
    return not _counted(request, dry_run=True)


def note_wrong_code(request: HttpRequest) -> None:
    """Count a code that does not exist."""
    _counted(request, dry_run=False)


def _counted(request: HttpRequest, *, dry_run: bool) -> bool:
    rates = settings.CODE_RATE_LIMITS
    usage = consume(
        request, app="documents", action=_ACTION, config=rates, limit_get=True, dry_run=dry_run
    )
    return usage is not None
