"""Deliberate faults, one at a time: a test that stays green beside one is missing something.

    make mutants ROOM=payments                       the whole room, with tests/payments
    make mutants ROOM=payments/actions/orders        one topic
    make mutants ROOM=scoring/rules/ranking          its own tests: tests/scoring/rules/test_ranking*.py

cosmic-ray makes the faults: another operator, a number one off, a condition turned round, a loop or
a decorator left out; `RemoveCall` adds a call that is not made (nobody told, nothing required). It
works on a copy of the checkout with a database of its own, so that nothing here is touched however
it ends. A first run without a fault notes which test comes past which line; a fault is then tried on
those tests alone, and one that no test comes past has survived already. Every survivor is printed as
a diff; the answer is 1 when fewer than 90 % were killed.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from cosmic_ray.commands import init
from cosmic_ray.modules import find_modules
from cosmic_ray.mutating import mutate_and_test
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec, TestOutcome, WorkerOutcome, WorkResult

from .faults import diff_of, is_in_a_function, leave_a_sample, mutated, skip_what_says_nothing
from .passing import Passing

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / ".data" / "mutants"
WANTED = 0.9
_QUIETLY = ["-p", "no:cacheprovider", "--no-header"]


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
    print(f"{' '.join(sources)} against {' '.join(tests)}", flush=True)
    session = WORK / f"{asked.room.replace('/', '-')}.sqlite"
    if not asked.resume:
        session.unlink(missing_ok=True)
    with use_db(str(session), WorkDB.Mode.create) as work:
        if not asked.resume:
            modules = sorted(find_modules(Path(source) for source in sources))
            init(modules, work, {})
            skip_what_says_nothing(work)
            leave_a_sample(work, asked.sample)
        until = time.monotonic() + asked.minutes * 60
        noted = WORK / f"{session.stem}.coverage"
        seconds = WORK / f"{session.stem}.seconds"
        if not (asked.resume and noted.exists() and seconds.exists()):
            seconds.write_text(str(_note_which_test_comes_past(sources, tests, noted)))
        _run(work, Passing(noted, tests), float(seconds.read_text()), until=until)
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
    if topics and (ROOT / "tests" / room).is_dir():
        return [f"tests/{room}", "tests/test_migrations.py"]
    own = sorted((ROOT / "tests" / folder).rglob(f"test_{topics[-1]}*.py")) if topics else []
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
    sys.path.insert(0, str(Path.cwd()))
    from django.conf import settings

    assert settings.DATABASE_URL


def _command(*arguments: str) -> list[str]:
    return [
        sys.executable,
        "-m",
        "pytest",
        "-n",
        "0",
        # Else pytest-cov takes it for a distributed run, and notes no test beside a line.
        "--dist",
        "no",
        "-x",
        *_QUIETLY,
        "-m",
        "not browser",
        *arguments,
    ]


def _note_which_test_comes_past(sources: list[str], tests: list[str], noted: Path) -> float:
    """Run the tests without a fault; how long (seconds) a run with one may take: thrice as long."""
    noted.unlink(missing_ok=True)
    folders = {path if path.is_dir() else path.parent for path in map(Path, sources)}
    measured = [f"--cov={folder}" for folder in sorted(folders)]
    began = time.monotonic()
    unharmed = subprocess.run(
        _command(*measured, "--cov-context=test", "--cov-report=", *tests),
        env={**os.environ, "COVERAGE_FILE": str(noted)},
        check=False,
    )
    if unharmed.returncode != 0:
        raise SystemExit("The tests fail without any fault: mend that first.")
    return 3 * (time.monotonic() - began) + 60


def _run(work: WorkDB, passing: Passing, timeout: float, *, until: float) -> None:
    pending = {item.job_id: item.mutations[0] for item in work.pending_work_items}
    tests = {job: passing.tests_of(fault) for job, fault in pending.items()}
    for job in [job for job in pending if not tests[job]]:
        print(f"survived {_where(pending.pop(job))}: no test comes past it", flush=True)
        work.set_result(job, WorkResult(WorkerOutcome.NORMAL, test_outcome=TestOutcome.SURVIVED))
    told = _forked(
        {job: fault for job, fault in pending.items() if is_in_a_function(fault)}, tests, until
    )
    for job, outcome in told.items():
        del pending[job]
        work.set_result(job, WorkResult(WorkerOutcome.NORMAL, test_outcome=TestOutcome(outcome)))
    chosen = WORK / "chosen.txt"
    for number, (job, fault) in enumerate(pending.items()):
        if time.monotonic() > until:
            print(f"Stopped with {len(pending) - number} to go; --resume goes on.")
            return
        chosen.write_text("\n".join(tests[job]))
        result = mutate_and_test([fault], shlex.join(_command(f"@{chosen}")), timeout)
        work.set_result(job, result)
        outcome = result.test_outcome.value if result.test_outcome else "no test"
        print(f"{outcome} {_where(fault)} ({len(tests[job])} tests)", flush=True)
        if result.test_outcome is TestOutcome.SURVIVED:
            print(result.diff, flush=True)


def _forked(
    faults: dict[str, MutationSpec], tests: dict[str, list[str]], until: float
) -> dict[str, str]:
    """What came of the faults inside functions, by their jobs, as far as the time went."""
    asked, told = WORK / "faults.jsonl", WORK / "faults.jsonl.told"
    told.unlink(missing_ok=True)
    # Without a note of single tests nothing can be forked: pytest would run everything it knows.
    faults = {
        job: fault for job, fault in faults.items() if any("::" in name for name in tests[job])
    }
    rows = [
        {
            "job": job,
            "path": str(fault.module_path.resolve()),
            "source": mutated(fault),
            "diff": diff_of(fault),
            "where": _where(fault),
            "tests": tests[job],
        }
        for job, fault in faults.items()
    ]
    if not rows:
        return {}
    asked.write_text("".join(json.dumps(row) + "\n" for row in rows))
    wanted = WORK / "wanted.txt"
    wanted.write_text(
        "\n".join(sorted({name for row in rows for name in row["tests"] if "::" in name}))
    )
    left = time.time() + until - time.monotonic()
    subprocess.run(
        [*_command("-p", "tests.mutating.forking", "-s", f"@{wanted}")],
        env={**os.environ, "MUTANTS": str(asked), "MUTANTS_UNTIL": str(left)},
        check=False,
    )
    lines = told.read_text().splitlines() if told.exists() else []
    return {row["job"]: row["outcome"] for row in map(json.loads, lines)}


def _where(fault: MutationSpec) -> str:
    return f"{fault.module_path}:{fault.start_pos[0]} {fault.operator_name.partition('/')[2]}"


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
