"""Processes of `flask serve` that are killed: replaced, or the whole ends and says so."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.cli.test_start import named, serving


def workers(process: subprocess.Popen[str]) -> list[psutil.Process]:
    """The web workers."""
    web, _family = named(process, "granian")
    return web.children()


@pytest.mark.parametrize("name", ["granian", "kimcms.worker"])
def test_a_killed_process_ends_the_whole_with_a_sentence(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str
) -> None:
    with serving(tmp_path) as (process, _port):
        child, family = named(process, name)
        child.kill()
        assert process.wait(15) == 1
        _gone, alive = psutil.wait_procs(family, timeout=10)
        assert alive == []
    kind = "web" if name == "granian" else "jobs"
    assert f"The {kind} process ended (signal SIGKILL)." in capfd.readouterr().err


def test_a_killed_web_worker_is_replaced(tmp_path: Path) -> None:
    with serving(tmp_path) as (process, port):
        (worker,) = workers(process)
        worker.kill()
        for _ in range(150):
            time.sleep(0.1)
            listening = [one for one in workers(process) if one.pid != worker.pid]
            if listening and answers(port):
                break
        else:
            pytest.fail("no new worker answers")
        assert process.poll() is None


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's own signal")
def test_a_killed_parent_leaves_nobody(tmp_path: Path) -> None:
    with serving(tmp_path) as (process, port):
        _web, family = named(process, "granian")
        assert len(family) >= 3
        process.kill()
        process.wait()
        _gone, alive = psutil.wait_procs(family, timeout=20)
        assert alive == []
        assert not answers(port)


def answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        try:
            probe.connect(("127.0.0.1", port))
            probe.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            return b"200" in probe.recv(64)
        except OSError:
            return False
