"""Serving as one: everything ends with who started it, and a second start is refused."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from demonstration.serving import running

ROOT = Path(__file__).resolve().parent.parent.parent
# Serves two programs that do nothing, as serve_demo serves its own, from the folder of argv[1].
SERVE = """
import os, sys
from pathlib import Path
from demonstration.serving import running
from demonstration.serving.together import Together, end_with_parent
from demonstration.serving.together import python

folder = Path(sys.argv[1])
if "with-parent" in sys.argv:
    end_with_parent(os.getppid())
code = "import os, sys, time; print('up', flush=True); time.sleep(600)"
programs = {"one": [sys.executable, "-c", code], "two": [sys.executable, "-c", code]}
if "ends" in sys.argv:
    programs["two"] = [sys.executable, "-c", "raise SystemExit(3)"]
say = lambda line: print(line, flush=True)
with running.serving(folder, "http://localhost:1/"):
    together = Together(say)
    sys.exit(together.run(programs, env=os.environ, cwd=folder))
"""
# Starts what stands behind it, and waits for it.
PARENT = "import subprocess, sys; subprocess.run(sys.argv[1:])"


def children_of(pid):
    """The process ids of those that `pid` started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(words[1]) == pid:
            found.append(int(stat.parent.name))
    return found


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until(true, seconds=20):
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def heed_signals():
    for number in (signal.SIGHUP, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)


@pytest.fixture
def serve(tmp_path):
    """A function that serves the programs; the process, and the ids of the programs once they are up."""
    folder = tmp_path / "a folder with spaces"
    folder.mkdir()
    started, programs = [], []

    def start(*options, before=(), **how):
        process = subprocess.Popen(
            [*before, sys.executable, "-c", SERVE, str(folder), *options],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            # Whoever runs the tests with nohup, or in the background, has passed on to ignore them.
            **{"preexec_fn": heed_signals, **how},
        )
        started.append(process)
        if "ends" in options:
            return process, []
        assert {process.stdout.readline().strip() for _ in range(2)} == {"one | up", "two | up"}
        programs.extend(children_of(running.running(folder).pid))
        return process, programs

    start.folder = folder
    yield start
    for process in started:
        process.kill()
        process.wait()
    for pid in filter(is_alive, programs):
        os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
def test_a_closed_terminal_a_stop_and_ctrl_c_end_everything_in_order(serve, number):
    process, programs = serve()
    assert len(programs) == 2
    process.send_signal(number)
    assert process.wait(timeout=20) == 0
    assert not any(map(is_alive, programs))
    assert running.running(serve.folder) is None


def test_a_kill_takes_the_programs_along(serve):
    process, programs = serve()
    process.kill()
    process.wait()
    wait_until(lambda: not any(map(is_alive, programs)))


def test_it_ends_with_make(serve):
    """`make` is killed: nobody is told, and yet nothing is left."""
    process, programs = serve("with-parent", before=[sys.executable, "-c", PARENT])
    server = running.running(serve.folder).pid
    assert server != process.pid
    process.kill()
    process.wait()
    wait_until(lambda: not any(map(is_alive, [server, *programs])))


def test_a_terminal_closed_on_a_parent_that_waits_ends_everything(serve):
    """As with `xterm -e make demo`: only make is told, and it waits for its child."""
    waiting = f"import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN); {PARENT}"
    command = [sys.executable, "-c", waiting, sys.executable, "-c", DEAF, str(serve.folder)]
    leader, terminal = pty.fork()
    if leader == 0:
        os.chdir(ROOT)
        os.execv(command[0], command)
    said = b""
    while said.count(b"| up") < 2:
        said += os.read(terminal, 1000)
    server = running.running(serve.folder).pid
    programs = children_of(server)
    os.close(terminal)
    wait_until(lambda: not any(map(is_alive, [server, *programs])))
    os.waitpid(leader, 0)


# The parent ignores SIGHUP, which its children would inherit; make does not.
DEAF = "import signal; signal.signal(signal.SIGHUP, signal.SIG_DFL)\n" + SERVE


def test_what_was_started_with_nohup_goes_on_when_the_terminal_closes(serve):
    process, programs = serve(preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
    process.send_signal(signal.SIGHUP)
    time.sleep(0.5)
    assert all(map(is_alive, programs))


def test_when_one_ends_all_end_and_its_code_is_told(serve):
    process, _programs = serve("ends")
    said, _nothing = process.communicate(timeout=20)
    assert process.returncode == 3
    assert "two ended with 3" in said


def test_a_second_start_on_the_same_data_is_refused(serve):
    serve()
    with (
        pytest.raises(running.AlreadyServed, match=r"http://localhost:1/ \(make stop"),
        running.serving(serve.folder, "http://localhost:2/"),
    ):
        pass


def test_make_stop_ends_it_from_elsewhere(serve):
    process, programs = serve()
    assert running.stop(serve.folder).pid == process.pid
    process.wait(timeout=5)
    assert not any(map(is_alive, programs))
    assert running.stop(serve.folder) is None
