"""The jobs process: wakes, and does what the database remembers. Nothing lives in a queue only.

`kimcms/worker.py` runs it. Several may run; each task is held by a lock of the queue's store,
and what it does is claimed by rows.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps

from flask import Flask
from huey import SqliteHuey, crontab

from kimcms.services import accounts, clusters, handover, reads, reminders
from kimcms.web import letters
from kimcms.web.tools import tools

log = logging.getLogger("kimcms.jobs")


def mail() -> int:
    """Hand over the letters that wait; how many went."""
    return letters.send_waiting()


def track() -> list[str]:
    """The tracker's daily look, which on Mondays closes the week; the Mondays written."""
    written = [monday.isoformat() for monday in clusters.run(tools().clock())]
    reminders.remind(tools().clock())
    handover.step(tools().clock())
    return written


def tidy() -> None:
    """Forget old sign-in attempts; sum up old reads by month."""
    accounts.forget_attempts(tools().clock())
    reads.fold(tools().clock())


def build(app: Flask) -> SqliteHuey:
    """The timetable over an app."""
    folder = app.extensions["kimcms"].settings.instance
    huey = SqliteHuey("kimcms", filename=str(folder / "jobs.sqlite3"), utc=True)

    def within(task: Callable[[], object]) -> Callable[[], None]:
        # Known from here on, so that a starting process can release what a killed one held.
        lock = huey.lock_task(task.__name__)

        @wraps(task)
        def run() -> None:
            with app.app_context(), lock:
                done = task()
                if done:
                    log.info("%s: %s", task.__name__, done)

        return run

    huey.periodic_task(crontab(minute="*"))(within(mail))
    # 02:00 WIB is 19:00 UTC; and at every full hour, so that a night without power is made up.
    huey.periodic_task(crontab(minute="0"))(within(track))
    huey.periodic_task(crontab(minute="30", hour="3"))(within(tidy))
    return huey
