"""Why a file is not taken. Each refusal carries a sentence that says what to do about it."""

from records.acting import Refused


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
