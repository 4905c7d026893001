"""Looking for malware with ClamAV, where the portal has one (`CLAMD_URL`)."""

from __future__ import annotations

import logging
from typing import BinaryIO
from urllib.parse import urlsplit

from clamav_client.clamd import ClamdError, ClamdNetworkSocket, ClamdUnixSocket
from django.conf import settings
from django.utils.translation import gettext as _

from files.actions.refusals import Infected, NotScanned

logger = logging.getLogger(__name__)

DEFAULT_PORT = 3310


def require_clean(file: BinaryIO) -> None:
    """Raise Infected when the scanner finds something, NotScanned when it does not answer.

    Without CLAMD_URL nothing is scanned.
    """
    if not settings.CLAMD_URL:
        return
    status, finding = _scan(file)
    if status == "FOUND":
        logger.warning("Malware in an upload: %s", finding)
        raise Infected(
            _(
                "The virus scanner found “%(finding)s” in this file, so it was not taken. Check "
                "your computer, and upload a clean file."
            )
            % {"finding": finding},
            finding,
        )
    if status != "OK":
        logger.error("The virus scanner could not scan: %s", finding)
        raise NotScanned(_away())


def _scan(file: BinaryIO) -> tuple[str, str]:
    file.seek(0)
    try:
        results = scanner().instream(file)
    except (ClamdError, OSError) as error:
        logger.exception("The virus scanner does not answer")
        raise NotScanned(_away()) from error
    finally:
        file.seek(0)
    status, finding = results.get("stream", ("ERROR", "no answer"))
    return status, finding or ""


def scanner() -> ClamdNetworkSocket:
    """The client of the clamd that CLAMD_URL names: tcp://host:port or unix:///path."""
    address = urlsplit(settings.CLAMD_URL)
    if address.scheme == "unix":
        return ClamdUnixSocket(address.path, timeout=settings.CLAMD_TIMEOUT)
    return ClamdNetworkSocket(
        address.hostname or "127.0.0.1",
        address.port or DEFAULT_PORT,
        timeout=settings.CLAMD_TIMEOUT,
    )


def _away() -> str:
    return _(
        "The virus scanner does not answer just now, so the file was not taken. Please try again "
        "in some minutes."
    )
