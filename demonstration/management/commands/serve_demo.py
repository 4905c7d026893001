"""Run web, workers and beat as one process in the foreground, until Ctrl-C."""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demonstration.serving import running
from demonstration.serving.together import Together, end_with_parent, python
from jobs.actions.living import queue_names

from .make_demo import accounts_table

# Name → module and its words; {port} becomes the port of the pages.
PROGRAMS = {
    "web": "gunicorn nextsociety.wsgi --bind 127.0.0.1:{port} --workers 2 --threads 4"
    " --log-level warning",
    # A worker for each queue, with one process for its tasks: so their limits hold, and about 160 MB.
    **{
        queue: f"celery --app nextsociety --quiet worker --queues {queue} --hostname {queue}@demo"
        " --concurrency 1 --without-gossip --without-mingle --loglevel warning"
        for queue in queue_names()
    },
    "beat": "celery --app nextsociety --quiet beat --loglevel warning",
}


class Command(BaseCommand):
    help = "Serve the demonstration: web, workers and beat, with the log-ins printed first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--with-parent",
            action="store_true",
            help="end when the process that started this one ends, as make does",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["with_parent"]:
            end_with_parent(os.getppid())
        port = options["port"]
        address = f"http://localhost:{port}/"
        try:
            with running.serving(settings.DATA_DIR, address):
                require_free(port)
                self._say(f"\n{accounts_table()}\n")
                code = self._serve(port, address)
        except running.AlreadyServed as served:
            raise CommandError(str(served)) from served
        if code:
            sys.exit(code)

    def _serve(self, port: int, address: str) -> int:
        programs = {
            name: python(*(word.format(port=port) for word in words.split()))
            for name, words in PROGRAMS.items()
        }
        return Together(self._say).run(
            programs,
            env={**os.environ, "SITE_URL": f"http://localhost:{port}"},
            cwd=settings.BASE_DIR,
            started=lambda: self._announce(address),
        )

    def _announce(self, address: str) -> None:
        """Say where it is once the first page can be had."""
        while not _is_up(address):
            time.sleep(0.2)
        self._say(f"The portal is at {address} (Ctrl-C or make stop ends it; its data stay)")
        self._say(f"Messages that would be mailed are in {settings.EMAIL_FILE_PATH}")

    def _say(self, line: str) -> None:
        """A line at once, also into a file or a pipe; a reader that has gone is no reason to stop."""
        with _speaking:
            try:
                self.stdout.write(line)
                self.stdout.flush()
            except OSError:
                pass


_speaking = threading.Lock()


def _is_up(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 (our own)
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def require_free(port: int) -> None:
    """Raises CommandError, with another port to try, when somebody listens on `port`."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CommandError(
                f"Port {port} is taken. Try another: make demo PORT={port + 1}"
            ) from error
