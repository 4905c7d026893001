"""What files can be uploaded to: each room registers its own, so that this one knows no stage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.core.files.base import File
from django.db import models

from accounts.models import User


@dataclass(frozen=True)
class Terms:
    """What may be uploaded to a record now: the largest file, in bytes, and what it belongs to."""

    max_size: int
    # Who may not read of it, may not read of the upload either.
    about: models.Model


@dataclass(frozen=True)
class Target:
    """What an upload is for. `key` names one record of it, such as an application's question.

    `terms(by, key)` says what the person may upload there, before a byte is sent; it raises Refused
    (or Http404 for what they may not see). `complete(key, file, by)` writes the record of a file
    that has arrived, in the transaction that ends the upload; it inspects the file, checks the
    permission and the limits again, and raises Refused.
    """

    name: str
    terms: Callable[[User, str], Terms]
    complete: Callable[[str, File, User], object]


_TARGETS: dict[str, Target] = {}


def register_target(new: Target) -> Target:
    """Make a target known, and return it. Raises ValueError when another has its name."""
    known = _TARGETS.setdefault(new.name, new)
    if known != new:
        raise ValueError(f"Two targets of uploads are called “{new.name}”.")
    return new


def forget_target(name: str) -> None:
    """Take a target out again, as tests do with theirs."""
    _TARGETS.pop(name, None)


def target(name: str) -> Target | None:
    """The target of that name, where a room registered it."""
    return _TARGETS.get(name)
