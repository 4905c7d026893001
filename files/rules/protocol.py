"""The words of tus 1.0.0, the open protocol for uploads that resume (https://tus.io/protocols).

Core with the extensions creation, termination, expiration and checksum. Django has no living library
for it: django-tus and drf-tus (both last released years ago) know neither checksums nor two pieces
at once, and the latter needs the REST framework.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from email.utils import formatdate

VERSION = "1.0.0"
EXTENSIONS = "creation,termination,expiration,checksum"
ALGORITHMS = {"sha1": hashlib.sha1, "sha256": hashlib.sha256}
CONTENT_TYPE = "application/offset+octet-stream"
CHECKSUM_MISMATCH = 460
_LONGEST_METADATA = 8192


class BadHeader(ValueError):
    """A header that the protocol does not allow; the text is for whoever writes a client."""


class OtherVersion(Exception):
    """A client that speaks another version of the protocol, or none."""


@dataclass(frozen=True)
class Checksum:
    """What a client says its piece comes to."""

    algorithm: str
    digest: bytes

    def fits(self, digest: bytes) -> bool:
        return hmac.compare_digest(self.digest, digest)


def natural_number(name: str, text: str | None) -> int:
    """A length or an offset. Raises BadHeader unless it is a whole number from 0."""
    if text is None or not (text.isascii() and text.isdecimal()) or len(text) > 18:
        raise BadHeader(f"{name} must be a non-negative integer.")
    return int(text)


def parse_metadata(text: str) -> dict[str, str]:
    """The pairs of Upload-Metadata: a key, and its value in Base64. Raises BadHeader."""
    if len(text) > _LONGEST_METADATA:
        raise BadHeader("Upload-Metadata is too long.")
    found: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in text.split(","))):
        key, _space, value = pair.partition(" ")
        try:
            decoded = base64.b64decode(value.strip(), validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            raise BadHeader("Upload-Metadata must hold values in Base64.") from None
        if not key or key in found:
            raise BadHeader("Upload-Metadata must name each key once.")
        found[key] = decoded
    return found


def metadata(**pairs: str) -> str:
    """The pairs as Upload-Metadata bears them."""
    return ",".join(
        f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in pairs.items()
    )


def parse_checksum(text: str | None) -> Checksum | None:
    """What Upload-Checksum says, where it is sent. Raises BadHeader for what we do not know."""
    if text is None:
        return None
    algorithm, _space, value = text.partition(" ")
    if algorithm not in ALGORITHMS:
        raise BadHeader("Upload-Checksum names an algorithm that is not supported.")
    try:
        digest = base64.b64decode(value.strip(), validate=True)
    except binascii.Error:
        raise BadHeader("Upload-Checksum must be in Base64.") from None
    return Checksum(algorithm, digest)


def expires(moment: datetime) -> str:
    """An instant as Upload-Expires bears it."""
    return formatdate(moment.timestamp(), usegmt=True)
