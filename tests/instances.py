"""Other web workers over the database of a test: one in this process, or one in its own.

Run as `python -m tests.instances`, it answers a request a line from its input, at the instant that
the line names.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask

from kimcms.app import create_app
from kimcms.config import Settings
from kimcms.db import db
from tests.world import City, Clock, Visit

ROOT = Path(__file__).parent.parent
_UNSTABLE = {"Date"}


@dataclass(frozen=True)
class Answer:
    """What a worker answers to a GET, and whether from its page cache."""

    status: int
    headers: dict[str, str]
    text: str
    hit: bool

    @property
    def shape(self) -> tuple[int, dict[str, str], str]:
        return self.status, self.headers, self.text


def environ(city: City, **more: str) -> dict[str, str]:
    """The settings of a worker over the same database."""
    return {
        "KIMCMS_INSTANCE": city.app.instance_path,
        "KIMCMS_DATABASE_URL": city.app.config["SQLALCHEMY_DATABASE_URI"],
        "KIMCMS_ARGON2_COST": "test",
        "KIMCMS_SECRET_KEY": "k" * 40,
        **more,
    }


class Worker:
    """A worker of this process; with `KIMCMS_CACHE_MB=0` one that renders whatever it is asked."""

    def __init__(self, city: City, app: Flask | None = None, **more: str) -> None:
        self.app = app or create_app(Settings.read(environ(city, **more)), city.clock)

    def get(self, host: str, path: str) -> Answer:
        return ask(self.app, host, path)

    def close(self) -> None:
        """Lets go of the database; asked again, it connects again."""
        if "pagecache" in self.app.extensions:
            self.app.extensions["pagecache"].close()
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()


def ask(app: Flask, host: str, path: str) -> Answer:
    cache = app.extensions.get("pagecache")
    before = cache.tally.hits if cache else 0
    found = Visit(app.test_client(use_cookies=False), host).get(path)
    headers = {name: value for name, value in found.headers.items() if name not in _UNSTABLE}
    hit = cache is not None and cache.tally.hits > before
    return Answer(found.status_code, headers, found.data.decode(errors="replace"), hit)


class Process:
    """A worker in a process of its own."""

    def __init__(self, city: City, **more: str) -> None:
        self._clock = city.clock
        own = {name: value for name, value in os.environ.items() if "KIMCMS" not in name}
        self._environ = own | environ(city, **more)
        self._process: subprocess.Popen[str] | None = None

    def _begun(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.instances"],
            cwd=ROOT,
            env=self._environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def get(self, host: str, path: str) -> Answer:
        if self._process is None:
            self._process = self._begun()
        assert self._process.stdin
        assert self._process.stdout
        asked = {"now": self._clock.now.isoformat(), "host": host, "path": path}
        print(json.dumps(asked), file=self._process.stdin, flush=True)
        return Answer(**json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        """Ends the process; asked again, another one begins."""
        if self._process is not None:
            self._process.communicate()
        self._process = None


def main() -> None:
    clock = Clock(dt.datetime.now(dt.UTC))
    app = create_app(Settings.read(os.environ), clock)
    for line in sys.stdin:
        asked: dict[str, Any] = json.loads(line)
        clock.now = dt.datetime.fromisoformat(asked["now"])
        sys.stdout.write(json.dumps(vars(ask(app, asked["host"], asked["path"]))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
