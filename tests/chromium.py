"""Prints the path of a Chromium for the browser tests; installs one where there is none.

Looked for: CHROMIUM, the usual names on PATH, playwright's own. Otherwise apt as root, then
playwright's own download, and when both fail the command that a person has to run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def found() -> str | None:
    given = os.environ.get("CHROMIUM")
    if given:
        return given if Path(given).exists() else None
    on_path = next((path for name in NAMES if (path := shutil.which(name))), None)
    if on_path:
        return on_path
    cache = Path.home() / ".cache" / "ms-playwright"
    own = sorted(cache.glob("chromium-*/chrome-linux*/chrome"))
    return str(own[-1]) if own else None


def install() -> None:
    quiet = {"stdout": sys.stderr, "stderr": sys.stderr, "check": False}
    if os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], **quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], **quiet)
    if not found():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], **quiet)


def main() -> None:
    if not found():
        sys.stderr.write("No Chromium found; installing one ...\n")
        install()
    path = found()
    if not path:
        sys.exit("The browser tests need Chromium. Run: sudo apt-get install chromium")
    sys.stdout.write(f"{path}\n")


main()
