"""Slowing down whoever tries verification codes one after the other."""

from contextlib import suppress

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

# People mistype; machines do it faster. Only codes that do not exist are counted.
WRONG_CODES_ALLOWED = 20
WINDOW_SECONDS = 600


def is_guessing(request: HttpRequest) -> bool:
    """Whether too many wrong codes came from the same address in the last ten minutes."""
    return cache.get(_key(request), 0) >= WRONG_CODES_ALLOWED


def note_wrong_code(request: HttpRequest) -> None:
    """Count a code that does not exist."""
    key = _key(request)
    cache.add(key, 0, WINDOW_SECONDS)
    # It may run out between the two commands: the next wrong code then starts anew.
    with suppress(ValueError):
        cache.incr(key)


def _key(request: HttpRequest) -> str:
    return f"wrong-codes:{get_adapter().get_client_ip(request)}"
