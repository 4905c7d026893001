"""The scripts of the pages, tested by Node's own runner (`*.test.js`)."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
FILES = sorted(path.relative_to(ROOT) for path in Path(__file__).parent.glob("*.test.js"))


def test_there_are_tests_of_saving_unsent_text_uploads_and_numbers():
    assert {"saving", "unsent_text", "uploads", "numbers"} <= {
        path.name.removesuffix(".test.js") for path in FILES
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_scripts_do_what_their_tests_say(path):
    command = [sys.executable, "bootstrap.py", "node", "--test", str(path)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    # A file without tests passes as well.
    assert "# pass 0" not in done.stdout
