"""Whether the moves of a state machine call each other as they are written.

A move that leads to others is rarely come to in an ordinary run: a call that lacks an argument would be
found by a search of hours alone.
"""

from __future__ import annotations

import ast
import inspect
from pathlib import Path


def misfits(machine: type, folder: Path) -> list[str]:
    """The calls on `self` in the files of the folder whose arguments do not fit the machine's moves."""
    found = []
    for path in sorted(folder.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or not _is_on_self(node.func):
                continue
            move = getattr(machine, node.func.attr, None)
            named = {one.arg: one.value for one in node.keywords}
            if not inspect.isfunction(move) or None in named:
                continue
            if any(isinstance(one, ast.Starred) for one in node.args):
                continue
            try:
                inspect.signature(move).bind(None, *node.args, **named)
            except TypeError as error:
                found.append(f"{path.name}:{node.lineno} {node.func.attr}: {error}")
    return found


def _is_on_self(function: ast.expr) -> bool:
    return (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id == "self"
    )
