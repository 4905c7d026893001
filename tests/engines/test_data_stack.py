"""A call through `with_room` is the call itself, and what it calls costs no memory anew each time."""

from __future__ import annotations

import resource
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from nextsociety.data_stack import with_room

CALLS = 200


def leaf(one, two, three, four, five):
    return one


def pages_taken_at(depth: int) -> int:
    """How many pages of memory the system handed out for calls from this depth."""
    if depth:
        return pages_taken_at(depth - 1)
    before = resource.getrusage(resource.RUSAGE_THREAD).ru_minflt
    for _ in range(CALLS):
        leaf(1, 2, 3, 4, 5)
    return resource.getrusage(resource.RUSAGE_THREAD).ru_minflt - before


def most_pages_taken() -> int:
    """At whichever depth it is worst; a piece of the stack ends within three hundred calls."""
    return max(pages_taken_at(depth) for depth in range(300))


def in_a_thread(call, *args):
    """What the call returns in a thread of its own: the tests themselves have room already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(call, *args).result()


def test_it_is_the_call_itself():
    assert with_room(divmod, 7, 2) == (3, 1)
    assert with_room(dict, one=1, call=2) == {"one": 1, "call": 2}
    with pytest.raises(ZeroDivisionError):
        with_room(divmod, 1, 0)


def test_no_depth_takes_memory_for_each_call():
    assert in_a_thread(with_room, most_pages_taken) < CALLS / 2


@pytest.mark.skipif(sys.version_info >= (3, 13), reason="CPython keeps a piece of the stack back")
def test_without_it_some_depth_takes_memory_for_each_call():
    """The reason for it: where this fails, `nextsociety.data_stack` can go."""
    assert in_a_thread(most_pages_taken) >= CALLS


def test_every_request_is_answered_with_room(client, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "nextsociety.data_stack.with_room",
        lambda call, request: asked.append(request) or call(request),
    )
    client.get("/healthz")
    assert [request.path for request in asked] == ["/healthz"]
