"""What the portal itself needs from those who look after it: work set aside, and room on the disk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from conduct.actions.space import no_space_noted_at
from conduct.queries.counting import counts_in, keys_of
from conduct.queries.once import remembered
from conduct.queries.prepared import statement
from dashboards.permissions import may_try_again
from documents.models import Document
from documents.permissions import may_read_document
from documents.queries import waiting_for_seal
from files.queries.space import free_space, is_nearly_full
from jobs.kinds import WorkKind, every_kind, kind_called
from jobs.models import Trouble
from jobs.queries import asked_of, waiting_for_space

LETTERS, MESSAGES = "documents", "notices"
# So many of one kind are named.
NAMED = 5


@dataclass(frozen=True)
class Stuck:
    """One kind of work that was given up or waits: how often, and a few with their reasons."""

    kind: WorkKind
    number: int
    entries: list[tuple[str, int, str]]


def warnings_for(user: User) -> list[str]:
    """Sentences shown above everything else on the desk of who looks after the portal."""
    return list(_warnings()) if may_try_again.test(user) else []


def _warnings() -> Iterator[str]:
    if is_nearly_full():
        yield _(
            "The disk for files is nearly full: %(size)s are left. Ask whoever runs the portal for"
            " more room, before uploads and letters have to be refused."
        ) % {"size": filesizeformat(free_space() or 0)}
    state = state_of_work()
    if state.without_space:
        # A colon and brackets, since each language counts its nouns in its own way.
        kinds = " · ".join(f"{kind.title} ({number})" for kind, number in state.without_space)
        yield _(
            "The disk is full, and this waits for room: %(kinds)s. Nothing of it is lost: it is done"
            " by itself, some minutes after whoever runs the portal has made room."
        ) % {"kinds": kinds}
    elif no_space_noted_at() is not None:
        yield _(
            "A disk of the portal was full some minutes ago: something could not be saved, and"
            " whoever did it was asked to try again later. Ask whoever runs the portal for more room."
        )
    if state.unsealed:
        yield ngettext(
            "%(number)s letter is made and waits for its electronic seal, whose certificate cannot be"
            " used. It is sealed by itself once whoever runs the portal has mended that.",
            "%(number)s letters are made and wait for their electronic seal, whose certificate cannot"
            " be used. They are sealed by themselves once whoever runs the portal has mended that.",
            state.unsealed,
        ) % {"number": state.unsealed}


def without_seal() -> list[tuple[str, int, str]]:
    """The first few letters that wait for their seal, with why there is none."""
    return [_entry(each) for each in waiting_for_seal()[:NAMED]]


def failed_letters() -> Any:
    """Letters and reports that could not be made and still hold, the newest first."""
    return kind_called(LETTERS).set_aside()


def named_letters(user: User) -> list[Document]:
    """The first few of them that the person may read."""
    return list(islice((d for d in failed_letters()[:100] if may_read_document(user, d)), NAMED))


@dataclass(frozen=True)
class StateOfWork:
    """How many letters were given up, and how much other work but messages, which have a line of
    their own; which kinds wait for room on the disk; and how many letters wait for their seal.
    """

    letters: int
    others: int
    without_space: list[tuple[WorkKind, int]]
    unsealed: int


def state_of_work() -> StateOfWork:
    """How the work in the background stands; one query, once a page."""
    state: StateOfWork = remembered("state of work", _state_of_work)
    return state


def _state_of_work() -> StateOfWork:
    kinds = every_kind()
    told = [kind for kind in kinds if kind.slug != MESSAGES]
    seals = statement("waiting for seal", lambda _nobody: keys_of(waiting_for_seal()), None)
    counts = counts_in(
        [
            *(asked_of(kind, WorkKind.set_aside) for kind in told),
            *(asked_of(kind, WorkKind.without_space) for kind in kinds),
            seals,
        ]
    )
    given_up = dict(zip((kind.slug for kind in told), counts, strict=False))
    stuck = zip(kinds, counts[len(told) : -1], strict=True)
    return StateOfWork(
        given_up[LETTERS],
        sum(given_up.values()) - given_up[LETTERS],
        [(kind, number) for kind, number in stuck if number],
        counts[-1],
    )


def set_aside() -> Iterator[Stuck]:
    """Every kind of which something was given up."""
    kinds = every_kind()
    for kind, number in zip(
        kinds, counts_in([asked_of(one, WorkKind.set_aside) for one in kinds]), strict=True
    ):
        if number:
            yield Stuck(kind, number, [_entry(each) for each in kind.set_aside()[:NAMED]])


def without_space() -> Iterator[Stuck]:
    """Every kind of which something waits for room on the disk."""
    for kind, number in waiting_for_space():
        yield Stuck(kind, number, [_entry(each) for each in kind.without_space()[:NAMED]])


def _entry(found: Any) -> tuple[str, int, str]:
    """Which record, how often it was tried, and why it failed; no name that is not for all to see."""
    name = found.key if isinstance(found, Trouble) else str(found.pk)
    return name, found.attempts, found.last_error


def told_again(number: int) -> str:
    """What is said once so many were queued anew."""
    return ngettext("%(number)s is tried again now.", "%(number)s are tried again now.", number) % {
        "number": number
    }
