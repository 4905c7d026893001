"""HTTP in, HTTP out: opening a document, and whether one is genuine."""

from .opening import archive, download, retry, status
from .verifying import verify, verify_form

__all__ = ["archive", "download", "retry", "status", "verify", "verify_form"]
