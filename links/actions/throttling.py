"""Slowing down whoever tries secrets, has codes sent, or tries them, one after the other.

Counted by django-allauth's limiter, as attempts to log in are: per address of the network, and per
link where one is aimed at. Its public wrapper counts no GET, and a link is opened by one.
"""

from __future__ import annotations

from allauth.core.internal.ratelimit import consume
from django.conf import settings
from django.http import HttpRequest


def is_trying_links(request: HttpRequest) -> bool:
    """Whether too many links that do not exist were opened from the same address."""
    return not _counted(request, "wrong_link", dry_run=True)


def note_wrong_link(request: HttpRequest) -> None:
    """Count a link that does not exist."""
    _counted(request, "wrong_link")


def may_ask_for_code(request: HttpRequest, link: str) -> bool:
    """Whether another code may be sent for the link (its reference); counts the one that is asked."""
    return _counted(request, "link_code", key=link)


def may_try_code(request: HttpRequest, link: str) -> bool:
    """Whether another code may be tried for the link, right or wrong; counts the attempt."""
    return _counted(request, "try_link_code", key=link)


def _counted(
    request: HttpRequest, action: str, *, key: str | None = None, dry_run: bool = False
) -> bool:
    usage = consume(
        request,
        app="links",
        action=action,
        config=settings.LINK_RATE_LIMITS,
        key=key,
        limit_get=True,
        dry_run=dry_run,
    )
    return usage is not None
