"""The keeper of a data folder: `python -m embedded DATA_FOLDER`, started by `join`."""

import signal
import sys
from pathlib import Path

from . import keep

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    keep(Path(sys.argv[1]))
