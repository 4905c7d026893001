"""A target of uploads for the tests, which keeps what it is given, and a virus scanner."""

from __future__ import annotations

import hashlib
import socketserver
import struct
import threading
from dataclasses import dataclass, field

import pytest

from conduct.actions import Refused
from files.actions.inspection import inspect_upload
from files.targets import Target, Terms, forget_target, register_target
from tests.people import log_in, person

# The file with which every scanner is tested (https://www.eicar.org), put together here so that
# none takes this source for it.
EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@dataclass
class Shelf:
    """What the test's target took: name, size, SHA-256, and from whom."""

    max_size: int = 10 * 1024 * 1024
    closed: str = ""
    taken: list[tuple[str, int, str]] = field(default_factory=list)

    def terms(self, by, _key) -> Terms:
        if self.closed:
            raise Refused(self.closed)
        return Terms(self.max_size, about=by)

    def complete(self, key, file, _by) -> None:
        assert key == "shelf-1"
        inspected = inspect_upload(file, max_size=self.max_size)
        self.taken.append((inspected.name, inspected.size, inspected.sha256))


@pytest.fixture
def shelf():
    shelf = Shelf()
    register_target(Target("shelf", shelf.terms, shelf.complete))
    yield shelf
    forget_target("shelf")


@pytest.fixture
def owner():
    return person("owner@example.org")


@pytest.fixture
def own(client, owner):
    """A client logged in as the owner."""
    return log_in(client, owner)


class Clamd(socketserver.ThreadingTCPServer):
    """A scanner that speaks clamd's protocol (INSTREAM) over TCP, and knows one virus."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Scan)
        self.scanned: list[str] = []

    @property
    def url(self) -> str:
        return f"tcp://127.0.0.1:{self.server_address[1]}"


class _Scan(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        assert self.rfile.readline() == b"nINSTREAM\n"
        content = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        self.server.scanned.append(hashlib.sha256(content).hexdigest())
        found = EICAR.encode() in content
        self.wfile.write(b"stream: Eicar-Signature FOUND\n" if found else b"stream: OK\n")


@pytest.fixture
def clamd(settings):
    """A running scanner, which the portal is told to use."""
    server = Clamd()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.CLAMD_URL, settings.CLAMD_TIMEOUT = server.url, 5
    yield server
    server.shutdown()
    server.server_close()
