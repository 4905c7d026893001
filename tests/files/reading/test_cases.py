"""Files as people of this trade have them: those that are taken, and those that act when opened.

`cases/accept` and `cases/refuse` hold one file of each kind, made here.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from conduct.actions import Refused
from files.actions.inspection import inspect_upload
from files.wording.kinds import kind_of
from tests.files.samples import named

CASES = Path(__file__).parent / "cases"
MEGABYTE = 1024 * 1024


def inspect(path):
    return inspect_upload(named(path.name, path.read_bytes()), max_size=10 * MEGABYTE)


@pytest.mark.parametrize("path", sorted((CASES / "accept").iterdir()), ids=lambda path: path.name)
def test_ordinary_files_are_taken(path):
    inspected = inspect(path)
    assert inspected.name == path.name
    assert path.suffix in kind_of(inspected.content_type).endings


REFUSED = {
    "docx-dde-split-runs.docx": "has a program or another document embedded",
    "docx-unc-picture.docx": "loads a picture, a template or another file from elsewhere",
    "pdf-openaction-gotor-unc.pdf": "would open a web page or another file by itself",
    "pdf-openaction-uri.pdf": "would open a web page or another file by itself",
}


@pytest.mark.parametrize("path", sorted((CASES / "refuse").iterdir()), ids=lambda path: path.name)
def test_files_that_act_when_they_are_opened_are_refused(path):
    with pytest.raises(Refused) as refused:
        inspect(path)
    assert REFUSED[path.name] in str(refused.value)
