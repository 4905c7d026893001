"""What is wrong with a text, in sentences for whoever typed it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from texts.rules.placeholders import Flaw, FlawKind


def told(problem: Flaw) -> str:
    """One problem as a sentence in the active language."""
    part = {"part": problem.part}
    match problem.wrong:
        case FlawKind.EMPTY:
            return _("Write a text, or take the built-in wording back.")
        case FlawKind.LONG:
            return _("This is too long: %(part)s characters at most.") % part
        case FlawKind.LINES:
            return _("A subject is one line.")
        case FlawKind.HIDDEN:
            return (
                _("There is a hidden character (%(part)s) that would change how the text reads.")
                % part
            )
        case FlawKind.MALFORMED:
            return (
                _(
                    "“%(part)s” is no placeholder. Curly brackets stand around the names in the list "
                    "and nowhere else."
                )
                % part
            )
        case _unknown:
            return _("There is no placeholder %(part)s here. Choose one of the list.") % part
