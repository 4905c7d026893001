"""Reads of links, by what their holder shows."""

from __future__ import annotations

from typing import TypeVar

from django.utils.crypto import constant_time_compare

from conduct.queries.scoping import for_system

from .models import LinkCode, PersonalLink
from .rules.secrets import digest_of

AnyLink = TypeVar("AnyLink", bound=PersonalLink)


@for_system("whoever has the secret of a link may read what it opens")
def link_with(model: type[AnyLink], secret: str) -> AnyLink | None:
    """The link with this secret, open or ended; None where there is none.

    Found by its digest, so that how long it takes tells nothing of how much was right.
    """
    digest = digest_of(secret)
    found = model._default_manager.filter(digest=digest).first()
    return found if found is not None and constant_time_compare(found.digest, digest) else None


@for_system("the browser that had the code sent names it, for a link whose secret it shows")
def code_asked_for(link: PersonalLink, pk: int) -> LinkCode | None:
    """The code that this browser had sent for the link; None where it had none."""
    return LinkCode.objects.filter(pk=pk, link=link.reference).first()
