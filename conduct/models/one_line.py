"""Words that are on one line: names, titles, subjects."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# C0 and C1, and the separators of lines and paragraphs, as PostgreSQL and Python both read it. What
# turns the direction of a line counts too: a name must not change how the words after it read.
CONTROL_CHARACTERS = "[\u0001-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
_CONTROL = re.compile(CONTROL_CHARACTERS)


def one_line(text: str) -> None:
    """Refuse line breaks and control characters: whoever reads the text takes a new line for ours.

    Raises ValidationError. For names, which are in the e-mails that the portal sends for somebody.
    """
    if _CONTROL.search(text or ""):
        raise ValidationError(
            _("Write it on one line, without control characters."), code="one_line"
        )
