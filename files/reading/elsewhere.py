"""Whether a name in a file leads to another computer: a server on the net or in the office."""

from __future__ import annotations

import re
from urllib.parse import unquote

_SCHEME = re.compile(r"([a-z][a-z0-9+.\-]+):(.*)", re.DOTALL)
_DRIVE = re.compile(r"[a-z][:|](?:/|$)")
_DEVICE = re.compile(r"/{2,}[?.]/+(.*)", re.DOTALL)
# These name a part of the message or the file itself.
_HERE = {"cid", "data", "about", "urn", "mid"}
# Word on a Mac writes file:////Users/…, which has the form of a server's share.
_MAC_FOLDERS = {"users", "volumes", "applications", "library", "private"}


def is_elsewhere(target: str) -> bool:
    r"""Whether opening `target` reaches another computer: http:, \\server\share, file://server/….

    False for what lies on the reader's own disk (C:\…, file:///C:/…, file:///Users/…) or in the file
    (media/a.png), whatever the way it is written in.
    """
    text = _plain(target)
    device = _DEVICE.fullmatch(text)
    if device:
        return not _DRIVE.match(device[1])
    scheme = _SCHEME.fullmatch(text)
    if not scheme:
        return text.startswith("//")
    if scheme[1] == "file":
        return _is_on_a_server(scheme[2])
    return scheme[1] not in _HERE


def _plain(target: str) -> str:
    """As a reader takes it: without what is skipped, percent signs resolved, one kind of slash."""
    text = unquote(unquote(target))
    text = re.sub(r"[\x00\t\r\n]", "", text).strip(" \"'\u00a0\ufeff\u200b\u201c\u201d")
    return text.replace("\\", "/").lower()


def _is_on_a_server(rest: str) -> bool:
    """Of what follows `file:`. Three slashes begin a path here; two, or four and more, a server."""
    device = _DEVICE.fullmatch(rest.removeprefix("///")) or _DEVICE.fullmatch(rest)
    if device:
        return not _DRIVE.match(device[1])
    path = rest.lstrip("/")
    slashes = len(rest) - len(path)
    first = path.partition("/")[0]
    if not path or _DRIVE.match(path) or slashes in (0, 1, 3):
        return False
    if slashes == 2:
        return first != "localhost"
    return first not in _MAC_FOLDERS
