"""The jobs process: `python -m kimcms.worker`."""

from __future__ import annotations

import logging
import sys

from flask import Flask
from huey.consumer import Consumer

from kimcms import jobs
from kimcms.app import create_app
from kimcms.config import BadSetting


def main() -> None:
    """Make up what was missed, then run the timetable until a signal comes."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    logging.getLogger("huey").setLevel(logging.WARNING)
    try:
        app = create_app()
    except BadSetting as problem:
        sys.exit(str(problem))
    with app.app_context():
        jobs.track()
    consumer(app).run()


def consumer(app: Flask) -> Consumer:
    """What wakes the tasks; it takes away the locks that a killed process left."""
    return jobs.build(app).create_consumer(workers=1, periodic=True, flush_locks=True)


if __name__ == "__main__":
    main()
