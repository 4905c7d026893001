"""What is sent: the wording that coordinators own, filled with facts, or the built-in one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from django.template import Context
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

from texts.kinds import OwnedKind
from texts.rules.placeholders import filled, placeholders

# Where the facts of a letter or message keep the wording that held when it was issued or told.
FROZEN = "wording"


def owned_text(kind: OwnedKind | None, slug: str, facts: Mapping[str, object]) -> str | None:
    """The owned wording of a passage that the facts froze; None where the built-in one holds.

    That is so too where it names a placeholder that a later version of the portal no longer has: a
    letter with a gap helps nobody.
    """
    frozen = facts.get(FROZEN)
    text = frozen.get(slug) if isinstance(frozen, dict) else None
    if kind is None or not isinstance(text, str):
        return None
    return text if set(placeholders(text)) <= kind.placeholders.keys() else None


def as_plain(kind: OwnedKind, text: str, facts: Mapping[str, object], **more: object) -> str:
    """An owned text of an e-mail with what its placeholders say: plain, without any markup."""
    context = Context({"facts": facts, **more}, autoescape=False)
    return filled(text, _writer(kind, context))


def as_paragraphs(text: str, value_of: Callable[[str], str]) -> SafeString:
    """An owned text as paragraphs of a page: escaped, with values that are safe or are escaped too."""
    paragraphs = (one for one in re.split(r"\n{2,}", text) if one.strip())
    lines = (
        filled(one, lambda name: conditional_escape(value_of(name)), _escaped_lines)
        for one in paragraphs
    )
    return mark_safe("\n".join(f"<p>{line}</p>" for line in lines))  # noqa: S308 (escaped here)


def in_context(kind: OwnedKind, text: str, context: Context) -> SafeString:
    """An owned passage of a letter, within the context of the letter's template."""
    return as_paragraphs(text, _writer(kind, context))


def _writer(kind: OwnedKind, context: Context) -> Callable[[str], str]:
    known = kind.placeholders

    def write(name: str) -> str:
        return known[name].write(context)

    return write


def _escaped_lines(text: str) -> str:
    return escape(text).replace("\n", "<br>\n")
