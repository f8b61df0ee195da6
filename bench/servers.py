"""Cities in temporary folders, and granian in front of them as `flask serve` starts it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]

ROOT = Path(__file__).parent.parent
KIMS = 57
START = 20.0  # seconds that a server may take to listen


def environ(folder: Path, **more: str) -> dict[str, str]:
    """The settings of an instance in a temporary folder, and none of the caller's own. Without the
    page cache: only what measures hits has it."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("KIMCMS_")}
    return (
        own | {"KIMCMS_INSTANCE": str(folder), "KIMCMS_SAMPLE": "0", "KIMCMS_CACHE_MB": "0"} | more
    )


def load_city(folder: Path, articles: int) -> float:
    """A fresh SQLite with so many articles; the seconds that the load command took as a whole."""
    flask = [sys.executable, "-m", "flask", "--app", "wsgi"]
    _run([*flask, "setup"], environ(folder))
    size = ["--kims", str(KIMS), "--articles", str(articles), "--seed", "1"]
    started = time.perf_counter()
    _run([*flask, "sample", "load", *size], environ(folder))
    return time.perf_counter() - started


def _run(command: list[str], env: Mapping[str, str]) -> None:
    subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL, timeout=120)


@dataclass(frozen=True)
class Server:
    """A running granian with one worker."""

    port: int
    worker: psutil.Process

    def cpu(self) -> float:
        """Seconds of processor time that the worker has used."""
        spent = self.worker.cpu_times()
        return float(spent.user + spent.system)


@contextmanager
def granian(app: str, env: Mapping[str, str]) -> Iterator[Server]:
    """`app` behind one worker, with the same switches as `flask serve`; ended in any case."""
    port = _free_port()
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"),
        *("--port", str(port), "--workers", "1"),
        *("--blocking-threads", "4", "--no-ws", "--log-level", "warning", app),
    ]
    process = subprocess.Popen(command, cwd=ROOT, env={**env, "PORT": str(port)})
    try:
        _wait(port, process)
        yield Server(port, _worker(process.pid))
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            for child in psutil.Process(process.pid).children(recursive=True):
                child.kill()
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"no server on port {port}")


def _worker(parent: int) -> psutil.Process:
    """The child that serves: the one that listens has used the most processor time."""
    children = psutil.Process(parent).children(recursive=True)
    return max(children, key=lambda child: sum(child.cpu_times()[:2]))
