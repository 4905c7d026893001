"""Sending a link, sending it anew, and ending it. Who may is judged by the room whose page it opens."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any, TypeVar

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import OutOfOrder, Refused, action, constraints_of, locked
from conduct.actions.queueing import queue_after_commit
from links.models import PersonalLink
from links.rules.secrets import digest_of, secret_from

AnyLink = TypeVar("AnyLink", bound=PersonalLink)


@action(gettext_lazy("Personal link sent"))
def issue_link(link: AnyLink, *, task: Any, by: User | None) -> tuple[AnyLink, str]:
    """Save a new link and mail it after the commit by `task` (given its key); the link and its secret.

    `link` has its subject, name, e-mail address and language; those that stood for the same subject
    (`standing_like`) are replaced and open nothing any more. The secret goes to nobody but its holder:
    into no page, message, log or history. Raises Refused for an address that is none, or an expiry
    that is over.
    """
    now = timezone.now()
    link.issued_by, link.issued_at = by, now
    if link.expires_at is None:
        link.expires_at = now + link.LIFETIME
    if link.expires_at <= now:
        raise Refused(_("A link ends in the future."), field="expires_at")
    link.seed = secrets.token_hex(32)
    secret = secret_from(link.seed, settings.SECRET_KEY)
    link.digest = digest_of(secret)
    link.next_attempt_at = link.first_turn()
    link.full_clean(validate_constraints=False)
    for before in standing_like(link):
        before.replaced_at, before.seed = now, ""
        before.save(update_fields=["replaced_at", "seed"])
    with constraints_of(type(link)):
        link.save(force_insert=True)
    queue_after_commit(task, link.pk)
    return link, secret


@action(gettext_lazy("Personal link withdrawn"))
def withdraw_link(link: AnyLink, *, by: User) -> AnyLink:
    """End a link at once, in every browser. Raises OutOfOrder for one that has ended."""
    link = locked(link)
    if not link.is_open:
        raise OutOfOrder(_("This link has ended already."))
    link.withdrawn_at, link.seed = timezone.now(), ""
    link.save(update_fields=["withdrawn_at", "seed"])
    return link


@action(gettext_lazy("Personal link works longer"))
def extend_link(link: AnyLink, *, until: datetime, by: User) -> AnyLink:
    """Let a link work until a later instant (UTC). Raises OutOfOrder for one that was ended."""
    link = locked(link)
    if link.ended in ("withdrawn", "replaced"):
        raise OutOfOrder(_("This link has ended already."))
    link.expires_at = max(until, link.expires_at)
    link.save(update_fields=["expires_at"])
    return link


def standing_like(link: AnyLink) -> list[AnyLink]:
    """The links that stand for the same subject, locked: those alike in what SUBJECT names."""
    same = {name: getattr(link, name) for name in link.SUBJECT}
    rows = type(link)._default_manager.select_for_update(of=("self",))
    return list(rows.filter(**same, withdrawn_at=None, replaced_at=None))
