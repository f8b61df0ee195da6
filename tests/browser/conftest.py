"""The sample city in real processes, and Chromium. `tests/run.sh` finds or installs the browser."""

from __future__ import annotations

import csv
import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.rooms import Server
from tests.world import City

ROOT = Path(__file__).parent.parent.parent
FLASK = [sys.executable, "-m", "flask", "--app", "wsgi"]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


@dataclass(frozen=True)
class Running:
    """A served city: its port, and the sign-ins by (kim, role)."""

    port: int
    environ: dict[str, str]
    sign_ins: dict[tuple[str, str], tuple[str, str]]

    def url(self, host: str, path: str = "/") -> str:
        return f"http://{host}:{self.port}{path}"

    def flask(self, *command: str) -> str:
        """A command of the operator's shell on this city."""
        done = subprocess.run(
            [*FLASK, *command],
            cwd=ROOT,
            env=self.environ,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert path, "no Chromium: run the tests through `make test`, which installs one"
    return {"executable_path": path, "args": FLAGS}


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """An instance with the sample city, as the first start makes it: once for all workers."""
    folder = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        folder = folder.parent
    made = folder / "sample-city"
    with (folder / "sample-city.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if not made.exists():
            coming = folder / "sample-city-coming"
            environ = _environ(coming)
            subprocess.run(
                [*FLASK, "setup"], cwd=ROOT, env=environ, check=True, capture_output=True
            )
            coming.rename(made)
    return made


def _environ(instance: Path, **more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("KIMCMS_", "PYTHONWARN"))}
    own = {"KIMCMS_INSTANCE": str(instance), "KIMCMS_ARGON2_COST": "test", "KIMCMS_WORKERS": "1"}
    return kept | own | more


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Iterator[Running]:
    """The sample city on a free port, as `make run` serves it."""
    instance = tmp_path_factory.mktemp("city") / "instance"
    shutil.copytree(sample, instance)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = _environ(instance, PORT=str(port))
    process = subprocess.Popen(
        [*FLASK, "serve"],
        cwd=ROOT,
        env=environ,
        stdout=subprocess.DEVNULL,
    )
    try:
        _await(port, process)
        with (instance / "sample-accounts.csv").open(newline="") as file:
            rows = list(csv.DictReader(file))
        sign_ins = {(r["kim"], r["role"]): (r["sign-in"], r["password"]) for r in rows}
        yield Running(port, environ, sign_ins)
    finally:
        process.terminate()
        process.wait(20)


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert process.poll() is None, "the server ended"
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
                if answer.read() == b"ok":
                    return
        except OSError:
            time.sleep(0.5)
    pytest.fail("the server did not answer within a minute")


def sign_in(page: Page, served: Running, kim: str, role: str) -> None:
    """As a person does it."""
    name, password = served.sign_ins[kim, role]
    page.goto(served.url("redaksi.localhost", "/masuk"))
    page.get_by_label("Surel atau nomor HP").fill(name)
    page.get_by_label("Kata sandi").fill(password)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url(served.url("redaksi.localhost", "/"))


def no_findings(page: Page) -> None:
    """axe finds nothing on the page as it stands, and no script of ours failed."""
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    wide = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert page.evaluate(wide), f"{page.url} scrolls sideways"


@pytest.fixture
def quiet(context: BrowserContext) -> Iterator[list[str]]:
    """Whatever the console or a blocked resource complains of fails the test."""
    complaints: list[str] = []

    def heard(page: Page) -> None:
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda message: (
                complaints.append(f"{page.url}: {message.text}")
                if message.type == "error"
                else None
            ),
        )

    context.on("page", heard)
    yield complaints
    assert complaints == []


@pytest.fixture
def server(on_sqlite: City) -> Iterator[Server]:
    server = Server(on_sqlite.app)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="id-ID")
    context.set_default_timeout(15_000)
    yield context
    context.close()
