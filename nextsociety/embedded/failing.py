"""What is said when an engine does not come up: its own words, never ours alone."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

# So many lines of an engine's output are shown; the cause is at their end.
SHOWN_LINES = 25


class EngineFailed(RuntimeError):
    """An embedded server cannot run; the message says which, and what it said itself."""

    def __init__(self, sentence: str, said: str = "", log: Path | None = None) -> None:
        parts = [sentence, _last_lines(said)]
        if log is not None:
            with suppress(OSError):
                parts += [f"The end of {log}:", _last_lines(log.read_text(errors="replace"))]
        super().__init__("\n".join(part for part in parts if part))


def run(command: Sequence[str], sentence: str, *, log: Path | None = None, **options: Any) -> None:
    """Run a program of an engine to its end, apart from our terminal.

    Raises EngineFailed with `sentence`, what the program said and the end of `log`. The output goes
    to a file, since a server that the program leaves behind would hold a pipe open.
    """
    with tempfile.TemporaryFile() as output:
        try:
            code = subprocess.run(
                command,
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                **options,
            ).returncode
        except OSError as error:
            raise EngineFailed(sentence, str(error)) from error
        if code == 0:
            return
        output.seek(0)
        said = output.read().decode(errors="replace")
    raise EngineFailed(f"{sentence} ({Path(command[0]).name} ended with {code})", said, log)


def _last_lines(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.strip().splitlines()[-SHOWN_LINES:])
