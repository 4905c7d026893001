"""Which tests come past a fault."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

from cosmic_ray.work_item import MutationSpec
from coverage import CoverageData


class Passing:
    """Which tests come past a fault, the most particular first."""

    def __init__(self, noted: Path, tests: list[str]) -> None:
        self._data = CoverageData(str(noted))
        self._data.read()
        self._everything = [tests[-1], *tests[:-1]]
        self._lines_of_test: Counter = Counter()
        self._files: dict[str, dict[int, list[str]]] = {}
        for name in self._data.measured_files():
            self._files[name] = self._data.contexts_by_lineno(name)
            for contexts in self._files[name].values():
                self._lines_of_test.update(_named(contexts))

    def tests_of(self, fault: MutationSpec) -> list[str]:
        """The tests to run: all of them for what is done on importing, none where no test comes by."""
        contexts = self._files.get(str(fault.module_path.resolve()), {})
        statement = _statement_at(ast.parse(fault.module_path.read_text()), fault.start_pos[0])
        lines = [statement.lineno]
        if isinstance(statement, ast.FunctionDef):
            # Its decorators and its signature: whoever calls it comes past them.
            lines = [
                line for line in contexts if statement.body[0].lineno <= line <= _end(statement)
            ]
        found = [context for line in lines for context in contexts.get(line, [])]
        named = _named(found)
        if named:
            return sorted(named, key=lambda name: (self._lines_of_test[name], name))
        return self._everything if "" in found or isinstance(statement, ast.ClassDef) else []


def _named(contexts: list[str]) -> set[str]:
    return {context.partition("|")[0] for context in contexts if context}


def _statement_at(tree: ast.AST, line: int) -> ast.stmt:
    """The innermost statement that the line belongs to."""
    around = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt) and _begin(node) <= line <= _end(node)
    ]
    return min(around, key=lambda node: (_end(node) - _begin(node), -node.col_offset))


def _begin(node: ast.stmt) -> int:
    return min([node.lineno, *(mark.lineno for mark in getattr(node, "decorator_list", []))])


def _end(node: ast.stmt) -> int:
    return node.end_lineno or node.lineno
