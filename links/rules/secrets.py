"""How a link's secret and a six-digit code are made, and what is kept of them."""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode

CODE_DIGITS = 6


def digest_of(secret: str) -> str:
    """What is kept of a secret: SHA-256, in 64 hexadecimal digits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def secret_from(seed: str, key: str) -> str:
    """The secret (256 bits, as 43 letters of an address) that a seed and the portal's own key make.

    So a worker can mail it again after it died; without the key a seed tells nothing.
    """
    return urlsafe_b64encode(_made("link", seed, key)).decode().rstrip("=")


def code_from(seed: str, key: str) -> str:
    """The code of six digits that a seed and the portal's own key make."""
    number = int.from_bytes(_made("code", seed, key)[:8]) % 10**CODE_DIGITS
    return f"{number:0{CODE_DIGITS}d}"


def _made(purpose: str, seed: str, key: str) -> bytes:
    return hmac.digest(key.encode(), f"links.{purpose}:{seed}".encode(), "sha256")
