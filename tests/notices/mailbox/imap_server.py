"""A small IMAP4rev1 server (RFC 3501) over real sockets, of one user and one folder.

It knows what a reader of a mailbox says, and misbehaves as it is told to. No IMAP server on PyPI is
alive.
"""

from __future__ import annotations

import re
import socketserver
import ssl
import threading
from dataclasses import dataclass, field

_COMMAND = re.compile(rb"(?P<tag>\S+) (?P<name>UID \S+|\S+) ?(?P<rest>.*)\r\n", re.DOTALL)
_PART = re.compile(rb"(?P<uid>\d+) \(BODY\.PEEK\[\]<0\.(?P<most>\d+)>\)")


@dataclass
class Kept:
    """One message of the mailbox."""

    content: bytes
    seen: bool = False


@dataclass
class Box:
    """What the server holds, what it heard, and how it misbehaves."""

    messages: list[Kept] = field(default_factory=list)
    user: str = "bounces"
    password: str = "secret/word"
    folder: str = "INBOX"
    heard: list[bytes] = field(default_factory=list)
    # The name of a command at which the line is dropped, and of one that is refused.
    drops_at: bytes = b""
    refuses: bytes = b""

    def put(self, content: bytes) -> Kept:
        kept = Kept(content)
        self.messages.append(kept)
        return kept


class _Talk(socketserver.StreamRequestHandler):
    server: Server

    def handle(self) -> None:
        box = self.server.box
        self._say(b"* OK ready")
        while line := self.rfile.readline():
            found = _COMMAND.fullmatch(line)
            if found is None:
                self._say(b"* BAD what?")
                continue
            tag, name, rest = found["tag"], found["name"].upper(), found["rest"]
            box.heard.append(name)
            if name == box.drops_at:
                return
            if name == box.refuses:
                self._say(tag + b" NO not today")
                continue
            answer = getattr(self, "_" + name.decode().replace(" ", "_").lower())
            self._say(tag + b" " + answer(box, rest))
            if name == b"LOGOUT":
                return

    def _say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")

    def _capability(self, _box: Box, _rest: bytes) -> bytes:
        self._say(b"* CAPABILITY IMAP4rev1")
        return b"OK done"

    def _login(self, box: Box, rest: bytes) -> bytes:
        given = f'{box.user} "{box.password}"'.encode()
        return b"OK welcome" if rest == given else b"NO [AUTHENTICATIONFAILED] who?"

    def _select(self, box: Box, rest: bytes) -> bytes:
        if rest != f'"{box.folder}"'.encode():
            return b"NO [NONEXISTENT] no such folder"
        self._say(f"* {len(box.messages)} EXISTS".encode())
        return b"OK [READ-WRITE] selected"

    def _uid_search(self, box: Box, _rest: bytes) -> bytes:
        unseen = [str(n) for n, one in enumerate(box.messages, 1) if not one.seen]
        self._say(f"* SEARCH {' '.join(unseen)}".rstrip().encode())
        return b"OK done"

    def _uid_fetch(self, box: Box, rest: bytes) -> bytes:
        wanted = _PART.fullmatch(rest)
        assert wanted is not None, rest
        content = box.messages[int(wanted["uid"]) - 1].content[: int(wanted["most"])]
        head = b"* %s FETCH (UID %s BODY[]<0> {%d}" % (wanted["uid"], wanted["uid"], len(content))
        self._say(head)
        self.wfile.write(content)
        self._say(b")")
        return b"OK done"

    def _uid_store(self, box: Box, rest: bytes) -> bytes:
        uid, _how, flags = rest.split(b" ", 2)
        box.messages[int(uid) - 1].seen = flags == rb"(\Seen)"
        return b"OK done"

    def _close(self, _box: Box, _rest: bytes) -> bytes:
        return b"OK done"

    def _logout(self, _box: Box, _rest: bytes) -> bytes:
        self._say(b"* BYE")
        return b"OK done"


class Server(socketserver.ThreadingTCPServer):
    """The server on a free port of this machine; with a `context` it speaks TLS from the first byte."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, box: Box, context: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.box = box
        if context is not None:
            self.socket = context.wrap_socket(self.socket, server_side=True)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no news here."""
