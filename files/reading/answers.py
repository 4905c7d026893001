"""How a confined process answers: facts as JSON, then pictures as bytes. Never a pickle."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import BinaryIO

_HEAD = 8


@dataclass
class Reply:
    """Facts (what JSON can say), and bytes that go with them."""

    facts: dict[str, int | str] = field(default_factory=dict)
    blobs: list[bytes] = field(default_factory=list)


def write_answer(file: BinaryIO, answer: Reply) -> None:
    """Write an answer: the length of the JSON, the JSON with the lengths of the blobs, the blobs."""
    told = {"facts": answer.facts, "blobs": [len(blob) for blob in answer.blobs]}
    text = json.dumps(told).encode()
    file.write(len(text).to_bytes(_HEAD, "big") + text)
    for blob in answer.blobs:
        file.write(blob)


def read_answer(file: BinaryIO) -> Reply:
    """Read an answer back. Raises ValueError for anything but a whole one."""
    length = int.from_bytes(file.read(_HEAD), "big")
    told = json.loads(file.read(min(length, 1024**2)))
    if not isinstance(told, dict) or not isinstance(told.get("facts"), dict):
        raise ValueError("This is no answer.")
    facts = {name: value for name, value in told["facts"].items() if isinstance(value, (int, str))}
    blobs = []
    for size in told.get("blobs", []):
        blob = file.read(size)
        if len(blob) != size:
            raise ValueError("The answer is cut off.")
        blobs.append(blob)
    return Reply(facts, blobs)
