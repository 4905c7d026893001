"""Keeping the secrets of links out of the logs: whoever reads a log may open nothing with it."""

from __future__ import annotations

import logging
import re

# Secrets of addresses are 43 letters and more; nothing else in a path of ours is so long.
_SECRET = re.compile(r"(?<=/)[A-Za-z0-9_.:=-]{40,}(?=[/?\s\"']|$)")


class MaskSecrets(logging.Filter):
    """Writes `…` for the secret of each address in a line, before any handler sees it."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        masked = _SECRET.sub("…", said)
        if masked != said:
            record.msg, record.args = masked, ()
        return True
