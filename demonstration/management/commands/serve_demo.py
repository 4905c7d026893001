"""Run web, worker and beat as one process in the foreground, until Ctrl-C."""

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
from honcho.manager import Manager

from .make_demo import accounts_table

_PROGRAMS = {
    "web": "gunicorn nextsociety.wsgi --bind 127.0.0.1:{port} --workers 2 --threads 4"
    " --log-level warning",
    "worker": "celery --app nextsociety --quiet worker --pool solo --loglevel warning",
    "beat": "celery --app nextsociety --quiet beat --loglevel warning",
}


class Command(BaseCommand):
    help = "Serve the demonstration: web, worker and beat, with the log-ins printed when it is up."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        port = options["port"]
        _require_free(port)
        os.environ["PATH"] = f"{os.path.dirname(sys.executable)}:{os.environ['PATH']}"
        environment = {**os.environ, "SITE_URL": f"http://localhost:{port}"}
        manager = Manager()
        for name, program in _PROGRAMS.items():
            command = f"{sys.executable} -W ignore -m {program.format(port=port)}"
            manager.add_process(name, command, env=environment, cwd=str(settings.BASE_DIR))
        threading.Thread(target=self._announce, args=[port], daemon=True).start()
        manager.loop()
        # 130 is a stop by Ctrl-C: what was asked for.
        if manager.returncode not in (None, 0, 130):
            sys.exit(manager.returncode)

    def _announce(self, port: int) -> None:
        """Say where it is once the first page can be had."""
        address = f"http://localhost:{port}/"
        while not _is_up(address):
            time.sleep(0.2)
        self.stdout.write(f"\nThe portal is at {address} (Ctrl-C stops it; its data stay)\n")
        self.stdout.write(f"{accounts_table()}\n")
        self.stdout.write(f"Messages that would be mailed are in {settings.EMAIL_FILE_PATH}\n\n")


def _is_up(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CommandError(
                f"Port {port} is taken. Try another: make demo PORT={port + 1}"
            ) from error
