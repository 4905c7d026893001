"""What a password must be, said in words of our own where Django has none in every language."""

from __future__ import annotations

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import ngettext


class LongEnough(MinimumLengthValidator):
    """Refuses a short password; Django's own sentence about it is English on Arabic pages."""

    def get_error_message(self) -> str:
        return ngettext(
            "This password is too short: it needs at least %(number)s character.",
            "This password is too short: it needs at least %(number)s characters.",
            self.min_length,
        ) % {"number": self.min_length}

    def get_help_text(self) -> str:
        return ngettext(
            "At least %(number)s character.", "At least %(number)s characters.", self.min_length
        ) % {"number": self.min_length}
