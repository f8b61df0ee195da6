"""The jobs process: wakes, and does what the database remembers. Nothing lives in a queue only.

`kimcms/worker.py` runs it. Several may run; each task is held by a lock of the queue's store,
and what it does is claimed by rows.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from functools import wraps

from flask import Flask
from huey import SqliteHuey, crontab

from kimcms.db import db
from kimcms.domain.clock import day_of, monday_of, start_of
from kimcms.queries import schema
from kimcms.services import (
    accounts,
    assistance,
    backups,
    claims,
    clusters,
    complaint_clock,
    dormancy,
    handover,
    idempotency,
    patrol,
    presence,
    reads,
    reminders,
    revisions,
    uploads,
)
from kimcms.web import complaint_letters, letters
from kimcms.web.tools import tools

CLOSING = dt.timedelta(hours=2)  # after the cut, which is Monday 00:00 WIB

log = logging.getLogger("kimcms.jobs")


def mail() -> int:
    """Hand over the letters that wait; how many went."""
    return letters.send_waiting() + complaint_letters.send_waiting()


def watch() -> int:
    """Remind of complaints at half time, and escalate what is overdue; how many."""
    return complaint_clock.escalate(tools().clock())


def track() -> list[str]:
    """The tracker's look at every day, which on Mondays closes the week; the Mondays written.

    Decrees act right after midnight; the week is closed two hours later, when nobody writes.
    """
    now, written = tools().clock(), []
    if now < start_of(monday_of(day_of(now))) + CLOSING:
        clusters.work_off_days(now)
    else:
        written = [monday.isoformat() for monday in clusters.run(now)]
    reminders.remind(now)
    assistance.remind(now)
    handover.step(now)
    dormancy.remind(tools().settings.dormant_days, now)
    return written


def back_up() -> str | None:
    """A backup of each night, and the oldest go; which was made, if any. A night without power is
    made up, and where several machines share a folder one of them does it."""
    settings, now = tools().settings, tools().clock()
    folder, night = settings.backup_folder, start_of(day_of(now)) + CLOSING
    newest = next(iter(backups.made(folder)), None)
    if not settings.backups_kept or now < night or (newest and backups.made_at(newest) >= night):
        return None
    path = backups.create(
        db.engine,
        tools().stores,
        folder,
        now,
        schema=schema.current(),
        recipient=settings.backup_recipient,
    )
    backups.rotate(folder, settings.backups_kept)
    return path.name


def tidy() -> None:
    """Forget old sign-in attempts and keys of forms, folded autosaves, old claims and uploads
    that never ended; sum up old reads by month; end complaints and forget their senders."""
    now = tools().clock()
    accounts.forget_attempts(now)
    revisions.forget_folded(now)
    uploads.clear(tools().pieces, now)
    presence.forget(now)
    claims.forget(now)
    idempotency.forget(now)
    reads.fold(now)
    complaint_clock.end_silence(now)
    complaint_clock.erase(tools().settings.complaint_months, now)


def sweep() -> int:
    """Hold what readers see against the Forum's lists; how many items showed something new."""
    return patrol.run(tools().clock())


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
    huey.periodic_task(crontab(minute="*"))(within(watch))
    # At every full hour: right after midnight for the decrees, on Mondays at 02:00 WIB for the
    # week, and in all others so that a night without power is made up.
    huey.periodic_task(crontab(minute="0"))(within(track))
    huey.periodic_task(crontab(minute="15"))(within(back_up))
    huey.periodic_task(crontab(minute="30", hour="3"))(within(tidy))
    huey.periodic_task(crontab(minute="45", hour="2"))(within(sweep))
    return huey
