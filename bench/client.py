"""A load client in a process of its own: a few keep-alive connections, one request each at a time.

Run as `python -m bench.client`, it reads a job a line from its input and answers one line.
"""

from __future__ import annotations

import json
import selectors
import socket
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from types import TracebackType

CONNECTIONS = 4  # as many as the server has threads
PATIENCE = 10.0  # seconds without any answer


@dataclass(frozen=True)
class Job:
    """What to ask, and where to stop: after so many requests or seconds."""

    port: int
    host: str
    path: str
    seconds: float
    requests: int = 50_000
    encoding: str = ""  # what it accepts


@dataclass(frozen=True)
class Outcome:
    requests: int
    seconds: float

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds


class Client:
    """The load client, as the measuring process holds it."""

    def __enter__(self) -> Client:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.client"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def run(self, job: Job) -> Outcome:
        """Blocks until the job is done; raises RuntimeError where an answer was not a 200."""
        assert self._process.stdin
        assert self._process.stdout
        print(json.dumps(asdict(job)), file=self._process.stdin, flush=True)
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the load client gave up on {job}")
        return Outcome(**json.loads(line))


def load(job: Job) -> Outcome:
    """As many requests as the server answers within the job's bounds."""
    taken = f"Accept-Encoding: {job.encoding}\r\n" if job.encoding else ""
    ask = f"GET {job.path} HTTP/1.1\r\nHost: {job.host}\r\nAccept: */*\r\n{taken}\r\n".encode()
    done, started = 0, time.perf_counter()
    deadline = started + job.seconds
    with selectors.DefaultSelector() as ready:
        for _ in range(CONNECTIONS):
            connection = socket.create_connection(("127.0.0.1", job.port), timeout=PATIENCE)
            ready.register(connection, selectors.EVENT_READ, connection)
            connection.sendall(ask)
        while ready.get_map():
            woken = ready.select(PATIENCE)
            if not woken:
                raise TimeoutError(job)
            for key, _events in woken:
                connection = key.data
                _answer(connection)
                done += 1
                if done < job.requests and time.perf_counter() < deadline:
                    connection.sendall(ask)
                else:
                    ready.unregister(connection)
                    connection.close()
    return Outcome(done, time.perf_counter() - started)


def _answer(connection: socket.socket) -> None:
    """Reads one answer, which must be a 200 with a length."""
    got = b""
    while (end := got.find(b"\r\n\r\n")) < 0:
        got += _more(connection)
    head = got[:end].lower()
    if not head.startswith(b"http/1.1 200"):
        raise RuntimeError(head.decode("latin-1"))
    length = int(head.partition(b"content-length:")[2].split(b"\r\n")[0])
    missing = length - (len(got) - end - 4)
    while missing > 0:
        missing -= len(_more(connection))


def _more(connection: socket.socket) -> bytes:
    got = connection.recv(1 << 17)
    if not got:
        raise ConnectionError("the server hung up")
    return got


def main() -> None:
    for line in sys.stdin:
        print(json.dumps(asdict(load(Job(**json.loads(line))))), flush=True)


if __name__ == "__main__":
    main()
