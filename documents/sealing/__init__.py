"""The electronic seal (PAdES) of a letter: whose key, and what it puts on a finished PDF."""

from django.conf import settings


def is_sealing() -> bool:
    """Whether letters of this portal are sealed: a certificate is named."""
    return bool(settings.SEAL_CERTIFICATE)
