"""How what people write is stored."""

from __future__ import annotations

from django.utils.translation import gettext as _

from conduct.actions import Refused


def stored_text(text: str, longest: int) -> str:
    """The text as it is stored. Raises Refused for one that is empty or too long."""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise Refused(_("Write something first."))
    if len(text) > longest:
        raise Refused(
            _("The text has %(length)s characters; at most %(limit)s fit.")
            % {"length": len(text), "limit": longest}
        )
    return text
