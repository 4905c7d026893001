"""A pytest plugin that imports everything once, makes its database once, and forks for each fault.

A fault inside a function needs no new process: the function's code is exchanged in the child, which
runs the chosen tests and ends with 1 as soon as one fails. `-p tests.mutating.forking`, with the path
of a file of faults (JSON, one a line) in MUTANTS; the outcomes go to the same path with `.told`.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import CodeType, FunctionType

import pytest
from _pytest.runner import runtestprotocol
from django.db import connections

FUNCTION = 0x1  # CO_OPTIMIZED: neither a module's code nor the body of a class
# No test waits so long; a fault that makes one wait is found.
SECONDS_TO_LIVE = 180


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session):
    """Instead of the tests: one of them, so that the database is there, then the faults."""
    items = {item.nodeid: item for item in session.items if not _wipes_the_database(item)}
    faults = [json.loads(line) for line in Path(os.environ["MUTANTS"]).read_text().splitlines()]
    first = next((item for item in items.values() if item.get_closest_marker("django_db")), None)
    # Of another module where there is one, so that what a module keeps is not kept for all.
    other = next(
        iter(
            sorted(
                (item for item in items.values() if item is not first),
                key=lambda item: first is not None and item.parent is first.parent,
            )
        ),
        None,
    )
    if first is not None:
        reports = runtestprotocol(first, nextitem=other, log=False)
        if any(report.failed for report in reports):
            raise pytest.UsageError("The first test fails without any fault.")
    with Path(f"{os.environ['MUTANTS']}.told").open("a") as told:
        for fault in faults:
            if time.time() > float(os.environ["MUTANTS_UNTIL"]):
                break
            tests = [items[name] for name in fault["tests"] if name in items]
            if tests:
                outcome = _in_a_child(fault, tests, other)
                told.write(json.dumps({"job": fault["job"], "outcome": outcome}) + "\n")
                told.flush()
                print(outcome, fault["where"], f"({len(tests)} tests)", flush=True)
                if outcome == "survived":
                    print(fault["diff"], flush=True)
    return True


def _wipes_the_database(item) -> bool:
    """Tests with commits of their own empty the database that all children share."""
    marker = item.get_closest_marker("django_db")
    return marker is not None and marker.kwargs.get("transaction", False)


def _in_a_child(fault: dict, tests: list, other) -> str:
    connections.close_all()
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        os._exit(_run(fault, tests, other))
    until = time.monotonic() + SECONDS_TO_LIVE
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return "survived" if status == 0 else "killed"
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "killed"


def _run(fault: dict, tests: list, other) -> int:
    try:
        exchange(fault["path"], compile(fault["source"], fault["path"], "exec"))
        for item, following in zip(tests, [*tests[1:], other], strict=True):
            reports = runtestprotocol(item, nextitem=following, log=False)
            if any(report.failed for report in reports):
                return 1
    except BaseException:
        return 1
    return 0


def exchange(path: str, faulty: CodeType) -> None:
    """Give every function that stands in the file the code that it has in `faulty`."""
    codes = {_place(code): code for code in nested(faulty)}
    for function in [found for found in gc.get_objects() if isinstance(found, FunctionType)]:
        code = function.__code__
        if code.co_filename == path and _place(code) in codes:
            # A function that is made anew at each call gets its code from the one around it.
            with suppress(ValueError):
                function.__code__ = codes[_place(code)]


def changed(before: str, after: str) -> list[CodeType]:
    """The codes that differ between two versions of a module."""
    old, new = list(nested(compile(before, "", "exec"))), list(nested(compile(after, "", "exec")))
    if len(old) != len(new):
        return new[:1]
    return [ours for theirs, ours in zip(old, new, strict=True) if _said(theirs) != _said(ours)]


def nested(code: CodeType) -> Iterator[CodeType]:
    """The code and every code inside it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from nested(constant)


def _place(code: CodeType) -> tuple[str, int]:
    return (code.co_qualname, code.co_firstlineno)


def _said(code: CodeType) -> tuple:
    constants = tuple(repr(part) for part in code.co_consts if not isinstance(part, CodeType))
    return (code.co_code, constants, code.co_names, code.co_varnames)
