"""Why a file is not taken. Each refusal carries a sentence that says what to do about it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from conduct.actions import NoSpace, Refused


class TooLarge(Refused):
    """The file has more bytes than are allowed, said before they are taken."""


class WrongOffset(Refused):
    """A piece of a file does not begin where the last one ended."""


class Damaged(Refused):
    """A piece of a file does not have the checksum that was sent with it."""


class TooManyUploads(Refused):
    """The person has begun more uploads than they have finished."""


class NotScanned(Refused):
    """The virus scanner does not answer, so nobody knows yet whether the file is clean."""


class Infected(Refused):
    """The virus scanner found something; `finding` is its name for it."""

    def __init__(self, message: str, finding: str) -> None:
        super().__init__(message)
        self.finding = finding


class NotKept(NoSpace, ValidationError):  # type: ignore[misc]
    """There was no room for a file of a form, which Django's fields show beside themselves."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The portal has no room left on its disk, so this file was not taken. Those who run "
                "it are told. Try again in a while."
            )
        )
