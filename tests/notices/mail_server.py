"""A mail server of the tests: it speaks SMTP over a real socket, and misbehaves as it is told."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

BACKEND = "jobs.letters.smtp.EmailBackend"


@dataclass
class Script:
    """How the server answers, and what it took. `drop` and `hang` name at what."""

    recipient: str = "250 2.1.5 Ok"
    text: str = "250 2.0.0 Ok: queued as 4F2A"
    greeting: str = "220 mail.example.org ESMTP"
    drop: str = ""
    hang: str = ""
    # Mails that were taken whole, whatever the client was told of it.
    taken: list[bytes] = field(default_factory=list)
    asked: int = 0
    # Lets a hanging server go once the test is over.
    over: threading.Event = field(default_factory=threading.Event)


class _Dropped(Exception):
    pass


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        try:
            self._talk()
        except (_Dropped, ConnectionError):
            return

    @property
    def script(self) -> Script:
        return self.server.script  # type: ignore[attr-defined]

    def _talk(self) -> None:
        self._say("greeting", self.script.greeting)
        while line := self.rfile.readline():
            command = line.decode().split()[0].upper() if line.strip() else ""
            if command == "RCPT":
                self.script.asked += 1
                self._say("recipient", self.script.recipient)
            elif command == "DATA":
                self._say("data", "354 End data with <CR><LF>.<CR><LF>")
                self._take()
            elif command == "QUIT":
                self._say("quit", "221 2.0.0 Bye")
                return
            else:
                self._say(command.lower(), "250 mail.example.org")

    def _take(self) -> None:
        lines: list[bytes] = []
        for line in iter(self.rfile.readline, b".\r\n"):
            if not line:
                return
            lines.append(line)
        if self.script.text.startswith("2"):
            self.script.taken.append(b"".join(lines))
        self._say("text", self.script.text)

    def _say(self, where: str, words: str) -> None:
        if self.script.hang == where:
            self.script.over.wait(20)
            raise _Dropped
        if self.script.drop == where:
            raise _Dropped
        self.wfile.write(f"{words}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False


@contextmanager
def mail_server(settings: Any) -> Iterator[Script]:
    """Have the portal send by a server that answers by the script which is given."""
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.script = Script()  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        settings.EMAIL_BACKEND = BACKEND
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.server_address[1]
        settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = False, 0.5
        settings.EMAIL_HOST_USER = ""
        try:
            yield server.script  # type: ignore[attr-defined]
        finally:
            server.script.over.set()  # type: ignore[attr-defined]
            server.shutdown()
            thread.join(5)
