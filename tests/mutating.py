"""Deliberate faults, one at a time: a test that stays green beside one is missing something.

    make mutants ROOM=payments                       the whole room, with tests/payments
    make mutants ROOM=payments/actions/orders        one topic
    make mutants ROOM=scoring/ranking                its own tests: tests/scoring/test_ranking*.py

cosmic-ray makes the faults: another operator, a number one off, a condition turned round, a loop or
a decorator left out; `RemoveCall` adds a call that is not made (nobody told, nothing required). It
works on a copy of the checkout with a database of its own, so that nothing here is touched however
it ends. Every survivor is printed as a diff; the answer is 1 when fewer than 90 % were killed.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shlex
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import cosmic_ray.plugins
from cosmic_ray.commands import init
from cosmic_ray.modules import find_modules
from cosmic_ray.mutating import mutate_and_test
from cosmic_ray.operators.operator import Example, Operator
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec, TestOutcome, WorkerOutcome, WorkResult
from parso.python.tree import Name

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / ".data" / "mutants"
WANTED = 0.9
_QUIETLY = ["-p", "no:cacheprovider", "--no-header"]
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


def main() -> int:
    """Make the faults of a room, run its tests on each, and say which survived."""
    asked = _asked()
    sources, tests = asked.sources or _sources(asked.room), asked.tests or _tests(asked.room)
    # The engines of this checkout, with their migrated database; pytest-django puts the second name
    # behind that of the test database.
    os.environ.update(
        TESTING="1",
        NEXTSOCIETY_DATA=str(ROOT / ".data"),
        TOX_PARALLEL_ENV="mutants",
        REDIS_DATABASE="15",
    )
    checkout = _copied_checkout()
    os.chdir(checkout)
    _keep_engines_running()
    command = shlex.join(
        [sys.executable, "-m", "pytest", "-n", "0", "-x", *_QUIETLY, "-m", "not browser", *tests]
    )
    print(f"{' '.join(sources)} against {' '.join(tests)}", flush=True)
    session = WORK / f"{asked.room.replace('/', '-')}.sqlite"
    if not asked.resume:
        session.unlink(missing_ok=True)
    with use_db(str(session), WorkDB.Mode.create) as work:
        if not asked.resume:
            modules = sorted(find_modules(Path(source) for source in sources))
            init(modules, work, {})
            _skip_what_says_nothing(work)
            _leave_a_sample(work, asked.sample)
        _run(work, command, _seconds_unharmed(command), until=time.monotonic() + asked.minutes * 60)
        return _report(work)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Mutation run of one room.")
    parser.add_argument("room", help="payments, payments/actions, scoring/ranking …")
    parser.add_argument("--sources", nargs="*", help="files or folders to put faults into")
    parser.add_argument("--tests", nargs="*", help="what must find them")
    parser.add_argument("--sample", type=int, default=0, help="so many faults, chosen by a seed")
    parser.add_argument("--minutes", type=float, default=10_000, help="stop after so long")
    parser.add_argument("--resume", action="store_true", help="go on where the last run stopped")
    return parser.parse_args()


def _sources(room: str) -> list[str]:
    for found in (f"vouchers/{room}", f"vouchers/{room}.py", room, f"{room}.py"):
        if (ROOT / found).exists():
            return [found]
    raise SystemExit(f"There is no room or topic “{room}”.")


def _tests(room: str) -> list[str]:
    """The tests of a topic where it has some of its own, else those of its whole room."""
    folder, *topics = room.split("/")
    own = sorted(ROOT.glob(f"tests/{folder}/test_{topics[-1]}*.py")) if topics else []
    found = [str(path.relative_to(ROOT)) for path in own] or [f"tests/{folder}"]
    return [*found, "tests/test_migrations.py"]


def _copied_checkout() -> Path:
    """A copy of what git knows here, changed files as they are; packages are linked."""
    checkout = WORK / "checkout"
    shutil.rmtree(checkout, ignore_errors=True)
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    for name in filter(None, listed.stdout.split("\0")):
        source, target = ROOT / name, checkout / name
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    for linked in (".venv", "node_modules"):
        if (ROOT / linked).exists() and not (checkout / linked).exists():
            (checkout / linked).symlink_to(ROOT / linked)
    return checkout


def _keep_engines_running() -> None:
    """Hold the embedded servers, which else would start and stop with each run of the tests."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "nextsociety.settings"
    sys.path.insert(0, os.getcwd())
    from django.conf import settings

    assert settings.DATABASE_URL


def _seconds_unharmed(command: str) -> float:
    """How long the tests may take: thrice what they take without a fault."""
    began = time.monotonic()
    unharmed = subprocess.run(shlex.split(command), check=False)
    if unharmed.returncode != 0:
        raise SystemExit("The tests fail without any fault: mend that first.")
    return 3 * (time.monotonic() - began) + 60


def _skip_what_says_nothing(work: WorkDB) -> None:
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
        return True
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


def _leave_a_sample(work: WorkDB, size: int) -> None:
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


def _run(work: WorkDB, command: str, timeout: float, *, until: float) -> None:
    pending = list(work.pending_work_items)
    for number, item in enumerate(pending, start=1):
        if time.monotonic() > until:
            print(f"Stopped with {len(pending) - number + 1} to go; --resume goes on.")
            return
        result = mutate_and_test(item.mutations, command, timeout)
        work.set_result(item.job_id, result)
        fault = item.mutations[0]
        where = f"{fault.module_path}:{fault.start_pos[0]} {fault.operator_name.partition('/')[2]}"
        outcome = result.test_outcome.value if result.test_outcome else "no test"
        print(f"{number}/{len(pending)} {outcome} {where}", flush=True)
        if result.test_outcome is TestOutcome.SURVIVED:
            print(result.diff, flush=True)


def _report(work: WorkDB) -> int:
    counted: Counter = Counter()
    by_file: dict[str, Counter] = {}
    paths = {item.job_id: str(item.mutations[0].module_path) for item in work.work_items}
    for job, result in work.results:
        if result.worker_outcome is not WorkerOutcome.SKIPPED:
            counted[result.is_killed] += 1
            by_file.setdefault(paths[job], Counter())[result.is_killed] += 1
    for path in sorted(by_file):
        print(f"{by_file[path][True]:4} of {by_file[path].total():4} killed  {path}")
    share = counted[True] / counted.total() if counted else 0
    print(f"{counted[True]} of {counted.total()} killed: {share:.1%}")
    return 0 if share >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main())
