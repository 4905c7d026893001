"""E-mails to people who may have no account: which rows are such mails, and who can mend an address.

Each room registers its own in its mails.py. What servers report of one is kept (`MailEvent`), shown
wherever the address stands ({% mark_returned %}), and told to whoever can mend it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import Invitation, User
from accounts.queries import watchers
from conduct.queries.scoping import for_system
from links.models import LinkCode


def _nobody(_row: Any) -> Iterable[User]:
    return ()


def _nothing(_row: Any) -> str:
    return ""


@dataclass(frozen=True)
class MailsOfRow:
    """One kind of mail, by the name in its Message-ID.

    `rows` reads them with what the others need; `address` and `sent_at` are fields, perhaps of another
    record (`link.email`). `hearers` can mend the address, and are told that one came back; `about` says
    of what, in no language, and `page` leads there.
    """

    name: str
    rows: Callable[[], QuerySet[Any]]
    address: str = "email"
    sent_at: str = "mailed_at"
    hearers: Callable[[Any], Iterable[User]] = _nobody
    about: Callable[[Any], str] = _nothing
    page: Callable[[Any], str] = _nothing


@dataclass(frozen=True)
class FoundMail:
    """One mail that was sent, or waits to be."""

    kind: MailsOfRow
    row: Any

    @property
    def address(self) -> str:
        """To whom it goes, in lower case."""
        return str(self._read(self.kind.address)).lower()

    @property
    def sent_at(self) -> datetime | None:
        """When it was handed over (UTC); None before."""
        found: datetime | None = self._read(self.kind.sent_at)
        return found

    def _read(self, path: str) -> Any:
        value = self.row
        for step in path.split("."):
            value = getattr(value, step)
        return value


_KINDS: dict[str, MailsOfRow] = {}


def register_mail(kind: MailsOfRow) -> None:
    """Make a kind of mail known. Raises ValueError for a name that is taken."""
    if kind.name in _KINDS:
        raise ValueError(f"{kind.name} is registered already")
    _KINDS[kind.name] = kind


def is_mail(name: str) -> bool:
    """Whether mails of this name are known."""
    return name in _KINDS


@for_system("a server reports on it, and proves that it has the mail")
def mail_called(name: str, key: str) -> FoundMail | None:
    """The mail of a row by its name and key; None where there is none."""
    kind = _KINDS.get(name)
    row = kind.rows().filter(pk=key).first() if kind else None
    return FoundMail(kind, row) if kind and row is not None else None


# Those of rooms below this one. A code is asked for anew by who waits for it.
register_mail(MailsOfRow("linkcode", LinkCode.objects.all))
register_mail(
    MailsOfRow(
        "invitation",
        lambda: Invitation.objects.select_related("invited_by"),
        hearers=lambda offer: [offer.invited_by] if offer.invited_by else watchers(),
        page=lambda _offer: reverse("accounts:invite"),
    )
)
