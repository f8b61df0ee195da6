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
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).parent.parent.parent
SERVE = [sys.executable, "-m", "flask", "--app", "wsgi", "serve"]


def environ(instance: Path, **more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("KIMCMS_")}
    return kept | {"KIMCMS_INSTANCE": str(instance), "KIMCMS_SAMPLE": "0", **more}


@pytest.mark.parametrize(
    "command",
    [SERVE, [sys.executable, "-m", "kimcms.worker"], [sys.executable, "-c", "import wsgi"]],
)
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "abc"),
        ("KIMCMS_DOMAIN", "Ex ample"),
        ("KIMCMS_DATABASE_URL", "mysql://x"),
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


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        SERVE,
        cwd=ROOT,
        env=environ(tmp_path, PORT=str(port), KIMCMS_WORKERS="1"),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        _await(port)
        yield process, port
    finally:
        process.terminate()
        process.communicate(timeout=20)


def _await(port: int) -> None:
    for _ in range(100):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1) as answer:
                assert answer.read() == b"ok"
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail("no answer")


def test_an_empty_city_starts_and_ends_whole(
    served: tuple[subprocess.Popen[str], int], tmp_path: Path
) -> None:
    process, port = served
    children = psutil.Process(process.pid).children(recursive=True)
    assert len(children) >= 2
    process.send_signal(signal.SIGTERM)
    said, _ = process.communicate(timeout=20)
    assert f"http://localhost:{port}/" in said
    assert "flask user create" in said
    gone, alive = psutil.wait_procs(children, timeout=10)
    assert (bool(gone), alive) == (True, [])
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0
    assert {p.name for p in tmp_path.iterdir()} <= {
        *("kimcms.sqlite3", "kimcms.sqlite3-wal", "kimcms.sqlite3-shm", "secret_key"),
        *("jobs.sqlite3", "jobs.sqlite3-wal", "jobs.sqlite3-shm", "outbox"),
    }


def test_when_one_process_dies_the_other_ends(served: tuple[subprocess.Popen[str], int]) -> None:
    process, _port = served
    children = psutil.Process(process.pid).children()
    worker = next(c for c in children if "kimcms.worker" in c.cmdline())
    worker.kill()
    gone, alive = psutil.wait_procs(children, timeout=15)
    assert (len(gone), alive) == (len(children), [])
    assert process.wait(15) is not None
