"""`python -m bench [SECTION ...] [--write]`: measure on this machine, print, and keep if asked.

A section is a module with a `HEADING` and a `report(options)` that yields lines of Markdown. Add
a new one to `SECTIONS`.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

from bench import freshness, hits, load, million, misses, tracker, waiting
from bench.options import Options

SECTIONS: dict[str, ModuleType] = {
    "hits": hits,
    "freshness": freshness,
    "misses": misses,
    "load": load,
    "million": million,
    "tracker": tracker,
    "waiting": waiting,
}
RESULTS = Path(__file__).parent / "RESULTS.md"
PACKAGES = ("granian", "Flask", "SQLAlchemy", "Jinja2")
TITLE = """# Bench

Ratios first: they hold elsewhere too. Absolute numbers are of the machine that is named, which
may have been shared. Each section is written by `python -m bench SECTION --write`.
"""


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    asked.add_argument("sections", nargs="*", help=f"of {', '.join(SECTIONS)} (default all)")
    asked.add_argument("--write", action="store_true", help=f"keep the run in {RESULTS.name}")
    asked.add_argument("--rounds", type=int, default=Options.rounds, help="one thing and the other")
    asked.add_argument("--seconds", type=float, default=Options.seconds, help="of one turn")
    asked.add_argument("--pages", default="", help="only pages whose name holds this")
    given = asked.parse_args()
    if unknown := set(given.sections) - set(SECTIONS):
        asked.error(f"no such section: {', '.join(sorted(unknown))}")
    options = Options(given.rounds, given.seconds, given.pages)
    kept = _kept()
    for name in given.sections or SECTIONS:
        section = SECTIONS[name]
        lines = []
        for line in _section(section, options):
            print(line, flush=True)
            lines.append(line)
        kept[section.HEADING] = "\n".join(lines)
        if given.write:  # after each, so that a run that is broken off keeps what it has
            _keep(kept)


def _section(section: ModuleType, options: Options) -> Iterator[str]:
    started = time.monotonic()
    yield f"## {section.HEADING}\n"
    facts = [f"{os.cpu_count()} cores", platform.machine(), f"Python {platform.python_version()}"]
    facts += [f"{name} {version(name)}" for name in PACKAGES]
    yield f"{dt.date.today().isoformat()}: {', '.join(facts)}."
    yield f"Load of the machine at the start: {os.getloadavg()[0]:.1f}.\n"
    yield from section.report(options)
    yield f"\nThis took {time.monotonic() - started:.0f} seconds.\n"


def _kept() -> dict[str, str]:
    """The sections of the kept results by heading."""
    if not RESULTS.exists():
        return {}
    parts = RESULTS.read_text(encoding="utf-8").split("\n## ")[1:]
    return {part.partition("\n")[0]: f"## {part}" for part in parts}


def _keep(kept: dict[str, str]) -> None:
    """In the order of `SECTIONS`; what no section writes any more goes."""
    found = [kept[s.HEADING] for s in SECTIONS.values() if s.HEADING in kept]
    text = "\n".join([TITLE, *(part.strip() + "\n" for part in found)])
    RESULTS.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
