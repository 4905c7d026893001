"""Reading the sources of actions: what does each look at before it holds the lock?"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.apps import apps

Functions = dict[str, list[tuple[Path, ast.FunctionDef]]]

ROOT = Path(__file__).resolve().parent.parent.parent
# What gives a record back locked and fresh; functions that begin with one of these do so too.
LOCKS = frozenset({"locked", "judged"})
JUDGES = frozenset({"require", "require_state", "move", "test"})
# A record that stands as a value in one of these is only pointed at.
POINTING = frozenset({"create", "filter", "exclude", "get", "get_or_create", "update_or_create"})
# What a form asks is fixed by the database once its call is open: only the room of calls changes it.
FIXED_ONCE_OPEN = frozenset({"Question", "Criterion", "Section"})
# A file is looked at before the lock, so that others go on writing while it is scanned.
BEFORE_THE_LOCK = frozenset({"inspect_upload"})
# People and countries are pointed at; their rows have no state that an action judges (roles are
# rows of their own, read anew by each action).
NOT_JUDGED = frozenset({"User", "Country"})


def sources() -> Iterator[tuple[Path, ast.Module]]:
    """Every module of the portal with its tree; not the tests, nor what is installed beside it."""
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT).parts
        if parts[0].startswith(".") or parts[0] in {"tests", "node_modules", "benchmarks"}:
            continue
        if "migrations" not in parts:
            yield path, ast.parse(path.read_text())


def functions_of(trees: Iterable[tuple[Path, ast.Module]]) -> Functions:
    """Every function by its name, with the module in which it stands."""
    known: Functions = {}
    for path, tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                known.setdefault(node.name, []).append((path, node))
    return known


def is_action(function: ast.FunctionDef) -> bool:
    return any(
        isinstance(mark, ast.Call) and isinstance(mark.func, ast.Name) and mark.func.id == "action"
        for mark in function.decorator_list
    )


def called(call: ast.Call) -> str:
    """The last name of what is called: `move` of `states.move(…)`."""
    target = call.func
    return target.id if isinstance(target, ast.Name) else getattr(target, "attr", "")


def records_of(function: ast.FunctionDef, models: frozenset[str]) -> set[str]:
    """The parameters that are records, by their annotation."""
    arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return {
        argument.arg
        for argument in arguments
        if argument.annotation is not None
        and ast.unparse(argument.annotation).removesuffix(" | None").strip("'\"") in models
    }


def model_names() -> frozenset[str]:
    return frozenset(model.__name__ for model in apps.get_models()) - NOT_JUDGED


@dataclass
class Reader:
    """Walks one function in the order in which it runs, and notes what it reads too early."""

    functions: Functions
    path: Path
    models: frozenset[str]
    stale: set[str]
    # Functions that are being read: one that calls itself is taken at its word.
    within: tuple[str, ...] = ()
    has_locked: bool = False
    early: list[tuple[int, str]] = field(default_factory=list)

    def read(self, body: list[ast.stmt]) -> None:
        for statement in body:
            self._statement(statement)

    def _statement(self, statement: ast.stmt) -> None:
        if isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign):
            if statement.value is not None:
                self._expression(statement.value)
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            for target in targets:
                self._bind(target)
            return
        if isinstance(statement, ast.If | ast.For | ast.While):
            self._branches(statement)
            return
        for name, value in ast.iter_fields(statement):
            parts = value if isinstance(value, list) else [value]
            for part in parts:
                if isinstance(part, ast.stmt):
                    self._statement(part)
                elif isinstance(part, ast.expr):
                    self._expression(part) if name != "target" else self._bind(part)
                elif isinstance(part, ast.withitem):
                    self._expression(part.context_expr)
                elif isinstance(part, ast.ExceptHandler):
                    self.read(part.body)

    def _branches(self, statement: ast.If | ast.For | ast.While) -> None:
        """What is locked in one branch only is not locked after it, unless the other one ends there."""
        if isinstance(statement, ast.For):
            self._expression(statement.iter)
            self._bind(statement.target)
        else:
            self._expression(statement.test)
        before, stale = set(self.stale), set()
        for branch in (statement.body, statement.orelse):
            self.stale = set(before)
            self.read(branch)
            if not (branch and isinstance(branch[-1], ast.Return | ast.Raise)):
                stale |= self.stale
        self.stale = stale

    def _bind(self, target: ast.expr) -> None:
        """A name that is bound anew holds what was just computed, from what was allowed."""
        for node in ast.walk(target):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                self.stale.discard(node.id)
            elif isinstance(node, ast.Name):
                self._name(node)

    def _expression(self, node: ast.AST) -> None:
        if isinstance(node, ast.Name):
            self._name(node)
        elif isinstance(node, ast.Attribute) and node.attr == "pk":
            # The key of a record never changes.
            if not isinstance(node.value, ast.Name):
                self._expression(node.value)
        elif isinstance(node, ast.Call):
            self._call(node)
        else:
            for child in ast.iter_child_nodes(node):
                self._expression(child)

    def _name(self, node: ast.Name) -> None:
        if node.id in self.stale:
            self.early.append((node.lineno, f"reads “{node.id}” before it is locked"))

    def _call(self, call: ast.Call) -> None:
        name = called(call)
        if name in BEFORE_THE_LOCK:
            return
        if name in LOCKS or self._begins_with_lock(name):
            # What is handed over to be locked may be reached through a stale record; the rest of
            # the arguments is judged.
            for argument in call.args[1:]:
                self._expression(argument)
            for keyword in call.keywords:
                if not (isinstance(keyword.value, ast.Name) and keyword.value.id in self.stale):
                    self._expression(keyword.value)
            self.has_locked = True
            return
        if name in JUDGES and self.stale and not self.has_locked:
            self.early.append((call.lineno, f"judges ({name}) before anything is locked"))
        self._expression(call.func)
        points = name in POINTING or name in self.models
        for argument in call.args:
            self._expression(argument)
        for keyword in call.keywords:
            if not (points and isinstance(keyword.value, ast.Name)):
                self._expression(keyword.value)

    def _begins_with_lock(self, name: str) -> bool:
        """Whether every function of this name locks each record that it is given before it looks."""
        known = self.functions.get(name, [])
        # A module's own function first: another of its name is another's.
        known = [found for found in known if found[0] == self.path] or known
        known = [found for found in known if records_of(found[1], self.models)]
        if not known or name in self.within:
            return bool(known)
        readings = [
            read(path, function, self.functions, self.models, (*self.within, name))
            for path, function in known
        ]
        return all(reading.has_locked and not reading.early for reading in readings)


def read(
    path: Path,
    function: ast.FunctionDef,
    functions: Functions,
    models: frozenset[str],
    within: tuple[str, ...] = (),
) -> Reader:
    reader = Reader(functions, path, models, records_of(function, models), within)
    reader.read(function.body)
    return reader
