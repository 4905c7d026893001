"""What is wrong with the words of a message that somebody typed: plain text, nothing filled in."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from texts.kinds import PASSAGE, SUBJECT
from texts.rules.placeholders import FlawKind, problems
from texts.wording.sentences import told

# A subject is kept in 250 characters, whatever the wording of a kind may have.
_SHAPES = {"subject": SUBJECT, "body": PASSAGE}


def flaws_of(part: str, text: str) -> list[str | Promise]:
    """What is wrong with the tidied `text` as the subject or the body, in sentences."""
    found = problems(text, _SHAPES[part], known=())
    # Of placeholders nothing is left to be filled in: no bracket has a meaning, and none is kept.
    return list(
        dict.fromkeys(
            _("Curly brackets mean nothing here: write out what is to be read.")
            if flaw.wrong in (FlawKind.MALFORMED, FlawKind.UNKNOWN)
            else _("Write a text.")
            if flaw.wrong == FlawKind.EMPTY
            else told(flaw)
            for flaw in found
        )
    )
