"""Starting and ending, as real processes."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).parent.parent.parent
SERVE = [sys.executable, "-m", "flask", "--app", "wsgi", "serve"]


def environ(instance: Path, **more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("KIMCMS_")}
    return kept | {"KIMCMS_INSTANCE": str(instance), "KIMCMS_SAMPLE": "0", **more}


@pytest.mark.parametrize(
    ("command", "name", "value"),
    [
        (SERVE, "PORT", "abc"),
        ([sys.executable, "-m", "kimcms.worker"], "KIMCMS_DOMAIN", "Ex ample"),
        ([sys.executable, "-c", "import wsgi"], "KIMCMS_DATABASE_URL", "mysql://x"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_line(
    tmp_path: Path, command: list[str], name: str, value: str
) -> None:
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environ(tmp_path, **{name: value}),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode != 0
    (line,) = done.stderr.strip().splitlines()
    assert name in line
    assert value in line


@contextmanager
def serving(instance: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """`flask serve` on a free port, once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        SERVE,
        cwd=ROOT,
        env=environ(instance, PORT=str(port), KIMCMS_WORKERS="1"),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        _await(port)
        yield process, port
    finally:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=20)


def _await(port: int) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1) as answer:
                assert answer.read() == b"ok"
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail("no answer")


def flask(instance: Path, *words: str) -> str:
    done = subprocess.run(
        [*SERVE[:-1], *words],
        cwd=ROOT,
        env=environ(instance),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout


def named(process: subprocess.Popen[str], word: str) -> tuple[psutil.Process, list[psutil.Process]]:
    """The child with this word in its command, and the whole family."""
    family = psutil.Process(process.pid).children(recursive=True)
    direct = psutil.Process(process.pid).children()
    return next(child for child in direct if word in child.cmdline()), family


def test_it_starts_empty_ends_whole_and_starts_again(tmp_path: Path) -> None:
    here = {path.name for path in ROOT.iterdir()}
    with serving(tmp_path) as (process, port):
        _web, family = named(process, "granian")
        assert len(family) >= 2
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=20)
    assert process.returncode == 0
    _gone, alive = psutil.wait_procs(family, timeout=10)
    assert alive == []
    for address in ("localhost", "redaksi.localhost"):
        assert f"http://{address}:{port}/" in said
    assert "flask user create" in said
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0
    assert {path.name for path in tmp_path.iterdir()} <= {
        *("kimcms.sqlite3", "kimcms.sqlite3-wal", "kimcms.sqlite3-shm", "secret_key"),
        *("jobs.sqlite3", "jobs.sqlite3-wal", "jobs.sqlite3-shm", "outbox", "backups"),
    }
    assert {path.name for path in ROOT.iterdir()} - here <= {".coverage", ".pytest_cache"}

    key = (tmp_path / "secret_key").read_text()
    flask(tmp_path, "user", "create", "a@b.id", "--name", "Bu Sri", "--role", "diskominfo")
    with serving(tmp_path) as (process, _port):
        assert (tmp_path / "secret_key").read_text() == key
        assert "Bu Sri" in flask(tmp_path, "user", "list")
        web, family = named(process, "granian")
        web.kill()
        assert process.wait(15) == 1
        _gone, alive = psutil.wait_procs(family, timeout=10)
        assert alive == []


def test_when_the_jobs_die_the_web_ends(tmp_path: Path) -> None:
    with serving(tmp_path) as (process, _port):
        worker, family = named(process, "kimcms.worker")
        worker.kill()
        assert process.wait(15) == 1
        _gone, alive = psutil.wait_procs(family, timeout=10)
        assert alive == []
