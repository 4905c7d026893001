"""The e-mails that the demonstration would have sent: files, read as mail programs read them.

The file backend of Django writes one file for each connection and ends every message with a line of 79
dashes. Everything the portal mails is among them: also invitations, links and codes, which are read
nowhere else, since only the demonstration keeps what it would have sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings

_END = b"\n" + b"-" * 79 + b"\n"
# So many are shown, the newest first.
MOST = 100


@dataclass(frozen=True)
class DemoMail:
    """One e-mail: `name` finds it again (its file, and its place there)."""

    name: str
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"] or "")

    @property
    def to(self) -> str:
        return str(self.message["To"] or "")

    @property
    def language(self) -> str:
        """The language that it says it is in; English where it says none."""
        said = str(self.message["Content-Language"] or "en")
        return said if said in dict(settings.LANGUAGES) else "en"

    @property
    def sent_at(self) -> datetime:
        """When it was written (UTC)."""
        found = parsedate_to_datetime(str(self.message["Date"]))
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found

    @property
    def text(self) -> str:
        return self._form("plain")

    @property
    def html(self) -> str:
        """Its HTML; empty where it has none."""
        return self._form("html")

    @property
    def attachments(self) -> list[tuple[str, int]]:
        """The names of what is attached, with their sizes in bytes."""
        return [
            (part.get_filename() or "", len(part.get_payload(decode=True) or b""))
            for part in self.message.iter_attachments()
        ]

    def _form(self, kind: str) -> str:
        part = self.message.get_body(preferencelist=(kind,))
        return str(part.get_content()) if part is not None else ""


def newest_mails(words: str = "") -> list[DemoMail]:
    """The newest mails whose subject, text or address has every one of the words."""
    wanted = words.casefold().split()
    found: list[DemoMail] = []
    for path in sorted(_folder().glob("*.log"), reverse=True):
        for mail in reversed(_in(path)):
            told = f"{mail.subject} {mail.to} {mail.text}".casefold() if wanted else ""
            if all(word in told for word in wanted):
                found.append(mail)
        if len(found) >= MOST:
            break
    return found[:MOST]


def mail_called(name: str) -> DemoMail | None:
    """The mail of this name; None where there is none."""
    stem, _dot, number = name.rpartition(".")
    # A name is never a way to another folder: it is looked for among those that are there.
    path = next((path for path in _folder().glob("*.log") if path.stem == stem), None)
    mails = _in(path) if path else []
    return next((mail for mail in mails if mail.name == f"{stem}.{number}"), None)


def _folder() -> Path:
    return Path(settings.EMAIL_FILE_PATH)


def _in(path: Path) -> list[DemoMail]:
    pieces = path.read_bytes().split(_END)
    return [
        DemoMail(f"{path.stem}.{number}", _read(piece))
        for number, piece in enumerate(pieces)
        if piece.strip()
    ]


def _read(content: bytes) -> EmailMessage:
    return message_from_bytes(content.lstrip(b"\n"), policy=policy.default)
