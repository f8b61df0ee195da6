"""The tracker over a country of KIMs, and over a tenth of it. Alone: `python -m bench.tracker`."""

from __future__ import annotations

import datetime as dt
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from bench import ledgers
from bench.options import Options
from bench.servers import ROOT, environ
from kimcms.app import create_app
from kimcms.db import db
from kimcms.domain.clock import start_of
from kimcms.queries.clusters import CHUNK
from kimcms.services import clusters

HEADING = "The tracker's weekly evaluation"
FULL = (84_000, 10_000_000)
TENTH = (8_400, 1_000_000)
GOAL_SECONDS, GOAL_MB = 60, 1024


@dataclass(frozen=True)
class Run:
    """One evaluation in a process of its own, whose whole memory is told."""

    kims: int
    seconds: float
    cpu: float
    mb: float
    queries: int
    lines: int
    moved: int
    loaded: float  # seconds that the data took

    @property
    def chunks(self) -> int:
        return -(-self.kims // CHUNK)


def report(_options: Options) -> Iterator[str]:
    """A tenth first, so that growth shows."""
    few, many = _measured(*TENTH), _measured(*FULL)
    growth = many.seconds / few.seconds / (many.kims / few.kims)
    yield f"| what | full / tenth | {FULL[0]:,} KIMs | {TENTH[0]:,} KIMs | goal |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    yield (
        f"| seconds | {many.seconds / few.seconds:.1f} ({growth:.2f} a KIM) "
        f"| {many.seconds:.1f} | {few.seconds:.1f} | {GOAL_SECONDS} |"
    )
    yield f"| CPU seconds | {many.cpu / few.cpu:.1f} | {many.cpu:.1f} | {few.cpu:.1f} | |"
    memory, statements = many.mb / few.mb, many.queries / few.queries
    yield f"| peak memory, MB | {memory:.2f} | {many.mb:.0f} | {few.mb:.0f} | {GOAL_MB} |"
    yield f"| statements | {statements:.1f} | {many.queries:,} | {few.queries:,} | |"
    yield f"| lines in the ledger | | {many.lines:,} | {few.lines:,} | |"
    yield f"| KIMs that moved | | {many.moved:,} | {few.moved:,} | |"
    yield (
        f"\n{FULL[1]:,} publications of two years and {TENTH[1]:,}, on SQLite, in one process and"
        f" one\ntransaction. KIMs are read {CHUNK:,} at a time: nine statements a chunk whatever"
        " they publish, and a\nfew more for each KIM that moves or has to be warned"
        " (event, case, notices)."
    )
    yield f"Loading took {few.loaded:.0f} and {many.loaded:.0f} seconds."


def _measured(kims: int, publications: int) -> Run:
    with tempfile.TemporaryDirectory(prefix="kimcms-bench-") as folder:
        env = environ(Path(folder))
        flask = [sys.executable, "-m", "flask", "--app", "wsgi", "setup"]
        subprocess.run(flask, cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)
        own = [sys.executable, "-m", "bench.tracker"]
        started = time.perf_counter()
        load = [*own, "load", str(kims), str(publications)]
        subprocess.run(load, cwd=ROOT, env=env, check=True)
        loaded = time.perf_counter() - started
        done = subprocess.run([*own, "run"], cwd=ROOT, env=env, check=True, capture_output=True)
        return Run(kims=kims, loaded=loaded, **json.loads(done.stdout))


def _run() -> dict[str, float]:
    """In the child: the evaluation that `ledgers` left due."""
    counted = [0]

    def count(*_: object) -> None:
        counted[0] += 1

    sa.event.listen(db.engine, "before_cursor_execute", count)
    started, cpu = time.perf_counter(), time.process_time()
    written = clusters.run(start_of(ledgers.MONDAY) + dt.timedelta(hours=2))
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    assert written == [ledgers.MONDAY]
    queries, mb = counted[0], resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines, moved = ledgers.counted()
    return {
        **{"seconds": seconds, "cpu": cpu, "mb": mb},
        **{"queries": queries, "lines": lines, "moved": moved},
    }


def main() -> None:
    """Without words the report; the words are for the children."""
    match sys.argv[1:]:
        case ["load", kims, publications]:
            with create_app().app_context():
                ledgers.load(int(kims), int(publications))
        case ["run"]:
            with create_app().app_context():
                print(json.dumps(_run()))
        case _:
            for line in report(Options()):
                print(line, flush=True)


if __name__ == "__main__":
    main()
