"""Take the reports of what could not be delivered: from the mailbox, or from files."""

from __future__ import annotations

from argparse import ArgumentParser
from imaplib import IMAP4
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from notices.actions.mailbox import NoSuchMailbox, read_mailbox, take_each


class Command(BaseCommand):
    """`read_bounces` reads BOUNCE_MAILBOX, `read_bounces FILE…` messages as files (.eml)."""

    help = "Keeps what mail servers report of our messages, from BOUNCE_MAILBOX or from files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, help="messages, one in each file")

    def handle(self, *_args: Any, files: list[Path], **_options: Any) -> None:
        if missing := [str(path) for path in files if not path.is_file()]:
            raise CommandError(f"There is no file {', '.join(missing)}.")
        if not files and not settings.BOUNCE_MAILBOX:
            raise CommandError("Name files, or set BOUNCE_MAILBOX (docs/deployment.md).")
        try:
            counted = (
                take_each((path.read_bytes, lambda: None) for path in files)
                if files
                else read_mailbox(settings.BOUNCE_MAILBOX)
            )
        except (NoSuchMailbox, OSError, IMAP4.error) as error:
            raise CommandError(f"The mailbox could not be read: {error}") from error
        self.stdout.write(
            f"{counted['new']} new, {counted['known']} known already,"
            f" {counted['set_aside']} set aside, {counted['failed']} failed."
        )
