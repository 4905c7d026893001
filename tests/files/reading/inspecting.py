"""What tests of inspection do again and again."""

from __future__ import annotations

import pytest

from conduct.actions import Refused
from files.actions.inspection import inspect_upload
from tests.files.samples import named, word_with

MEGABYTE = 1024 * 1024


def inspect(name, content, *, max_size=10 * MEGABYTE):
    return inspect_upload(named(name, content), max_size=max_size)


def refusal(name, content, **limits):
    with pytest.raises(Refused) as refused:
        inspect(name, content, **limits)
    return str(refused.value)


def bomb(unpacked: int) -> bytes:
    return word_with({"word/media/image1.bmp": b"\0" * unpacked})
