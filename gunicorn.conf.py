"""How the web process runs, wherever it is started; the command line may say otherwise."""

import os
from pathlib import Path

# Each worker answers `threads` requests at once, each with a connection of its own to PostgreSQL:
# workers x threads must stay below its max_connections (100), with room for workers of Celery.
workers = int(os.environ.get("WEB_CONCURRENCY", "3"))
threads = 4
# Longer than a proxy's or a browser's pause between two saves, so that lines are used again.
keepalive = 30
# Where workers show that they live: in memory, since a slow disk must not look like a dead worker.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 (no file of ours)
