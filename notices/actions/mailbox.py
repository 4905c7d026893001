"""Reading the mailbox to which mail servers report what they could not deliver.

A report is marked as read once what it says is kept: a worker that dies in between reads it again, and it
counts once all the same. Nothing is deleted; how long reports stay is for whoever keeps the mailbox.
"""

from __future__ import annotations

import logging
import mailbox
import ssl
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from imaplib import IMAP4, IMAP4_SSL
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from notices.models import SetAsideReport
from notices.rules.reports import LARGEST_REPORT

from .reporting import take_report

logger = logging.getLogger(__name__)
# One run reads no more; the next comes minutes later.
MOST = 500
_IMAP_SECONDS = 30
# What is read of a message that is longer, so that it is set aside and not kept in memory.
_ENOUGH = LARGEST_REPORT + 1

# A message's content, and what marks it as read.
Unread = tuple[Callable[[], bytes], Callable[[], object]]


class NoSuchMailbox(ValueError):
    """BOUNCE_MAILBOX names no kind of mailbox that can be read. Says which are."""


def read_mailbox(address: str) -> Counter[str]:
    """Take every report that nobody has read yet; how many were `new`, `known`, `set_aside`, `failed`.

    `address` is imaps://user:password@host:port/folder, imap://… (unencrypted: on the same machine only),
    maildir:///path or mbox:///path. Raises NoSuchMailbox for another, OSError or IMAP4.error where it
    cannot be reached.
    """
    with _opened(address) as unread:
        return take_each(unread)


def take_each(unread: Iterable[Unread]) -> Counter[str]:
    """Take reports one after the other: one that fails stops no other, and is read again next time."""
    counted: Counter[str] = Counter()
    for number, (read, mark) in enumerate(unread):
        if number >= MOST:
            break
        try:
            found = take_report(read())
            mark()
        except Exception:
            logger.exception("A report of delivery could not be taken")
            counted["failed"] += 1
            continue
        if isinstance(found, SetAsideReport):
            counted["set_aside"] += 1
        else:
            counted["new" if found else "known"] += 1
    return counted


@contextmanager
def _opened(address: str) -> Iterator[Iterator[Unread]]:
    parts = urlsplit(address)
    if parts.scheme in {"imap", "imaps"}:
        with _connected(parts) as server:
            server.login(unquote(parts.username or ""), unquote(parts.password or ""))
            folder = unquote(parts.path.lstrip("/")) or "INBOX"
            _done(server.select(f'"{folder}"'))
            yield _of_server(server)
    elif parts.scheme == "maildir":
        yield _of_maildir(mailbox.Maildir(unquote(parts.path), create=False))
    elif parts.scheme == "mbox":
        box = mailbox.mbox(unquote(parts.path), create=False)
        # Whoever delivers into the file waits meanwhile, and we for them.
        box.lock()
        try:
            yield _of_mbox(box)
            box.flush()
        finally:
            box.unlock()
            box.close()
    else:
        raise NoSuchMailbox("BOUNCE_MAILBOX begins with imaps://, imap://, maildir:// or mbox://.")


def _connected(parts: SplitResult) -> IMAP4:
    """The server, whose certificate is checked: the password of the mailbox is told to no other."""
    host = parts.hostname or ""
    if parts.scheme == "imap":
        return IMAP4(host, parts.port or 143, timeout=_IMAP_SECONDS)
    context = ssl.create_default_context()
    return IMAP4_SSL(host, parts.port or 993, ssl_context=context, timeout=_IMAP_SECONDS)


def _done(answer: tuple[str, Sequence[Any]]) -> Sequence[Any]:
    """What the server says. Raises IMAP4.error where it refused, which imaplib leaves to who asks."""
    word, told = answer
    if word != "OK":
        raise IMAP4.error(str(told[0]))
    return told


def _of_server(server: IMAP4) -> Iterator[Unread]:
    found, *_more = _done(server.uid("SEARCH", "UNSEEN"))
    for uid in (found or b"").split():
        name = uid.decode()

        def read(name: str = name) -> bytes:
            parts = _done(server.uid("FETCH", name, f"(BODY.PEEK[]<0.{_ENOUGH}>)"))
            return next(part[1] for part in parts if isinstance(part, tuple))

        def mark(name: str = name) -> object:
            return _done(server.uid("STORE", name, "+FLAGS", r"(\Seen)"))

        yield read, mark


def _of_maildir(box: mailbox.Maildir) -> Iterator[Unread]:
    for key in sorted(box.keys()):
        message = box.get_message(key)
        if "S" in message.get_flags():
            continue

        def mark(key: str = key, message: mailbox.MaildirMessage = message) -> None:
            message.set_subdir("cur")
            message.add_flag("S")
            box[key] = message

        yield (lambda key=key: box.get_bytes(key)[:_ENOUGH]), mark  # type: ignore[misc]


def _of_mbox(box: mailbox.mbox) -> Iterator[Unread]:
    for key in box.iterkeys():
        message = box.get_message(key)
        if "R" in message.get_flags():
            continue

        def mark(key: str = key, message: mailbox.mboxMessage = message) -> None:
            message.add_flag("R")
            box[key] = message

        yield (lambda key=key: box.get_bytes(key)[:_ENOUGH]), mark  # type: ignore[misc]
