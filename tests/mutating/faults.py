"""Which faults are made: cosmic-ray's, those of them that say something, and one of our own."""

from __future__ import annotations

import ast
import random
from difflib import unified_diff
from pathlib import Path

import cosmic_ray.plugins
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Example, Operator
from cosmic_ray.work_db import WorkDB
from cosmic_ray.work_item import MutationSpec, WorkerOutcome, WorkResult
from parso.python.tree import Name

from .forking import FUNCTION, changed

# Of the operators' many pairs, those that a slip of the pen makes.
_PAIRS = {
    "Add_Sub", "Sub_Add", "Mul_Div", "Div_Mul", "Mod_Mul", "BitOr_BitAnd", "BitAnd_BitOr",
    "Eq_NotEq", "NotEq_Eq", "Lt_LtE", "Lt_GtE", "LtE_Lt", "LtE_Gt", "Gt_GtE", "Gt_LtE", "GtE_Gt",
    "GtE_Lt", "Is_IsNot", "IsNot_Is", "Delete_Invert", "Delete_Not", "Delete_USub",
}  # fmt: skip
_FAMILIES = {"ReplaceBinaryOperator", "ReplaceComparisonOperator", "ReplaceUnaryOperator"}


class RemoveCall(Operator):
    """Leaves out a call whose result nobody uses: a check, an entry, a message."""

    def mutation_positions(self, node):
        if node.type == "simple_stmt" and _is_call(node.children[0]):
            yield node.start_pos, node.children[0].end_pos

    def mutate(self, node, index):
        call = node.children[0]
        node.children[0] = Name("pass", call.start_pos, prefix=call.get_first_leaf().prefix)
        return node

    @classmethod
    def examples(cls):
        return (Example("tell(somebody)\n", "pass\n"),)


def _is_call(node) -> bool:
    return node.type in ("atom_expr", "power") and str(node.children[-1].get_code())[0] == "("


class _OurOperators:
    def __iter__(self):
        return iter(["RemoveCall"])

    def __getitem__(self, name):
        return {"RemoveCall": RemoveCall}[name]


cosmic_ray.plugins.OPERATOR_PROVIDERS["portal"] = _OurOperators()


def skip_what_says_nothing(work: WorkDB) -> None:
    """Leave out faults that nobody would make by a slip, or that change nothing."""
    skipped = WorkResult(worker_outcome=WorkerOutcome.SKIPPED)
    calculations: dict[Path, list[tuple]] = {}
    for item in list(work.pending_work_items):
        (fault,) = item.mutations
        path = fault.module_path
        if path not in calculations:
            calculations[path] = _between_operands(ast.parse(path.read_text()))
        if not _is_wanted(fault, calculations[path]):
            work.set_result(item.job_id, skipped)


def _is_wanted(fault: MutationSpec, calculations: list[tuple]) -> bool:
    """Not the star before arguments, which is no product, nor `User | None`, which is no sum."""
    name = fault.operator_name.partition("/")[2]
    family, _line, pair = name.partition("_")
    if family in _FAMILIES and pair not in _PAIRS:
        return False
    if family != "ReplaceBinaryOperator":
        return _can_be_read(mutated(fault))
    return any(begin <= fault.start_pos and fault.end_pos <= end for begin, end in calculations)


def _between_operands(tree: ast.AST) -> list[tuple]:
    """Where the operators of calculations stand, but for those in the types of arguments."""
    types = {
        id(part)
        for node in ast.walk(tree)
        for field in ("annotation", "returns")
        if (noted := getattr(node, field, None)) is not None
        for part in ast.walk(noted)
    }
    return [
        (
            (node.left.end_lineno, node.left.end_col_offset),
            (node.right.lineno, node.right.col_offset),
        )
        for node in ast.walk(tree)
        if isinstance(node, ast.BinOp) and id(node) not in types
    ]


def leave_a_sample(work: WorkDB, size: int) -> None:
    """Leave out all but `size` faults, the same ones each time; 0 keeps all."""
    pending = sorted(
        work.pending_work_items,
        key=lambda item: (str(item.mutations[0].module_path), item.mutations[0].start_pos,
                          item.mutations[0].operator_name, item.mutations[0].occurrence),
    )  # fmt: skip
    if size and size < len(pending):
        kept = {item.job_id for item in random.Random(11).sample(pending, size)}
        for item in pending:
            if item.job_id not in kept:
                work.set_result(item.job_id, WorkResult(worker_outcome=WorkerOutcome.SKIPPED))


def _can_be_read(source: str) -> bool:
    """What is no Python is found by everybody, which proves nothing."""
    try:
        compile(source, "", "exec")
    except SyntaxError:
        return False
    return True


def mutated(fault: MutationSpec) -> str:
    """The source of the module with the fault in it."""
    operator = cosmic_ray.plugins.get_operator(fault.operator_name)()
    return mutate_code(fault.module_path.read_text(), operator, fault.occurrence)


def diff_of(fault: MutationSpec) -> str:
    """The fault as a reader sees it."""
    before, after = fault.module_path.read_text(), mutated(fault)
    name = str(fault.module_path)
    return "\n".join(
        unified_diff(before.splitlines(), after.splitlines(), name, name, n=1, lineterm="")
    )


def is_in_a_function(fault: MutationSpec) -> bool:
    """Whether nothing but the code of functions differs: neither a decorator nor a model's table."""
    codes = changed(fault.module_path.read_text(), mutated(fault))
    return bool(codes) and all(code.co_flags & FUNCTION for code in codes)
